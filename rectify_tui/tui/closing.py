"""Steps of close-out for what is chosen: which may follow, and carrying one out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from rectify_tui.domain.closeout import FROM, Step
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Refusal
from rectify_tui.reports.closeout import closure_of_row
from rectify_tui.reports.evidence import evidence_rules, warnings
from rectify_tui.store.commands.closeout import Taken, close_items
from rectify_tui.store.commands.evidence import Given, read_files
from rectify_tui.store.draft import Draft
from rectify_tui.store.evidence import folder_of, fresh_and_known
from rectify_tui.store.items import item_rows
from rectify_tui.tui.dialogs.close import CloseDialog, CloseResult
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.session import Session

BACK = (Step.REFUSE, Step.OBJECT, Step.REOPEN)
"""Steps that send an item back; all others bring it on."""


class ClosingOut:
    """Asks for a step for what is `chosen`, and takes it."""

    def __init__(
        self, session: Session, chosen: Callable[[], Choice | None], editor: Editor
    ) -> None:
        self.session = session
        self.editor = editor
        self._chosen = chosen
        self._odd = ""

    def begin(self, *, back: bool = False) -> None:
        """Ask which step, once it is known which may follow; `back` begins with sending back."""
        choice, session = self._chosen(), self.session
        if choice is None:
            return

        def find() -> list[Step]:
            rows = item_rows(session.ledger.reader(), choice.ids())
            stages = {closure_of_row(row).stage for row in rows}
            return [step for step in Step if stages and stages <= FROM[step]]

        session.read(find, partial(self._ask, choice, back), "closing")

    def _ask(self, choice: Choice, back: bool, steps: Sequence[Step]) -> None:
        session = self.session
        if not steps:
            session.tell(Refusal("tui.close.no_step"))
            return

        def came_through(_: object) -> None:
            if self._odd:
                session.tell(self._odd)
                self._odd = ""

        def attempt(result: CloseResult, later: Later | None = None) -> None:
            again = partial(attempt, result)
            self.editor.write(
                "close", dialog, partial(self._take, choice, result, later), result.reason,
                again=again, on_behalf=result.by,
            )  # fmt: skip

        first = next((n for n, step in enumerate(steps) if (step in BACK) is back), 0)
        dialog: CloseDialog = CloseDialog(session, choice.n, steps, attempt, begin=first)
        session.ask(dialog, came_through)
        self.editor.look_up(choice, dialog)

    def _take(self, choice: Choice, result: CloseResult, later: Later | None, draft: Draft) -> None:
        """In a thread: take the step, and keep its files."""
        folder = folder_of(self.session.ledger.address)
        given = Given(read_files(result.files, evidence_rules()))
        taken = Taken(result.step, result.reason, None, given, folder)
        _, evidence = close_items(draft, choice.ids(), taken, on=result.on, later=later)
        if not evidence:
            return
        draft.flush()
        fresh, known = fresh_and_known(draft.connection, evidence)
        if odd := warnings(fresh, known, evidence_rules(), self.session.t):
            self._odd = self.session.t("evidence.note", text=odd[0])
