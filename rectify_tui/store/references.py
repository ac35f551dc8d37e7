"""From references as people write them to records, and back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from rectify_tui.domain.reference import expand, read_references
from rectify_tui.domain.text import clean, natural_key
from rectify_tui.errors import Problem
from rectify_tui.store.connection import Connection, fetch_chunks, limited
from rectify_tui.store.records import CASE, ITEM
from rectify_tui.store.withdrawals import withdrawn_as


class Target(NamedTuple):
    """What merged items point to: an item, or a programme as a whole."""

    programme_id: int
    item_id: int | None = None


def item_ref(code: str, number: str) -> str:
    """The reference of an item or a case: `HLJ-2018/12`."""
    return f"{code}/{number}"


def programme_id(connection: Connection, code: str) -> int:
    """The programme with a code, in whatever case. Raises `Problem` where there is none."""
    code = clean(code).upper()
    row = connection.execute("SELECT id FROM programme WHERE code = ?", [code]).fetchone()
    if row is None:
        rows = connection.execute("SELECT code FROM programme ORDER BY id LIMIT 12")
        codes = ", ".join(code for (code,) in rows)
        if not codes:
            raise Problem("programme.none", code=code)
        raise Problem("programme.not_found", code=code, codes=codes)
    id: int = row[0]
    return id


def item_ids(connection: Connection, references: Iterable[str]) -> list[int]:
    """Ids of the items that references name, in that order, each once.

    Raises `Problem` for a reference that cannot be read, or names a programme or nothing.
    """
    ids: dict[int, None] = {}
    for reference in read_references(references):
        programme = programme_id(connection, reference.programme)
        if not reference.ranges:
            raise Problem("item.programme_only", code=reference.programme)

        numbers = dict(
            connection.execute("SELECT number, id FROM item WHERE programme_id = ?", [programme])
        )
        for number in expand(reference, numbers.__contains__):
            if number not in numbers:
                raise _not_found(connection, programme, reference.programme, number)
            ids[numbers[number]] = None
    return list(ids)


def _not_found(connection: Connection, programme: int, code: str, number: str) -> Problem:
    ref = item_ref(code, number)
    gone = withdrawn_as(connection, ITEM, programme, number)
    if gone is None:
        return Problem("item.not_found", ref=ref)
    return Problem("withdrawal.was", ref=ref, on=gone.on, reason=gone.reason, batch=gone.batch)


def target(connection: Connection, reference: str) -> Target:
    """What a merge points to. Raises `Problem` where it is not one item or one programme."""
    references = read_references(reference)
    if len(references) == 1 and not references[0].ranges:
        return Target(programme_id(connection, references[0].programme))
    ids = item_ids(connection, [reference])
    if len(ids) != 1:
        raise Problem("merge.one_target", ref=reference)
    return Target(programme_id(connection, references[0].programme), ids[0])


def case_ids(connection: Connection, numbers: Iterable[str]) -> list[int]:
    """Ids of the cases with these receipt numbers (`PROGRAMME/NUMBER` where several share one)."""
    ids: dict[int, None] = {}
    for text in numbers:
        text = clean(text)
        rows = connection.execute(
            "SELECT complaint_case.id, programme.code FROM complaint_case"
            " JOIN programme ON programme.id = complaint_case.programme_id"
            " WHERE complaint_case.number = ? OR programme.code || '/' || complaint_case.number = ?"
            " ORDER BY complaint_case.id",
            [text, text],
        ).fetchall()
        if not rows:
            raise Problem("case.not_found", number=text)
        if len(rows) > 1:
            raise Problem(
                "case.ambiguous", number=text, found=", ".join(f"{code}/{text}" for _, code in rows)
            )
        ids[rows[0][0]] = None
    return list(ids)


class Numbered(NamedTuple):
    """A record that bears a number: its kind, id, reference and text."""

    entity: str
    id: int
    ref: str
    text: str


def numbered(connection: Connection, text: str, *, limit: int = 20) -> list[Numbered]:
    """The items and cases with a number, or with a whole reference, items first."""
    code, _, number = clean(text).upper().rpartition("/")
    found = []
    for entity, table, told in ((ITEM, "item", "problem"), (CASE, "complaint_case", "complaint")):
        rows = connection.execute(
            f"SELECT r.id, p.code || '/' || r.number, r.{told} FROM programme p JOIN {table} r"
            " ON r.programme_id = p.id AND r.number_key = ? WHERE ? IN ('', p.code)"
            f" ORDER BY p.id, r.id{limited(limit)}",
            [natural_key(number), code],
        )
        found += [Numbered(entity, *row) for row in rows]
    return found


def pointers_from(connection: Connection, ids: Iterable[int]) -> dict[int, int | None]:
    """Where each merged item points, for these items and all that their chains pass through."""
    pointers: dict[int, int | None] = {}
    frontier = sorted(set(ids))
    query = "SELECT id, merged_item_id FROM item WHERE id IN ({marks})"
    while frontier:
        pointers.update(dict.fromkeys(frontier))  # one that is gone points nowhere
        pointers.update(fetch_chunks(connection, query, frontier))
        frontier = sorted({to for to in pointers.values() if to is not None} - pointers.keys())
    return pointers
