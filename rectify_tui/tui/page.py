"""A page that is read: how its text is put together, and where it is shown and scrolled."""

from __future__ import annotations

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.widgets import Static

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.i18n import Language

SHOWN = 4000
"""Characters of one text that are shown, unless a page asks for more."""


class PageText:
    """The text of a page, written from top to bottom. Whatever is written is cleaned.

    With `cells` its lines are broken there, where Chinese too fills the line; else whoever shows
    the page breaks them. A `tight` page has no empty lines. `shown` characters of a text are shown.
    """

    def __init__(
        self, t: Language, cells: int = 0, *, ascii: bool = False, tight: bool = False,
        shown: int = SHOWN,
    ) -> None:  # fmt: skip
        self.t = t
        self.cells = cells
        self.ascii = ascii
        self.tight = tight
        self.text = Text()
        self._shown = shown

    def add(self, value: str, style: str = "") -> None:
        """Go on in the same line."""
        self.text.append(self._cleaned(value), style)

    def say(self, value: str, style: str = "", *, bold: int = 0, indent: str = "") -> None:
        """Lines of text, the first characters of which may be bold."""
        lines = Text("\n".join(self.lines(value, self.cells - len(indent))), style)
        lines.stylize("bold", 0, bold)
        indented = Text(f"\n{indent}").join(lines.split("\n", allow_blank=True))
        self.text.append(indent).append_text(indented).append("\n")

    def lines(self, value: str, cells: int) -> list[str]:
        """Cleaned text in lines of so many cells."""
        return wrapped(self._cleaned(value), cells).split("\n")

    def pair(self, name: str, value: object) -> None:
        """A name and what it is, if it is anything."""
        if value not in (None, "", ()):
            label = self.t("tui.sign.label", name=self._cleaned(name))
            self.say(f"{label}{value}", bold=len(label))

    def head(self, title: str) -> None:
        """The title of a part."""
        self.gap()
        self.text.append(f"{self._cleaned(title)}\n", "bold underline")

    def gap(self) -> None:
        """An empty line, where there is room for one."""
        if not self.tight:
            self.text.append("\n")

    def sign(self, signs: tuple[str, str]) -> str:
        """A sign, or its ASCII form where that is the style."""
        return signs[1 if self.ascii else 0]

    def _cleaned(self, value: str) -> str:
        return clean(value[: self._shown], multiline=True, limit=self._shown)


class PagePane(VerticalScroll, can_focus=False):
    """Shows a page about something, and begins at its top whenever that is something else."""

    def __init__(self, id: str = "detail") -> None:
        super().__init__(id=id)
        self._text = Static(id=f"{id}-text")
        self._about: object = None

    def compose(self) -> ComposeResult:
        """The text, which may be longer than there is room for."""
        yield self._text

    def show(self, text: Text | None, about: object) -> None:
        """Show a page about something, nothing for None."""
        self._text.update(text or "")
        if about != self._about:
            self._about = about
            self.scroll_home(animate=False)

    def turn(self, screens: float) -> None:
        """Scroll by so many screenfuls, less a line to hold on to."""
        self.scroll_relative(y=screens * max(1, self.size.height - 1), animate=False)
