"""Which item each row of a return is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rectify_tui.domain.text import narrow, shorten
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.returns.columns import MARK
from rectify_tui.intake.returns.locked import LockedCells, read_locked, same_text
from rectify_tui.intake.returns.mark import SEALED, read_mark, row_mark
from rectify_tui.intake.returns.recognise import RecognisedReturn
from rectify_tui.intake.returns.rows import ReceivedReturn, ReturnRow
from rectify_tui.intake.returns.rules import in_words
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import ItemSides, find_items, read_sides, return_codes

_NAMED = 5
_LONGEST_REF = 40
_MOST_TRIES = 100_000
"""How many marks are computed to find out from which other returns rows come."""


@dataclass(frozen=True)
class MatchedRow:
    """A row and the item it is about, None where that is not certain."""

    row: ReturnRow
    id: int | None
    findings: tuple[Finding, ...] = ()


@dataclass
class Matcher:
    """Knows the items of one return, by their marks and by their references.

    `origin` tells which return it is. `elsewhere` are references of items that the ledger has and
    the return has not.
    """

    connection: Connection
    received: ReceivedReturn
    origin: RecognisedReturn
    sides: Mapping[int, ItemSides]
    locked: LockedCells
    by_ref: Mapping[str, int]
    elsewhere: frozenset[str]
    _codes: list[str] | None = None
    _tries: int = 0

    def rows(self) -> list[MatchedRow]:
        """All rows, each with its item; a row that stands there twice is about none."""
        return _without_doubles([self._match(row) for row in self.received.rows])

    def _match(self, row: ReturnRow) -> MatchedRow:
        marked = self._by_mark(row)
        named = self.by_ref.get(plain_ref(row.locked.get("ref", "")))
        if marked is not None:
            if named is None or named == marked:
                return MatchedRow(row, marked, tuple(self._altered(row, marked)))
            return self._at_odds(row, marked, named)
        if named is None:
            return MatchedRow(row, None, (self._lost(row),))
        findings = [self._doubt(row, named), *self._altered(row, named)]
        return MatchedRow(row, named, tuple(filter(None, findings)))

    def _by_mark(self, row: ReturnRow) -> int | None:
        """The item whose mark the row has, where the mark is one of this return."""
        read = read_mark(row.mark)
        if read is None or not self.origin.code or read[0] not in self.sides:
            return None
        id = read[0]
        if row.mark == self.locked.mark(id) or self.locked.seals(id, row.mark, row.locked):
            return id
        return None

    def _altered(self, row: ReturnRow, id: int) -> Iterator[Finding]:
        """The locked cells that are not as they were sent."""
        sealed = self.locked.seals(id, row.mark, row.locked)
        sent = self.locked.cells(id)
        for name, text in row.locked.items():
            if not (sealed and name in SEALED) and not same_text(text, sent.get(name, "")):
                params = {"field": name, "sent": in_words(name, sent.get(name) or None)}
                yield Finding("identity_altered", Verdict.SUSPICIOUS, holds=text, params=params)

    def _at_odds(self, row: ReturnRow, marked: int, named: int) -> MatchedRow:
        """The mark says one item and the reference another: what people see counts, if whole."""
        refs = {"marked": self.sides[marked].ref, "named": self.sides[named].ref}
        if not any(self._altered(row, named)):
            return MatchedRow(row, named, (_finding("mark_moved", Verdict.SUSPICIOUS, **refs),))
        return MatchedRow(row, None, (_finding("two_items", Verdict.UNREADABLE, **refs),))

    def _doubt(self, row: ReturnRow, id: int) -> Finding | None:
        """What is to be said of a row that only its reference tells."""
        if MARK.name not in self.received.columns or not self.origin.code:
            return None
        if not row.mark:
            return _finding("no_mark", Verdict.SUSPICIOUS)
        other = self._foreign(row)
        if other is not None:
            return _finding("older_row", Verdict.SUSPICIOUS, sheet=other)
        return Finding("mark_damaged", Verdict.SUSPICIOUS, holds=row.mark,
                       params={"field": MARK.name})  # fmt: skip

    def _lost(self, row: ReturnRow) -> Finding:
        """Why a row is about no item of this return."""
        ref = shorten(row.locked.get("ref", ""), _LONGEST_REF)
        other = self._foreign(row)
        if other is not None:
            return _finding("foreign_row", Verdict.UNREADABLE, sheet=other, ref=ref)
        if plain_ref(row.locked.get("ref", "")) in self.elsewhere:
            return _finding("not_in_return", Verdict.UNREADABLE, ref=ref)
        return Finding("unknown_item", Verdict.UNREADABLE, holds=ref, params={"field": "ref"})

    def _foreign(self, row: ReturnRow) -> str | None:
        """The code of another return that the row is from."""
        read = read_mark(row.mark)
        if read is None or not row.locked.keys() >= set(SEALED) or self._tries > _MOST_TRIES:
            return None
        if self._codes is None:
            self._codes = return_codes(self.connection)
        cells = [row.locked[name] for name in SEALED]
        for code in self._codes:
            self._tries += 1
            if row_mark(code, read[0], cells) == row.mark:
                self._codes.remove(code)  # rows that were copied come together
                self._codes.insert(0, code)
                return code
        return None


def make_matcher(
    connection: Connection, received: ReceivedReturn, origin: RecognisedReturn
) -> Matcher:
    """Read what is known of the items that a return may be about."""
    marks = [read[0] for row in received.rows if (read := read_mark(row.mark))]
    pairs = [pair for row in received.rows if (pair := reference_pair(row.locked.get("ref", "")))]
    named = find_items(connection, pairs)
    if origin.sent is not None:
        ids = list(origin.sent.item_ids)
    else:
        ids = [*named.values(), *(marks if origin.code else ())]
    sides = read_sides(connection, ids, origin.head_seq)
    locked = read_locked(connection, origin.code, sides)
    by_ref = {plain_ref(side.ref): id for id, side in sides.items()}
    locked.settle(
        (by_ref.get(plain_ref(row.locked.get("ref", ""))) or 0, row.locked) for row in received.rows
    )
    elsewhere = frozenset(plain_ref(ref) for ref in named) - by_ref.keys()
    return Matcher(connection, received, origin, sides, locked, by_ref, elsewhere)


def plain_ref(text: str) -> str:
    """A reference in the form in which references are compared."""
    return "".join(narrow(text).upper().split())


def reference_pair(text: str) -> tuple[str, str] | None:
    """Code and number of a whole reference such as `HLJ-2018/12`, None for any other text."""
    code, slash, number = "".join(narrow(text).split()).partition("/")
    return (code.upper(), number) if slash and number else None


def _finding(code: str, verdict: Verdict, **params: object) -> Finding:
    return Finding(code, verdict, params=params)


def _without_doubles(matched: Sequence[MatchedRow]) -> list[MatchedRow]:
    """Rows about one item: where all say the same the first counts, else none of them."""
    by_item: defaultdict[int, list[ReturnRow]] = defaultdict(list)
    for match in matched:
        if match.id is not None:
            by_item[match.id].append(match.row)
    doubled = {id: _Doubled(rows) for id, rows in by_item.items() if len(rows) > 1}
    return [
        replace(match, findings=(*match.findings, *doubled[match.id].about(match.row)))
        if match.id in doubled
        else match
        for match in matched
    ]


class _Doubled:
    """Several rows about one item."""

    def __init__(self, rows: Sequence[ReturnRow]) -> None:
        self._first = rows[0]
        self._same = all(row.answers == rows[0].answers for row in rows)
        self._numbers = [row.number for row in rows]

    def about(self, row: ReturnRow) -> Iterator[Finding]:
        """What is to be said of one of them."""
        if self._same and row is self._first:
            return
        few = [n for n in self._numbers[: _NAMED + 1] if n != row.number][:_NAMED]
        more = ", …" if len(self._numbers) > _NAMED + 1 else ""
        rows = ", ".join(map(str, few)) + more
        yield _finding("duplicate_row", Verdict.UNREADABLE, rows=rows)
