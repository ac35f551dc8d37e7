"""Asking for the name of a file, and writing it in a thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.reports.new_file import FileExists, write_whole
from rectify_tui.tui.dialogs.save import SaveDialog
from rectify_tui.tui.session import Session


def ask_to_save(
    session: Session, question: str, name: str, endings: Sequence[str],
    make: Callable[[Path], bytes], *, about: str = "", private: bool = False,
) -> None:  # fmt: skip
    """Ask for a file with one of these endings, beginning with a name, and write what is made.

    `make` is called in a thread. The dialog closes when the file is there; what is wrong with its
    name, or with making or writing it, is said in the dialog. A file that is there is replaced
    where that is confirmed by asking for it again; a new one is `private` as `write_whole` says. In
    a browser the file is sent there instead.
    """
    if session.served:
        _send(session, name, make)
        return
    refused: set[Path] = set()

    def attempt(path: Path) -> None:
        def work() -> str:
            try:
                write_whole(path, make(path), force=path in refused, private=private)
            except FileExists:
                refused.add(path)
                raise Problem("new_file.exists_ask", path=path) from None
            except OSError as error:
                raise Problem("tui.weekly.cannot_write", path=path, error=error.strerror) from error
            return session.t("weekly.written", path=path)

        session.read(work, done, "export", refused=dialog.complain)

    def done(sentence: str) -> None:
        dialog.close()
        session.tell(sentence, error=False)

    dialog = SaveDialog(session, question, name, endings, attempt, about)
    session.ask(dialog)


def _send(session: Session, name: str, make: Callable[[Path], bytes]) -> None:
    """Make a file and hand it to the browser."""

    def sent(content: bytes) -> None:
        session.deliver(name, content)

    session.read(partial(make, Path(name)), sent, "export")
