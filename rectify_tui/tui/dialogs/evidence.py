"""Asks for files as evidence, and what they show: of which day, where."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from textual.app import ComposeResult

from rectify_tui.domain.dates import read_day
from rectify_tui.domain.evidence import Seen
from rectify_tui.domain.position import read_position
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class EvidenceResult:
    """Files, what is stated of them, and when and why they are entered."""

    files: tuple[Path, ...]
    stated: Seen
    note: str
    on: date
    reason: str


class EvidenceDialog(Dialog[EvidenceResult]):
    """Files as evidence of what is chosen."""

    def __init__(self, session: Session, n: int, attempt: Callable[[EvidenceResult], None]) -> None:
        super().__init__(session, session.t("tui.evidence.question", n=n), attempt)

    def body(self) -> ComposeResult:
        """The files, the day and the place that they show, a note; when and why."""
        yield from self.field("files", self.t("tui.close.files"))
        yield from self.field("day", self.t("report.column.evidence_day"), day=True)
        for name in ("at", "note"):
            yield from self.field(name, self.t(f"tui.evidence.{name}"))
        yield from self.when_and_why()

    def on_mount(self) -> None:
        """Begin with the files."""
        self.query_one("#files").focus()

    def answer(self) -> EvidenceResult:
        """What was typed. Raises `Problem` for no file, and for what is no day or no place."""
        files = typed_files(self.value("files"))
        if not files:
            raise Problem("tui.evidence.no_files")
        day = self.value("day").strip()
        stated = Seen(
            read_day(day, today=self.session.today) if day else None,
            read_position(self.value("at")),
        )
        return EvidenceResult(
            files, stated, self.value("note"), self.read_on(), self.value("reason")
        )


def typed_files(text: str) -> tuple[Path, ...]:
    """Files that somebody typed, with semicolons between."""
    names = text.replace("；", ";").split(";")
    return tuple(Path(name.strip()).expanduser() for name in names if name.strip())
