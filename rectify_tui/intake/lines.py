"""Lines of a file as a table, and what was found about them in words."""

from __future__ import annotations

from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.text import shorten
from rectify_tui.domain.timeline import Value
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language, known
from rectify_tui.intake.model import FieldChange, Finding, IntakeKind, ProposedLine, Verdict
from rectify_tui.intake.record_fields import field_of, field_title
from rectify_tui.reports import fields
from rectify_tui.reports.table import Column, Labelled
from rectify_tui.reports.table import Kind as ColumnKind

_FINDINGS = ("intake.finding", "return_check.finding")
_UNSPECIFIC = frozenset({"cell", "file"})
"""Findings of which only what is expected says something."""

_SHOWN = 40


def columns(t: Language, *keys: str | tuple[str, ColumnKind]) -> tuple[Column, ...]:
    """Columns with the titles that an intake has for them."""
    named = ((key, "text") if isinstance(key, str) else key for key in keys)
    return tuple(Column(key, t(f"intake.column.{key}"), kind) for key, kind in named)  # type: ignore[arg-type]  # "text" is a Kind


def outcome(line: ProposedLine, kind: IntakeKind, t: Language) -> Labelled:
    """What becomes of a line: its verdict, for an import whether it adds or changes something."""
    if kind is IntakeKind.RETURN:
        return Labelled(line.verdict, t(f"return_check.verdict.{line.verdict}"))
    word = {Verdict.UNCHANGED: "unchanged", Verdict.UNREADABLE: "rejected"}.get(line.verdict)
    word = word or ("added" if line.new else "changed")
    return Labelled(word, t(f"intake.outcome.{word}"))


def change_sentence(change: FieldChange, kind: IntakeKind, t: Language) -> str:
    """A change in one line: what was there, and what will be."""
    before = value_text(t, kind, change.field, change.before)
    after = value_text(t, kind, change.field, change.after)
    return t(
        "intake.change" if before and before != after else "intake.new_value",
        field=field_title(t, kind, change.field),
        before=_short(before),
        after=_short(after) or t("report.missing"),
    )


def _short(text: str) -> str:
    return shorten(text.replace("\n", " "), _SHOWN)


def value_text(t: Language, kind: IntakeKind, name: str, value: Value) -> str:
    """A value as people read it, empty where it is missing; what has no words stays as it is."""
    if value is None or value == "":
        return ""
    try:
        return _words(t, kind, name, value)
    except (KeyError, ValueError):
        return str(value)


def _words(t: Language, kind: IntakeKind, name: str, value: str | int | float) -> str:
    field = field_of(kind, name)
    if field is None or field.kind is FieldKind.MONEY:  # which stands as commands take it
        return str(value)
    return fields.words(field, value, t)


def finding_sentence(finding: Finding, t: Language, *, row: int | None = None) -> str:
    """What was found, with the column and its heading, and with the row where one is given.

    0 is the row of what is missing from the file.
    """
    sentence = _sentence(finding, t)
    if row == 0:
        return t("intake.no_row", said=sentence)
    if finding.column:
        key = "intake.at" if row is None else "intake.at_cell"
        return t(key, row=row, column=finding.column, heading=finding.heading, said=sentence)
    return sentence if row is None else t("intake.in_row", row=row, said=sentence)


def line_sentences(line: ProposedLine, t: Language, *, row: bool = True) -> str:
    """What makes of a line what it is, each finding with its row unless told otherwise.

    Of a line that cannot be read only what keeps it from being taken.
    """
    number = line.row if row else None
    lost = line.verdict is Verdict.UNREADABLE
    return "\n".join(
        finding_sentence(finding, t, row=number)
        for finding in line.findings
        if not lost or finding.verdict is Verdict.UNREADABLE
    )


def _sentence(finding: Finding, t: Language) -> str:
    expected = finding.expected
    wish = t.problem(expected) if isinstance(expected, Problem) else expected
    if finding.code in _UNSPECIFIC and wish:
        return wish
    blanks = {
        **finding.params, "column": finding.column, "heading": finding.heading,
        "holds": finding.holds, "expected": wish,
    }  # fmt: skip
    keys = (f"{start}.{finding.code}" for start in _FINDINGS)
    key = next(filter(known, keys), None)
    sentence = t(key, **blanks) if key else finding.code
    if wish and wish not in sentence:
        return t("intake.and_so", said=sentence, expected=wish)
    return sentence
