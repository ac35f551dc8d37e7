"""A table as Markdown, in which text is only text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape
from typing import TextIO

from rectify_tui.domain.text import safe_text
from rectify_tui.reports.table import NUMBERS, Table, shown

_MARKDOWN = re.compile(r"[\\`*_\[\]|~]")


def write_markdown(table: Table, out: TextIO) -> None:
    """Write the title, the rows and the notes."""
    columns = table.columns
    out.write(f"## {markdown_text(safe_text(table.title))}\n\n")
    out.write(_bars(markdown_text(column.title) for column in columns))
    out.write(_bars("---:" if column.kind in NUMBERS else "---" for column in columns))
    out.writelines(
        _bars(markdown_text(shown(row.get(each.key), each.kind)) for each in columns)
        for row in table.rows
    )
    if table.notes:
        out.write("\n")
        out.writelines(f"- {markdown_text(note)}\n" for note in table.notes)


def _bars(cells_of_row: Iterable[str]) -> str:
    return f"| {' | '.join(cells_of_row)} |\n"


def markdown_text(text: str) -> str:
    """Text in which Markdown and HTML find nothing to act on."""
    text = escape(safe_text(text, multiline=True), quote=False)
    return _MARKDOWN.sub(r"\\\g<0>", text).replace("\n", "<br>")
