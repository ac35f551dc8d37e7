"""What lists, the queue and counts of disagreements say of a day, held against a naive ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from random import Random
from typing import Any

from naive import CLOSURE, FOREVER, GROUPS, Naive, Record

from rectify_tui.domain.closeout import Closure, Stage
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.filter_fields import CASE_FIELDS, ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.queue import Candidate
from rectify_tui.domain.region import Depth
from rectify_tui.domain.schedule import Plan, coming, derive, disagreement
from rectify_tui.domain.status import Status, Verification
from rectify_tui.store.case_facts import cases_on_days
from rectify_tui.store.cases import CaseList
from rectify_tui.store.disagreements import disagreements
from rectify_tui.store.items import ItemList, item_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.queue import QueueQuery, read_queue
from rectify_tui.store.rollup_read import RollupQuery
from tests.queue_of import queue_of

UNITS = ("responsible", "lead", "supervising")
ROW = (
    "id", "ref", "status", "since", "region", *UNITS, "deadline", "deadline_kind", "due_on",
    "start_on", "progress", "note", "verification", *CLOSURE, "merged_into",
)  # fmt: skip


class Seen:
    """An item or a case as a person sees it on a day; `today` is what figures hold it against."""

    def __init__(self, past: Past, record: Record, day: str, today: str) -> None:
        self.past, self.record, self.day, self.today = past, record, day, today
        span = record.span(day)
        self.there = span is not None
        self.since, self.status = span or ("", "")

    def __getitem__(self, what: str) -> Any:
        return self.record.in_force(what, self.day)

    @property
    def ref(self) -> str:
        return f"{self.past.programmes[self.record.facts['programme']]}/{self.number}"

    @property
    def number(self) -> int:
        return int(self.record.facts["number"])

    @property
    def due(self) -> str | None:
        due: str | None = self["deadline"][2]
        return due

    @property
    def stage(self) -> str | None:
        """How far the close-out of a completed item is, empty where nobody has applied."""
        return (self["closure"] or "") if GROUPS[self.status] == "completed" else None

    @property
    def group(self) -> str:
        due = self.status == "not_started" and (self["start"] or FOREVER) <= self.today
        return "behind" if due else GROUPS[self.status]

    def unit(self, role: str) -> str | None:
        return self.past.units.get(self[role])

    def places(self) -> set[int]:
        regions = self.record.regions(self.day)
        return {place for region in regions for place in self.past.naive.path(region)}

    def merged_into(self) -> str | None:
        if self["into"] is None:
            return None
        kind, id = self["into"]
        if kind == "programme":
            return self.past.programmes[id]
        return Seen(self.past, self.past.records[kind, id], self.day, self.today).ref

    def row(self) -> tuple[Any, ...]:
        return (
            self.record.key[1], self.ref, self.status, self.since,
            self.past.regions[self["region"]][1], *map(self.unit, UNITS), *self["deadline"],
            self["start"], self["progress"], self["note"], self["verification"],
            *(self[what] for what in CLOSURE), self.merged_into(),
        )  # fmt: skip

    def candidate(self) -> Candidate:
        """What the rules of the queue have to know of an item."""
        on = date.fromisoformat(self.day)
        due, start, since = map(as_day, (self.due, self["start"], self.since))
        plan, reported = Plan(DeadlineKind(self["deadline"][1]), due, start), Status(self.status)
        return Candidate(
            self.ref, reported, derive(plan, reported, self["progress"], on, status_on=since),
            coming(plan, reported, on), Verification(self["verification"] or "unverified"), since,
            None, None, self.closure(),
        )  # fmt: skip

    def closure(self) -> Closure:
        since, until = map(as_day, (self["closure_on"], self["notice_until"]))
        return Closure(Stage(self["closure"] or "not_applied"), None, since, until)


def as_day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


class Past:
    """Asks a store and a naive ledger the same about some day."""

    def __init__(self, ledger: Ledger, naive: Naive) -> None:
        self.ledger, self.naive = ledger, naive
        read = ledger.reader().execute
        self.programmes = dict(read("SELECT id, code FROM programme").fetchall())
        self.regions = {id: row for id, *row in read("SELECT id, code, name FROM region")}

    def learn(self) -> None:
        """Replay everything, once for all questions."""
        self.records = self.naive.records()
        named = [record for record in self.records.values() if record.key[0] == "unit"]
        self.units = {record.key[1]: record.facts["name"] for record in named}

    def seen(self, kind: str, on: date | None) -> list[Seen]:
        """The items or cases that are there on a day, in the ledger's order; None is now."""
        today = (on or self.ledger.today()).isoformat()
        day = on.isoformat() if on else FOREVER
        records = [record for record in self.records.values() if record.key[0] == kind]
        found = [Seen(self, record, day, today) for record in records]
        return sorted((each for each in found if each.there), key=plainly)

    def compare(self, on: date, chance: Random) -> None:
        connection = self.ledger.reader()
        items = self.seen("item", on)
        ids = [record.key[1] for record in self.records.values() if record.key[0] == "item"]
        rows = {row.id: row for row in item_rows(connection, ids, as_of=on)}
        expected = {each.record.key[1]: each.row() for each in items}
        assert {id: tuple(vars(row)[name] for name in ROW) for id, row in rows.items()} == expected
        for _ in range(4):
            self.compare_list("item", chance.choice([on, on, on, None]), chance)
        self.compare_list("case", chance.choice([on, on, on, None]), chance)
        cases = Counter(each.record.facts["programme"] for each in self.seen("case", on))
        (found,) = cases_on_days(connection, [on], int(Depth.PROVINCE))
        facts = found.by_programme
        assert {programme: each.total for programme, each in facts.items()} == cases
        self.compare_queue(on, items)

    def compare_list(self, kind: str, on: date | None, chance: Random) -> None:
        terms, orders = (ITEM_TERMS, ITEM_ORDERS) if kind == "item" else (CASE_TERMS, CASE_ORDERS)
        term, order, way = chance.choice(terms), chance.choice([*orders]), chance.random() < 0.3
        text, meets = term(self, chance) if callable(term) else term
        if chance.random() < 0.2:
            text, meets = f"-{text}", lambda each, meant=meets: not meant(each)
        found = [each for each in self.seen(kind, on) if meets(each)]
        found.sort(key=lambda each: (orders[order](each), plainly(each)), reverse=way)
        fields = ITEM_FIELDS if kind == "item" else CASE_FIELDS
        wanted = parse_filter(text, fields, today=self.ledger.today())
        query = ListQuery(wanted, order, way, on)
        listing: Listing = (ItemList if kind == "item" else CaseList)(self.ledger, query)
        assert listing.ids(0, 99) == [each.record.key[1] for each in found], (text, query)
        assert listing.count() == len(found)
        rows: list[Any] = listing.rows(0, 99)  # type: ignore[attr-defined]
        expected = [(each.status, each.since) for each in found]
        assert [(row.status, row.since) for row in rows] == expected, (text, query)

    def compare_queue(self, on: date, items: list[Seen]) -> None:
        ids = {each.ref: each.record.key[1] for each in items}
        entries = queue_of([each.candidate() for each in items], on).entries
        found = read_queue(self.ledger.reader(), QueueQuery(on, on - timedelta(days=6)))
        assert list(found.ids) == [ids[entry.candidate.ref] for entry in entries], on

    def compare_disagreements(self, query: RollupQuery) -> None:
        expected: Counter[int] = Counter()
        for each in self.seen("item", query.as_of):
            asked = each.candidate()
            own = query.programme_id in (None, each.record.facts["programme"])
            if own and disagreement(asked.derived, asked.reported) is not None:
                lines = self.naive.lines(each.record, query.by, query.under_id, each.day)
                expected.update(line for line in lines if line != -1)
        assert disagreements(self.ledger.reader(), query) == expected, query


def plainly(each: Seen) -> tuple[int, int, int]:
    """The order of the ledger itself."""
    return each.record.facts["programme"], each.number, each.record.key[1]


# what lists are asked for, and what is meant by it

Meets = Callable[[Seen], bool]
Term = tuple[str, Meets]


def in_region(past: Past, chance: Random) -> Term:
    id = chance.choice([*past.regions])
    code, name = past.regions[id]
    return f"region:{code or name}", lambda each: id in each.places()


def at_region(past: Past, chance: Random) -> Term:
    id = chance.choice([*past.regions])
    code, name = past.regions[id]
    return f"at:{code or name}", lambda each: id in each.record.regions(each.day)


def of_status(past: Past, chance: Random) -> Term:
    status = chance.choice([*GROUPS])
    return f"status:{status}", lambda each: each.status == status


def of_group(past: Past, chance: Random) -> Term:
    group = chance.choice([*GROUPS.values()])
    return f"group:{group}", lambda each: each.group == group


def of_unit(past: Past, chance: Random) -> Term:
    name, roles = chance.choice(["甲局", "乙局", "none"]), chance.choice([UNITS, *UNITS])
    key = "unit" if roles is UNITS else str(roles)
    asked = UNITS if roles is UNITS else (key,)

    def meets(each: Seen) -> bool:
        names = [each.unit(role) for role in asked]
        return not any(names) if name == "none" else name in names

    return f"{key}:{name}", meets


def merged(past: Past, chance: Random) -> Term:
    code = chance.choice([*past.programmes.values(), "none"])

    def meets(each: Seen) -> bool:
        into = each.merged_into()
        return into is None if code == "none" else into is not None and into.split("/")[0] == code

    return f"merged:{code}", meets


def _case_of_status(past: Past, chance: Random) -> Term:
    status = chance.choice(["open", "interim", "closed"])
    return f"status:{status}", lambda each: each.status == status


ITEM_TERMS: tuple[Any, ...] = (
    in_region, in_region, at_region, of_status, of_group, of_group, of_unit, of_unit, merged,
    ("due<2020-03-16", lambda each: (each.due or FOREVER) < "2020-03-16"),
    ("due:2020-06", lambda each: (each.due or "")[:7] == "2020-06"),
    ("due:none", lambda each: each.due is None),
    ("start<=2020-02-15", lambda each: (each["start"] or FOREVER) <= "2020-02-15"),
    ("start:none", lambda each: each["start"] is None),
    ("verified:confirmed", lambda each: each["verification"] == "confirmed"),
    ("verified:yes", lambda each: each["verification"] in ("confirmed", "refuted")),
    ("closure:struck", lambda each: each.stage == "struck"),
    ("closure:awaiting", lambda each: each.stage not in (None, "", "struck")),
    ("closure:not_applied", lambda each: each.stage == ""),
    ("progress>=50", lambda each: (each["progress"] or 0) >= 50),
    ("progress:none", lambda each: each["progress"] is None),
    ("note:甲", lambda each: each["note"] == "甲"),
    ("since>=2020-03-01", lambda each: each.since >= "2020-03-01"),
)  # fmt: skip

ITEM_ORDERS: dict[str, Callable[[Seen], Any]] = {
    "number": lambda each: "",
    "status": lambda each: [*GROUPS].index(each.status),
    "since": lambda each: each.since,
    "progress": lambda each: -1 if each["progress"] is None else each["progress"],
    "due": lambda each: each.due or FOREVER,
    "region": lambda each: each.past.regions[each["region"]][0] or "999999",
    "unit": lambda each: each.unit("responsible") or "",
}

CASE_TERMS: tuple[Any, ...] = (
    in_region, at_region, _case_of_status, _case_of_status,
    ("passed>=2020-03-01", lambda each: (each.record.facts["passed"] or "") >= "2020-03-01"),
    ("passed:none", lambda each: each.record.facts["passed"] is None),
)  # fmt: skip

CASE_ORDERS: dict[str, Callable[[Seen], Any]] = {
    "number": lambda each: "",
    "status": lambda each: ["closed", "interim", "open"].index(each.status),
    "since": lambda each: each.since,
    "passed": lambda each: each.record.facts["passed"] or FOREVER,
}
