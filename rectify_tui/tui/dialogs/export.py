"""Asks for the file that a report is written to."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from textual.app import ComposeResult

from rectify_tui.errors import Problem
from rectify_tui.reports.weekly.files import SUFFIXES, format_of
from rectify_tui.tui.dialogs.base import Dialog


class ExportDialog(Dialog[Path]):
    """A path; its ending tells the format."""

    def __init__(self, name: str, attempt: Callable[[Path], None]) -> None:
        super().__init__(attempt)
        self.name_of = name

    def heading(self) -> str:
        """What is asked."""
        return self.t("tui.weekly.export")

    def hint(self) -> str:
        """Which endings there are."""
        return self.t("tui.weekly.export_hint", known=" ".join(SUFFIXES))

    def body(self) -> ComposeResult:
        """One line."""
        yield from self.field("path", self.t("tui.weekly.path"), self.name_of)

    def answer(self) -> Path:
        """The path, of a known ending. Raises `Problem` for another one."""
        text = self.value("path").strip()
        if not text:
            raise Problem("tui.weekly.no_path")
        path = Path(text).expanduser().absolute()
        format_of(path)
        return path
