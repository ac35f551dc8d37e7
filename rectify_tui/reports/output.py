"""A table written as text for the terminal, JSON, CSV for spreadsheets, or Markdown."""

from __future__ import annotations

from typing import TextIO

from rectify_tui.errors import Problem
from rectify_tui.reports.formats import FORMATS, Format
from rectify_tui.reports.table import Table


def write(
    table: Table,
    format: Format,
    out: TextIO,
    *,
    width: int | None = None,
    ascii: bool = False,
) -> None:
    """Write a table in one of the formats; no text in it can steer a terminal.

    - `table`: aligned columns under the title, notes below. `width` is that of the terminal in
      cells: text columns give way, the widest first. `ascii` draws with `-` and `|` only.
    - `json`: an array of objects with the rows' keys and raw values; rates have six decimals, dates
      are ISO, missing values null. Invisible and control characters are written as escapes.
    - `csv`: for spreadsheets, so it begins with a byte order mark; `out` must keep the CR LF line
      ends. A text that a spreadsheet would take for a formula gets a leading apostrophe.
    - `md`: a Markdown table in which text is only text.

    JSON and CSV are written row by row. Raises `Problem` for another format.
    """
    if format not in FORMATS:
        raise Problem("table.unknown_format", format=format, known=", ".join(FORMATS))
    if format == "json":
        from rectify_tui.reports.writing.json import write_json

        write_json(table, out)
    elif format == "csv":
        from rectify_tui.reports.writing.csv import write_csv

        write_csv(table, out)
    elif format == "md":
        from rectify_tui.reports.writing.markdown import write_markdown

        write_markdown(table, out)
    else:
        from rectify_tui.reports.writing.text import write_text

        write_text(table, out, width, ascii=ascii)
