"""The report as text: for the terminal, and as Markdown."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from rectify_tui.domain.wrapping import wrapped
from rectify_tui.i18n import Language
from rectify_tui.reports.output import write as write_rows
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.writing.markdown import markdown_text

if TYPE_CHECKING:
    from rectify_tui.reports.formats import Format
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
        *_tables(report, partial(_rows, format="table", width=width, ascii=ascii), broken),
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
        *_tables(report, partial(_rows, format="md"), lambda text: f"- {_paragraph(text)}\n"),
    ]
    if notes := words.closing_notes(t, report):
        blocks.append(f"## {t('render.notes')}\n")
        blocks.append("".join(f"- {_paragraph(note)}\n" for note in notes))
    return "\n".join(blocks).encode()


def _tables(
    report: Report, table: Callable[[Language, Section], str], said: Callable[[str], str]
) -> Iterator[str]:
    """Every table, and what to look at first after that of the first page."""
    t = Language(report.language)
    points = "".join(said(words.point(t, point)) for point in report.points)
    if points and report.front is None:
        yield points
    for section in report.sections:
        yield table(t, section)
        if section.front and points:
            yield points


def _rows(
    t: Language, section: Section, *, format: Format, width: int | None = None, ascii: bool = False
) -> str:
    out = io.StringIO(newline="")
    table, _ = words.printed(section)
    notes = words.notes(t, section)
    if format == "table" and width:
        notes = [line for note in notes for line in wrapped(note, width).split("\n")]
    write_rows(
        replace(table, title=section.heading, notes=tuple(notes)), format, out, width=width,
        ascii=ascii,
    )  # fmt: skip
    return out.getvalue()


def _paragraph(text: str) -> str:
    """A paragraph that begins neither a heading nor a list nor a rule."""
    escaped = markdown_text(text)
    return _BLOCK.sub(r"\1\\\2", escaped, count=1) if _BLOCK.match(escaped) else escaped
