"""A form of fields; what was not touched is not changed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.line import Line, line_text

_SHARE = 42
"""How much of the screen's height the fields may take, in percent."""


@dataclass(frozen=True)
class FormResult:
    """The fields that were changed, as typed, from when they hold, and why."""

    values: Mapping[str, str]
    on: date
    reason: str


class FormDialog(Dialog[FormResult]):
    """Fields of one record, or of several: then all begin empty and the empty ones stay.

    `titles` are those of the fields by their names, in the order of the form, `days` the names of
    those that are days. With `waiting`
    nothing can be typed before `fill` has brought what stands in the record; a form that is
    `optional` may stay as it is. `key` is the message at the top.
    """

    def __init__(
        self, session: Session, what: str, titles: Mapping[str, str], days: Collection[str],
        attempt: Callable[[FormResult], None], *, waiting: bool, optional: bool = False,
        key: str = "tui.dialog.edit", hint: str = "",
    ) -> None:  # fmt: skip
        t = session.t
        hint = hint or t("tui.dialog.form_hint")
        super().__init__(session, t(key, what=what), attempt, hint=hint)
        self.key = key
        self.first = ""
        self.titles = dict(titles)
        self.days = days
        self.waiting = waiting
        self.optional = optional
        self.now: dict[str, str] = {}

    def body(self) -> ComposeResult:
        """A line for each field, then date and reason."""
        with VerticalScroll(classes="form", can_focus=False):
            for name, title in self.titles.items():
                yield from self.field(f"field-{name}", title, day=name in self.days)
        yield from self.when_and_why()

    def on_mount(self) -> None:
        """Wait for the record."""
        if self.waiting:
            self.query(Line).set(disabled=True)
        self._fill_in()

    @property
    def deaf(self) -> bool:
        """Whether nothing can be typed yet."""
        return super().deaf or self.waiting

    def on_resize(self) -> None:
        """As many fields as there is room for; the frame closes around them."""
        most = self.app.size.height * _SHARE // 100
        self.query_one(".form").styles.height = min(len(self.titles), most)

    def fill(self, what: str, now: Mapping[str, str], first: str = "") -> None:
        """Begin with these values, on the field `first` where there is one of that name."""
        self.question = self.t(self.key, what=what)
        self.first = first if first in self.titles else ""
        self.now = {name: line_text(text) for name, text in now.items()}
        self.waiting = False
        if self.open:
            self._fill_in()

    def _fill_in(self) -> None:
        if self.waiting:
            return
        self.query_one(".title", Static).update(self.safe(self.question))
        self.query(Line).set(disabled=False)
        for name in self.titles:
            line = self.query_one(f"#field-{name}", Line)
            line.value = self.now.get(name, "")
            line.cursor_position = len(line.value)
        first = f"#field-{self.first}" if self.first else Line
        self.query(first).first(Line).focus()

    def answer(self) -> FormResult:
        """What differs from before."""
        typed = {name: self.value(f"field-{name}") for name in self.titles}
        values = {name: text for name, text in typed.items() if text != self.now.get(name, "")}
        if self.waiting or not (values or self.optional):
            raise Problem("tui.nothing_typed")
        return FormResult(values, self.read_on(), self.value("reason"))
