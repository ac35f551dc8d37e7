"""A list of what can be done, found by typing and run with enter: the palette and the help."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from rectify_tui.domain.pinyin import Speller
from rectify_tui.domain.text import clean, pad, shorten, width
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.dialog import Dialog
from rectify_tui.tui.palette.entry import Entry, find, grouped
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.line import Line

_MOVES = {
    "down,ctrl+n": "cursor_down", "up,ctrl+p": "cursor_up", "pagedown": "page_down",
    "pageup": "page_up",
}  # fmt: skip

LookUp = Callable[[str, Callable[[Sequence[Entry]], None]], None]
"""Looks in the ledger for what was typed, and hands on what it finds."""


class Finder(Dialog[Entry]):
    """Entries, one line each: what, where, and by which keys or why not now.

    With `titles` they stand under those of their groups, and `notes` below them, as long as nothing
    is typed. `look_up` finds what only the ledger knows.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(keys, f"move('{move}')", show=False) for keys, move in _MOVES.items()
    ]

    def __init__(
        self, session: Session, question: str, entries: Sequence[Entry], *, hint: str,
        look_up: LookUp | None = None, titles: bool = False, notes: Sequence[str] = (),
    ) -> None:  # fmt: skip
        super().__init__(session, question, hint=hint)
        self.entries = list(entries)
        self.speller: Speller | None = None
        self.shown: list[Entry] = []
        self._found: Sequence[Entry] = ()
        self._look_up = look_up
        self._titles = titles
        self._notes = notes
        self._lines = OptionList(markup=False)

    def body(self) -> ComposeResult:
        """A line to type in, and what it finds."""
        yield Line(id="wanted", compact=True)
        yield self._lines

    def on_mount(self) -> None:
        """Begin with everything, or with what was used lately."""
        self.add_class("finder")
        self.query_one(Line).focus()
        self.call_after_refresh(self._list)

    def on_resize(self, _: events.Resize) -> None:
        """Lay the lines out for another width."""
        self.call_after_refresh(self._list)

    def take(self, entries: Sequence[Entry], speller: Speller) -> None:
        """Have these entries, which the ledger has been asked for meanwhile, and pinyin."""
        self.entries, self.speller = list(entries), speller
        if self.open:
            self._list()

    @property
    def wanted(self) -> str:
        """What is typed."""
        return self.value("wanted").strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Find as the user types."""
        event.stop()
        self._found = ()
        self._list()
        if self._look_up is not None and self.wanted:
            self._look_up(self.wanted, self._take_found)

    def _take_found(self, found: Sequence[Entry]) -> None:
        if self.open:
            self._found = found
            self._list()

    # Showing

    def _list(self) -> None:
        lines, session, wanted = self._lines, self.session, self.wanted
        titled = self._titles and not wanted
        recent = () if self._titles else session.recent
        entries = self.entries if titled else find(self.entries, wanted, recent, self.speller)
        self.shown = [*self._found, *entries]
        lines.clear_options()
        lines.add_options(self._titled() if titled else self._plain())
        lines.highlighted = next(
            (at for at in range(lines.option_count) if lines.get_option_at_index(at).id), None
        )

    def _plain(self) -> list[Option]:
        if not self.shown:
            # What the ledger has, and pinyin, may still be on their way.
            key = "tui.no_command" if self.speller is not None else "tui.reading"
            return [Option(self.safe(self.t(key)), disabled=True)]
        return [Option(self._line(entry), id=str(at)) for at, entry in enumerate(self.shown)]

    def _titled(self) -> list[Option]:
        options = []
        for title, entries in grouped(self.shown):
            options.append(Option(self._title(title), disabled=True))
            options += [Option(self._line(e), id=str(self.shown.index(e))) for e in entries]
        notes = [Option(self.safe(f"\n{note}"), disabled=True) for note in self._notes]
        return [*options, *notes]

    def _title(self, title: str) -> Content:
        return Content.styled(clean(title), "bold underline")

    def _line(self, entry: Entry) -> Content:
        """What it does and where on the left, at the right the keys, or why it cannot be done."""
        t, cut = self.t, self.t("tui.sign.cut")
        cells = max(10, self._lines.scrollable_content_region.width - 1)
        right = entry.reason or entry.keys
        right = shorten(clean(right[:200]), cells // 2, cut)
        where = f"{entry.where}{t('tui.sign.step')}" if entry.where else ""
        room = cells - width(right) - 1
        left = pad(shorten(clean(f"{where}{entry.text}"[:200]), room, cut), room)
        line = Content(f"{left} {right}")
        return line.stylize("dim") if entry.reason else line

    # Choosing

    def on_option_list_option_highlighted(self, event: OptionList.OptionHighlighted) -> None:
        """Say under the title what key maps call it, where the keys are what is looked up."""
        event.stop()
        if self._titles and event.option_id is not None:
            id = self.shown[int(event.option_id)].id.rpartition(":")[2]
            self.tell_about(self.t("tui.palette.named", id=id))

    def action_move(self, move: str) -> None:
        """Move in the list while one types."""
        getattr(self._lines, f"action_{move}")()

    def answer(self) -> Entry:
        """The entry that is chosen. Raises `Problem` where none is, or it cannot be done now."""
        at = self._lines.highlighted
        id = self._lines.get_option_at_index(at).id if at is not None else None
        if id is None:
            raise Problem("tui.no_command")
        entry = self.shown[int(id)]
        if entry.reason:
            raise Problem("tui.palette.not_now", why=entry.reason)
        return entry
