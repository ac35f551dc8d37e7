"""Asks what a visit on site found, who went, and where that was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual.app import ComposeResult
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.domain.evidence import is_photograph
from rectify_tui.domain.position import read_position
from rectify_tui.domain.visits import RESULTS, Need, missing_of
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.visits import FILE, needs_text, read_needs
from rectify_tui.store.commands.visits import VisitNote
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.dialogs.evidence import typed_files
from rectify_tui.tui.session import Session

_TEXTS = ("person", "team", "position", "findings")


@dataclass(frozen=True)
class VisitResult:
    """What was found, the files that show it, when, why it is entered, and what is asked of it."""

    note: VisitNote
    files: tuple[Path, ...]
    on: date
    reason: str
    needs: tuple[Need, ...]


class VisitDialog(Dialog[VisitResult]):
    """A visit to the chosen items: its result first, then what the closed loop asks for.

    One that lacks something is taken when it is submitted again, after what is missing was told.
    """

    def __init__(self, session: Session, n: int, attempt: Callable[[VisitResult], None]) -> None:
        super().__init__(session, session.t("tui.visit.question", n=n), attempt)
        self._told: tuple[Need, ...] = ()

    def body(self) -> ComposeResult:
        """The results, who went, where, what was found; when and why."""
        options = OptionList(
            *(
                Option(self.safe(f"{n}  {self.t(f'visit.result.{each}')}"))
                for n, each in enumerate(RESULTS, 1)
            ),
            markup=False,
        )
        options.highlighted = 0
        yield options
        for name in _TEXTS:
            yield from self.field(name, self.t(f"tui.visit.{name}"))
        if not self.session.served:
            yield from self.field("files", self.t("tui.visit.files"))
        today = self.session.today.isoformat()
        yield from self.field("on", self.t("visit.column.on"), today, day=True)
        yield from self.field("reason", self.t("tui.dialog.reason"))

    def on_mount(self) -> None:
        """Begin with the result."""
        self.query_one(OptionList).focus()

    def answer(self) -> VisitResult:
        """What was typed.

        Raises `Problem` for what is no position and no day, and once for what is missing.
        """
        needs = read_needs(config_folder() / FILE)
        chosen = self.query_one(OptionList).highlighted or 0
        note = VisitNote(
            RESULTS[chosen], self.value("person"), self.value("team"),
            read_position(self.value("position")), self.value("findings"),
        )  # fmt: skip
        on = self.read_on()
        files = typed_files("" if self.session.served else self.value("files"))
        missing = missing_of(
            needs, person=note.person.strip(), position=note.position,
            findings=note.findings.strip(),
            photographs=sum(is_photograph(path.name) for path in files),
        )  # fmt: skip
        if missing and missing != self._told:
            self._told = missing
            raise Problem("tui.visit.lacks", missing=needs_text(missing, self.t))
        return VisitResult(note, files, on, self.value("reason"), needs)
