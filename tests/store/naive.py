"""A ledger told in the simplest way: a list of batches, from which everything is counted anew.

It shares no rule with the package. What a record is, what an undo does and what is counted where
is said here once more, slowly, so that the store can be held against it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
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
DATED = ("progress", "note", "verification")

Key = tuple[str, int]
State = tuple[str, Any]
"""A status and what goes with it: where a merged item is carried on, when a case was closed."""


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


@dataclass
class Record:
    key: Key
    born_on: str
    facts: dict[str, Any]
    dated: dict[str, list[tuple[str, int, Any]]]
    """What was said of each dated field: from when, said how early, and what."""

    def in_force(self, what: str, day: str) -> Any:
        said = [entry for entry in self.dated[what] if entry[0] <= day]
        return max(said, key=lambda entry: entry[:2])[2] if said else None

    def now(self, what: str) -> Any:
        return self.in_force(what, "9999-12-31")

    def status_spans(self) -> list[tuple[str, str]]:
        """From when which status held, each only where it is another than before."""
        found: list[tuple[str, str]] = []
        for day in sorted({entry[0] for entry in self.dated["state"]}):
            status = self.in_force("state", day)[0]
            if not found or found[-1][1] != status:
                found.append((day, status))
        return found


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
                facts = {k: v for k, v in change.value.items() if k not in ("state", *DATED)}
                found[change.key] = Record(change.key, change.on, facts, defaultdict(list))
                for what in ("state", *DATED):
                    found[change.key].dated[what].append((change.on, order, change.value.get(what)))
            elif change.what in ("state", *DATED):
                found[change.key].dated[change.what].append((change.on, order, change.value))
            else:
                found[change.key].facts[change.what] = change.value
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
        for start in records:
            at, steps = start, 0
            while at[0] == "item" and at in records and records[at].now("state")[0] == "merged":
                at, steps = records[at].now("state")[1], steps + 1
                if steps > len(records):
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
        lines: defaultdict[int, list[tuple[str, str]]] = defaultdict(list)
        for record in self.records(self.known(known_on.isoformat() if known_on else None)).values():
            if record.key[0] not in ("item", "case"):
                continue
            status = self._status(record, day)
            if status is None or programme not in (None, record.facts["programme"]):
                continue
            for line in set(self._lines(record, by, under)):
                lines[line].append((record.key[0], status))
        once = by != "programme" and programme is None
        found = {line: _figures(all, once) for line, all in lines.items()}
        return {
            line: figures
            for line, figures in found.items()
            if line == -1 or figures["total"] or figures["cases_total"]
        } | {-1: _figures(lines[-1], programme is None)}

    def _status(self, record: Record, day: str) -> str | None:
        state = record.in_force("state", day)
        if state is None:
            return None
        start = record.facts.get("start")
        if state[0] == "not_started" and start is not None and start <= day:
            return "not_started_due"
        return str(state[0])

    def _lines(self, record: Record, by: str, under: int | None) -> Iterator[int]:
        for region in record.facts["regions"]:
            path = self.path(region)
            if under is not None and under not in path:
                continue
            if by == "unit":
                if record.key[0] == "item":
                    yield from (-1, record.facts["unit"])
                continue
            yield -1
            if by == "programme":
                yield record.facts["programme"]
            else:
                yield path[min(STEPS[by], len(path) - 1)]


def _figures(counted: list[tuple[str, str]], once: bool) -> dict[str, Any]:
    """Statuses, groups and totals; with `once` a merged item is left to what carries it on."""
    items = [status for kind, status in counted if kind == "item"]
    cases = [status for kind, status in counted if kind == "case"]
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
    }
