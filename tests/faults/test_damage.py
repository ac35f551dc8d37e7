"""Bytes that flip, files cut short, hands in the file, clocks far off: nothing goes unnoticed."""

from __future__ import annotations

import shutil
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from aftermath import opened, wrong
from country import build_country, build_weeks, put
from damages import DERIVABLE, OF_HISTORY
from forger import chained_anew, cut, do, without_triggers
from moving_clock import Clock
from scale import scaled
from test_damaged_file import content, look, survive

from rectify_tui.errors import Refusal
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.repair import repair

pytestmark = pytest.mark.faults


@pytest.fixture
def busy(tmp_path: Path) -> Path:
    """The ledger that the ways of damaging one are about, with a head kept outside."""
    path = tmp_path / "busy.db"
    ledger = Ledger.create(path, clock=Clock(date(2020, 1, 15)))
    build_country(ledger)
    ledger = Ledger(path, clock=Clock())
    build_weeks(ledger)
    ledger.keep_head("check")
    ledger.close()
    return path


@pytest.fixture
def ledger(template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "ledger.db"
    shutil.copy(template, path)
    shutil.copy(f"{template}.anchors", f"{path}.anchors")
    return path


def test_flipped_bytes(template: Path, tmp_path: Path, tally: dict[str, int]) -> None:
    tally["flips"] = scaled(300)
    survive(template, tmp_path, tally["flips"], 7)


def test_files_cut_short(template: Path, tmp_path: Path, tally: dict[str, int]) -> None:
    data, whole = template.read_bytes(), content(template)
    for n in range(scaled(40)):
        path = tmp_path / "cut.db"
        path.write_bytes(data[: len(data) * n // scaled(40)])
        assert not look(path) or content(path) == whole
        tally["truncations"] += 1


def test_tampering(busy: Path, tmp_path: Path, tally: dict[str, int]) -> None:
    """Each way is found; what follows from history is then mended from it."""
    forged = without_triggers("UPDATE history SET new = '\"ahead\"' WHERE new = '\"behind\"'")
    ways = [
        *((damage,) for damage, *_ in (*DERIVABLE, *OF_HISTORY)),
        (forged, chained_anew), (cut(8),), (cut(9), chained_anew),
    ]  # fmt: skip
    for way in ways:
        path = tmp_path / f"{tally['ways']}.db"
        for ending in ("", ".anchors"):
            shutil.copy(f"{busy}{ending}", f"{path}{ending}")
        do(path, *way)
        tally["ways"] += 1
        with opened(path) as hurt:
            assert wrong(hurt)
            try:
                repair(hurt)
                tally["mended"] += 1
                assert wrong(hurt) == []
            except Refusal:
                tally["refused to mend"] += 1
    assert tally["ways"] >= 30


def test_clocks(ledger: Path, tally: dict[str, int]) -> None:
    now = datetime.now(UTC).date()
    for days in (-4000, -400, -40, -20, -2, 2, 20, 40, 400, 4000):
        then = Ledger(ledger, clock=Clock(now + timedelta(days=days)))
        put(then, 1, note=str(days))
        then.close()
        asked = Ledger(ledger)
        far = days > 0 or days < -31
        if far:
            with pytest.raises(Refusal):
                put(asked, 2, note=str(days))
        asked.believe_clock()
        assert put(asked, 2, note=f"{days}!")
        assert wrong(asked) == []
        asked.close()
        tally["clocks"] += 1
        tally["asked about"] += far
