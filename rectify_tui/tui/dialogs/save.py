"""Asks for the file that something is written to; its ending tells the format."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from textual.app import ComposeResult

from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session


class SaveDialog(Dialog[Path]):
    """A path with one of some endings."""

    def __init__(
        self,
        session: Session,
        question: str,
        name: str,
        endings: Sequence[str],
        attempt: Callable[[Path], None],
        about: str = "",
    ) -> None:
        hint = session.t("tui.save_hint", known=" ".join(endings))
        super().__init__(session, question, attempt, hint=hint, about=about)
        self.name_of = name
        self.endings = list(endings)

    def body(self) -> ComposeResult:
        """The path, which begins with a name."""
        yield from self.field("path", self.t("tui.save_path"), self.name_of)

    def answer(self) -> Path:
        """The path. Raises `Problem` for another ending."""
        text = self.value("path").strip()
        if not text:
            raise Problem("tui.no_save_path")
        path = Path(text).expanduser().absolute()
        if path.suffix.lower() not in self.endings:
            known = " ".join(self.endings)
            raise Problem("tui.bad_ending", name=path.name, known=known)
        return path
