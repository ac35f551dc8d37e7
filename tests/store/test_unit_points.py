"""Points as the ledger tells them: every event of a unit, from what was entered for other ends."""

from __future__ import annotations

from datetime import date

import pytest
from country import add, healthy
from moving_clock import Clock

from rectify_tui.domain.closeout import Step
from rectify_tui.domain.points import DEFAULT, FULL, Colour, PointEvent
from rectify_tui.domain.status import Verification
from rectify_tui.errors import Problem
from rectify_tui.store.commands.cards import card_unit, give_card
from rectify_tui.store.commands.closeout import Taken, close_items
from rectify_tui.store.commands.intake import IntakeFile, record_file
from rectify_tui.store.commands.items import set_items
from rectify_tui.store.commands.merging_units import merge_units
from rectify_tui.store.commands.places import unit_called
from rectify_tui.store.commands.returns import record_return
from rectify_tui.store.commands.visits import VisitNote, record_visits
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.points import UnitPoints, standings, unit_points
from rectify_tui.store.returns import NewReturn
from rectify_tui.store.undo import undo

UNIT = "水务局"


def of(ledger: Ledger, day: date) -> UnitPoints:
    (unit,) = (each for each in unit_points(ledger.reader(), day) if each.name == UNIT)
    (alone,) = unit_points(ledger.reader(), day, unit.record.unit_id)
    assert alone == unit
    return unit


def told(ledger: Ledger, day: date) -> list[tuple[str, str, str]]:
    return [(str(e.on), e.kind.value, e.about) for e in of(ledger, day).record.events]


def setting(ledger: Ledger, id: int, on: date, **fields: str) -> None:
    with ledger.batch("set") as writing:
        set_items(writing.draft, [id], fields, on=on)


@pytest.fixture
def office(country: Ledger) -> Ledger:
    """A unit with two items, one of which is due at the end of January."""
    common = {"region": "甲一市", "responsible": UNIT, "status": "on_schedule"}
    add(country, 1, "1", on=date(2020, 1, 15), deadline="2020-01-31", **common)
    add(country, 1, "2", on=date(2020, 1, 15), **common)
    return country


def test_a_deadline_that_passed(office):
    assert told(office, date(2020, 1, 31)) == []
    assert told(office, date(2020, 2, 1)) == [("2020-02-01", "overdue", "ONE/1")]
    unit = of(office, date(2020, 2, 1))
    assert unit.record.points(DEFAULT, date(2020, 2, 1)) == FULL - DEFAULT[PointEvent.OVERDUE]
    assert len(unit.record.behind_on(date(2020, 2, 1))) == 1
    setting(office, 1, date(2020, 1, 30), status="completed")  # told late: it was done in time
    assert told(office, date(2020, 2, 1)) == []
    undo(office)
    assert told(office, date(2020, 2, 1)) == [("2020-02-01", "overdue", "ONE/1")]


def test_visits_that_found_otherwise(office):
    setting(office, 2, date(2020, 1, 20), status="completed")
    setting(office, 2, date(2020, 2, 3), verification="refuted")
    setting(office, 2, date(2020, 2, 3), status="behind")
    found = ("2020-02-03", "false_completion", "ONE/2")
    assert found in told(office, date(2020, 3, 6))
    setting(office, 2, date(2020, 2, 10), verification="confirmed")
    setting(office, 2, date(2020, 2, 12), verification="refuted")
    assert told(office, date(2020, 3, 6))[-1] == ("2020-02-12", "refuted", "ONE/2")


def test_a_false_completion_counts_once_and_each_one_does(office):
    def visit(day: date) -> None:
        with office.batch("visit") as writing:
            record_visits(writing.draft, [2], VisitNote(Verification.REFUTED), needs=(), on=day)

    def false() -> list[str]:
        events = told(office, date(2020, 3, 6))
        assert {kind for _, kind, about in events if about == "ONE/2"} == {"false_completion"}
        return [on for on, kind, _ in events if kind == "false_completion"]

    setting(office, 2, date(2020, 1, 20), status="completed")
    with office.batch("close_out", on_behalf="市整改办") as writing:
        close_items(writing.draft, [2], Taken(Step.APPLY), on=date(2020, 1, 22))
    visit(date(2020, 2, 3))
    visit(date(2020, 2, 4))  # somebody went once more, and it was reported as it is
    assert false() == ["2020-02-03"]
    setting(office, 2, date(2020, 2, 10), status="completed")
    visit(date(2020, 2, 12))
    assert false() == ["2020-02-03", "2020-02-12"]
    undo(office)
    assert false() == ["2020-02-03"]


def test_promises_that_were_not_kept(office, clock: Clock):
    setting(office, 2, date(2020, 3, 6), next_on="2020-03-10")
    clock.set(date(2020, 3, 12))
    assert told(office, date(2020, 3, 10))[1:] == []
    assert told(office, date(2020, 3, 11))[1:] == [("2020-03-11", "broken_promise", "ONE/2")]
    setting(office, 2, date(2020, 3, 10), status="completed")
    assert told(office, date(2020, 3, 12))[1:] == []


def test_returns_that_came_late(office, clock: Clock):
    unit = of(office, clock.today).record.unit_id

    def sent(code: str, cutoff: date, due: date) -> int:
        with office.batch("return_make") as writing:
            new = NewReturn(code, 1, None, unit, cutoff, due, (1, 2), 0, "")
            return record_return(writing.draft, new)

    def back(id: int) -> None:
        with office.batch("return") as writing:
            record_file(writing.draft, IntakeFile("return", "f", "", f"{id}", 1, 0, id))

    first = sent("R1", date(2020, 3, 6), date(2020, 3, 10))
    again = sent("R1-2", date(2020, 3, 6), date(2020, 3, 10))
    sent("R2", date(2020, 3, 13), date(2020, 3, 17))
    clock.set(date(2020, 3, 9))
    back(again)
    clock.set(date(2020, 3, 20))
    assert told(office, date(2020, 3, 17))[1:] == []
    assert told(office, date(2020, 3, 18))[1:] == [("2020-03-18", "late_return", "R2")]
    back(first)
    assert len(told(office, date(2020, 3, 20))) == 2


def test_cards_and_what_calls_for_them(office, clock: Clock):
    unit = card_unit(office.reader(), UNIT)
    units = unit_points(office.reader(), clock.today)
    (late,) = standings(office.reader(), units, clock.today, 15)[unit.unit_id]
    assert (late.item_id, late.days_behind, late.days_left) == (1, 34, None)
    with office.batch("card") as writing:
        give_card(writing.draft, unit, Colour.YELLOW, [1, 1], given_by="王局长", cause="滞后")
    assert told(office, clock.today)[-1] == ("2020-03-06", "yellow_card", "1")
    assert healthy(office)
    for ids, key in (([], "card.no_items"), ([99], "card.strangers")):
        with pytest.raises(Problem) as caught, office.batch("card") as writing:
            give_card(writing.draft, unit, Colour.RED, ids)
        assert caught.value.key == key
    with pytest.raises(Problem):
        card_unit(office.reader(), "没有")
    undo(office)
    assert len(told(office, clock.today)) == 1


def test_another_unit_is_charged_from_then_on(office):
    setting(office, 2, date(2020, 2, 1), responsible="住建局", deadline="2020-02-10")
    assert told(office, date(2020, 3, 6)) == [("2020-02-01", "overdue", "ONE/1")]
    names = {each.name: each.record for each in unit_points(office.reader(), date(2020, 3, 6))}
    assert [str(e.on) for e in names["住建局"].events] == ["2020-02-11"]
    assert (names["住建局"].since, names[UNIT].since) == (date(2020, 2, 1), date(2020, 1, 15))


def test_a_unit_that_became_part_of_another_leaves_it_its_record(office):
    with office.batch("add") as writing:
        unit_called(writing.draft, "生态环境局")
    with office.batch("merge_units") as writing:
        merge_units(writing.draft, UNIT, "生态环境局", on=date(2020, 3, 1))
    (before,) = unit_points(office.reader(), date(2020, 2, 28))
    assert before.name == UNIT
    (after,) = unit_points(office.reader(), date(2020, 3, 6))
    assert (after.name, [e.about for e in after.record.events]) == ("生态环境局", ["ONE/1"])
    id = after.record.unit_id
    assert unit_points(office.reader(), date(2020, 3, 6), id) == [after]
    assert card_unit(office.reader(), UNIT).name == "生态环境局"
