"""Recording visits to what is chosen, with photographs of what was found."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from rectify_tui.domain.timeline import Later
from rectify_tui.reports.evidence import evidence_rules
from rectify_tui.store.commands.evidence import read_files
from rectify_tui.store.commands.visits import record_visits
from rectify_tui.store.draft import Draft
from rectify_tui.store.evidence import evidence_about, folder_of
from rectify_tui.store.records import VISIT
from rectify_tui.tui.dialogs.visit import VisitDialog, VisitResult
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.odd_files import OddFiles
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.session import Session


class Visiting:
    """Asks what a visit to what is `chosen` found, and records it."""

    def __init__(
        self, session: Session, chosen: Callable[[], Choice | None], editor: Editor
    ) -> None:
        self.session = session
        self.editor = editor
        self.odd = OddFiles(session)
        self._chosen = chosen

    def begin(self) -> None:
        """Ask what was found."""
        choice = self._chosen()
        if choice is None:
            return

        def attempt(result: VisitResult, _: Later | None = None) -> None:
            again = partial(attempt, result)
            change = partial(self._record, choice, result)
            self.editor.write("visit", dialog, change, result.reason, again=again)

        dialog = VisitDialog(self.session, choice.n, attempt)
        self.session.ask(dialog, self.odd.tell)
        self.editor.look_up(choice, dialog)

    def _record(self, choice: Choice, result: VisitResult, draft: Draft) -> None:
        """In a thread: record the visits, and keep their files."""
        files = read_files(result.files, evidence_rules())
        note = replace(result.note, files=files, folder=folder_of(self.session.ledger.address))
        ids = record_visits(draft, choice.ids(), note, needs=result.needs, on=result.on)
        if files:
            draft.flush()
            fresh = [each.id for id in ids for each in evidence_about(draft.connection, VISIT, id)]
            self.odd.look_at(draft, fresh)
