"""Columns of a file that is imported as rows: what stands in them, and what they are read as."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rectify_tui.domain.text import clean, shorten
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.importing.request import SampleRow
from rectify_tui.intake.importing.survey import Survey, SurveyedColumn, unread_words
from rectify_tui.intake.lines import value_text
from rectify_tui.intake.model import Finding, ProposedLine, Verdict
from rectify_tui.intake.record_fields import field_title
from rectify_tui.tui.sources.intake_words import finding_text, problem_text
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

_SHOWN = 40
_SENTENCE = 2000
_ROW = ("region", "status", "due_on", "problem", "complaint", "name", "what", "value")
"""What is shown of a row as it is read, in this order."""


def mapping_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of columns."""
    key = "intake_screen.columns"
    return (
        Column("letter", t(f"{key}.letter"), 3),
        Column("heading", t(f"{key}.heading"), 12, stretch=2),
        Column("field", t(f"{key}.field"), 12 if t.code == "zh" else 16, stretch=1),
        Column("certainty", t(f"{key}.certainty"), 6, priority=1),
        Column("read", t(f"{key}.read"), 8, "right"),
        Column("samples", t(f"{key}.samples"), 20, stretch=4),
    )


def mapping_rows(t: Language, survey: Survey, lines: Sequence[ProposedLine]) -> list[Row]:
    """A row for each column, in their order."""
    return [_row(t, survey, column, lines) for column in survey.columns]


def _row(t: Language, survey: Survey, column: SurveyedColumn, lines: Sequence[ProposedLine]) -> Row:
    samples = t("intake_screen.columns.slash").join(
        shorten(clean(each), _SHOWN) for each in column.samples
    )
    unread = unread_words(lines, column).total() if column.field else 0
    readable = f"{column.filled - unread:,}/{column.filled:,}" if column.field else ""
    field = Cell(t("intake_screen.columns.none"), "muted")
    if column.field:
        field = Cell(field_title(t, survey.kind, column.field), "good")
    sure = t(f"intake_screen.certainty.{column.certainty}") if column.certainty else ""
    cells: dict[str, str | Cell] = {
        "letter": column.letter,
        "heading": clean(column.heading) or t("tui.sign.none"),
        "field": field,
        "certainty": sure if column.field else "",
        "read": Cell(readable, "warn" if unread else ""),
        "samples": samples or t("tui.sign.none"),
    }
    return Row(column.index, cells, "" if column.field else "window-table--muted")


def loud_lines(t: Language, survey: Survey, key: str) -> list[str]:
    """What has to be seen before anything is written: what is missing, and why nothing can be."""
    if survey.problem is not None:
        text = clean(problem_text(t, survey.problem, key)[:_SENTENCE], multiline=True)
        return [f"{t('tui.sign.bad')} {text}"]
    assert survey.prepared is not None
    loud = (each for each in survey.prepared.remarks if each.code.endswith("_column"))
    return [
        f"{t('tui.sign.bad')} {finding_text(t, survey.kind, each)}"
        for each in loud
        if each.verdict is not Verdict.CLEAN
    ]


def place_line(t: Language, survey: Survey) -> str:
    """From where rows without a column of regions have theirs; empty where there is such a column.

    The names of their units tell it, as the titles of sections do.
    """
    remarks = survey.prepared.remarks if survey.prepared else ()
    return "".join(
        finding_text(t, survey.kind, each)
        for each in remarks
        if isinstance(each.expected, Problem) and each.expected.key == "importing.places_named"
    )


def sample_lines(t: Language, survey: Survey) -> Iterator[str]:
    """The first rows as they are read, one line each."""
    for sample in survey.prepared.first if survey.prepared else ():
        yield t("tui.sign.dot").join(filter(None, (_place(t, sample), *_parts(t, survey, sample))))


def _place(t: Language, sample: SampleRow) -> str:
    return clean(sample.line.ref) or t("intake_screen.row", row=sample.line.row)


def _parts(t: Language, survey: Survey, sample: SampleRow) -> Iterator[str]:
    read = dict(sample.read)
    if "due_on" in read and read.get("deadline_kind") == "unreadable":
        read["due_on"] = None
        yield t("intake.due_unreadable", deadline=clean(str(read.get("deadline", ""))))
    for name in _ROW:
        if read.get(name) is not None:
            text = clean(value_text(t, survey.kind, name, read[name]).replace("\n", " "))
            yield shorten(text, _SHOWN)
    bad = [each for each in sample.line.findings if each.verdict is Verdict.UNREADABLE]
    yield from (_bad(t, survey, each) for each in bad[:1])


def _bad(t: Language, survey: Survey, finding: Finding) -> str:
    return f"{t('tui.sign.bad')} {finding_text(t, survey.kind, finding)}"
