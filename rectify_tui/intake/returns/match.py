"""Which item each row of a return is about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from rectify_tui.domain.text import narrow, shorten
from rectify_tui.intake.model import Finding, Verdict
from rectify_tui.intake.returns.columns import IDENTITY, MARK
from rectify_tui.intake.returns.identity import Identities, read_identities, same_text
from rectify_tui.intake.returns.mark import read_mark, row_mark
from rectify_tui.intake.returns.recognise import Recognised
from rectify_tui.intake.returns.rows import Received, Row
from rectify_tui.intake.returns.rules import in_words
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import Sides, find_items, read_sides, return_codes

_NAMED = 5
_LONGEST_REF = 40
_MOST_TRIES = 100_000
"""How many marks are computed to find out from which other returns rows come."""


@dataclass(frozen=True)
class Matched:
    """A row and the item it is about, None where that is not certain."""

    row: Row
    id: int | None
    findings: tuple[Finding, ...] = ()


@dataclass
class Matcher:
    """Knows the items of one return, by their marks and by their references."""

    connection: Connection
    received: Received
    found: Recognised
    sides: Mapping[int, Sides]
    identities: Identities
    by_ref: Mapping[str, int]
    elsewhere: frozenset[str]
    """References of items that the ledger has and the return has not."""
    _codes: list[str] | None = None
    _tries: int = 0

    def rows(self) -> list[Matched]:
        """All rows, each with its item; a row that stands there twice is about none."""
        return _without_doubles([self._match(row) for row in self.received.rows])

    def _match(self, row: Row) -> Matched:
        marked = self._by_mark(row)
        named = self.by_ref.get(plain_ref(row.identity.get("ref", "")))
        if marked is not None:
            if named is None or named == marked:
                return Matched(row, marked, tuple(self._altered(row, marked)))
            return self._at_odds(row, marked, named)
        if named is None:
            return Matched(row, None, (self._lost(row),))
        findings = [self._doubt(row, named), *self._altered(row, named)]
        return Matched(row, named, tuple(filter(None, findings)))

    def _by_mark(self, row: Row) -> int | None:
        """The item whose mark the row has, where the mark is one of this return."""
        read = read_mark(row.mark)
        if read is None or not self.found.code or read[0] not in self.sides:
            return None
        id = read[0]
        if row.mark == self.identities.mark(id) or self.identities.seals(
            id, row.mark, row.identity
        ):
            return id
        return None

    def _altered(self, row: Row, id: int) -> Iterator[Finding]:
        """The locked cells that are not as they were sent."""
        if self.identities.seals(id, row.mark, row.identity):
            return
        sent = self.identities.cells(id)
        for name, text in row.identity.items():
            if not same_text(text, sent.get(name, "")):
                params = {"field": name, "sent": in_words(name, sent.get(name) or None)}
                yield Finding("identity_altered", Verdict.SUSPICIOUS, holds=text, params=params)

    def _at_odds(self, row: Row, marked: int, named: int) -> Matched:
        """The mark says one item and the reference another: what people see counts, if whole."""
        refs = {"marked": self.sides[marked].ref, "named": self.sides[named].ref}
        if not any(self._altered(row, named)):
            return Matched(row, named, (_found("mark_moved", Verdict.SUSPICIOUS, **refs),))
        return Matched(row, None, (_found("two_items", Verdict.UNREADABLE, **refs),))

    def _doubt(self, row: Row, id: int) -> Finding | None:
        """What is to be said of a row that only its reference tells."""
        if MARK.name not in self.received.places or not self.found.code:
            return None
        if not row.mark:
            return _found("no_mark", Verdict.SUSPICIOUS)
        other = self._foreign(row)
        if other is not None:
            return _found("older_row", Verdict.SUSPICIOUS, sheet=other)
        return Finding("mark_damaged", Verdict.SUSPICIOUS, holds=row.mark,
                       params={"field": MARK.name})  # fmt: skip

    def _lost(self, row: Row) -> Finding:
        """Why a row is about no item of this return."""
        ref = shorten(row.identity.get("ref", ""), _LONGEST_REF)
        other = self._foreign(row)
        if other is not None:
            return _found("foreign_row", Verdict.UNREADABLE, sheet=other, ref=ref)
        if plain_ref(row.identity.get("ref", "")) in self.elsewhere:
            return _found("not_in_return", Verdict.UNREADABLE, ref=ref)
        return Finding("unknown_item", Verdict.UNREADABLE, holds=ref, params={"field": "ref"})

    def _foreign(self, row: Row) -> str | None:
        """The code of another return that the row is from."""
        read = read_mark(row.mark)
        if read is None or len(row.identity) < len(IDENTITY) or self._tries > _MOST_TRIES:
            return None
        if self._codes is None:
            self._codes = return_codes(self.connection)
        cells = [row.identity[name] for name in IDENTITY]
        for code in self._codes:
            self._tries += 1
            if row_mark(code, read[0], cells) == row.mark:
                self._codes.remove(code)  # rows that were copied come together
                self._codes.insert(0, code)
                return code
        return None


def make_matcher(connection: Connection, received: Received, found: Recognised) -> Matcher:
    """Read what is known of the items that a return may be about."""
    marks = [read[0] for row in received.rows if (read := read_mark(row.mark))]
    pairs = [pair for row in received.rows if (pair := _pair(row.identity.get("ref", "")))]
    named = find_items(connection, pairs)
    if found.sent is not None:
        ids = list(found.sent.item_ids)
    else:
        ids = [*named.values(), *(marks if found.code else ())]
    sides = read_sides(connection, ids, found.head_seq)
    identities = read_identities(connection, found.code, sides)
    by_ref = {plain_ref(side.ref): id for id, side in sides.items()}
    identities.settle(
        (by_ref.get(plain_ref(row.identity.get("ref", ""))) or 0, row.identity)
        for row in received.rows
    )
    elsewhere = frozenset(plain_ref(ref) for ref in named) - by_ref.keys()
    return Matcher(connection, received, found, sides, identities, by_ref, elsewhere)


def plain_ref(text: str) -> str:
    """A reference in the form in which references are compared."""
    return "".join(narrow(text).upper().split())


def _pair(text: str) -> tuple[str, str] | None:
    code, slash, number = "".join(narrow(text).split()).partition("/")
    return (code.upper(), number) if slash and number else None


def _found(code: str, verdict: Verdict, **params: object) -> Finding:
    return Finding(code, verdict, params=params)


def _without_doubles(matched: Sequence[Matched]) -> list[Matched]:
    """Rows about one item: where all say the same the first counts, else none of them."""
    rows: defaultdict[int, list[Row]] = defaultdict(list)
    for each in matched:
        if each.id is not None:
            rows[each.id].append(each.row)
    doubled = {id: _Doubled(found) for id, found in rows.items() if len(found) > 1}
    return [
        replace(each, findings=(*each.findings, *doubled[each.id].about(each.row)))
        if each.id in doubled
        else each
        for each in matched
    ]


class _Doubled:
    """Several rows about one item."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self._first = rows[0]
        self._same = all(row.said == rows[0].said for row in rows)
        self._numbers = [row.number for row in rows]

    def about(self, row: Row) -> Iterator[Finding]:
        """What is to be said of one of them."""
        if self._same and row is self._first:
            return
        few = [n for n in self._numbers[: _NAMED + 1] if n != row.number][:_NAMED]
        more = ", …" if len(self._numbers) > _NAMED + 1 else ""
        rows = ", ".join(map(str, few)) + more
        yield _found("duplicate_row", Verdict.UNREADABLE, rows=rows)
