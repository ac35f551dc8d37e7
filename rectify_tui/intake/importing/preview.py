"""What a person sees before anything is written: each column, its field, and the first rows."""

from __future__ import annotations

from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.intake.importing.request import PreparedImport, SampleRow
from rectify_tui.intake.lines import columns, finding_sentence, line_sentences, value_text
from rectify_tui.intake.model import Finding, IntakeKind, Verdict
from rectify_tui.intake.record_fields import field_title
from rectify_tui.intake.table import Heading
from rectify_tui.reports.labels import WHOLE
from rectify_tui.reports.table import Column, Labelled, Table

_SHOWN = 40


def preview_table(prepared: PreparedImport, t: Language) -> Table:
    """A line for each column: its heading, the field it is read as, and the first rows as read."""
    samples = prepared.first
    shown = (
        *columns(t, ("letter", WHOLE), "heading", "field", "unit"),
        *(
            Column(f"sample_{at}", t("intake.column.sample", row=sample.line.row))
            for at, sample in enumerate(samples)
        ),
    )
    rows = [_line(prepared, heading, t) for heading in prepared.table.headings]
    title = t(
        "importing.preview", name=prepared.origin.name, sheet=prepared.origin.sheet,
        kind=t(f"intake.kind.{prepared.kind}"), n=prepared.table.row_count,
    )  # fmt: skip
    return Table(title, shown, rows, _notes(prepared, t))


def _line(prepared: PreparedImport, heading: Heading, t: Language) -> dict[str, object]:
    name = prepared.mapping.fields.get(heading.index)
    return {
        "letter": heading.letter,
        "heading": heading.text,
        "field": Labelled(
            name, field_title(t, prepared.kind, name) if name else _why_not(prepared, heading, t)
        ),
        "unit": heading.unit,
        **{
            f"sample_{at}": _read(prepared.kind, sample, heading, name, t)
            for at, sample in enumerate(prepared.first)
        },
    }


def _why_not(prepared: PreparedImport, heading: Heading, t: Language) -> str:
    rival = prepared.mapping.rivals.get(heading.index)
    if heading.index in prepared.kept_as_sent:
        key = "kept" if rival is None else "kept_field"
    else:
        key = "not_used" if rival is None else "skip_field"
    column = "" if rival is None else prepared.table.headings[rival].letter
    return t(f"importing.{key}", column=column)


def _read(
    kind: IntakeKind, sample: SampleRow, heading: Heading, name: str | None, t: Language
) -> str:
    """What a cell says; of a column that is not used, what it holds."""
    held = sample.line.cells[heading.index]
    read = sample.read
    if name == "number" or name == "ref":
        shown = sample.line.ref or held
    elif name == "deadline" and read.get("deadline"):
        shown = _deadline(sample, t)
    elif name is not None and name in read:
        shown = value_text(t, kind, name, read[name])
    else:
        shown = held
    return shorten(shown.replace("\n", " "), _SHOWN)


def _deadline(sample: SampleRow, t: Language) -> str:
    read = sample.read
    deadline, due = str(read["deadline"]), read.get("due_on")
    if read.get("deadline_kind") == "unreadable":
        return t("intake.due_unreadable", deadline=deadline)
    return t("intake.due", deadline=deadline, due=due) if due and due != deadline else deadline


def _notes(prepared: PreparedImport, t: Language) -> tuple[str, ...]:
    notes = []
    if prepared.learned != "remembered":  # which is a remark
        notes.append(t(f"importing.learned.{prepared.learned}", path=prepared.request.map))
    notes += [_remark(finding, t) for finding in prepared.remarks]
    for line in (sample.line for sample in prepared.first if sample.line.findings):
        if line.verdict is Verdict.UNREADABLE:
            letters = sorted({each.column for each in line.findings if each.column})
            notes.append(_rejected(line.row, letters, t))
        else:
            notes += line_sentences(line, t).split("\n")
    return tuple(notes)


def _remark(finding: Finding, t: Language) -> str:
    said = finding_sentence(finding, t)
    return said if finding.verdict is Verdict.CLEAN else t("importing.loud", said=said)


def _rejected(row: int, letters: list[str], t: Language) -> str:
    if not letters:
        return t("importing.first_row_rejected", row=row)
    return t("importing.first_cells_rejected", row=row, columns=t("report.comma").join(letters))
