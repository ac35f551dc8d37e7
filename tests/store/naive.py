"""A ledger told in the simplest way: a list of batches, from which everything is counted anew.

It shares no rule with the package. What a record is, what an undo does and what is counted where
is said here once more, slowly, so that the store can be held against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

GROUPS = {
    "completed": "completed",
    "basically_completed": "completed",
    "ahead": "on_schedule",
    "on_schedule": "on_schedule",
    "not_started": "on_schedule",
    "behind": "behind",
    "not_completed": "behind",
    "merged": "merged",
    "in_progress": "unclear",
}
CASE_STATUSES = ("closed", "interim", "open")
STEPS = {"programme": 0, "province": 1, "city": 2, "county": 3}
STATE = ("status", "closed", "into")
"""Said together: how it stands, when a case was closed, what carries a merged item on."""

CLOSURE = ("closure", "closure_on", "notice_until")
"""Said together: how far the close-out is, since when, and until when the notice stands."""

PLAN = ("deadline", "start", "region", "responsible", "lead", "supervising")
"""What an item was entered with holds of these from the first day on which it was there."""

DATED = {
    "item": (*STATE, *PLAN, *CLOSURE, "progress", "note", "verification"),
    "case": (*STATE, "note"),
    "unit": (),
}
"""What can have been otherwise on another day. A deadline is its text, its kind and its day."""

FOREVER = "9999-12-31"
FROM_THEN_ON, UNTIL_NEXT = "from_then_on", "until_next"

Counted = tuple[str, str, str | None]
"""Whether an item or a case, its status, and how far its close-out is."""

Key = tuple[str, int]
Spans = list[tuple[str, str]]
"""From when which status held."""


@dataclass
class Change:
    """One thing that one batch said about one record."""

    key: Key
    what: str
    on: str
    value: Any


@dataclass
class Batch:
    recorded_on: str
    kind: str = "change"
    undoes: int | None = None
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Said:
    """One thing said of a dated field: from when, said how early, what, and whether at birth."""

    day: str
    order: int
    value: Any
    birth: bool


@dataclass
class Record:
    key: Key
    born_on: str
    facts: dict[str, Any]
    dated: dict[str, list[Said]]

    def in_force(self, what: str, day: str) -> Any:
        said = [each for each in self.dated[what] if each.day <= day]
        if not said and what in PLAN:
            said = [each for each in self.dated[what] if each.birth]
        return max(said, key=lambda each: (each.day, each.order)).value if said else None

    def now(self, what: str) -> Any:
        return self.in_force(what, FOREVER)

    def hear(self, change: Change, order: int) -> None:
        """Take in what was said, the last of all so far."""
        if change.what in DATED[self.key[0]]:
            said = Said(change.on, order, change.value, birth=False)
            self.dated[change.what].append(said)
        else:
            self.facts[change.what] = change.value

    def regions(self, day: str) -> list[int]:
        region = [self.in_force("region", day)] if self.key[0] == "item" else []
        return region or list(self.facts["regions"])

    # its status over time

    def spans(self) -> Spans:
        """From when which status is counted, each only where it is another than before."""
        days = {said.day for what in STATE for said in self.dated[what]}
        entries = [
            (day, self.in_force("status", day), self.in_force("closed", day))
            for day in sorted(days)
            if self.in_force("status", day) is not None
        ]
        if self.key[0] == "case":
            spans = _since_passed(_since_closed(entries), self.facts["passed"])
        else:
            spans = [(day, status) for day, status, _ in entries]
        return [
            span for n, span in enumerate(spans) if n == 0 or spans[n - 1][1] != span[1]
        ]  # fmt: skip

    def span(self, day: str) -> tuple[str, str] | None:
        """Since when which status is counted on a day; None where it was not there."""
        begun = [span for span in self.spans() if span[0] <= day]
        return begun[-1] if begun else None

    def status(self, day: str) -> str | None:
        span = self.span(day)
        return span[1] if span else None

    # what is said of the past

    def telling(self, group: Mapping[str, Any], on: str, later: str | None) -> list[Change] | None:
        """What a batch says that sets fields, which are said together, with effect from a day.

        None where somebody has to be asked, since something else was said of a later day.
        """
        together = STATE if not group.keys().isdisjoint(STATE) else tuple(group)
        heard = [said for what in together for said in self.dated[what] if said.day > on]
        days = sorted({said.day for said in heard})
        against = [
            day for day in days
            if any(self.in_force(what, day) != value for what, value in group.items())
        ]  # fmt: skip
        birth_alone = all(said.birth for said in heard if said.day in against)
        says: dict[str, Mapping[str, Any]] = {on: group}
        if birth_alone and against:
            says[self.born_on] = group
        elif against and later is None:
            return None
        elif against and later == FROM_THEN_ON:
            says |= dict.fromkeys(days, group)
        elif against:
            says[days[0]] = {what: self.in_force(what, days[0]) for what in together}
        return self._different(says)

    def _different(self, says: Mapping[str, Mapping[str, Any]]) -> list[Change]:
        """Of what is said for some days what was not so already."""
        told: list[Change] = []
        for day, values in says.items():
            for what, value in values.items():
                if self.in_force(what, day) != value:
                    told.append(Change(self.key, what, day, value))
                    self.hear(told[-1], LAST + len(told))
        return told


LAST = 10**9
"""Comes after everything that is in a batch."""


def _since_closed(entries: list[tuple[str, str, str | None]]) -> Spans:
    """Each entry for the day of which it was said, a closing for the day that it names."""
    built: Spans = []
    ends = [day for day, *_ in entries[1:]] + [FOREVER]
    for (day, status, closed), end in zip(entries, ends, strict=True):
        if status != "closed" or closed is None or closed >= end or closed == day:
            built.append((day, status))
        elif closed > day:
            built += [(day, built[-1][1] if built else "open"), (closed, status)]
        elif any(was == "closed" for since, was in built if since >= closed):
            built.append((day, status))
        else:
            built = [span for span in built if span[0] < closed] + [(closed, status)]
    return built


def _since_passed(built: Spans, passed: str | None) -> Spans:
    """Nothing counts before the day on which a case was passed on, and from then on it does."""
    if passed is None:
        return built
    before = [status for since, status in built if since <= passed]
    first = (passed, before[-1] if before else "open")
    return [first, *(span for span in built if span[0] > passed)]


class Naive:
    """Batches by number, and the questions that are asked of them."""

    def __init__(self, parents: dict[int, int | None], first: int) -> None:
        self.parents = parents
        self.first = first
        self.batches: list[Batch] = []

    def number(self, index: int) -> int:
        return self.first + index

    # which batches count

    def live(self, upto: int | None = None) -> list[int]:
        """Numbers of the batches that are not taken back, among the first so many."""
        dead: set[int] = set()
        alive: list[int] = []
        for index in reversed(range(len(self.batches[:upto]))):
            number = self.number(index)
            if number in dead:
                continue
            alive.append(number)
            undoes = self.batches[index].undoes
            if undoes is not None:
                dead.add(undoes)
        return alive[::-1]

    def records(
        self, upto: int | None = None, more: list[Change] | None = None
    ) -> dict[Key, Record]:
        """All records as the live batches tell them (and a batch that is still open)."""
        said: list[Change] = []
        for number in self.live(upto):
            said += self.batches[number - self.first].changes
        found: dict[Key, Record] = {}
        for order, change in enumerate(said + (more or [])):
            if change.what == "new":
                found[change.key] = _born(change, order)
            else:
                found[change.key].hear(change, order)
        return found

    def last_on(self, key: Key) -> str:
        """The latest date from which anything was ever said to hold, taken back or not."""
        return max(c.on for batch in self.batches for c in batch.changes if c.key == key)

    def known(self, day: str | None) -> int:
        """How many batches were known on a day: those before the first that came later."""
        for index, batch in enumerate(self.batches):
            if day is not None and batch.recorded_on > day:
                return index
        return len(self.batches)

    # merges

    def has_cycle(self, records: dict[Key, Record]) -> bool:
        """Whether on any day a chain of merges never ends."""
        items = [record for record in records.values() if record.key[0] == "item"]
        days = {said.day for item in items for what in STATE for said in item.dated[what]}
        return any(self._has_cycle(items, day) for day in days)

    def _has_cycle(self, items: list[Record], day: str) -> bool:
        merged = {
            item.key: item.in_force("into", day) for item in items
            if item.in_force("status", day) == "merged"
        }  # fmt: skip
        for at in merged:
            for _ in items:
                at = merged.get(at)
            if at in merged:
                return True
        return False

    # what is counted

    def path(self, region: int) -> list[int]:
        found = [region]
        while (above := self.parents[found[0]]) is not None:
            found.insert(0, above)
        return found

    def counts(
        self, *, by: str, as_of: date, programme: int | None, under: int | None,
        known_on: date | None,
    ) -> dict[int, dict[str, Any]]:  # fmt: skip
        """The figures of every line that has any, and of the whole under the key -1."""
        day = as_of.isoformat()
        lines: defaultdict[int, list[Counted]] = defaultdict(list)
        for record in self.records(self.known(known_on.isoformat() if known_on else None)).values():
            if record.key[0] not in ("item", "case"):
                continue
            status = self._status(record, day)
            if status is None or programme not in (None, record.facts["programme"]):
                continue
            stage = record.in_force("closure", day) if record.key[0] == "item" else None
            for line in set(self.lines(record, by, under, day)):
                lines[line].append((record.key[0], status, stage))
        once = by != "programme" and programme is None
        found = {line: _figures(all, once) for line, all in lines.items()}
        return {
            line: figures
            for line, figures in found.items()
            if line == -1 or figures["total"] or figures["cases_total"]
        } | {-1: _figures(lines[-1], programme is None)}

    def _status(self, record: Record, day: str) -> str | None:
        status = record.status(day)
        due = status == "not_started" and (record.in_force("start", day) or FOREVER) <= day
        return "not_started_due" if due else status

    def lines(self, record: Record, by: str, under: int | None, day: str) -> Iterator[int]:
        """The lines that count a record on a day, and the whole as -1."""
        for region in record.regions(day):
            path = self.path(region)
            if under is not None and under not in path:
                continue
            if by == "unit":
                if record.key[0] == "item":
                    yield from (-1, record.in_force("responsible", day))
                continue
            yield -1
            if by == "programme":
                yield record.facts["programme"]
            else:
                yield path[min(STEPS[by], len(path) - 1)]


def _born(change: Change, order: int) -> Record:
    dated: defaultdict[str, list[Said]] = defaultdict(list)
    for what in DATED[change.key[0]]:
        dated[what].append(Said(change.on, order, change.value.get(what), birth=True))
    facts = {what: value for what, value in change.value.items() if what not in dated}
    return Record(change.key, change.on, facts, dated)


def _figures(counted: list[Counted], once: bool) -> dict[str, Any]:
    """Statuses, groups and totals; with `once` a merged item is left to what carries it on."""
    items = [status for kind, status, _ in counted if kind == "item"]
    cases = [status for kind, status, _ in counted if kind == "case"]
    stages = [stage for _, status, stage in counted if stage and GROUPS.get(status) == "completed"]
    carried = items.count("merged") if once else 0
    if once:
        items = [status for status in items if status != "merged"]
    groups = dict.fromkeys(GROUPS.values(), 0)
    statuses = dict.fromkeys(GROUPS, 0)
    for status in items:
        due = status == "not_started_due"
        statuses["not_started" if due else status] += 1
        groups["behind" if due else GROUPS[status]] += 1
    return {
        "statuses": statuses,
        "groups": groups,
        "cases": {status: cases.count(status) for status in CASE_STATUSES},
        "total": len(items),
        "cases_total": len(cases),
        "carried": carried,
        "struck_off": stages.count("struck"),
        "awaiting": len(stages) - stages.count("struck"),
    }
