"""A form of fields; what was not touched is not changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.base import Dialog


@dataclass(frozen=True)
class FormResult:
    """The fields that were changed, as typed, from when they hold, and why."""

    values: Mapping[str, str]
    on: date
    reason: str


class FormDialog(Dialog[FormResult]):
    """Fields of one record, or of several: then all begin empty and the empty ones stay."""

    def __init__(
        self, kind: str, title: str, fields: Sequence[str], now: Mapping[str, str], today: date
    ) -> None:
        super().__init__()
        self.kind = kind
        self.name_of = title
        self.fields = list(fields)
        self.now = dict(now)
        self.today = today

    def heading(self) -> str:
        """What is edited."""
        return self.t("tui.dialog.edit", what=self.name_of)

    def hint(self) -> str:
        """How to move and to save."""
        return self.t("tui.dialog.form_hint")

    def body(self) -> ComposeResult:
        """A line for each field, then date and reason."""
        with VerticalScroll(classes="form", can_focus=False):
            for name in self.fields:
                label = self.t(f"tui.field.{name}")
                yield from self.field(f"field-{name}", label, self.now.get(name, ""))
        yield from self.when_and_why(self.today)

    def answer(self) -> FormResult:
        """What differs from before."""
        typed = {name: self.value(f"field-{name}") for name in self.fields}
        values = {name: text for name, text in typed.items() if text != self.now.get(name, "")}
        if not values:
            raise Problem("tui.nothing_typed")
        return FormResult(values, self.read_on(), self.value("reason"))
