"""An office that does the same things to a store and to a naive ledger, and compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from moving_clock import Clock
from naive import CLOSURE, FOREVER, GROUPS, Batch, Change, Key, Naive, Record
from naive_past import Past

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Refusal
from rectify_tui.store.check import run_checks
from rectify_tui.store.checking import first_batch_since
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.holding import change
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.derived import Comparison
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.regions import parents
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup, read_rollups
from rectify_tui.store.sums import totals_hold
from rectify_tui.store.undo import last_redoable, last_undoable, undo

REGIONS = range(1, 13)
PROGRAMMES = (1, 2, 3)
HOME = {1: 2, 2: 2, 3: 1}
"""The region of each programme."""

FIRST_DAY = date(2020, 1, 15)

Values = dict[str, Any]
Word = str | None
"""What a batch does about what was said of later days, None where nobody was asked."""


class Office:
    """Does the same things to a store and to the naive ledger."""

    def __init__(self, path: Path) -> None:
        self.clock = Clock()
        self.ledger = Ledger(path, clock=self.clock, who="测试")
        connection = self.ledger.reader()
        first = connection.execute("SELECT MAX(id) + 1 FROM batch").fetchone()[0]
        self.naive = Naive(parents(connection), first)
        self.past = Past(self.ledger, self.naive)
        self.told: list[Change] = []
        self.expected: str | None = None
        self.numbers = 0

    @property
    def today(self) -> date:
        return self.clock.today

    def do(self, step: Sequence[Any]) -> None:
        kind, *rest = step
        if kind == "clock":
            self.clock.set(max(FIRST_DAY, self.today + timedelta(days=rest[0])))
        elif kind == "batch":
            self.change(rest[0])
        elif kind == "undo" and self.naive.batches:
            self.undo(self.naive.number(rest[0] % len(self.naive.batches)))
        elif kind == "undo_last":
            self.undo_last()
        elif kind == "redo":
            found = last_redoable(self.ledger.reader())
            if found is not None:
                assert self.naive.batches[found - self.naive.first].undoes is not None
                assert found in self.naive.live()
                self.undo(found)

    # changes

    def change(self, changes: Sequence[Sequence[Any]]) -> None:
        """One batch. `told` gathers what the naive ledger makes of it, `expected` a refusal."""
        self.told, self.expected = [], None
        refused: str | None = None
        try:
            with self.ledger.batch("change") as writing:
                for name, *rest in changes:
                    getattr(self, f"_{name}")(writing.draft, *rest)
        except Refusal as refusal:
            refused = refusal.key
        assert refused == self.expected, (refused, self.expected)
        if refused:
            return
        assert (writing.receipt.batch is None) == (not self.told)
        if self.told:
            assert writing.receipt.batch == self.naive.number(len(self.naive.batches))
            assert writing.receipt.changed >= len({change.key for change in self.told})
            self.naive.batches.append(Batch(self.today.isoformat(), changes=self.told))

    def _day(self, ago: int) -> date:
        return self.today - timedelta(days=ago)

    def _records(self) -> dict[Key, Record]:
        return self.naive.records(more=self.told)

    def _pick(self, kind: str, which: int) -> Record | None:
        found = [record for record in self._records().values() if record.key[0] == kind]
        return found[which % len(found)] if found else None

    def _tell(self, record: Record, groups: Sequence[Values], on: date, later: Word) -> None:
        """Tell the naive ledger, or expect that somebody has to be asked."""
        told = [record.telling(group, on.isoformat(), later) for group in groups]
        if None in told:
            self.expected = "change.later"
        self.told += [change for changes in told for change in changes or ()]

    def _correct(self, record: Record, what: str, on: date, value: Any) -> None:
        """Tell the naive ledger a plain fact, where it is another than before."""
        if record.facts[what] != value:
            self.told.append(Change(record.key, what, on.isoformat(), value))

    # what a batch does; each tells the naive ledger first

    def _item(
        self, draft: Draft, programme: int, status: str, fields: Mapping[str, Any], ago: int
    ) -> None:
        on = self._day(ago)
        typed, groups = self._typed(fields)
        self.numbers += 1
        id = add_item(draft, programme, str(self.numbers), {"status": status} | typed, on=on)
        value = {
            "programme": programme, "number": self.numbers, "status": status,
            "region": HOME[programme], "deadline": (None, "none", None),
            "verification": "unverified", "responsible": 0, "lead": 0, "supervising": 0,
            **dict.fromkeys(CLOSURE),
        }  # fmt: skip
        for group in groups:
            value |= group
        self.told.append(Change(("item", id), "new", on.isoformat(), value))

    def _set(
        self, draft: Draft, which: int, fields: Mapping[str, Any], ago: int, later: Word
    ) -> None:
        if record := self._pick("item", which):
            typed, groups = self._typed(fields)
            if self._stays_closed(record, fields.get("status", "completed")):
                groups = []
            self._tell(record, groups, self._day(ago), later)
            more = {"later": Later(later)} if later else {}
            # What a visit makes of an item beside that is for the tests of visits.
            found = typed.pop("verification", None)
            if typed:
                set_items(draft, [record.key[1]], typed, on=self._day(ago), correction=True, **more)
            if found:
                day, decided = self._day(ago).isoformat(), more.get("later")
                change(draft, "item", record.key[1], "", {"verification": found}, day, decided)

    def _stays_closed(self, record: Record, status: str) -> bool:
        """Whether a status is refused, since what is in close-out is not opened by the way."""
        if record.now("closure") and GROUPS[status] != "completed":
            self.expected = self.expected or "closeout.in_closeout"
        return self.expected == "closeout.in_closeout"

    def _close(self, draft: Draft, which: int, stage: str | None, ago: int, later: Word) -> None:
        """How far the close-out is, as an import writes it: steps have tests of their own."""
        if record := self._pick("item", which):
            on = self._day(ago)
            until = (on + timedelta(days=7)).isoformat() if stage == "published" else None
            group = {"closure": stage, "closure_on": on.isoformat(), "notice_until": until}
            self._tell(record, [group], on, later)
            decided = Later(later) if later else None
            change(draft, "item", record.key[1], "", group, on.isoformat(), decided)

    def _typed(self, fields: Mapping[str, Any]) -> tuple[dict[str, str], list[Values]]:
        """What to type for fields of an item, and what is said together by it."""
        typed, groups = {}, []
        for name, value in fields.items():
            typed[name] = "" if value is None else str(value)
            group = {name: value}
            if name == "status":
                group["into"] = None
            elif name == "region":
                typed[name] = self._names([value])
            elif name in ("responsible", "lead", "supervising"):
                group = {name: self._unit(value)}
            elif name == "start" and value is not None:
                group = {name: (self.today + timedelta(days=value)).isoformat()}
                typed[name] = group[name]
            elif name == "deadline":
                typed[name], *read, start = value
                group = {name: (typed[name] or None, *read)}
                if start and "start" not in fields:
                    group["start"] = start
            groups.append(group)
        if {"deadline", "start"} <= fields.keys():  # which say one thing then
            both = [group for group in groups if group.keys() & {"deadline", "start"}]
            groups = [group for group in groups if group not in both]
            groups.append({**both[0], **both[1]})
        return typed, groups

    def _unit(self, name: str) -> int:
        """The unit of a name, told as new where there is none."""
        if not name:
            return 0
        units = [record for record in self._records().values() if record.key[0] == "unit"]
        known = [unit.key[1] for unit in units if unit.facts["name"] == name]
        if known:
            return min(known)
        said = [change for batch in self.naive.batches for change in batch.changes] + self.told
        id = max((change.key[1] for change in said if change.key[0] == "unit"), default=0) + 1
        self.told.append(Change(("unit", id), "new", self.today.isoformat(), {"name": name}))
        return id

    def _merge(
        self, draft: Draft, which: int, into: int, programme: int | None, ago: int, later: Word
    ) -> None:
        """Into an item or, where one is given, into a programme."""
        record, target = self._pick("item", which), self._pick("item", into)
        if record is None or target is None:
            return
        to = Target(programme) if programme else Target(target.facts["programme"], target.key[1])
        state = {
            "status": "merged", "closed": None,
            "into": ("programme", programme) if programme else target.key,
        }  # fmt: skip
        own = programme == record.facts["programme"]
        if own or not self._stays_closed(record, "merged"):
            self._tell(record, [state], self._day(ago), later)
        if own:
            self.expected = "merge.own_programme"
        elif self.expected is None and self.naive.has_cycle(self._records()):
            self.expected = "merge.cycle"
        more = {"later": Later(later)} if later else {}
        merge_items(draft, [record.key[1]], to, on=self._day(ago), **more)

    def _case(
        self, draft: Draft, programme: int, regions: list[int], status: str,
        days: Sequence[int | None], ago: int,
    ) -> None:  # fmt: skip
        on = self._day(ago)
        passed, closed = self._days_ago(*days)
        self.numbers += 1
        fields = {"status": status, "region": self._names(regions)}
        fields |= {"passed_on": passed or "", "closed_on": closed or ""}
        id = add_case(draft, programme, str(self.numbers), fields, on=on)
        value = {
            "programme": programme, "number": self.numbers, "regions": regions, "passed": passed,
            "status": status, "closed": closed or (on.isoformat() if status == "closed" else None),
        }  # fmt: skip
        self.told.append(Change(("case", id), "new", on.isoformat(), value))

    def _days_ago(self, *days: int | None) -> list[str | None]:
        return [None if ago is None else self._day(ago).isoformat() for ago in days]

    def _case_status(
        self, draft: Draft, which: int, status: str | None, closed: int | None, ago: int,
        later: Word,
    ) -> None:  # fmt: skip
        """What is closed names its day: what it is without one, plain examples tell."""
        if record := self._pick("case", which):
            (closed_on,) = self._days_ago(ago if status == "closed" and closed is None else closed)
            fields = {"closed_on": closed_on or ""} | ({"status": status} if status else {})
            state: Values = {"closed": closed_on} | ({"status": status} if status else {})
            self._tell(record, [state], self._day(ago), later)
            more = {"later": Later(later)} if later else {}
            set_cases(draft, [record.key[1]], fields, on=self._day(ago), **more)

    def _case_facts(
        self, draft: Draft, which: int, regions: list[int], passed: int | None, ago: int
    ) -> None:
        if record := self._pick("case", which):
            (day,) = self._days_ago(passed)
            fields = {"region": self._names(regions), "passed_on": day or ""}
            self._correct(record, "regions", self._day(ago), regions)
            self._correct(record, "passed", self._day(ago), day)
            set_cases(draft, [record.key[1]], fields, on=self._day(ago))

    def _names(self, ids: list[int]) -> str:
        rows = self.ledger.reader().execute("SELECT id, COALESCE(code, name) FROM region")
        names = dict(rows.fetchall())
        return ",".join(names[id] for id in ids)

    # undo

    def undo_last(self) -> None:
        live = self.naive.live()
        plain = [n for n in live if self.naive.batches[n - self.naive.first].undoes is None]
        found = last_undoable(self.ledger.reader())
        assert found == max(plain, default=None)
        if found is not None:
            self.undo(found, named=False)

    def undo(self, number: int, *, named: bool = True) -> None:
        """Take a batch back, or see that there was a reason not to."""
        batch = Batch(self.today.isoformat(), undoes=number)
        live = number in self.naive.live()
        try:
            receipt = undo(self.ledger, number if named else None).receipt
        except Refusal as refusal:
            self._excuse(refusal.key, number, batch, live=live)
            return
        assert live
        assert receipt.batch == self.naive.number(len(self.naive.batches))
        self.naive.batches.append(batch)

    def _excuse(self, key: str, number: int, batch: Batch, *, live: bool) -> None:
        own = {change.key for change in self._content(number)}
        if key == "undo.already":
            assert not live
        elif key == "undo.in_way":
            later = [n for n in self.naive.live() if n > number]
            assert own & {change.key for n in later for change in self._content(n)}
        elif key == "undo.in_use":
            assert any(change.what == "new" for change in self._content(number))
            assert self._used(own)
        else:
            assert key == "merge.cycle"
            self.naive.batches.append(batch)
            assert self.naive.has_cycle(self.naive.records())
            self.naive.batches.pop()

    def _content(self, number: int) -> list[Change]:
        """What a batch changed, or what the batch did that it took back."""
        batch = self.naive.batches[number - self.naive.first]
        return batch.changes if batch.undoes is None else self._content(batch.undoes)

    def _used(self, keys: set[Key]) -> bool:
        used: set[Key] = set()
        for record in self.naive.records().values():
            if record.key[0] == "item" and record.key not in keys:
                for what in ("responsible", "lead", "supervising"):
                    used |= {("unit", said.value) for said in record.dated[what]}
                used |= {said.value for said in record.dated["into"] if said.value}
        return bool(used & keys)

    # holding one against the other

    def _check_from_any_day(self) -> None:
        """What came since any batch holds too, without a look at everything."""
        connection = self.ledger.reader()
        assert totals_hold(connection)
        for batch in range(self.ledger.newest_batch()):
            first = first_batch_since(connection, batch)
            assert Comparison(connection, first).holds(), (batch, first)

    def compare(self, tries: int) -> None:
        connection = self.ledger.reader()
        for finding in run_checks(connection):
            assert finding.ok, finding
        self._check_from_any_day()
        self.past.learn()
        records = self.past.records
        assert not self.naive.has_cycle(records)
        self._compare_items({key[1]: r for key, r in records.items() if key[0] == "item"})
        self._compare_cases({key[1]: r for key, r in records.items() if key[0] == "case"})
        self._compare_spans(records)
        told = {change.on for batch in self.naive.batches for change in batch.changes}
        told |= {day for r in records.values() for day, _ in r.spans()}
        days = sorted(map(date.fromisoformat, told))
        days += [day + timedelta(days=n) for day in days[:3] for n in (-1, 1)]
        days += [self.today, self.today + timedelta(days=60)]
        known = [None, None, self.today, FIRST_DAY]
        known += [date.fromisoformat(batch.recorded_on) for batch in self.naive.batches]
        chance = Random(len(self.naive.batches))
        for _ in range(tries):
            for by in By:
                query = RollupQuery(
                    as_of=chance.choice(days), by=by,
                    programme_id=chance.choice([None, None, *PROGRAMMES]),
                    under_id=chance.choice([None, None, *REGIONS]),
                    known_on=chance.choice(known),
                )  # fmt: skip
                self._compare_figures(query)
                self.past.compare_disagreements(query._replace(known_on=None))
            self.past.compare(chance.choice(days), chance)

    def _compare_items(self, items: dict[int, Record]) -> None:
        columns = ", ".join(ITEM_COLUMNS)
        rows = self.ledger.reader().execute(f"SELECT {columns} FROM item ORDER BY id")
        assert rows.fetchall() == [_item_row(self.naive, items[id]) for id in sorted(items)]

    def _compare_cases(self, cases: dict[int, Record]) -> None:
        rows = self.ledger.reader().execute(
            "SELECT id, programme_id, region_id, regions, passed_on, status, status_on, closed_on,"
            " last_on FROM complaint_case ORDER BY id"
        )
        expected = []
        for id, record in sorted(cases.items()):
            regions = record.facts["regions"]
            expected.append(
                (id, record.facts["programme"], regions[0], ",".join(map(str, regions)),
                 record.facts["passed"], record.now("status"), record.spans()[-1][0],
                 record.now("closed"), self.naive.last_on(record.key))
            )  # fmt: skip
        assert rows.fetchall() == expected
        links = self.ledger.reader().execute("SELECT case_id, region_id FROM case_region")
        assert sorted(links) == sorted(
            (id, region) for id, record in cases.items() for region in record.facts["regions"]
        )

    def _compare_spans(self, records: dict[Key, Record]) -> None:
        kept = self.ledger.reader().execute(
            "SELECT subject, subject_id, from_on, to_on, status FROM status_span"
        )
        expected = []
        for key, record in records.items():
            if key[0] in ("item", "case"):
                spans = record.spans()
                ends = [day for day, _ in spans[1:]] + [FOREVER]
                expected += [(*key, day, end, s) for (day, s), end in zip(spans, ends, strict=True)]
        assert sorted(kept) == sorted(expected)

    def _compare_figures(self, query: RollupQuery) -> None:
        counted = self.naive.counts(
            by=query.by, as_of=query.as_of, programme=query.programme_id, under=query.under_id,
            known_on=query.known_on,
        )  # fmt: skip
        before, *_, rollup = read_rollups(
            self.ledger.reader(), query, [query.as_of - timedelta(days=n) for n in (9, 1, 0)]
        )
        assert before == read_rollup(self.ledger.reader(), before.query)
        assert _plain(rollup.sum) == counted.pop(-1), query
        assert {row.id: _plain(row.tally) for row in rollup.rows} == counted, query
        assert len(rollup.rows) == len(counted)
        if query.by in ("province", "city", "county"):
            step = ["nation", "province", "city", "county"].index(query.by)
            for row in rollup.rows:
                assert row.own == (len(self.naive.path(row.id)) - 1 < step)


ITEM_COLUMNS = (
    "id", "programme_id", "number", "region_id", "COALESCE(responsible_id, 0)",
    "COALESCE(lead_id, 0)", "COALESCE(supervising_id, 0)", "deadline", "deadline_kind", "due_on",
    "start_on", "progress", "note", "verification", "status", *CLOSURE, "status_on",
    "merged_item_id", "merged_programme_id", "last_on",
)  # fmt: skip


def _item_row(naive: Naive, record: Record) -> tuple[Any, ...]:
    into = record.now("into")
    return (
        record.key[1], record.facts["programme"], str(record.facts["number"]),
        *(record.now(what) for what in ("region", "responsible", "lead", "supervising")),
        *record.now("deadline"),
        *(record.now(what) for what in ("start", "progress", "note", "verification", "status")),
        *map(record.now, CLOSURE),
        record.spans()[-1][0],
        into[1] if into and into[0] == "item" else None,
        into[1] if into and into[0] == "programme" else None,
        naive.last_on(record.key),
    )  # fmt: skip


def _plain(tally: Tally) -> dict[str, Any]:
    return {
        "statuses": {str(status): n for status, n in tally.statuses.items()},
        "groups": {str(group): n for group, n in tally.groups.items()},
        "cases": {str(status): n for status, n in tally.cases.items()},
        "total": tally.total,
        "cases_total": tally.cases_total,
        "carried": tally.carried,
        "struck_off": tally.struck_off,
        "awaiting": tally.awaiting,
    }
