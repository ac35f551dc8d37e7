"""A page that is read: how its text is put together, and where it is shown and scrolled."""

from __future__ import annotations

from itertools import groupby, zip_longest

from rich.text import Text
from textual.content import Content
from textual.geometry import Region, Size
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.visual import Visual

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


class PagePane(ScrollView, can_focus=False):
    """Shows a page about something, and begins at its top whenever that is something else.

    It draws its lines itself: another page, however long, moves nothing else on the screen, which
    Textual would lay out anew for a `Static` of another height.
    """

    # A bar that came and went would have the screen laid out anew.
    DEFAULT_CSS = "PagePane { overflow: hidden scroll; }"

    def __init__(self, id: str = "detail") -> None:
        super().__init__(id=id)
        self.set_reactive(PagePane.auto_links, False)
        self.content = Content()
        """The text that is shown."""
        self._about: object = None
        self._lines: list[Strip] = []
        self._laid_out_for: tuple[object, ...] = ()

    def show(self, text: Text | None, about: object) -> None:
        """Show a page about something, nothing for None."""
        self.content = Content() if text is None else Content.from_rich_text(text)
        if about != self._about:
            self._about = about
            self.scroll_home(animate=False)
        before = self._lines
        self._lay_out()
        same = [old == new for old, new in zip_longest(before, self._lines)]
        for alike, group in groupby(range(len(same)), same.__getitem__):
            lines = list(group)
            if not alike:
                self.refresh_lines(lines[0], len(lines))

    def turn(self, screens: float) -> None:
        """Scroll by so many screenfuls, less a line to hold on to."""
        self.scroll_relative(y=screens * max(1, self.size.height - 1), animate=False)

    def on_resize(self) -> None:
        """Break the lines for another width."""
        self._lay_out()

    def render(self) -> Content:
        """The whole text; what is marked with the mouse is taken out of it."""
        return self.content

    def render_lines(self, crop: Region) -> list[Strip]:
        """Lines in sight, in the style of now, with what is marked of them."""
        self._lay_out()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """A line in sight."""
        at = y + self.scroll_offset.y
        if at < len(self._lines):
            return self._lines[at]
        return Strip.blank(self.size.width, self.rich_style)

    def _lay_out(self) -> None:
        """Break the text into lines where it is not broken already as it has to be."""
        size = self.scrollable_content_region.size
        style, marked = self.visual_style, self.text_selection
        laid_out_for = (self.content, size, style, marked)
        if not size or laid_out_for == self._laid_out_for:
            return
        self._laid_out_for = laid_out_for
        self._lines = Visual.to_strips(self, self.content, size.width, None, style)
        self.set_reactive(PagePane.virtual_size, Size(0, len(self._lines)))
        self.vertical_scrollbar.window_virtual_size = max(size.height, len(self._lines))
