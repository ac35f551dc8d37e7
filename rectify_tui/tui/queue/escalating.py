"""Steps of escalation about lines of the queue: taken, told of in a letter, and answered."""

from __future__ import annotations

from functools import partial

from rectify_tui.errors import Refusal
from rectify_tui.reports.escalation.settings import EscalationSettings
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.formats import FILES
from rectify_tui.store.commands.escalations import answer, escalate
from rectify_tui.store.commands.review import keep_items
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.tui.dialogs.answer import AnswerDialog, AnswerResult, step_text
from rectify_tui.tui.dialogs.escalate import EscalateDialog, EscalateResult
from rectify_tui.tui.queue.about import about_entry
from rectify_tui.tui.queue.facts import Facts
from rectify_tui.tui.queue.lines import QueueLines
from rectify_tui.tui.queue.reviewing import Reviewing
from rectify_tui.tui.queue.steps import (
    Proposed,
    RecordedStep,
    cited_of,
    concerned,
    left_out_text,
    letter,
    propose,
)
from rectify_tui.tui.records_pane import Choice, RecordsPane
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session

LETTER = FILES["docx"].endings[0]


class Escalating:
    """Takes steps about what is chosen in the queue, and notes what came back on them."""

    def __init__(
        self, session: Session, pane: RecordsPane, lines: QueueLines, reviewing: Reviewing
    ) -> None:
        self.session = session
        self.pane = pane
        self.lines = lines
        self.reviewing = reviewing

    # Steps

    def escalate(self) -> None:
        """Ask which step is taken about the chosen lines, beginning with the one that is due."""
        choice, key = self.reviewing.chosen(), self.pane.table.cursor_key
        if choice is None or key is None:
            return
        if choice.one is not None:
            self.lines.with_facts(key, partial(self._propose, choice))
            return

        def find() -> tuple[Facts | None, list[int]]:
            connection, ids = self.session.ledger.reader(), choice.ids()
            return self.lines.read_facts(connection, ids[0]) if ids else None, ids

        def found(first: tuple[Facts | None, list[int]]) -> None:
            facts, ids = first
            if facts is not None:
                self._propose_all(choice, facts, ids)

        self.session.read(find, found, "look-up", asks=True)

    def _propose(self, choice: Choice, facts: Facts) -> None:
        self._ask_step(choice, facts, propose(facts, self.session.t, lambda _: True))

    def _propose_all(self, choice: Choice, facts: Facts, ids: list[int]) -> None:
        def find() -> Proposed:
            concerns = concerned(self.session.ledger.reader(), ids)
            return propose(facts, self.session.t, concerns)

        self.session.read(find, partial(self._ask_step, choice, facts), "look-up", asks=True)

    def _ask_step(self, choice: Choice, facts: Facts, proposed: Proposed) -> None:
        session, settings = self.session, facts.settings
        if facts.trouble is not None:
            session.tell(facts.trouble)
            return
        today, recorded = session.today, list[RecordedStep]()

        def attempt(result: EscalateResult) -> None:
            def change(draft: Draft) -> None:
                addressee, ids = proposed.meant(draft.connection, result.name), choice.ids()
                step, due_on, cause = result.step, result.due_on, result.cause
                cited = cited_of(draft.connection, ids, step, today, session.t)
                escalate(draft, addressee, step, cited.ids, due_on=due_on, cause=cause)
                keep_items(draft, ids)
                recorded[:] = [
                    RecordedStep(
                        step, result.name, cited, today, due_on, cause, result.assumed_years
                    )
                ]

            session.change(
                "escalate", change, reason=result.cause, done=done, refused=dialog.complain
            )

        def done(receipt: Receipt) -> None:
            dialog.close()
            self.reviewing.go_on()
            self._tell(recorded[0], receipt)
            self._offer_letter(recorded[0], settings)

        what = self.reviewing.called(choice)
        about = self.reviewing.about(choice)
        dialog = EscalateDialog(session, what, about, proposed.proposal, settings.ladder, attempt)
        session.ask(dialog)

    def _tell(self, step: RecordedStep, receipt: Receipt) -> None:
        t = self.session.t
        sentence = t(
            "queue_screen.step_taken", name=step.name, n=len(step.cited.ids),
            step=t(f"ladder.step.{step.step}"), batch=receipt.batch,
            undo=self.session.first_key("app.undo"),
        )  # fmt: skip
        if step.assumed_years:
            years = t("report.comma").join(map(str, step.assumed_years))
            sentence = f"{sentence} {t('schedule.working.assumed', years=years)}"
        self.session.tell(sentence, error=False)

    def _offer_letter(self, step: RecordedStep, settings: EscalationSettings) -> None:
        session = self.session
        named = session.t(f"ladder.step.{step.step}")
        name = safe_name(f"{step.name}-{named}") + LETTER

        def make(_: object) -> bytes:
            return letter(step, settings, session.t)

        about = left_out_text(step.cited, session.t)
        question = session.t("queue_screen.ask_letter")
        ask_to_save(session, question, name, [LETTER], make, about=about)

    # Answers

    def answer(self) -> None:
        """Ask what came back on a step about the line under the cursor."""
        table = self.pane.table
        key = table.cursor_key
        if key is not None and self.reviewing.chosen() is not None:
            table.clear_marks()
            self.lines.with_facts(key, self._ask_answer)

    def _ask_answer(self, facts: Facts) -> None:
        session = self.session
        waiting = [step for step in facts.escalations if step.answered_on is None]
        if not waiting:
            key = session.first_key("queue.escalate")
            session.tell(Refusal("queue_screen.nothing_to_answer", key=key))
            return
        item_id = facts.detail.row.id

        def attempt(result: AnswerResult) -> None:
            def change(draft: Draft) -> None:
                answer(draft, waiting[result.place].id, result.text, on=result.on)
                keep_items(draft, [item_id])

            session.change("answer", change, done=done, refused=dialog.complain)

        def done(_: Receipt) -> None:
            dialog.close()
            self.reviewing.go_on()

        about = about_entry(session.t, facts.entry, session.day, ascii=session.ascii)
        question = session.t("queue_screen.ask_answer", what=facts.detail.row.ref)
        steps = [step_text(session.t, step) for step in waiting]
        dialog = AnswerDialog(session, question, about, steps, attempt)
        session.ask(dialog)
