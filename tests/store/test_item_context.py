"""What stands around one item: moved deadlines, steps about it, whom to ask, what is suggested."""

from __future__ import annotations

from datetime import date

import pytest

from rectify_tui.domain.dates import week_of
from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.period import FRIDAY
from rectify_tui.store.behind import behind_items
from rectify_tui.store.commands.escalations import escalate, find_addressee
from rectify_tui.store.commands.items import add_item, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.commands.review import keep_items
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.escalations import targets, targets_of
from rectify_tui.store.item_context import addressees_of, deadline_moves_of, escalations_about
from rectify_tui.store.items import item_rows
from rectify_tui.store.queue import QueueQuery, reviewed_items
from rectify_tui.store.references import item_ids
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By
from rectify_tui.store.undo import undo

LINES = {
    "1": ("230602", "水务局"), "2": ("230602", "水务局"), "3": ("230604", "农业局"),
    "4": ("230600", ""), "5": ("230100", "水务局"), "6": ("230000", ""),
}  # fmt: skip


@pytest.fixture
def desk(ledger):
    """Six lines behind: in two counties of Daqing, in Daqing, in Harbin, in the province."""
    with ledger.batch("add") as writing:
        draft = writing.draft
        province = one_region(draft.connection, "230000").id
        programme = add_programme(draft, NewProgramme("HLJ", "方案", province, 2020))
        for number, (region, unit) in LINES.items():
            fields = {"problem": number, "region": region, "status": "behind"}
            fields |= {"deadline": "2020-02-10"} | ({"responsible": unit} if unit else {})
            add_item(draft, programme, number, fields)
    return ledger


def ids(ledger, *refs):
    return item_ids(ledger.reader(), refs)


def change(ledger, ref, **fields):
    with ledger.batch("set") as writing:
        set_items(writing.draft, item_ids(writing.draft.connection, [ref]), fields, correction=True)
    return writing.receipt.batch


def test_moves_are_those_recorded_by_the_day(desk, clock):
    (id,) = ids(desk, "HLJ/1")
    assert deadline_moves_of(desk.reader(), id, clock.today) is None
    clock.move(1)
    change(desk, "HLJ/1", deadline="2020-04-30")
    clock.move(1)
    last = change(desk, "HLJ/1", deadline="2020-05-31")
    found = deadline_moves_of(desk.reader(), id, clock.today)
    assert (found.times, found.first, found.last) == (2, date(2020, 2, 10), date(2020, 5, 31))
    assert deadline_moves_of(desk.reader(), id, date(2020, 3, 7)).times == 1
    undo(desk, last)
    assert deadline_moves_of(desk.reader(), id, clock.today).last == date(2020, 4, 30)


def test_steps_cite_an_item_or_are_taken_towards_its_unit_or_region(desk, clock):
    cited, unit, region, other = ids(desk, "HLJ/1", "HLJ/2", "HLJ/3", "HLJ/5")
    with desk.batch("escalate") as writing:
        connection = writing.draft.connection
        for name, step, wanted in (
            ("水务局", EscalationStep.LETTER, [cited]),
            ("水务局", EscalationStep.BULLETIN, [unit, other]),
            ("大庆市", EscalationStep.SUMMONS, [region]),
        ):
            escalate(writing.draft, find_addressee(connection, name), step, wanted)
    connection = desk.reader()

    def steps(id, day=clock.today):
        return [each.step for each in escalations_about(connection, id, day)]

    assert steps(cited) == ["letter"]
    assert steps(other) == ["bulletin"]
    assert steps(region) == ["summons"]
    assert steps(region, date(2020, 3, 5)) == []
    with desk.batch("set") as writing:
        for id in (1, 2, 3):
            writing.draft.change("escalation", id, {"item_ids": None}, clock.today.isoformat())
    assert steps(cited) == ["summons", "bulletin", "letter"]
    assert steps(region) == ["summons"]
    assert steps(other) == ["bulletin", "letter"]


def test_addressees_are_the_unit_then_regions_from_below(desk):
    found = addressees_of(desk.reader(), *ids(desk, "HLJ/1"))
    assert [each.addressee.name for each in found] == ["水务局", "萨尔图区", "大庆市", "黑龙江省"]
    assert found[0].addressee.unit_id is not None
    assert found[2].name_en == "Daqing"
    found = addressees_of(desk.reader(), *ids(desk, "HLJ/6"))
    assert [each.addressee.name for each in found] == ["黑龙江省"]


def test_targets_of_an_item_are_those_that_suggestions_have(desk, clock):
    connection, day = desk.reader(), clock.today

    def facts(found):
        return {(each.unit_id, each.unit_id or each.region_id): each.facts for each in found}

    everywhere = {}
    for by in (By.UNIT, By.COUNTY, By.CITY):
        everywhere |= facts(targets(connection, by, day))
    for id in ids(desk, *(f"HLJ/{number}" for number in LINES)):
        mine = facts(targets_of(connection, id, day))
        assert mine
        assert mine == {key: everywhere[key] for key in mine}
    (id,) = ids(desk, "HLJ/1")
    found = targets_of(connection, id, day)
    assert [(each.name, each.facts.behind) for each in found] == [
        ("水务局", 3), ("萨尔图区", 2), ("大庆市", 4),
    ]  # fmt: skip
    change(desk, "HLJ/1", status="completed")
    change(desk, "HLJ/2", status="completed")
    assert [each.name for each in targets_of(connection, id, day)] == ["水务局", "大庆市"]


def test_what_is_behind_is_limited_to_a_unit_or_a_place(desk, clock):
    connection, day = desk.reader(), clock.today
    city = one_region(connection, "230600").id
    unit = find_addressee(connection, "水务局").unit_id

    def numbers(**scope):
        return [each.row.number for each in behind_items(connection, day, **scope)]

    assert len(numbers()) == 6
    assert sorted(numbers(region=(city, 2))) == ["1", "2", "3", "4"]
    assert numbers(region=(city, 3)) == ["4"]
    assert sorted(numbers(unit_id=unit)) == ["1", "2", "5"]
    assert numbers(unit_id=unit, region=(city, 2)) == ["1", "2"]


def test_what_was_gone_through_this_week(desk, clock):
    connection = desk.reader()

    def gone(day=None):
        day = day or clock.today
        query = QueueQuery(day, week_of(day, FRIDAY)[0])
        return [row.number for row in item_rows(connection, reviewed_items(connection, query))]

    assert gone() == []
    with desk.batch("review") as writing:
        keep_items(writing.draft, ids(desk, "HLJ/2", "HLJ/1"))
    assert gone() == ["1", "2"]
    clock.move(1)
    assert gone() == []
    with desk.batch("review") as writing:
        keep_items(writing.draft, ids(desk, "HLJ/2", "HLJ/3"))
    assert gone() == ["2", "3"]
    assert gone(date(2020, 3, 6)) == ["1", "2"]
    undo(desk)
    assert gone() == []


def test_keeping_leaves_everything_else_and_says_when_somebody_was_faster(desk, clock):
    (id,) = ids(desk, "HLJ/1")
    (before,) = item_rows(desk.reader(), [id])
    with desk.batch("review") as writing:
        keep_items(writing.draft, [id], seen={id: before.rev})
    (after,) = item_rows(desk.reader(), [id])
    assert after.reviewed_on == clock.today.isoformat()
    assert (after.status, after.reason, after.since) == (before.status, None, before.since)
    with pytest.raises(Stale), desk.batch("review") as writing:
        keep_items(writing.draft, [id], seen={id: before.rev})
