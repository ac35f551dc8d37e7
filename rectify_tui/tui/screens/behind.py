"""What is behind: gone through line by line, asked about, answered, and handed on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from io import StringIO
from pathlib import Path

from rectify_tui.domain.filter import replace_term
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.escalation.settings import EscalationSettings
from rectify_tui.reports.escalation.tables import towards
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.formats import FILES, TABLE_BY_ENDING
from rectify_tui.reports.output import write as write_table
from rectify_tui.reports.queue import queue_notes, queue_table
from rectify_tui.reports.weekly.files import write_whole
from rectify_tui.store.commands.escalations import answer, escalate
from rectify_tui.store.commands.review import keep_items
from rectify_tui.store.draft import Draft
from rectify_tui.store.escalations import Escalation
from rectify_tui.store.ledger import Receipt
from rectify_tui.tui.dialogs.answer import AnswerDialog, AnswerResult
from rectify_tui.tui.dialogs.escalate import EscalateDialog, EscalateResult
from rectify_tui.tui.dialogs.save import SaveDialog
from rectify_tui.tui.review_desk.facts import Facts
from rectify_tui.tui.review_desk.steps import Proposed, Taken, concerned, letter, propose
from rectify_tui.tui.screens.changing import Choice
from rectify_tui.tui.screens.reviewing import ReviewingScreen

LETTER = FILES["docx"].endings[0]


class BehindScreen(ReviewingScreen):
    """The queue with everything that may come of it."""

    # Steps

    def action_escalate(self) -> None:
        """Ask which step is taken about the chosen lines, beginning with the one that is due."""
        choice, key = self.chosen(), self.main_table().cursor_key
        if choice is None or key is None:
            return
        if choice.one is not None:
            self.with_facts(key, partial(self._propose, choice))
            return

        def find() -> tuple[Facts | None, list[int]]:
            connection, ids = self.rectify.ledger.reader(), choice.ids()
            return self.read_facts(connection, ids[0]) if ids else None, ids

        def found(read: tuple[Facts | None, list[int]]) -> None:
            facts, ids = read
            if facts is not None:
                self._propose_all(choice, facts, ids)

        self.rectify.read(find, found, "look-up")

    def _propose(self, choice: Choice, facts: Facts) -> None:
        self._ask_step(choice, facts, propose(facts, self.t, lambda _: True))

    def _propose_all(self, choice: Choice, facts: Facts, ids: list[int]) -> None:
        def find() -> Proposed:
            concerns = concerned(self.rectify.ledger.reader(), ids)
            return propose(facts, self.t, concerns)

        self.rectify.read(find, partial(self._ask_step, choice, facts), "look-up")

    def _ask_step(self, choice: Choice, facts: Facts, proposed: Proposed) -> None:
        if facts.trouble is not None:
            self.rectify.tell(facts.trouble)
            return
        settings, today = facts.settings, self.rectify.ledger.today()
        taken: list[Taken] = []

        def attempt(result: EscalateResult) -> None:
            def change(draft: Draft) -> None:
                addressee, ids = proposed.meant(draft.connection, result.name), choice.ids()
                escalate(
                    draft, addressee, result.step, ids, due_on=result.due_on, cause=result.cause
                )
                keep_items(draft, ids)
                taken[:] = [
                    Taken(result.step, result.name, tuple(ids), today, result.due_on, result.cause)
                ]

            self.rectify.change(
                "escalate", change, reason=result.cause, done=done, refused=dialog.complain
            )

        def done(receipt: Receipt) -> None:
            dialog.close()
            self.go_on()
            self._tell_step(taken[0], receipt)
            self._offer_letter(taken[0], settings)

        what = self.called(choice)
        dialog = EscalateDialog(what, proposed.proposal, settings.ladder, attempt)
        self.app.push_screen(dialog)

    def _tell_step(self, taken: Taken, receipt: Receipt) -> None:
        text = self.t(
            "behind_screen.step_taken", name=taken.name, n=len(taken.ids),
            step=self.t(f"ladder.step.{taken.step}"), batch=receipt.batch,
            undo=self.rectify.first_key("app.undo"),
        )  # fmt: skip
        self.say(text)

    def _offer_letter(self, taken: Taken, settings: EscalationSettings) -> None:
        step = self.t(f"ladder.step.{taken.step}")
        name = safe_name(f"{taken.name}-{step}") + LETTER

        def attempt(path: Path) -> None:
            def make() -> bytes:
                return letter(self.rectify.ledger.reader(), taken, settings, self.t)

            self._save(dialog, path, make)

        dialog = SaveDialog(self.t("behind_screen.ask_letter"), name, [LETTER], attempt)
        self.app.push_screen(dialog)

    # Answers

    def action_answer(self) -> None:
        """Ask what came back on a step about the line under the cursor."""
        key = self.main_table().cursor_key
        if key is not None and self.chosen() is not None:
            self.main_table().clear_marks()
            self.with_facts(key, self._ask_answer)

    def _ask_answer(self, facts: Facts) -> None:
        waiting = [each for each in facts.escalations if each.answered_on is None]
        if not waiting:
            key = self.rectify.first_key("behind.escalate")
            self.rectify.tell(Refusal("behind_screen.nothing_to_answer", key=key))
            return
        item_id = facts.detail.row.id

        def attempt(result: AnswerResult) -> None:
            def change(draft: Draft) -> None:
                answer(draft, waiting[result.place].id, result.text, on=result.on)
                keep_items(draft, [item_id])

            def done(_: Receipt) -> None:
                dialog.close()
                self.go_on()

            self.rectify.change("answer", change, done=done, refused=dialog.complain)

        dialog = AnswerDialog([self._step_text(each) for each in waiting], attempt)
        self.app.push_screen(dialog)

    def _step_text(self, each: Escalation) -> str:
        day = each.issued_on or each.issued or self.t("tui.sign.none")
        parts = (f"#{each.id}", day, self.t(f"ladder.step.{each.step}"), towards(each, self.t))
        return self.t("tui.sign.dot").join(parts)

    # Files

    def action_export(self) -> None:
        """Ask for a file, and write the queue to it as it is on the screen."""
        loaded = self.loaded
        if loaded is None or not loaded.read().ids:
            self.rectify.tell(Refusal("behind_screen.nothing_to_save"))
            return
        t, found = self.t, loaded.read().found

        def attempt(path: Path) -> None:
            def make() -> bytes:
                entries, out = loaded.entries(0, loaded.count()), StringIO(newline="")
                simulated = any(each.row.simulated for each in entries)
                notes = queue_notes(found, t, listed=len(entries), simulated=simulated)
                table = queue_table(entries, found, t, notes)
                format = TABLE_BY_ENDING[path.suffix.lower()]
                write_table(table, format, out, ascii=self.rectify.ascii)
                return out.getvalue().encode("utf-8")

            self._save(dialog, path, make)

        endings = list(TABLE_BY_ENDING)
        name = safe_name(f"{t('keys.app.behind')}-{self.shown_day()}") + FILES["csv"].endings[0]
        dialog = SaveDialog(t("behind_screen.ask_export"), name, endings, attempt)
        self.app.push_screen(dialog)

    def _save(self, dialog: SaveDialog, path: Path, make: Callable[[], bytes]) -> None:
        """Make and write a file in a thread; the dialog closes when it is there."""

        def work() -> str:
            try:
                write_whole(path, make())
            except OSError as error:
                raise Problem("tui.weekly.cannot_write", path=path, error=error.strerror) from error
            return self.t("weekly.written", path=path)

        def done(text: str) -> None:
            dialog.close()
            self.rectify.tell(text, error=False)

        self.rectify.read(work, done, "export", refused=dialog.complain)

    # Other ways in

    def action_patterns(self) -> None:
        """Show what a person who reads many weeks of progress would notice."""
        from rectify_tui.tui.screens.patterns import PatternsScreen

        self.app.push_screen(PatternsScreen(self.programme()))

    def action_group(self) -> None:
        """Show who is still in the working group, and who has left it."""
        from rectify_tui.tui.screens.group import GroupScreen

        self.app.push_screen(GroupScreen(self.programme(), self._show_member))

    def _show_member(self, wanted: str) -> None:
        """The lines of one member of the working group."""
        text = replace_term(wanted, "programme", self.programme())
        self.open(text, None)
