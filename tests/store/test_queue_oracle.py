"""Queries held against a walk over all items with the rules themselves, on random ledgers."""

from __future__ import annotations

import json
import random
import shutil
from collections import Counter
from datetime import date, timedelta
from functools import lru_cache
from itertools import product

import pytest
from moving_clock import Clock

from rectify_tui.domain.closeout import AWAITING, Stage
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.queue import Candidate, Reason, Why, urgency
from rectify_tui.domain.schedule import Plan, Step, coming, derive, disagreement
from rectify_tui.domain.status import Status, Verification
from rectify_tui.i18n import Language
from rectify_tui.reports.closeout import closure_of_row
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.items import new_item
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.items import item_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.queue import QueueQuery, most_urgent, read_entries, read_queue
from rectify_tui.store.queue_again import read_again
from rectify_tui.store.records import ITEM, MEASURE, MILESTONE, PROGRAMME, UNIT
from rectify_tui.store.regions import read_ladders
from rectify_tui.store.rollup_read import DEPTH, By, RollupQuery, read_rollup
from rectify_tui.store.undo import undo
from tests.queue_of import queue_of

FIRST = date(2020, 1, 20)
WEEKS = 8
ITEMS = 160
STATUSES = [status.value for status in Status if status is not Status.MERGED]
T = Language("en")
ODDS = [2, 1, 1, 2, 3, 2, 2, 2]


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


class Office:
    """An office that says whatever comes to its mind."""

    def __init__(self, ledger: Ledger, clock: Clock, seed: int) -> None:
        self.ledger = ledger
        self.clock = clock
        self.random = random.Random(seed)
        self.items: list[int] = []
        self.units: list[int] = []
        self.steps: list[int] = []

    def day(self, before: int, after: int) -> date:
        return self.clock.today + timedelta(days=self.random.randint(-before, after))

    def near(self) -> date | None:
        """Often right on an edge of a rule."""
        edges = (-1, 0, 1, 7, 29, 30, 31, self.random.randint(-60, 300))
        return self.clock.today + timedelta(days=self.random.choice(edges))

    def maybe(self, day: date | None, odds: float) -> str | None:
        return iso(day) if self.random.random() < odds else None

    def plan(self) -> dict:
        kind = self.random.choice([*DeadlineKind, DeadlineKind.DUE, DeadlineKind.DUE])
        start = self.maybe(self.day(90, 40), 0.6)
        due = self.maybe(self.near(), 0.9 if kind is DeadlineKind.DUE else 0.3)
        return {"deadline_kind": kind.value, "start_on": start, "due_on": due}

    def add_items(self, draft, n: int) -> None:
        self.units.append(draft.create(UNIT, {"name": f"局{len(self.units)}"}, iso(FIRST)))
        for _ in range(n):
            number = str(len(self.items) + 1)
            programme, region = self.random.randint(1, 3), self.random.randint(1, 12)
            values = new_item(programme, number, region) | self.plan()
            values |= {
                "status": self.random.choices(STATUSES, ODDS)[0],
                "progress": self.random.choice([None, 0, 5, 30, 60, 95, 100]),
                "responsible_id": self.unit(),
            }
            id = draft.create(ITEM, values, iso(self.day(20, 0)))
            self.items.append(id)
            for position in range(self.random.choice([0, 0, 1, 2])):
                self.add_measure(draft, id, position)

    def unit(self) -> int | None:
        return self.random.choice([self.units[-1], None])

    def add_measure(self, draft, item: int, position: int) -> None:
        values = {"item_id": item, "position": position, "text": "措施"}
        measure = draft.create(MEASURE, values, iso(self.clock.today))
        for place in range(self.random.randint(1, 2)):
            due = self.maybe(self.near(), 0.9)
            values = {"measure_id": measure, "position": place, "text": f"节点{place}"}
            values |= {"due": due, "due_on": due} | self.done(0.3)
            self.steps.append(draft.create(MILESTONE, values, iso(self.clock.today)))

    def done(self, odds: float) -> dict:
        if self.random.random() > odds:
            return {}
        day = self.maybe(self.day(20, 3), 0.8)
        return {"done": day or "已完成", "done_on": day}

    def say(self, draft) -> None:
        for id in self.random.sample(self.items, k=len(self.items) // 4):
            what = self.random.choice(("status", "progress", "verification", "review", "closeout"))
            values: dict = {
                "status": lambda: {
                    "status": self.random.choices(STATUSES, ODDS)[0],
                    "merged_item_id": None, "merged_programme_id": None,
                },
                "progress": lambda: {"progress": self.random.choice([None, 20, 50, 90, 100])},
                "verification": lambda: {
                    "verification": self.random.choice([*Verification]).value
                },
                "closeout": self.closeout,
                "review": lambda: {
                    "next_on": self.maybe(self.near(), 0.8),
                    "put_off_until": self.maybe(self.near(), 0.3),
                    "reviewed_on": iso(self.clock.today),
                },
            }[what]()  # fmt: skip
            draft.change(ITEM, id, values, iso(self.day(12, 0)))
        for id in self.random.sample(self.items, k=8):
            moved = {"region_id": self.random.randint(1, 12), "responsible_id": self.unit()}
            values = self.random.choice([self.plan(), moved])
            draft.change(ITEM, id, values, iso(self.clock.today))
        for _ in range(2):
            values = {"status": "merged", "merged_item_id": None, "merged_programme_id": 3}
            draft.change(ITEM, self.random.choice(self.items), values, iso(self.day(12, 0)))
        for id in self.random.sample(self.steps, k=len(self.steps) // 10):
            draft.change(MILESTONE, id, self.done(0.9), iso(self.clock.today))

    def closeout(self) -> dict:
        """Often at an edge of what is too long, and without any regard for the rules."""
        since = self.clock.today - timedelta(days=self.random.choice((0, 7, 8, 30, 31, 50)))
        stage = self.random.choice([None, *AWAITING, Stage.STRUCK])
        until = iso(since) if stage in (Stage.PUBLISHED, Stage.OBJECTED) else None
        return {
            "closure": stage.value if stage else None, "closure_on": iso(since),
            "notice_until": until,
        }  # fmt: skip

    def work(self) -> None:
        for _ in range(WEEKS):
            with self.ledger.batch("set") as writing:
                self.add_items(writing.draft, ITEMS // WEEKS)
            with self.ledger.batch("set") as writing:
                self.say(writing.draft)
            batch = writing.receipt.batch
            for _ in range(self.random.choice((0, 0, 1, 2, 3))):
                batch = undo(self.ledger, batch).receipt.batch
            self.clock.move(days=7)


@pytest.fixture(scope="module", params=range(4))
def office(request, country_store, tmp_path_factory):
    path = tmp_path_factory.mktemp("office") / "office.db"
    shutil.copy(country_store, path)
    clock = Clock(FIRST)
    ledger = Ledger(path, clock=clock)
    Office(ledger, clock, request.param).work()
    yield ledger
    ledger.close()


def plan_of(connection, row) -> Plan:
    steps = connection.execute(
        "SELECT s.text, s.due_on, s.done_on, s.done IS NOT NULL FROM milestone s"
        " JOIN measure m ON m.id = s.measure_id WHERE m.item_id = ? ORDER BY m.position,"
        " m.id, s.position, s.id",
        [row.id],
    )
    return Plan(
        DeadlineKind(row.deadline_kind), day(row.due_on), day(row.start_on),
        tuple(Step(text, day(due), day(done), bool(flag)) for text, due, done, flag in steps),
    )  # fmt: skip


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def walk(ledger: Ledger, on: date) -> dict[int, Candidate]:
    """Every item that was there, as the queue has to know it; each replayed from its history."""
    return _walked(ledger, on, ledger.newest_batch())


@lru_cache(32)  # several tests hold what they ask against the same days
def _walked(ledger: Ledger, on: date, _: int) -> dict[int, Candidate]:
    connection = ledger.reader()
    ids = [id for (id,) in connection.execute("SELECT id FROM item")]
    found = {}
    for row in item_rows(connection, ids, as_of=on):
        plan, reported = plan_of(connection, row), Status(row.status)
        derived = derive(plan, reported, row.progress, on, status_on=day(row.since))
        found[row.id] = Candidate(
            row.ref, reported, derived, coming(plan, reported, on),
            Verification(row.verification or "unverified"), day(row.since), day(row.next_on),
            day(row.put_off_until), closure_of_row(row),
        )  # fmt: skip
    return found


def lines_of(connection, on: date) -> dict[int, tuple[int, int, int | None]]:
    """The programme, the region and the unit under which each item stood on a day."""
    ids = {
        table: dict(connection.execute(f"SELECT {name}, id FROM {table}").fetchall())
        for table, name in (("programme", "code"), ("region", "name"), ("unit", "name"))
    }
    items = [id for (id,) in connection.execute("SELECT id FROM item")]
    return {
        row.id: (
            ids["programme"][row.programme], ids["region"][row.region],
            ids["unit"].get(row.responsible),
        )
        for row in item_rows(connection, items, as_of=on)
    }  # fmt: skip


def told(reasons: tuple[Why, ...]) -> list[tuple[str, int, str]]:
    return [(each.reason, each.days, T(each.key, **each.params)) for each in reasons]


def days(ledger: Ledger) -> list[date]:
    today = ledger.today()
    back = (0, 1, 6, 7, 13, 21, 30, 45, 60, 75)
    return [today + timedelta(days=30), *(today - timedelta(days=n) for n in back)]


def test_the_queue_is_what_a_walk_over_all_items_finds(office):
    connection = office.reader()
    seen: set[Reason] = set()
    for on in days(office):
        items = walk(office, on)
        refs = {each.ref: id for id, each in items.items()}
        expected = queue_of(items.values(), on)
        query = QueueQuery(on, on - timedelta(days=6))
        found = read_queue(connection, query)
        assert list(found.ids) == [refs[each.candidate.ref] for each in expected.entries]
        assert found.put_off == len(expected.put_off)
        everyone = sorted([*expected.entries, *expected.put_off], key=urgency)
        more = read_queue(connection, QueueQuery(on, query.week_from, put_off=True))
        assert list(more.ids) == [refs[each.candidate.ref] for each in everyone]
        entries = read_entries(connection, query, more.ids)
        assert [each.row.id for each in entries] == list(more.ids)
        for each, entry in zip(entries, everyone, strict=True):
            assert told(each.reasons) == told(entry.reasons)
            assert each.derived == items[each.row.id].derived
            assert (each.disagreement is None) is (entry.disagreement is None)
            seen.update(why.reason for why in each.reasons)
        reviewed = {
            row.id
            for row in item_rows(connection, list(found.ids), as_of=on)
            if row.reviewed_on and row.reviewed_on >= query.week_from.isoformat()
        }
        assert found.reviewed == reviewed
    assert seen == set(Reason)


def test_what_disagrees_is_what_a_walk_over_all_items_counts(office):
    connection = office.reader()
    directions: Counter[str] = Counter()
    ladders = read_ladders(connection, range(1, 13))
    for on in days(office):
        at = lines_of(connection, on)
        differing = {}
        for id, each in walk(office, on).items():
            found = disagreement(each.derived, each.reported)
            if found is not None:
                differing[id] = found.direction
        directions.update(differing.values())
        for by, programme, under in product(By, (None, 1), (None, 2, 3, 12)):
            query = RollupQuery(on, by, programme, under)
            expected: Counter[int] = Counter()
            for id in differing:
                own, region, unit = at[id]
                steps = {step.depth: step.place_id for step in ladders[region]}
                if programme not in (None, own) or under not in (None, *steps.values()):
                    continue
                line = {By.PROGRAMME: own, By.UNIT: unit or 0}
                expected[line[by] if by in line else steps[DEPTH[by]]] += 1
            counts = disagreements(connection, query)
            assert counts == expected, json.dumps([str(on), by, programme, under])
            assert counts.keys() <= {row.id for row in read_rollup(connection, query).rows}
    assert min(directions.values()) > 20
    assert len(directions) == 2


def test_the_first_lines_are_those_of_the_whole_queue(office):
    """Found by the most urgent reasons alone, by some of them, or not; now, in time and before."""
    connection, today = office.reader(), office.today()
    for after, put_off in product((-7, 0, 1, 30, 300), (False, True)):
        on = today + timedelta(days=after)
        query = QueueQuery(on, on, put_off=put_off)
        ids = list(read_queue(connection, query).ids)
        for limit in (*range(1, len(ids) // 2, 3), len(ids), len(ids) + 1):
            assert most_urgent(connection, query, limit) == ids[:limit]


def test_what_is_completed_is_struck_off_awaiting_or_not_applied_for(office):
    """Counted anew from each item's own history, on days in any order."""
    connection = office.reader()
    assert all(finding.ok for finding in run_checks(connection))
    for on in days(office):
        counts = Counter(
            each.closure.stage
            for each in walk(office, on).values()
            if each.reported in (Status.COMPLETED, Status.BASICALLY_COMPLETED)
        )
        for by in (By.PROGRAMME, By.PROVINCE, By.UNIT):
            whole = read_rollup(connection, RollupQuery(on, by)).sum
            assert whole.struck_off == counts[Stage.STRUCK]
            assert whole.awaiting == sum(counts[stage] for stage in AWAITING)
            assert whole.not_applied == counts[Stage.NOT_APPLIED]


def test_what_changed_is_put_in_its_place(office):
    """Changes of few items, of many, of steps and programmes, some of which are taken back."""
    connection, on = office.reader(), office.today()
    clerk = Office(office, Clock(on), 7)
    items, steps, units = (
        [id for (id,) in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
        for table in ("item", "milestone", "unit")
    )
    numbers = list(items)
    queries = [QueueQuery(on, on - timedelta(days=6), put_off=off) for off in (False, True)]
    queues, moved = [read_queue(connection, query) for query in queries], 0
    for turn in range(14):
        clerk.items = items if turn == 9 else clerk.random.sample(items[:12], k=8)
        clerk.steps, clerk.units = [], units[:]
        with office.batch("set") as writing:
            match turn % 7:
                case 1:
                    archived = clerk.maybe(on, 0.7)
                    writing.draft.change(PROGRAMME, 1, {"archived_on": archived}, iso(on))
                case 3:
                    clerk.items = numbers
                    clerk.add_items(writing.draft, 2)
                case 4:
                    for id in clerk.random.sample(steps, k=6):
                        writing.draft.change(MILESTONE, id, clerk.done(0.9), iso(on))
                case 5:
                    for id in items[20:26]:
                        clerk.add_measure(writing.draft, id, 9)
                case _:
                    clerk.say(writing.draft)
        again = [read_again(connection, before) for before in queues]
        assert again == [read_queue(connection, query) for query in queries]
        moved += again[0].ids != queues[0].ids
        queues = again
        if turn % 3 == 2:
            undo(office, writing.receipt.batch)
    assert moved > 4
