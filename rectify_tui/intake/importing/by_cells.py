"""What a column is where its cells tell more of it than its heading.

Under 进展情况 one office writes sentences and another 达到序时进度; under 完成情况 stand words
or percentages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import islice

from rectify_tui.domain.status_words import case_status_of, status_of
from rectify_tui.domain.text import narrow
from rectify_tui.intake.importing.cells import blank
from rectify_tui.intake.mapping import Certainty
from rectify_tui.intake.mapping import Mapping as ColumnMapping
from rectify_tui.intake.mapping.state_headings import ticked_columns
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.table import Table

_LOOKED_AT = 200
_NEARLY_ALL = 0.9

_PERCENTAGE = re.compile(r"[0-9]{1,3}(?:\.[0-9]+)?\s*%")

_IS_STATUS: Mapping[IntakeKind, Callable[[str], object]] = {
    IntakeKind.ITEMS: status_of, IntakeKind.CASES: case_status_of,
}  # fmt: skip


def told_by_cells(mapping: ColumnMapping, table: Table) -> ColumnMapping:
    """A guessed mapping, with what nearly all cells of a column say of it.

    A status in percentages is the progress where no column is. Notes that are statuses are the
    status where neither a column nor ticks under several are. Both are shown as likely only.
    """
    is_status = _IS_STATUS.get(mapping.kind)
    if is_status is None:
        return mapping
    if mapping.kind is IntakeKind.ITEMS:
        mapping = _moved(mapping, table, "status", "progress", _is_percentage)
    if ticked_columns(table.headings):
        return mapping
    return _moved(mapping, table, "note", "status", is_status)


def _is_percentage(text: str) -> bool:
    return _PERCENTAGE.fullmatch(narrow(text)) is not None


def _moved(
    mapping: ColumnMapping, table: Table, old: str, new: str, is_it: Callable[[str], object]
) -> ColumnMapping:
    """The mapping with the column of one field being another's, if its cells say so."""
    index = mapping.column(old)
    if index is None or mapping.column(new) is not None or not _says(table, index, is_it):
        return mapping
    return replace(
        mapping,
        fields={**mapping.fields, index: new},
        certainty={**mapping.certainty, index: Certainty.LIKELY},
    )


def _says(table: Table, index: int, is_it: Callable[[str], object]) -> bool:
    """Whether nearly all filled cells of a column are something; a hint may stand among them."""
    texts = [row.cells[index] for row in islice(table.rows(), _LOOKED_AT)]
    filled = [text for text in texts if text and not blank(text)]
    hits = sum(bool(is_it(text)) for text in filled)
    return hits > 0 and hits >= _NEARLY_ALL * len(filled)
