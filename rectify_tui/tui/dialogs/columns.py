"""Asks how the columns of a list are to stand: which are seen, in which order, how wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from rectify_tui.domain.text import pad
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.arrangement import WIDEST, ChosenColumn

_TITLE_CELLS = 24


class ColumnsDialog(Dialog[list[ChosenColumn]]):
    """The columns with their titles. The answer is the arrangement; empty, as it is declared."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "turn", show=False),
        Binding("shift+down,J", "move(1)", show=False),
        Binding("shift+up,K", "move(-1)", show=False),
        Binding("right,l", "widen(1)", show=False),
        Binding("left,h", "widen(-1)", show=False),
        Binding("j", "go(1)", show=False),
        Binding("k", "go(-1)", show=False),
        Binding("delete,backspace", "as_declared", show=False),
    ]

    def __init__(
        self, session: Session, columns: Sequence[ChosenColumn], titles: Mapping[str, str]
    ) -> None:
        t = session.t
        super().__init__(session, t("tui.columns.ask"), hint=t("tui.columns.hint"))
        self.columns = list(columns)
        self.titles = titles

    def body(self) -> ComposeResult:
        """The columns, one under the other."""
        options = OptionList(*self._options(), markup=False)
        options.highlighted = 0
        yield options

    def _options(self) -> list[Option]:
        return [Option(Content(self._line(column))) for column in self.columns]

    def _line(self, column: ChosenColumn) -> str:
        mark = "[x]" if column.seen else "[ ]"
        return f"{mark} {pad(self.titles[column.key], _TITLE_CELLS)} {column.width:>3}"

    @property
    def _place(self) -> int:
        return self.query_one(OptionList).highlighted or 0

    def _draw(self, place: int) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        options.add_options(self._options())
        options.highlighted = place

    def action_go(self, by: int) -> None:
        """Another line."""
        self.query_one(OptionList).highlighted = (self._place + by) % len(self.columns)

    def action_turn(self) -> None:
        """Show a column, or leave it out."""
        column = self.columns[self._place]
        self.columns[self._place] = replace(column, seen=not column.seen)
        self._draw(self._place)

    def action_move(self, by: int) -> None:
        """Put a column further to the front, or to the end."""
        place = self._place
        to = max(0, min(place + by, len(self.columns) - 1))
        self.columns.insert(to, self.columns.pop(place))
        self._draw(to)

    def action_widen(self, by: int) -> None:
        """Make a column wider, or narrower."""
        column = self.columns[self._place]
        width = max(1, min(column.width + by, WIDEST))
        self.columns[self._place] = replace(column, width=width)
        self._draw(self._place)

    def action_as_declared(self) -> None:
        """Give up the arrangement."""
        self.dismiss([])

    def answer(self) -> list[ChosenColumn]:
        """The arrangement. Raises `Problem` where nothing would be seen."""
        if not any(column.seen for column in self.columns):
            raise Problem("tui.columns.none")
        return self.columns
