"""What the dashboard knows, what it tells, and how it reads the ledger."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from textual.app import App
from textual.binding import Binding
from textual.scrollbar import ScrollBar
from textual.worker import get_current_worker

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.store.connection import DatabaseError
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.base import LedgerView
from rectify_tui.tui.keys import ALL_KEYS, keys_text, read_keymap
from rectify_tui.tui.plain import BlankScrollBar, PlainLanguage

Found = TypeVar("Found")


class LedgerApp(App[None]):
    """An app on one ledger. `demo` says that the store is thrown away afterwards."""

    def __init__(
        self, ledger: Ledger, *, language: Language, ascii: bool = False, demo: bool = False,
        keymap: Path | None = None,
    ) -> None:  # fmt: skip
        super().__init__()
        self.ledger = ledger
        self.language = language
        self.ascii = ascii
        self.demo = demo
        self._keymap_path = keymap
        self._plain = PlainLanguage(language.code)
        self.title = language("tui.title")
        ScrollBar.renderer = BlankScrollBar

    def take_keymap(self) -> None:
        """Use the keys of the user's own; says what is wrong with them."""
        if self._keymap_path is None:
            return
        try:
            self.set_keymap(read_keymap(self._keymap_path))
        except Problem as problem:
            self.tell(problem)

    @property
    def t(self) -> Language:
        """The language, with ASCII signs only where that is the style."""
        return self._plain if self.ascii else self.language

    def keys_of(self, id: str) -> str:
        """The keys that do something at present, as the user reads them."""
        keymap: dict[str, str] = dict(self._keymap)  # the only place where Textual keeps it
        return keys_text(keymap.get(id, ALL_KEYS[id].keys))

    def get_key_display(self, binding: Binding) -> str:
        """A key as the footer shows it."""
        return keys_text(binding.key)

    def first_key(self, id: str) -> str:
        """The first of the keys that do something."""
        return self.keys_of(id).partition(" ")[0]

    # Telling

    def tell(self, said: Problem | str, *, error: bool = True) -> None:
        """Show a sentence for a while; a `Problem` in the user's language."""
        text = self.t.problem(said) if isinstance(said, Problem) else said
        view = self.view()
        if view is not None:
            view.say(text, error=error)

    def view(self) -> LedgerView | None:
        """The screen of the ledger that lies below any dialogs."""
        views = [screen for screen in self.screen_stack if isinstance(screen, LedgerView)]
        return views[-1] if views else None

    # Reading

    def read(
        self, find: Callable[[], Found], then: Callable[[Found], None], group: str, *,
        refused: Callable[[Problem], None] | None = None,
    ) -> None:  # fmt: skip
        """Call `find` in a worker thread and hand on what it found; a newer one of the group wins.

        What goes wrong is told to `refused`, or else to the user.
        """

        def work() -> None:
            try:
                found = find()
            except Problem as problem:
                self._back(refused or self.tell, problem)
            except DatabaseError as error:
                self._back(refused or self.tell, Problem("tui.failed", error=error))
            else:
                self._back(then, found)

        self.run_worker(work, thread=True, group=group, exclusive=True)

    def _back(self, then: Callable[[Found], None], found: Found) -> None:
        """From a thread: go on with what was found, unless it is no longer wanted."""
        if not get_current_worker().is_cancelled:
            self.call_from_thread(then, found)

    def look_again(self) -> None:
        """See whether anything has been written."""
        raise NotImplementedError
