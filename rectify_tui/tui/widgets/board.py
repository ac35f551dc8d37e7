"""A board: cards in columns by step, with a cursor and marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from rich.text import Text
from textual import events
from textual.message import Message
from textual.widgets import Static

from rectify_tui.domain.text import clean, shorten, width
from rectify_tui.tui.widgets.table.source import Tone

_STYLES: dict[str, str] = {"bad": "bold", "warn": "", "good": "", "muted": "dim", "": ""}
_COLOURS: dict[str, str] = {"bad": "#e5a13d", "warn": "#e5c07b", "good": "#6cb6ff"}
_GAP, _LEAST = 1, 4
"""Cells between columns, and those in which a place can be made out."""


@dataclass(frozen=True)
class Card:
    """One item: its reference, where it is, and what it waits for in a few cells."""

    id: int
    ref: str
    place: str
    waits: str
    tone: Tone = ""


@dataclass(frozen=True)
class Column:
    """The cards at one step, of `count` that there are; `key` names it whatever the language."""

    key: str
    title: str
    count: int
    cards: tuple[Card, ...] = ()


@dataclass
class _Cursor:
    column: int = 0
    row: int = 0
    first: dict[str, int] = field(default_factory=dict)


class Board(Static, can_focus=True):
    """Columns side by side. The card under the cursor is in reverse, a marked one has an x.

    `short` makes a reference fit into so many cells, with a sign where it is cut.
    """

    class Moved(Message):
        """The cursor came to another card, or marks changed."""

    class Chosen(Message):
        """Somebody wants to open the card under the cursor."""

    def __init__(self, short: Callable[[str, int, str], str]) -> None:
        super().__init__(id="board")
        self._short = short
        self.columns: Sequence[Column] = ()
        self.marked: set[int] = set()
        self.no_color = False
        self._cut = ""
        self._at = _Cursor()

    @property
    def card(self) -> Card | None:
        """The card under the cursor."""
        cards = self._cards()
        return cards[self._at.row] if self._at.row < len(cards) else None

    @property
    def column(self) -> Column | None:
        """The column of the cursor."""
        return self.columns[self._at.column] if self.columns else None

    def chosen(self) -> list[int]:
        """The marked cards, or the one under the cursor."""
        known = {card.id for column in self.columns for card in column.cards}
        if marked := [id for id in sorted(self.marked) if id in known]:
            return marked
        return [self.card.id] if self.card else []

    def show(self, columns: Sequence[Column], cut: str) -> None:
        """Show cards; the cursor stays on its card, or in its column, or goes to the first one."""
        at = self.card.id if self.card else None
        self.columns, self._cut = columns, cut
        places = {
            card.id: (number, row)
            for number, column in enumerate(columns)
            for row, card in enumerate(column.cards)
        }
        self.marked &= places.keys()
        if at in places:
            self._at.column, self._at.row = places[at]
        elif not self._cards():
            filled = (number for number, column in enumerate(columns) if column.cards)
            self._at.column, self._at.row = next(filled, 0), 0
        self._at.row = max(0, min(self._at.row, len(self._cards()) - 1))
        self.draw()

    def _cards(self) -> tuple[Card, ...]:
        return self.column.cards if self.column else ()

    # Moving and marking

    def move(self, rows: int, columns: int) -> None:
        """Move the cursor; sideways to the next column that has a card."""
        if columns:
            number = self._at.column + columns
            while 0 <= number < len(self.columns) and not self.columns[number].cards:
                number += columns
            if 0 <= number < len(self.columns):
                self._at.column = number
        self._at.row = max(0, min(self._at.row + rows, len(self._cards()) - 1))
        self.draw()

    def go(self, row: int) -> None:
        """To a card of the column, counted from the top, or from the bottom where below zero."""
        self._at.row = row if row >= 0 else max(0, len(self._cards()) + row)
        self.draw()

    def mark(self) -> None:
        """Mark the card under the cursor or take its mark, and go to the next."""
        if self.card:
            self.marked ^= {self.card.id}
            self.move(1, 0)

    def mark_column(self) -> None:
        """Mark all cards of the column, or take all their marks."""
        ids = {card.id for card in self._cards()}
        self.marked = self.marked - ids if ids <= self.marked else self.marked | ids
        self.draw()

    def clear_marks(self) -> None:
        """Take all marks."""
        self.marked.clear()
        self.draw()

    def on_click(self, event: events.Click) -> None:
        """A click moves the cursor to a card, a second one opens it."""
        if not self.columns:
            return
        number = min(event.x // (self._cells() + _GAP), len(self.columns) - 1)
        row = event.y - 1 + self._at.first.get(self.columns[number].key, 0)
        if event.y >= 1 and row < len(self.columns[number].cards):
            again = (number, row) == (self._at.column, self._at.row)
            self._at.column, self._at.row = number, row
            self.draw()
            if again:
                self.post_message(self.Chosen())

    # Drawing

    def on_resize(self) -> None:
        """Draw anew for the room that there is."""
        self.draw()

    def _cells(self) -> int:
        n = max(len(self.columns), 1)
        return max((self.size.width - _GAP * (n - 1)) // n, 8)

    def draw(self) -> None:
        """Draw the cards that there is room for."""
        if not self.is_mounted or not self.columns:
            return
        cells, room = self._cells(), max(self.size.height - 1, 1)
        lanes = [
            self._lane(number, column, cells, room) for number, column in enumerate(self.columns)
        ]
        text = Text(no_wrap=True, end="")
        for row in range(room + 1):
            for number, lane in enumerate(lanes):
                text.append_text(lane[row])
                text.append(" " * _GAP if number + 1 < len(lanes) else "\n")
        self.update(text)
        self.post_message(self.Moved())

    def _lane(self, number: int, column: Column, cells: int, room: int) -> list[Text]:
        """The title and as many cards as there is room for, the one under the cursor among them."""
        first = self._at.first.get(column.key, 0)
        if number == self._at.column:
            first = max(min(first, self._at.row), self._at.row - room + 1)
        first = max(0, min(first, len(column.cards) - room))
        self._at.first[column.key] = first
        title = f"{column.title} {column.count}"
        lines = [Text(_fit(title, cells, self._cut), "bold underline")]
        for row in range(first, first + room):
            here = (number, row) == (self._at.column, self._at.row)
            card = column.cards[row] if row < len(column.cards) else None
            lines.append(self._line(card, cells, here=here) if card else Text(" " * cells))
        return lines

    def _line(self, card: Card, cells: int, *, here: bool) -> Text:
        sign = "x" if card.id in self.marked else " "
        waits = shorten(clean(card.waits), max(cells - 7, 4), self._cut)
        room = max(cells - width(waits) - 2, 4)
        name = self._short(clean(card.ref), room, self._cut)
        if (left := room - width(name) - 1) >= _LEAST:
            name = f"{name} {shorten(clean(card.place), left, self._cut)}"
        gap = " " * max(1, cells - 1 - width(name) - width(waits))
        style = _STYLES[card.tone]
        colour = "" if self.no_color else _COLOURS.get(card.tone, "")
        line = Text(
            _fit(f"{sign}{name}{gap}{waits}", cells, self._cut), f"{style} {colour}".strip()
        )
        if here:
            line.stylize("reverse")
        return line


def _fit(text: str, cells: int, cut: str) -> str:
    """Text in exactly so many cells."""
    text = shorten(clean(text), cells, cut) if width(text) > cells else text
    return text + " " * (cells - width(text))
