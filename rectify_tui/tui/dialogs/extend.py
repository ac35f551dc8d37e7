"""Asks to which deadline items are moved, who asked for it, and who decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.store.commands.extensions import Request
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.line import Line


@dataclass(frozen=True)
class ExtendResult:
    """What was decided, and from when it holds."""

    request: Request
    on: date


class ExtendDialog(Dialog[ExtendResult]):
    """A request to move a deadline, which was allowed or refused."""

    def __init__(
        self, session: Session, n: int, attempt: Callable[[ExtendResult], None],
        begun: Request | None = None,
    ) -> None:  # fmt: skip
        super().__init__(session, session.t("tui.extend.question", n=n), attempt)
        self.begun = begun

    def body(self) -> ComposeResult:
        """The new deadline, the decision, who asked and who decided, the document; when and why."""
        yield from self.field("to", self.t("tui.extend.to"))
        decisions = ("allowed", "refused")
        options = OptionList(
            *(
                Option(self.safe(f"{n}  {self.t(f'extension.decision.{each}')}"))
                for n, each in enumerate(decisions, 1)
            ),
            markup=False,
        )
        options.highlighted = 0
        yield options
        for name in ("asked_by", "decided_by", "document"):
            yield from self.field(name, self.t(f"report.column.{name}"))
        yield from self.when_and_why()

    def on_mount(self) -> None:
        """Begin with the deadline, or with who asked where that was said before."""
        self.query_one("#to").focus()
        if self.begun is not None:
            self.query_one("#to", Line).value = self.begun.to
            self.query_one("#reason", Line).value = self.begun.reason
            self.query_one("#asked_by").focus()

    def answer(self) -> ExtendResult:
        """What was typed. Raises `Problem` for what is no day."""
        request = Request(
            self.value("to"), self.value("asked_by"), self.value("decided_by"),
            self.value("reason"), self.value("document"),
            self.query_one(OptionList).highlighted == 1,
        )  # fmt: skip
        return ExtendResult(request, self.read_on())
