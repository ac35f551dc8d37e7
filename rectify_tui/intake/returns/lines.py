"""What returns propose, in words: findings as sentences, lines as rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from rectify_tui.i18n import Language
from rectify_tui.intake.lines import change_sentence, finding_sentence
from rectify_tui.intake.model import (
    FieldChange,
    Finding,
    IntakeKind,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.reports.table import Kind as ColumnKind


def finding_text(finding: Finding, t: Language) -> str:
    """One sentence: which cell, what it holds, and what was expected or is amiss."""
    return finding_sentence(finding, t)


def change_text(change: FieldChange, t: Language) -> str:
    """A change: `Progress 40% → 60%`."""
    return change_sentence(change, IntakeKind.RETURN, t)


def verdict_label(verdict: Verdict, t: Language) -> Labelled:
    """What becomes of a line."""
    return Labelled(verdict.value, t(f"return_check.verdict.{verdict}"))


def counts_text(proposal: Proposal, t: Language) -> str:
    """How many lines of each verdict there are."""
    counts = proposal.counts()
    parts = [
        t("return_check.counts", name=verdict_label(verdict, t).label, n=counts[verdict])
        for verdict in Verdict
        if counts[verdict]
    ]
    return t("report.comma").join(parts)


def told(proposal: Proposal, lines: Sequence[ProposedLine], t: Language) -> Iterator[str]:
    """A file as lines of text: what is to be said of it, then the given lines with their findings.

    What belongs to a line stands below it, indented.
    """
    origin = proposal.origin
    yield t("return_check.file", file=origin.name, sheet=origin.sheet)
    yield f"  {counts_text(proposal, t)}"
    for remark in proposal.remarks:
        yield f"  ! {finding_text(remark, t)}"
    for line in lines:
        yield f"  {_line_text(line, t)}"
        for finding in line.findings:
            yield f"      {finding_text(finding, t)}"


def _line_text(line: ProposedLine, t: Language) -> str:
    words = {
        "where": t("return_check.where", row=line.row) if line.row else t("return_check.nowhere"),
        "ref": line.ref or "—",
        "verdict": verdict_label(line.verdict, t).label,
    }
    if not line.changes:
        return t("return_check.line", **words)
    changes = t("report.semicolon").join(change_text(change, t) for change in line.changes)
    return t("return_check.line_changes", changes=changes, **words)


def returns_table(chosen: Iterable[tuple[Proposal, Sequence[ProposedLine]]], t: Language) -> Table:
    """Lines of files as a table; programs also get each change and finding by itself."""
    chosen = list(chosen)
    rows = [_row(proposal, line, t) for proposal, lines in chosen for line in lines]
    notes = [
        t("return_check.in_file", file=proposal.origin.name, problem=finding_text(remark, t))
        for proposal, _ in chosen
        for remark in proposal.remarks
    ]
    columns = (
        _column(t, "file"), _column(t, "sheet"), _column(t, "row", "count"), _column(t, "ref"),
        _column(t, "verdict"), _column(t, "changes"), _column(t, "findings"),
    )  # fmt: skip
    return Table(t("return_check.title"), columns, rows, tuple(notes))


def receipt_table(t: Language, **row: int | None) -> Table:
    """What taking returns in came to, as one row."""
    columns = tuple(_column(t, name, "count") for name in row)
    return Table(t("return_check.title"), columns, [row])


def _column(t: Language, key: str, kind: ColumnKind = "text") -> Column:
    return Column(key, t(f"return_check.table.{key}"), kind)


def _row(proposal: Proposal, line: ProposedLine, t: Language) -> Mapping[str, object]:
    separator = t("report.semicolon")
    return {
        "file": proposal.origin.name,
        "sheet": proposal.origin.sheet,
        "row": line.row or None,
        "ref": line.ref,
        "verdict": verdict_label(line.verdict, t),
        "changes": Labelled(
            [_change(change) for change in line.changes],
            separator.join(change_text(change, t) for change in line.changes),
        ),
        "findings": Labelled(
            [_finding(finding, t) for finding in line.findings],
            separator.join(finding_text(finding, t) for finding in line.findings),
        ),
    }


def _change(change: FieldChange) -> dict[str, object]:
    return {
        "field": change.field, "before": change.before, "after": change.after, "sent": change.sent,
        "column": change.column,
    }  # fmt: skip


def _finding(finding: Finding, t: Language) -> dict[str, object]:
    return {
        "code": finding.code, "verdict": finding.verdict, "column": finding.column,
        "heading": finding.heading, "holds": finding.holds, "message": finding_text(finding, t),
    }  # fmt: skip
