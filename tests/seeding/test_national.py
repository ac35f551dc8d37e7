"""The simulated country: reproducible, marked, and in agreement with itself at every date."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.shares import shares
from rectify_tui.domain.status import Group, Status
from rectify_tui.errors import Problem, Refusal
from rectify_tui.seeding.national import LEAST, add_national, clock_before
from rectify_tui.seeding.national.provinces import LETTERS
from rectify_tui.seeding.national.weeks import COUNT, Agenda, Weeks
from rectify_tui.seeding.regions import add_regions
from rectify_tui.store.chain import head
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.typed import deadline_values
from rectify_tui.store.connection import Connection
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.rollup_read import By, Rollup, RollupQuery, read_rollup
from rectify_tui.store.undo import last_undoable, undo

pytestmark = pytest.mark.journeys

ITEMS = 600
UNTIL = date(2025, 11, 21)
LAST_FRIDAY = date(2025, 11, 14)


def simulate(path: Path, items: int, *, until: date = UNTIL, seed: int = 2020) -> Ledger:
    ledger = Ledger.create(path, clock=clock_before(until))
    add_regions(ledger)
    add_national(ledger, items=items, until=until, seed=seed)
    return ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ledger]:
    ledger = simulate(tmp_path_factory.mktemp("national") / "national.db", ITEMS)
    yield ledger
    ledger.close()


@pytest.fixture
def store(ledger: Ledger) -> Connection:
    return ledger.reader()


def one(store: Connection, query: str) -> object:
    return store.execute(query).fetchone()[0]


def pairs(store: Connection, query: str) -> list[tuple[object, object]]:
    return store.execute(query).fetchall()


def test_the_store_agrees_with_itself(store: Connection) -> None:
    findings = list(run_checks(store))
    assert {finding.check: finding.faults for finding in findings if not finding.ok} == {}
    assert {"chain", "state", "spans", "rollup", "merges"} <= {f.check for f in findings}


def test_a_plain_undo_does_not_take_the_simulated_base_away(ledger: Ledger) -> None:
    newest = ledger.newest_batch()
    assert last_undoable(ledger.reader()) is None
    with pytest.raises(Refusal):
        undo(ledger)
    assert ledger.newest_batch() == newest


def test_the_same_wishes_give_the_same_chain(tmp_path: Path) -> None:
    heads = []
    for number, seed in enumerate((7, 7, 8)):
        ledger = simulate(tmp_path / f"{number}.db", 60, seed=seed)
        heads.append(head(ledger.reader()))
        ledger.close()
    assert heads[0] == heads[1]
    assert heads[0] != heads[2]


def test_every_mainland_province_has_a_programme_and_no_other(store: Connection) -> None:
    rollup = read_rollup(store, RollupQuery(UNTIL, By.PROVINCE))
    assert [row.key[:2] for row in rollup.rows] == sorted(LETTERS)
    assert all(row.tally.total and row.tally.cases_total for row in rollup.rows)
    codes = {code for code, _ in pairs(store, "SELECT code, name FROM programme")}
    assert {f"SIM-{letters}-2023" for letters in LETTERS.values()} <= codes


def test_letters_are_unique() -> None:
    assert len(set(LETTERS.values())) == len(LETTERS) == LEAST == 31


def test_everything_is_marked_as_simulated(store: Connection) -> None:
    assert one(store, "SELECT MIN(simulated) FROM programme") == 1
    assert one(store, "SELECT COUNT(*) FROM programme WHERE name NOT LIKE '模拟：%'") == 0
    assert one(store, "SELECT COUNT(*) FROM programme WHERE name_en NOT LIKE 'Simulated: %'") == 0
    assert one(store, "SELECT COUNT(*) FROM unit WHERE name NOT LIKE '（模拟）%'") == 0
    assert one(store, "SELECT COUNT(*) FROM batch WHERE kind NOT IN ('regions', 'simulate')") == 0
    names = ("SIM-HL-2023", "模拟：黑龙江省整改方案", "Simulated: Heilongjiang rectification plan")
    query = "SELECT code, name, name_en FROM programme WHERE code = 'SIM-HL-2023'"
    assert store.execute(query).fetchone() == names


def test_there_are_as_many_records_as_asked_for(store: Connection) -> None:
    assert one(store, "SELECT COUNT(*) FROM item") == ITEMS
    assert one(store, "SELECT COUNT(*) FROM complaint_case") == ITEMS // 2


@pytest.mark.parametrize("by", list(By))
@pytest.mark.parametrize("days_back", [0, 60, 400, 700])
def test_figures_add_up(store: Connection, by: By, days_back: int) -> None:
    rollup = read_rollup(store, RollupQuery(UNTIL - timedelta(days=days_back), by))
    lines = [row.tally for row in rollup.rows]
    assert sum(tally.total for tally in lines) == sum(_without_merged(rollup, by).values())
    for tally in lines:
        assert tally.total == sum(tally.groups.values()) == sum(tally.statuses.values())


def _without_merged(rollup: Rollup, by: By) -> dict[Group, int]:
    """The whole, where programmes count what was merged and places do not."""
    merged = rollup.sum.carried if by is By.PROGRAMME else 0
    return dict(rollup.sum.groups) | {Group.MERGED: merged}


def test_the_newest_figures_are_those_of_the_records(store: Connection) -> None:
    kept = dict(pairs(store, "SELECT status, COUNT(*) FROM item GROUP BY status"))
    figures = read_rollup(store, RollupQuery(UNTIL, By.PROVINCE)).sum
    told = {**figures.statuses, Status.MERGED: figures.carried}
    assert {status: n for status, n in told.items() if n} == kept
    assert kept.keys() == {*Status} - {Status.IN_PROGRESS}  # which nobody simulates


def test_figures_moved_in_two_months(store: Connection) -> None:
    now = read_rollup(store, RollupQuery(UNTIL, By.PROVINCE)).sum
    then = read_rollup(store, RollupQuery(UNTIL - timedelta(days=61), By.PROVINCE)).sum
    assert now.groups[Group.COMPLETED] > then.groups[Group.COMPLETED]
    assert now.cases_total >= then.cases_total > 0
    begin = read_rollup(store, RollupQuery(UNTIL - timedelta(days=740), By.PROVINCE)).sum
    assert begin.total == 0


def test_late_reports_changed_what_was_known(store: Connection) -> None:
    days = [UNTIL - timedelta(days=7 * week) for week in range(4, 30)]
    differing = [
        day
        for day in days
        if read_rollup(store, RollupQuery(day, known_on=day)).sum
        != read_rollup(store, RollupQuery(day)).sum
    ]
    assert len(differing) > len(days) // 4


def test_provinces_differ(store: Connection) -> None:
    rows = read_rollup(store, RollupQuery(UNTIL, By.PROVINCE)).rows
    rates = [row.tally.completion_rate for row in rows]
    assert max(rates) - min(rates) > 0.15
    assert len(set(rates)) > len(rates) // 2


def test_batches_are_recorded_on_fridays_in_order(store: Connection) -> None:
    rows = store.execute("SELECT recorded_at, recorded_on, kind FROM batch ORDER BY id").fetchall()
    moments = [datetime.strptime(at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC) for at, _, _ in rows]
    assert moments == sorted(moments)
    assert {(moment.isoweekday(), moment.hour) for moment in moments} == {(5, 8)}
    assert rows[-1][1] == LAST_FRIDAY.isoformat()
    assert {kind for _, _, kind in rows[1:]} == {"simulate"}
    assert len(rows) > COUNT * 0.95


def test_changes_hold_from_that_week_or_some_weeks_before(store: Connection) -> None:
    gaps = [
        (date.fromisoformat(recorded) - date.fromisoformat(effective)).days
        for recorded, effective in pairs(
            store,
            "SELECT recorded_on, effective_on FROM history JOIN batch ON batch.id = batch_id"
            " WHERE field = 'status'",
        )
    ]
    assert min(gaps) == 0
    assert sum(gap < 7 for gap in gaps) > 0.8 * len(gaps)
    assert any(7 <= gap <= 24 for gap in gaps)


def test_merged_items_are_carried_on_by_the_look_back(store: Connection) -> None:
    rows = store.execute(
        "SELECT p.code, q.code, carrier.status FROM item"
        " JOIN programme p ON p.id = item.programme_id"
        " JOIN item carrier ON carrier.id = item.merged_item_id"
        " JOIN programme q ON q.id = carrier.programme_id"
    ).fetchall()
    assert len(rows) == one(store, "SELECT COUNT(*) FROM item WHERE status = 'merged'") > 10
    for merged, carrying, status in rows:
        assert carrying == merged.replace("2023", "2024") + "-LB"
        assert status != "merged"


def test_look_back_needs_enough_items(store: Connection) -> None:
    sizes = store.execute(
        "SELECT r.code, COUNT(*), COUNT(*) FILTER (WHERE p.kind = 'look_back') FROM item"
        " JOIN programme p ON p.id = programme_id JOIN region r ON r.id = p.region_id"
        " GROUP BY r.code"
    ).fetchall()
    for _, items, in_look_back in sizes:
        assert in_look_back == (round(items * 0.2) if items >= 20 else 0)


def test_deadlines_are_read_by_the_common_rule(store: Connection) -> None:
    rows = store.execute(
        "SELECT DISTINCT deadline, deadline_kind, due_on, year FROM item"
        " JOIN programme ON programme.id = programme_id"
    ).fetchall()
    assert len(rows) > 50
    for text, kind, due_on, year in rows:
        values = deadline_values(text, year)
        assert (values["deadline_kind"], values["due_on"]) == (kind, due_on)
    kinds = {kind for _, kind, _, _ in rows}
    assert {"due", "at_once", "continuous", "due_then_continuous", "unreadable"} <= kinds


def test_starts_are_not_after_deadlines(store: Connection) -> None:
    assert one(store, "SELECT COUNT(*) FROM item WHERE start_on IS NULL") == 0
    assert one(store, "SELECT COUNT(*) FROM item WHERE start_on > due_on") == 0


def test_nothing_is_late_before_its_deadline(store: Connection) -> None:
    """The statuses of items whose deadline never moved."""
    query = (
        "SELECT COUNT(*) FROM status_span JOIN item ON item.id = subject_id"
        " WHERE subject = 'item' AND status_span.status = 'not_completed' AND from_on <= due_on"
        " AND NOT EXISTS (SELECT 1 FROM history WHERE entity = 'item' AND entity_id = item.id"
        " AND field = 'due_on')"
    )
    assert one(store, query) == 0
    assert one(store, query.replace("from_on <= due_on", "from_on > due_on")) != 0


def test_the_three_axes_and_the_reasons_are_there(store: Connection) -> None:
    assert {found for found, _ in pairs(store, "SELECT DISTINCT verification, 0 FROM item")} == {
        "unverified", "confirmed", "refuted",
    }  # fmt: skip
    reasons = pairs(store, "SELECT note, COUNT(*) FROM item WHERE note LIKE '原因%' GROUP BY note")
    assert max(int(str(count)) for _, count in reasons) > 1
    assert one(store, "SELECT COUNT(*) FROM history WHERE field = 'due_on'") != 0


def test_measures_have_dated_steps(store: Connection) -> None:
    assert one(store, "SELECT COUNT(DISTINCT item_id) FROM measure") != 0
    assert one(store, "SELECT COUNT(*) FROM milestone WHERE due_on IS NULL") == 0
    assert one(store, "SELECT COUNT(*) FROM milestone WHERE done_on IS NULL") != 0
    latest = one(store, "SELECT MAX(done_on) FROM milestone")
    assert str(latest) <= LAST_FRIDAY.isoformat()


def test_cases_are_closed_over_time_and_some_belong_to_two_cities(store: Connection) -> None:
    states = dict(pairs(store, "SELECT status, COUNT(*) FROM complaint_case GROUP BY status"))
    assert set(states) == {"open", "interim", "closed"}
    closed = "status = 'closed'"
    query = f"SELECT COUNT(*) FROM complaint_case WHERE ({closed}) <> (closed_on IS NOT NULL)"
    assert one(store, query) == 0
    assert one(store, "SELECT COUNT(*) FROM complaint_case WHERE closed_on < passed_on") == 0
    assert one(store, "SELECT COUNT(*) FROM complaint_case WHERE regions LIKE '%,%'") != 0
    assert one(store, "SELECT COUNT(DISTINCT types) FROM complaint_case") != 1


def test_units_of_equal_name_do_not_occur(store: Connection) -> None:
    assert one(store, "SELECT COUNT(*) - COUNT(DISTINCT name) FROM unit") == 0


def test_progress_is_told_up_to_the_end(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    ledger = Ledger.create(tmp_path / "s.db", clock=clock_before(UNTIL))
    add_regions(ledger)
    add_national(ledger, items=LEAST, until=UNTIL, progress=lambda *n: told.append(n))
    ledger.close()
    assert told == [(week, COUNT) for week in range(1, COUNT + 1)]
    assert gc.isenabled()


@pytest.mark.parametrize("items", [0, LEAST - 1, 1_000_001])
def test_a_number_out_of_bounds_is_refused(ledger: Ledger, items: int) -> None:
    with pytest.raises(Problem) as caught:
        add_national(ledger, items=items, until=UNTIL)
    assert caught.value.key == "national.bad_count"


def test_simulated_history_never_comes_after_newer_records(ledger: Ledger) -> None:
    with pytest.raises(Refusal) as caught:
        add_national(ledger, items=LEAST, until=UNTIL)
    assert caught.value.key == "national.newer_records"


def test_regions_are_needed(tmp_path: Path) -> None:
    ledger = Ledger.create(tmp_path / "empty.db")
    with pytest.raises(Problem) as caught:
        add_national(ledger, items=LEAST, until=UNTIL)
    ledger.close()
    assert caught.value.key == "national.no_regions"


@given(
    st.lists(st.floats(0.01, 100), min_size=1, max_size=40),
    st.integers(0, 5),
    st.integers(0, 10_000),
)
def test_shares_add_up(weights: list[float], least: int, more: int) -> None:
    whole = least * len(weights) + more
    found = shares(weights, whole, least=least)
    assert sum(found) == whole
    assert min(found) >= least


@given(st.dates(date(2000, 1, 1), date(2090, 1, 1)), st.integers(0, 6))
def test_weeks_end_on_the_friday_before(until: date, day: int) -> None:
    weeks = Weeks.before(until)
    last = date.fromordinal(weeks.friday(COUNT - 1))
    assert last.isoweekday() == 5
    assert 1 <= (until - last).days <= 7
    assert weeks.holding(weeks.friday(10) - day) == 10


def test_an_agenda_forgets_what_comes_too_late() -> None:
    agenda: Agenda[str] = Agenda()
    agenda.put(3, "a")
    agenda.put(3, "b")
    agenda.put(COUNT, "never")
    assert agenda.take(3) == ["a", "b"]
    assert agenda.take(3) == []
