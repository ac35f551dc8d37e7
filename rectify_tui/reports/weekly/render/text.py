"""The report as text: for the terminal, and as Markdown."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_tui.i18n import Language
from rectify_tui.reports.output import markdown_text
from rectify_tui.reports.output import write as write_rows
from rectify_tui.reports.weekly.render import words

if TYPE_CHECKING:
    from rectify_tui.reports.formats import Format
    from rectify_tui.reports.weekly.model import Report, Section

_BLOCK = re.compile(r"(\d*)([#+\-=.)])")


def write_table(report: Report, *, width: int | None = None, ascii: bool = False) -> bytes:
    """Text for the terminal; paragraphs are left to the terminal to break."""
    t = Language(report.language)
    blocks = [
        f"{words.line(report.title)}\n{words.period(t, report)}\n{words.imprint(t, report)}\n",
        *(f"{words.plain(text)}\n" for text in report.paragraphs),
        *(_rows(section, "table", width=width, ascii=ascii) for section in report.sections),
    ]
    if notes := words.closing_notes(t, report):
        blocks.append("".join(f"{note}\n" for note in notes))
    return "\n".join(blocks).encode()


def write_markdown(report: Report) -> bytes:
    """Markdown in which text is only text."""
    t = Language(report.language)
    blocks = [
        f"# {markdown_text(words.line(report.title))}\n",
        f"{_paragraph(words.period(t, report))}\n",
        f"{_paragraph(words.imprint(t, report))}\n",
        *(f"{_paragraph(text)}\n" for text in report.paragraphs),
        *(_rows(section, "md") for section in report.sections),
    ]
    if notes := words.closing_notes(t, report):
        blocks.append(f"## {t('render.notes')}\n")
        blocks.append("".join(f"- {_paragraph(note)}\n" for note in notes))
    return "\n".join(blocks).encode()


def _rows(
    section: Section, format: Format, *, width: int | None = None, ascii: bool = False
) -> str:
    out = io.StringIO(newline="")
    table = replace(section.table, title=section.heading)
    write_rows(table, format, out, width=width, ascii=ascii)
    return out.getvalue()


def _paragraph(text: str) -> str:
    """A paragraph that begins neither a heading nor a list nor a rule."""
    escaped = markdown_text(text)
    return _BLOCK.sub(r"\1\\\2", escaped, count=1) if _BLOCK.match(escaped) else escaped
