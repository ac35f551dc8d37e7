"""Steps of close-out for what is chosen, and files as evidence of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rectify_tui.domain.closeout import FROM, Step
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Refusal
from rectify_tui.reports.closeout import closure_of_row
from rectify_tui.reports.evidence import evidence_rules
from rectify_tui.store.commands.closeout import Taken, close_items
from rectify_tui.store.commands.evidence import Given, add_evidence, read_files
from rectify_tui.store.draft import Draft
from rectify_tui.store.evidence import folder_of
from rectify_tui.store.items import item_rows
from rectify_tui.tui.dialogs.close import CloseDialog, CloseResult
from rectify_tui.tui.dialogs.evidence import EvidenceDialog, EvidenceResult
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.odd_files import OddFiles
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.session import Session

BACK = (Step.REFUSE, Step.OBJECT, Step.REOPEN)
"""Steps that send an item back; all others bring it on."""


class ClosingOut:
    """Asks for a step or for files for what is `chosen`, and carries that out."""

    def __init__(
        self, session: Session, chosen: Callable[[], Choice | None], editor: Editor
    ) -> None:
        self.session = session
        self.editor = editor
        self._chosen = chosen
        self.odd = OddFiles(session)

    def begin(self, *, back: bool = False) -> None:
        """Ask which step, once it is known which may follow; `back` begins with sending back."""
        choice, session = self._chosen(), self.session
        if choice is None:
            return

        def find() -> list[Step]:
            rows = item_rows(session.ledger.reader(), choice.ids())
            stages = {closure_of_row(row).stage for row in rows}
            return [step for step in Step if stages and stages <= FROM[step]]

        session.read(find, partial(self._ask, choice, back), "closing", asks=True)

    def _ask(self, choice: Choice, back: bool, steps: Sequence[Step]) -> None:
        session = self.session
        if not steps:
            session.tell(Refusal("tui.close.no_step"))
            return

        def attempt(result: CloseResult, later: Later | None = None) -> None:
            again = partial(attempt, result)
            self.editor.write(
                "close_out", dialog, partial(self._take, choice, result, later), result.reason,
                again=again, on_behalf=result.by,
            )  # fmt: skip

        first = next((n for n, step in enumerate(steps) if (step in BACK) is back), 0)
        dialog: CloseDialog = CloseDialog(session, choice.n, steps, attempt, begin=first)
        session.ask(dialog, self.odd.tell)
        self.editor.look_up(choice, dialog)

    def add_evidence(self) -> None:
        """Ask for files, and keep them as evidence of what is chosen."""
        choice, session = self._chosen(), self.session
        if choice is None:
            return
        if session.served:
            session.tell(session.t("web.no_files_here"))
            return

        def attempt(result: EvidenceResult) -> None:
            def change(draft: Draft) -> None:
                given = Given(
                    read_files(result.files, evidence_rules()), result.stated, result.note
                )
                folder = folder_of(session.ledger.address)
                added = add_evidence(draft, folder, choice.ids(), given, on=result.on)
                self.odd.look_at(draft, added)

            again = partial(attempt, result)
            self.editor.write("evidence", dialog, change, result.reason, again=again)

        dialog: EvidenceDialog = EvidenceDialog(session, choice.n, attempt)
        session.ask(dialog, self.odd.tell)
        self.editor.look_up(choice, dialog)

    def _take(self, choice: Choice, result: CloseResult, later: Later | None, draft: Draft) -> None:
        """In a thread: take the step, and keep its files."""
        folder = folder_of(self.session.ledger.address)
        given = Given(read_files(result.files, evidence_rules()))
        taken = Taken(result.step, result.reason, None, given, folder)
        _, evidence = close_items(draft, choice.ids(), taken, on=result.on, later=later)
        self.odd.look_at(draft, evidence)
