"""Everything about a line of a file, or about the file, as a page of text."""

from __future__ import annotations

from rich.text import Text

from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.intake.model import (
    FieldChange,
    Finding,
    IntakeKind,
    Proposal,
    ProposedLine,
    Verdict,
)
from rectify_tui.intake.record_fields import field_title
from rectify_tui.intake.returns.columns import MARK, column_called
from rectify_tui.intake.workspace.accepting import can_accept
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.paths import shown_path
from rectify_tui.reports.returns import state_name
from rectify_tui.store.return_states import ReturnState
from rectify_tui.tui.page import SHOWN, PageText
from rectify_tui.tui.sources.intake_words import (
    finding_text,
    mark,
    problem_text,
    sign,
    value_text,
    verdict_text,
)

_ROWS = 40
"""Rows, cells or skipped lines of a file that its page shows."""


def line_page(
    t: Language, file: OpenedFile, index: int, line: ProposedLine, cells: int, *, ascii: bool
) -> Text:
    """The page of a line: each cell before and after, and all that is to be said.

    `cells` is the width at which it is wrapped.
    """
    assert file.checked is not None
    page, proposal = PageText(t, cells, ascii=ascii), file.checked.proposal
    accepted = mark(line, accepted=file.accepts(index), able=can_accept(line))
    verdict = verdict_text(t, proposal.kind, line)
    page.say(line.ref or t("intake_screen.no_ref"), "bold")
    standing = f"{accepted} {sign(line.verdict, ascii=ascii)} {verdict}".strip()
    page.say(t("tui.sign.dot").join([standing, where(t, proposal, line)]))
    if line.findings:
        page.head(t("intake_screen.findings"))
        for finding in line.findings:
            _finding(page, proposal.kind, finding)
    if line.changes:
        page.head(t("intake_screen.adds" if line.new else "intake_screen.changes"))
        for change in line.changes:
            _change(page, proposal.kind, change, new=line.new)
    pairs = zip(proposal.headings, line.cells, strict=False)
    filled = [pair for pair in pairs if pair[1] and column_called(pair[0]) != MARK.name]
    if filled:
        page.head(t("intake_screen.cells"))
        for heading, cell in filled[:_ROWS]:
            page.pair(heading or t("tui.sign.none"), cell)
    return page.text


def where(t: Language, proposal: Proposal, line: ProposedLine) -> str:
    """File, sheet and row of a line."""
    origin = proposal.origin
    key = "place" if line.row else "place_missing"
    return t(
        f"intake_screen.{key}", name=clean(origin.name), sheet=clean(origin.sheet), row=line.row
    )


def _finding(page: PageText, kind: IntakeKind, finding: Finding) -> None:
    page.say(f"{sign(finding.verdict, ascii=page.ascii)} {finding_text(page.t, kind, finding)}")


def _change(page: PageText, kind: IntakeKind, change: FieldChange, *, new: bool) -> None:
    t = page.t
    before, after, sent = (
        value_text(t, kind, change.field, value)
        for value in (change.before, change.after, change.sent)
    )
    name = field_title(t, kind, change.field)
    if new:
        page.pair(name, after)
        return
    page.say(t("tui.sign.change", name=name, old=before, new=after))
    if change.sent is not None:
        page.say(t("intake_screen.sent", sent=sent), indent="  ")


def file_page(t: Language, file: OpenedFile, key: str, cells: int, *, ascii: bool) -> Text:
    """The page of a file: what it is, what is to be said of it, and what was left out.

    `key` is what one presses to choose a programme, `cells` the width at which it is wrapped.
    """
    page = PageText(t, cells, ascii=ascii)
    page.say(file.name, "bold")
    page.say(shown_path(file.path))
    if file.problem is not None:
        page.say(f"{sign(Verdict.UNREADABLE, ascii=ascii)} {problem_text(t, file.problem, key)}")
    if file.checked is None:
        return page.text
    proposal = file.checked.proposal
    kind = t(f"intake_screen.kind_long.{proposal.kind}")
    page.say(t("intake_screen.about", kind=kind, sheet=clean(proposal.origin.sheet)))
    for verdict in Verdict:
        n = file.checked.counts[verdict]
        if n:
            page.pair(t(f"return_check.verdict.{verdict}"), f"{n:,}")
    if proposal.remarks:
        page.head(t("intake_screen.remarks"))
        for finding in proposal.remarks:
            _finding(page, proposal.kind, finding)
    if file.checked.columns:
        page.head(t("intake_screen.mapping"))
        for head, field in file.checked.columns:
            name = field_title(t, proposal.kind, field) if field else t("intake_screen.not_read")
            page.say(t("intake_screen.mapped", heading=clean(head[:SHOWN]), field=name))
    if proposal.skipped:
        page.head(t("intake_screen.skipped"))
        for row, key in list(proposal.skipped.items())[:_ROWS]:
            page.say(t("intake_screen.skipped_row", row=row, why=t(key)))
        if len(proposal.skipped) > _ROWS:
            page.say(t("intake_screen.more", n=len(proposal.skipped) - _ROWS))
    return page.text


def return_page(t: Language, state: ReturnState, cells: int, *, ascii: bool) -> Text:
    """The page of a return that has not come as a file: to whom, when, about how many items."""
    page = PageText(t, cells, ascii=ascii)
    page.say(state_name(state, t), "bold")
    values = {
        "programme": state.programme or t("weekly.all_programmes"), "n_items": f"{state.n_items}",
        "sent_on": state.sent_on, "due_on": state.due_on,
        "state": t(f"returns.state.{state.state}"), "received_on": state.received_on,
        "how": state.how, "file": state.file,
        "code": state.code,
    }  # fmt: skip
    for name, value in values.items():
        if value:
            page.pair(t(f"returns.table.{name}"), clean(value))
    return page.text
