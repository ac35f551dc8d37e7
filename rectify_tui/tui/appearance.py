"""Turns the looks of the running dashboard, and keeps them for the next time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Protocol

from textual.theme import Theme

from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.tui.looks import CONTRAST, LIGHT, THEMES, Looks, read_looks, write_looks
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.session import Session


class Dressed(Protocol):
    """What is asked of the app."""

    theme: str

    def register_theme(self, theme: Theme) -> None:
        """Textual's: make a theme known."""

    def set_class(self, add: bool, *names: str) -> object:
        """Textual's: set a class of the style sheet, or take it away."""

    def retranslate(self) -> None:
        """Draw everything in other signs."""


class Appearance:
    """The looks in the file `path`, where there is one.

    `ascii` asks for ASCII signs whatever that says; a terminal that is not known to be `narrow`
    gets them too, unless the file says otherwise.
    """

    def __init__(
        self, app: Dressed, session: Session, path: Path | None, *, ascii: bool, narrow: bool
    ) -> None:
        self._app = app
        self._session = session
        self._path = path
        self._looks = Looks()
        self._ascii_asked = ascii
        self._narrow = narrow
        self._problem: Problem | None = None

    def begin(self) -> None:
        """Look as the file says."""
        self._app.register_theme(CONTRAST)
        self._app.register_theme(LIGHT)
        if self._path is not None:
            try:
                self._looks = read_looks(self._path)
            except Problem as problem:
                self._problem = problem
        self._session.ascii = self._ascii_wanted
        self._show_theme()

    def complain(self) -> None:
        """Say what is wrong with the file, if anything, once there is a screen to say it on."""
        if self._problem is not None:
            self._session.tell(self._problem)

    def turn_theme(self) -> None:
        """The next of the themes."""
        names = list(THEMES)
        self.show(names[(names.index(self._looks.theme) + 1) % len(names)])

    def show(self, theme: str) -> None:
        """One of the themes, from now on."""
        self._keep(self._looks._replace(theme=theme))
        self._show_theme()
        self._session.tell(self._session.t(f"tui.looks.{theme}"), error=False)

    def turn_ascii(self) -> None:
        """ASCII signs and lines only, or not, from now on."""
        self._ascii_asked = False
        self._keep(self._looks._replace(signs="full" if self._session.ascii else "ascii"))
        self._show_signs()

    def signs_are_narrow(self) -> None:
        """The terminal draws all signs in one cell."""
        self._narrow = True
        self._show_signs()

    def entries(self) -> Iterator[Entry]:
        """The themes, for the command palette."""
        for theme in THEMES:
            yield named_entry(self._session, f"looks.{theme}", partial(self.show, theme))

    @property
    def _ascii_wanted(self) -> bool:
        by_terminal = self._looks.signs == "auto" and not self._narrow
        return self._ascii_asked or self._looks.signs == "ascii" or by_terminal

    def _keep(self, looks: Looks) -> None:
        self._looks = looks
        if self._path is not None:
            write_looks(self._path, looks)

    def _show_theme(self) -> None:
        self._app.theme = THEMES[self._looks.theme]
        self._app.set_class(self._looks.theme == "contrast", "contrast")

    def _show_signs(self) -> None:
        if self._session.ascii != self._ascii_wanted:
            self._session.ascii = self._ascii_wanted
            self._app.retranslate()


def named_entry(session: Session, name: str, run: Callable[[], None]) -> Entry:
    """An entry of the palette without a key, found by its name in every language."""
    names = tuple(Language(code)(f"tui.{name}") for code in LANGUAGES)
    return Entry(name, session.t(f"tui.{name}"), run, also=names)
