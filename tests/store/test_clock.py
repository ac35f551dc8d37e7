"""A clock far off is asked about before anything is written."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from country import put
from moving_clock import Clock

from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.clock import BEHIND, JUMP, PAUSE, ClockWatch, system_clock
from rectify_tui.store.ledger import Ledger

NOW = datetime(2020, 3, 6, 1, tzinfo=UTC)
SHORT = timedelta(minutes=1)


def text(moment: datetime) -> str:
    return f"{moment:%Y-%m-%dT%H:%M:%SZ}"


def asked(watch: ClockWatch, newest: datetime | None = None, known: datetime | None = None) -> str:
    """The key of the question, '' for none."""
    doubt = watch.doubt(newest and text(newest), known and text(known))
    return "" if doubt is None else str(getattr(doubt.params["doubt"], "key", "?"))


def test_which_clocks_are_asked_about() -> None:
    watch = ClockWatch(lambda: NOW, lambda: 0.0)
    assert asked(watch) == ""
    assert asked(watch, NOW + BEHIND - SHORT) == ""
    assert asked(watch, NOW + BEHIND + SHORT) == "clock.behind"
    assert asked(watch, NOW, NOW - PAUSE + SHORT) == ""
    assert asked(watch, NOW, NOW - PAUSE - SHORT) == "clock.ahead"


@pytest.mark.parametrize(("slept", "key"), [(0.0, "clock.jumped"), (2 * 86400.0, "")])
def test_a_clock_that_runs_ahead_of_the_steady_one_was_set(slept: float, key: str) -> None:
    """A machine that slept over the weekend was not set: the steady clock counts that."""
    clock, steady = Clock(), [0.0]
    watch = ClockWatch(clock, lambda: steady[0])
    clock.move(hours=JUMP // timedelta(hours=1) + 1)
    steady[0] = slept
    assert asked(watch) == key
    unknown = ClockWatch(clock, lambda: None)
    clock.move(days=20)
    assert asked(unknown) == ""


@pytest.fixture(params=[-400, 400], ids=["long ago", "in a year"])
def elsewhen(busy_store: Path, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Ledger]:
    """A ledger that people last wrote to at another time, opened by the machine's own clock."""
    path = tmp_path / "elsewhen.db"
    shutil.copy(busy_store, path)
    then = Ledger(path, clock=Clock(system_clock().date() + timedelta(days=request.param)))
    put(then, 1, note="damals")
    then.close()
    ledger = Ledger(path)
    yield ledger
    ledger.close()


def test_nothing_is_written_until_the_user_says_that_the_clock_is_right(elsewhen: Ledger) -> None:
    newest = elsewhen.newest_batch()
    with pytest.raises(Refusal) as caught:
        put(elsewhen, 1, note="jetzt")
    assert caught.value.key == "clock.refused"
    doubt = caught.value.params["doubt"]
    assert isinstance(doubt, Problem)
    assert {"now", "known"} == doubt.params.keys()
    assert elsewhen.newest_batch() == newest
    questions: list[Problem] = []
    elsewhen.ask = lambda question: not questions.append(question)
    for n in range(2):  # asked once, and then the ledger knows the day
        assert put(elsewhen, 1, note=str(n))
    assert len(questions) == 1
    again = Ledger(elsewhen.address)
    assert put(again, 1, note="weiter")
    again.close()


def test_a_head_that_was_kept_tells_the_day_too(busy: Ledger) -> None:
    """A clean check of today says that people are there, though they wrote nothing for long."""
    now = Ledger(busy.address)
    with pytest.raises(Refusal):
        put(now, 1, note="x")
    assert now.keep_head("check")
    assert put(now, 1, note="x")
    now.close()


def test_what_the_program_brought_along_tells_no_day(seed_store: Path, tmp_path: Path) -> None:
    path = tmp_path / "seed.db"
    shutil.copy(seed_store, path)
    ledger = Ledger(path)
    assert put(ledger, 1, note="erst jetzt")
    ledger.close()
