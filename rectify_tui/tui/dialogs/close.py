"""Asks for a step of close-out: which, by whom, with what, when and why."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.domain.closeout import Step
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.dialogs.evidence import typed_files
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class CloseResult:
    """A step, who takes it where that is not whoever writes, files as evidence, when and why."""

    step: Step
    by: str
    files: tuple[Path, ...]
    on: date
    reason: str


class CloseDialog(Dialog[CloseResult]):
    """The steps that may follow; a digit chooses, enter takes it."""

    def __init__(
        self, session: Session, n: int, steps: Sequence[Step],
        attempt: Callable[[CloseResult], None], *, begin: int = 0,
    ) -> None:  # fmt: skip
        hint = session.t("tui.close.hint")
        super().__init__(session, session.t("tui.close.question", n=n), attempt, hint=hint)
        self.steps = tuple(steps)
        self._begin = begin

    def body(self) -> ComposeResult:
        """The steps, who takes it, the files; when and why."""
        named = (f"{n}  {self.t(f'closeout.step.{step}')}" for n, step in enumerate(self.steps, 1))
        options = OptionList(*(Option(self.safe(name)) for name in named), markup=False)
        options.highlighted = self._begin
        yield options
        yield from self.field("by", self.t("tui.close.by"))
        if not self.session.served:
            yield from self.field("files", self.t("tui.close.files"))
        yield from self.when_and_why()

    def answer(self) -> CloseResult:
        """What was chosen. Raises `Problem` where nothing was, or for what is no day."""
        place = self.query_one(OptionList).highlighted
        if place is None:
            raise Problem("tui.choose_status", last=len(self.steps))
        typed = "" if self.session.served else self.value("files")
        return CloseResult(
            self.steps[place], self.value("by"), typed_files(typed), self.read_on(),
            self.value("reason"),
        )  # fmt: skip
