"""A check goes on from the last full one, sees what is wrong in what is new, and says so."""

from __future__ import annotations

from datetime import date

import pytest
from country import add, put
from damages import DERIVABLE
from forger import Damage, chained_anew, do, plain, without_triggers
from moving_clock import Clock

from rectify_tui.store import checking, migrations
from rectify_tui.store.checking import Checked, check
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.undo import undo


def remarks(checked: Checked) -> list[str]:
    return [remark.key for finding in checked.findings for remark in finding.remarks]


def wrong(checked: Checked) -> set[str]:
    return {finding.check for finding in checked.findings if not finding.ok}


def looked_at(checked: Checked) -> dict[str, int]:
    return {finding.check: finding.looked_at for finding in checked.findings}


@pytest.fixture
def checked(busy: Ledger, clock: Clock) -> Ledger:
    """A ledger of which everything was found well yesterday."""
    first = check(busy)
    assert first.sound
    assert first.whole
    assert first.kept
    clock.move(days=1)
    return busy


def test_a_check_looks_at_what_came_since_the_last_full_one(checked: Ledger, clock: Clock) -> None:
    assert looked_at(check(checked))["chain"] == 0
    put(checked, 1, status="completed", note="修好")
    add(checked, 1, "9", region="甲一市", on=date(2020, 1, 2))
    undo(checked)
    since = check(checked)
    assert (since.sound, since.whole, since.basis.key) == (True, False, "check.basis.since")
    assert (since.basis.params["day"], since.basis.params["n"]) == ("2020-03-06", 3)
    assert remarks(since) == ["check.since"]
    assert looked_at(since)["state"] == 2
    clock.move(days=3)
    put(checked, 2, note="后来")
    assert looked_at(check(checked))["state"] == 3  # it goes on from the full one, each time
    assert check(checked, everything=True).whole
    assert looked_at(check(checked))["state"] == 0


@pytest.mark.parametrize(
    "damage",
    [
        plain("UPDATE item SET note = 'x' WHERE id = 1"),
        plain("UPDATE status_span SET status = 'ahead' WHERE subject_id = 1"),
        plain("INSERT INTO disagreement VALUES (1, '2019-01-01', '2019-02-01', 1, 3, 0)"),
        plain("UPDATE rollup SET n = n + 1 WHERE depth = 2 AND period = '2020-03'"),
        plain("UPDATE rollup SET n = 7 WHERE depth = 1 AND period = '2020'"),
        plain("DELETE FROM rollup_day WHERE depth = 4 AND recorded_on = '2020-03-07'"),
        plain("DELETE FROM rollup WHERE depth = 0"),
        plain("UPDATE rollup_day SET n = 5 WHERE depth = 1 AND recorded_on = '2020-03-07'"),
        plain("DROP TRIGGER history_no_update"),
        plain("DELETE FROM item WHERE id = 2"),
        without_triggers("UPDATE history SET new = '\"x\"' WHERE batch_id = 13"),
        without_triggers("UPDATE batch SET who = '别人' WHERE id = 13"),
        without_triggers("DELETE FROM history WHERE batch_id = 13"),
        without_triggers("UPDATE history SET new = '[]' WHERE batch_id = 13"),
    ],
)
def test_what_is_wrong_in_what_is_new_is_found_and_told_by_a_full_check(
    checked: Ledger, damage: Damage
) -> None:
    assert put(checked, 1, status="completed", note="修好") == 13
    assert not check(checked).whole
    do(checked.address, damage)
    found = check(checked)
    assert found.whole
    assert wrong(found)


def test_what_was_damaged_in_older_things_is_seen_by_a_full_check_only(checked: Ledger) -> None:
    do(checked.address, plain("UPDATE item SET note = 'x' WHERE id = 1"))
    assert check(checked).sound
    assert wrong(check(checked, everything=True)) == {"state"}
    do(checked.address, plain("UPDATE item SET note = 'y' WHERE id = 2"))
    put(checked, 2, progress="90")
    assert wrong(check(checked)) == {"state"}  # it was touched since


def test_a_full_check_holds_for_a_week(checked: Ledger, clock: Clock) -> None:
    clock.move(days=6, hours=5)
    assert not check(checked).whole
    clock.move(days=1)
    late = check(checked)
    assert late.whole
    assert remarks(late) == ["check.full.old"]
    assert not check(checked).whole
    clock.move(days=-20)
    assert remarks(check(checked)) == ["check.full.old"]


def test_another_version_looks_at_everything(
    checked: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "__version__", "77")
    assert remarks(check(checked)) == ["check.full.version"]
    assert not check(checked).whole
    monkeypatch.setattr(migrations, "newest", lambda: "9999_next")
    assert remarks(check(checked)) == ["check.full.version"]


def test_where_history_is_another_everything_is_looked_at(checked: Ledger) -> None:
    reworded = without_triggers("UPDATE history SET new = '\"ahead\"' WHERE new = '\"behind\"'")
    do(checked.address, reworded, chained_anew)
    other = check(checked)
    assert "anchors" in wrong(other)
    assert remarks(other)[0] == "check.full.head"


def test_a_copy_that_came_back_is_another_file(checked: Ledger) -> None:
    checked.keep_head("restore")
    assert check(checked).whole


def test_where_much_is_new_everything_is_looked_at(
    checked: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(checking, "_MUCH", 0)
    for number in range(20, 50):
        add(checked, 1, str(number))
    assert remarks(check(checked)) == ["check.full.much"]


def test_further_checks_are_made_where_nothing_else_is_wrong(checked: Ledger) -> None:
    from rectify_tui.errors import Problem
    from rectify_tui.store.findings import Finding

    fault = Finding("evidence", 1, (Problem("evidence.check.missing", ref="x", name="y"),))
    lines = len(checked.anchor_file.read_text().splitlines())
    assert wrong(check(checked, also=lambda _: [fault])) == {"evidence"}
    assert len(checked.anchor_file.read_text().splitlines()) == lines
    do(checked.address, plain("DROP TRIGGER history_no_update"))
    assert wrong(check(checked, also=lambda _: [fault])) == {"schema"}


def test_all_damage_is_found_by_a_full_check_as_it_was_before(busy: Ledger) -> None:
    damage, name, _ = DERIVABLE[0]
    do(busy.address, damage)
    assert name in wrong(check(busy))
    assert not busy.anchor_file.exists()
