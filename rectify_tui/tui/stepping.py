"""The steps of one item: which one, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rectify_tui.domain.fields import STEP
from rectify_tui.errors import Refusal
from rectify_tui.reports.fields import title
from rectify_tui.reports.steps import planned, step_state
from rectify_tui.store.commands.steps import add_step, key_of, say_step
from rectify_tui.store.draft import Draft
from rectify_tui.store.item_detail import ItemDetail, item_detail
from rectify_tui.store.milestones import NumberedStep, numbered_steps
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.session import Session


class Stepping:
    """Asks for the steps of the one item that is `chosen`, and carries out what is said."""

    def __init__(
        self, session: Session, chosen: Callable[[], Choice | None], editor: Editor
    ) -> None:
        self.session = session
        self.editor = editor
        self._chosen = chosen

    def begin(self) -> None:
        """Ask which step, once the item is read."""
        choice, session = self._chosen(), self.session
        if choice is None:
            return
        if choice.one is None:
            session.tell(Refusal("tui.step.one_row"))
            return
        session.read(partial(self._detail, choice.one), self._ask, "steps", asks=True)

    def _detail(self, id: int) -> ItemDetail | None:
        """In a thread: the item with its steps."""
        return item_detail(self.session.ledger.reader(), id)

    def _ask(self, detail: ItemDetail | None) -> None:
        if detail is None:
            return
        session, steps = self.session, numbered_steps(detail.measures)
        if not steps:
            self._fill(detail, None)
            return
        lines = [*map(self._line, steps), session.t("tui.step.new")]
        question = session.t("tui.step.which", ref=detail.row.ref)

        def chosen(place: int | None) -> None:
            if place is not None:
                self._fill(detail, steps[place] if place < len(steps) else None)

        session.ask(ChoiceDialog(session, question, lines), chosen)

    def _line(self, each: NumberedStep) -> str:
        t, step = self.session.t, each.step
        told = (
            (planned(step, t), step_state(step, t, self.session.today))
            if step
            else (t("step.state.open"),)
        )
        return t("tui.sign.dot").join(filter(None, (each.text, *told)))

    def _fill(self, detail: ItemDetail, found: NumberedStep | None) -> None:
        session, item_id = self.session, detail.row.id

        def attempt(result: FormResult) -> None:
            def change(draft: Draft) -> None:
                if found is None:
                    add_step(draft, item_id, result.values, on=result.on)
                else:
                    seen = found.step.rev if found.step else None
                    say_step(draft, item_id, key_of(found), result.values, on=result.on, seen=seen)

            again = partial(attempt, result)
            self.editor.write("step", dialog, change, result.reason, again=again)

        titles = {field.name: title(field, session.t) for field in STEP.settable}
        dialog = FormDialog(session, detail.row.ref, titles, (), attempt, waiting=False)
        session.ask(dialog)
        dialog.fill(session.t("tui.step.of", ref=detail.row.ref), _texts(found))


def _texts(found: NumberedStep | None) -> dict[str, str]:
    """What stands in the form of a step."""
    if found is None:
        return {}
    now = {field.name: getattr(found.step, field.name, None) or "" for field in STEP.settable}
    return now | {"text": found.text}
