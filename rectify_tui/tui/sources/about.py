"""What a dialog is about, in a few lines: which records, and what they say now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from rectify_tui.domain import fields
from rectify_tui.domain.reference import format_references
from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.reports.fields import row_text, title
from rectify_tui.store.cases import CaseRow
from rectify_tui.store.items import ItemRow
from rectify_tui.tui.sources.look import status_cell

CELLS = 66
"""Cells of a line in a dialog, on a terminal of 80."""

LOOKED_AT = 200
"""So many records are looked at where more are chosen."""

_ITEM_SAYS = ("progress", "deadline", "verification", "put_off_until")
_CASE_SAYS = ("closed_on", "substantiated")

Record = ItemRow | CaseRow


def about_records(t: Language, rows: Sequence[Record], n: int, *, ascii: bool) -> str:
    """One record with what it says now; of several which they are, and how many say what."""
    if n == 1:
        lines = [line for row in rows for line in _one(t, row, ascii=ascii)]
    else:
        lines = _several(t, rows, n, ascii=ascii)
    return in_lines(t, lines)


def in_lines(t: Language, lines: Iterable[str]) -> str:
    """Lines that fit into a dialog; those in which nothing stands are left out."""
    return "\n".join(shorten(line, CELLS, t("tui.sign.cut")) for line in lines if line)


def _one(t: Language, row: Record, *, ascii: bool) -> list[str]:
    known: fields.Fields
    names: tuple[str, ...]
    if isinstance(row, ItemRow):
        known, names, subject = fields.ITEM, _ITEM_SAYS, row.problem
    else:
        known, names, subject = fields.CASE, _CASE_SAYS, row.complaint
    since = t("tui.told", told=t("tui.detail.since", date=row.since))
    says = [_status(t, row, ascii=ascii) + since]
    for field in (known[name] for name in names):
        if text := row_text(row, field, t):
            says.append(f"{title(field, t, short=True)} {text}")
    dot = t("tui.sign.dot")
    named = dot.join((row.ref, row_text(row, known["region"], t)))
    return [named, subject, says[0], dot.join(says[1:])]


def _several(t: Language, rows: Sequence[Record], n: int, *, ascii: bool) -> list[str]:
    references = format_references((row.programme, row.number) for row in rows)
    counts = Counter(_status(t, row, ascii=ascii) for row in rows)
    says = [f"{status} {count}" for status, count in counts.most_common()]
    more = [t("history.more", n=n - len(rows))] if n > len(rows) else []
    return [references, t("tui.sign.dot").join([*says, *more])]


def _status(t: Language, row: Record, *, ascii: bool) -> str:
    kind = "item" if isinstance(row, ItemRow) else "case"
    return status_cell(t, kind, row.status, ascii=ascii).text
