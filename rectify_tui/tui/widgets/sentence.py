"""A sentence about keys, broken between its parts before anywhere else."""

from __future__ import annotations

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from rectify_tui.domain.text import clean, width
from rectify_tui.domain.wrapping import wrapped


class Sentence(Static):
    """Text in as many lines as it takes; `dot` stands between its parts."""

    def __init__(self, text: str, dot: str, *, classes: str) -> None:
        super().__init__(classes=classes)
        self._text = clean(text, multiline=True)
        self._dot = dot

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """As many lines as the text takes in so many cells."""
        return self._in(width).count("\n") + 1

    def render(self) -> Content:
        """The text in lines."""
        return Content(self._in(self.content_size.width))

    def _in(self, cells: int) -> str:
        return "\n".join(self._broken(line, cells) for line in self._text.split("\n"))

    def _broken(self, line: str, cells: int) -> str:
        lines: list[str] = []
        for part in line.split(self._dot):
            longer = self._dot.join([lines.pop(), part]) if lines else part
            if width(longer) > cells and longer != part:
                lines.append(longer.removesuffix(self._dot + part))
                longer = part
            lines.append(longer)
        return "\n".join(wrapped(each, cells) for each in lines)
