"""A table as the content of a file, whose first line says what it is; and as cells to paste."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from rectify_tui.domain.text import safe_text
from rectify_tui.reports.formats import FILES, TABLE_BY_ENDING
from rectify_tui.reports.output import write
from rectify_tui.reports.table import Table, shown

SHEET = FILES["xlsx"].endings[0]
ENDINGS = (SHEET, *TABLE_BY_ENDING)
"""What a single table can be written as, by the endings of files."""

_NUMBER = re.compile(r"[+-]?[\d.,]+%?")
_WIDEST, _PER_CHARACTER = 60, 2


def table_file(table: Table, ending: str, *, ascii: bool = False) -> bytes:
    """The content of a file with this ending. In every one but JSON the title stands above."""
    if ending == SHEET:
        return _workbook(table)
    out = StringIO(newline="")
    format = TABLE_BY_ENDING[ending]
    if format == "csv":
        above = StringIO(newline="")
        csv.writer(above).writerow([safe_text(table.title)])
        write(table, format, out)
        mark, rest = out.getvalue()[:1], out.getvalue()[1:]
        return f"{mark}{above.getvalue()}{rest}".encode()
    write(table, format, out, ascii=ascii)
    return out.getvalue().encode()


def _workbook(table: Table) -> bytes:
    """One sheet of texts: title, headings, rows, notes. Nothing in it is a formula."""
    from xlsxwriter import Workbook  # type: ignore[import-untyped]  # it says nothing of its types

    out = BytesIO()
    book = Workbook(out, {"in_memory": True})
    sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
    sheet.write_string(0, 0, safe_text(table.title), bold)
    texts = [[safe_text(column.title) for column in table.columns]]
    texts += [
        [safe_text(shown(row.get(each.key), each.kind)) for each in table.columns]
        for row in table.rows
    ]
    for y, line in enumerate(texts, 1):
        for x, text in enumerate(line):
            sheet.write_string(y, x, text, None if y > 1 else bold)
    for x in range(len(table.columns)):
        longest = max(len(line[x]) for line in texts)
        sheet.set_column(x, x, min(_WIDEST, _PER_CHARACTER * longest + 2))
    for y, note in enumerate(table.notes, len(texts) + 2):
        sheet.write_string(y, 0, safe_text(note))
    sheet.freeze_panes(2, 0)
    book.close()
    return out.getvalue()


def pasted(rows: Iterable[Sequence[str]]) -> str:
    """Rows as text with tabs, which spreadsheets take as cells and none of them as a formula."""
    return "".join("\t".join(map(_cell, row)) + "\n" for row in rows)


def _cell(text: str) -> str:
    text = safe_text(text).replace("\t", " ")
    steers = text.startswith(("=", "+", "-", "@")) and _NUMBER.fullmatch(text) is None
    return f"'{text}" if steers and text != "-" else text
