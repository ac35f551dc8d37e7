"""Asks what carries items on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult

from rectify_tui.domain.reference import read_references
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class MergeResult:
    """The reference of what carries the items on, from when, and why."""

    into: str
    on: date
    reason: str


class MergeDialog(Dialog[MergeResult]):
    """The target of a merge: an item, or a programme where its line is not known."""

    def __init__(self, session: Session, n: int, attempt: Callable[[MergeResult], None]) -> None:
        super().__init__(session, session.t("tui.dialog.merge", n=n), attempt)

    def body(self) -> ComposeResult:
        """The reference, the date, the reason."""
        yield from self.field("into", self.t("tui.dialog.into"))
        yield from self.when_and_why()

    def answer(self) -> MergeResult:
        """What carries on. Raises `Problem` unless it is one reference, and for what is no day."""
        into = self.value("into")
        if len(read_references(into)) != 1:
            raise Problem("merge.one_target", ref=into)
        return MergeResult(into, self.read_on(), self.value("reason"))
