"""An office that does the same things to a store and to a naive ledger, and compares them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from moving_clock import Clock
from naive import Batch, Change, Key, Naive, Record

from rectify_tui.domain.figures import Tally
from rectify_tui.errors import Refusal
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.regions import parents
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.store.undo import last_redoable, last_undoable, undo

REGIONS = range(1, 13)
PROGRAMMES = (1, 2, 3)
FIRST_DAY = date(2020, 1, 15)


class Office:
    """Does the same things to a store and to the naive ledger."""

    def __init__(self, path: Path) -> None:
        self.clock = Clock()
        self.ledger = Ledger(path, clock=self.clock)
        connection = self.ledger.reader()
        first = connection.execute("SELECT MAX(id) + 1 FROM batch").fetchone()[0]
        self.naive = Naive(parents(connection), first)
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
            with self.ledger.batch("change", who="测试") as writing:
                for name, *rest in changes:
                    getattr(self, f"_{name}")(writing.draft, *rest)
        except Refusal as refusal:
            refused = refusal.key
        assert refused == self.expected
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

    def _say(self, record: Record, what: str, on: date, value: Any) -> None:
        """Tell the naive ledger, where this differs from what it holds for that day."""
        day = on.isoformat()
        dated = what in ("state", "progress", "note", "verification")
        if (record.in_force(what, day) if dated else record.facts[what]) != value:
            self.told.append(Change(record.key, what, day, value))

    def _item(
        self, draft: Draft, programme: int, region: int, status: str, start: int | None, ago: int
    ) -> None:
        on = self._day(ago)
        begins = "" if start is None else (self.today + timedelta(days=start)).isoformat()
        self.numbers += 1
        fields = {"status": status, "region": self._names([region]), "start": begins}
        id = add_item(draft, programme, str(self.numbers), fields, on=on)
        value = {
            "programme": programme, "regions": [region], "unit": 0, "start": begins or None,
            "state": (status, None), "verification": "unverified",
        }  # fmt: skip
        self.told.append(Change(("item", id), "new", on.isoformat(), value))

    def _case(
        self, draft: Draft, programme: int, regions: list[int], status: str, ago: int
    ) -> None:
        on = self._day(ago)
        self.numbers += 1
        fields = {"status": status, "region": self._names(regions)}
        id = add_case(draft, programme, str(self.numbers), fields, on=on)
        value = {"programme": programme, "regions": regions, "state": _case_state(status, on)}
        self.told.append(Change(("case", id), "new", on.isoformat(), value))

    def _status(self, draft: Draft, which: int, status: str, ago: int) -> None:
        if record := self._pick("item", which):
            set_items(draft, [record.key[1]], {"status": status}, on=self._day(ago))
            self._say(record, "state", self._day(ago), (status, None))

    def _merge(self, draft: Draft, which: int, into: int, ago: int) -> None:
        record, target = self._pick("item", which), self._pick("item", into)
        if record and target:
            self._say(record, "state", self._day(ago), ("merged", target.key))
            if self.naive.has_cycle(self._records()):
                self.expected = "merge.cycle"
            to = Target(target.facts["programme"], target.key[1])
            merge_items(draft, [record.key[1]], to, on=self._day(ago))

    def _merge_into_programme(self, draft: Draft, which: int, programme: int, ago: int) -> None:
        if record := self._pick("item", which):
            if record.facts["programme"] == programme:
                self.expected = "merge.own_programme"
            merge_items(draft, [record.key[1]], Target(programme), on=self._day(ago))
            self._say(record, "state", self._day(ago), ("merged", ("programme", programme)))

    def _dated(self, draft: Draft, which: int, dated: tuple[str, str, Any], ago: int) -> None:
        name, text, value = dated
        if record := self._pick("item", which):
            set_items(draft, [record.key[1]], {name: text}, on=self._day(ago))
            self._say(record, name, self._day(ago), value)

    def _region(self, draft: Draft, which: int, region: int, ago: int) -> None:
        if record := self._pick("item", which):
            fields = {"region": self._names([region])}
            set_items(draft, [record.key[1]], fields, on=self._day(ago))
            self._say(record, "regions", self._day(ago), [region])

    def _unit(self, draft: Draft, which: int, name: str) -> None:
        if record := self._pick("item", which):
            known = [
                r.key[1] for r in self._records().values()
                if r.key[0] == "unit" and r.facts["name"] == name
            ]  # fmt: skip
            set_items(draft, [record.key[1]], {"responsible": name})
            unit = int(draft.get("item", record.key[1])["responsible_id"] or 0)
            if name and not known:
                value = {"name": name}
                self.told.append(Change(("unit", unit), "new", self.today.isoformat(), value))
            else:
                assert unit == min(known, default=0)
            self._say(record, "unit", self.today, unit)

    def _start(self, draft: Draft, which: int, start: int | None) -> None:
        if record := self._pick("item", which):
            begins = "" if start is None else (self.today + timedelta(days=start)).isoformat()
            set_items(draft, [record.key[1]], {"start": begins})
            self._say(record, "start", self.today, begins or None)

    def _case_status(self, draft: Draft, which: int, status: str, ago: int) -> None:
        record, on = self._pick("case", which), self._day(ago)
        if record and (record.in_force("state", on.isoformat()) or ("",))[0] != status:
            set_cases(draft, [record.key[1]], {"status": status}, on=on)
            self._say(record, "state", on, _case_state(status, on))

    def _case_regions(self, draft: Draft, which: int, regions: list[int], ago: int) -> None:
        if record := self._pick("case", which):
            fields = {"region": self._names(regions)}
            set_cases(draft, [record.key[1]], fields, on=self._day(ago))
            self._say(record, "regions", self._day(ago), regions)

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
                used |= {("unit", record.facts["unit"])}
                used |= {value[1] for _, _, value in record.dated["state"] if value[1]}
        return bool(used & keys)

    # holding one against the other

    def compare(self, tries: int) -> None:
        connection = self.ledger.reader()
        for finding in run_checks(connection):
            assert finding.ok, finding
        records = self.naive.records()
        self._compare_items({key[1]: r for key, r in records.items() if key[0] == "item"})
        self._compare_cases({key[1]: r for key, r in records.items() if key[0] == "case"})
        self._compare_spans(records)
        days = sorted({date.fromisoformat(c.on) for b in self.naive.batches for c in b.changes})
        days += [day + timedelta(days=n) for day in days[:3] for n in (-1, 1)]
        days += [self.today, self.today + timedelta(days=60)]
        known = [None, None, self.today, FIRST_DAY]
        known += [date.fromisoformat(batch.recorded_on) for batch in self.naive.batches]
        chance = Random(len(self.naive.batches))
        for _ in range(tries):
            for by in By:
                self._compare_figures(
                    RollupQuery(
                        as_of=chance.choice(days), by=by,
                        programme_id=chance.choice([None, None, *PROGRAMMES]),
                        under_id=chance.choice([None, None, *REGIONS]),
                        known_on=chance.choice(known),
                    )
                )  # fmt: skip

    def _compare_items(self, items: dict[int, Record]) -> None:
        rows = self.ledger.reader().execute(
            "SELECT id, programme_id, region_id, COALESCE(responsible_id, 0), start_on, progress,"
            " note, verification, status, status_on, merged_item_id, merged_programme_id, last_on"
            " FROM item ORDER BY id"
        )
        assert rows.fetchall() == [_item_row(self.naive, items[id]) for id in sorted(items)]

    def _compare_cases(self, cases: dict[int, Record]) -> None:
        rows = self.ledger.reader().execute(
            "SELECT id, programme_id, region_id, regions, status, status_on, closed_on, last_on"
            " FROM complaint_case ORDER BY id"
        )
        expected = []
        for id, record in sorted(cases.items()):
            status, closed_on = record.now("state")
            regions = record.facts["regions"]
            expected.append(
                (id, record.facts["programme"], regions[0], ",".join(map(str, regions)), status,
                 record.status_spans()[-1][0], closed_on, self.naive.last_on(record.key))
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
                spans = record.status_spans()
                ends = [day for day, _ in spans[1:]] + ["9999-12-31"]
                expected += [(*key, day, end, s) for (day, s), end in zip(spans, ends, strict=True)]
        assert sorted(kept) == sorted(expected)

    def _compare_figures(self, query: RollupQuery) -> None:
        counted = self.naive.counts(
            by=query.by, as_of=query.as_of, programme=query.programme_id, under=query.under_id,
            known_on=query.known_on,
        )  # fmt: skip
        rollup = read_rollup(self.ledger.reader(), query)
        assert _plain(rollup.sum) == counted.pop(-1), query
        assert {row.id: _plain(row.tally) for row in rollup.rows} == counted, query
        assert len(rollup.rows) == len(counted)
        if query.by in ("province", "city", "county"):
            step = ["nation", "province", "city", "county"].index(query.by)
            for row in rollup.rows:
                assert row.own == (len(self.naive.path(row.id)) - 1 < step)


def _case_state(status: str, on: date) -> tuple[str, str | None]:
    return status, on.isoformat() if status == "closed" else None


def _item_row(naive: Naive, record: Record) -> tuple[Any, ...]:
    status, target = record.now("state")
    return (
        record.key[1], record.facts["programme"], record.facts["regions"][0],
        record.facts["unit"], record.facts["start"], record.now("progress"), record.now("note"),
        record.now("verification"), status, record.status_spans()[-1][0],
        target[1] if target and target[0] == "item" else None,
        target[1] if target and target[0] == "programme" else None,
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
    }
