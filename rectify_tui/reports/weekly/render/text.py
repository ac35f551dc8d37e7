"""The report as text: for the terminal, and as Markdown."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rectify_tui.domain.wrapping import wrapped
from rectify_tui.i18n import Language
from rectify_tui.reports.output import markdown_text
from rectify_tui.reports.output import write as write_rows
from rectify_tui.reports.weekly.render import words

if TYPE_CHECKING:
    from rectify_tui.reports.table import Format
    from rectify_tui.reports.weekly.model import Report, Section

_BLOCK = re.compile(r"(\d*)([#+\-=.)])")


def write_table(report: Report, *, width: int | None = None, ascii: bool = False) -> bytes:
    """Text for the terminal; of an unknown width, paragraphs are left to it to break."""
    t = Language(report.language)

    def broken(text: str) -> str:
        return f"{wrapped(text, width or 0)}\n"

    blocks = [
        f"{words.line(report.title)}\n{words.period(t, report)}\n{words.imprint(t, report)}\n",
        *(broken(text) for text in words.paragraphs(report)),
        *(_rows(section, "table", width=width, ascii=ascii) for section in report.sections),
    ]
    if notes := words.closing_notes(t, report):
        blocks.append("".join(map(broken, notes)))
    return "\n".join(blocks).encode()


def write_markdown(report: Report) -> bytes:
    """Markdown in which text is only text."""
    t = Language(report.language)
    blocks = [
        f"# {markdown_text(words.line(report.title))}\n",
        f"{_paragraph(words.period(t, report))}\n",
        f"{_paragraph(words.imprint(t, report))}\n",
        *(f"{_paragraph(text)}\n" for text in words.paragraphs(report)),
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
