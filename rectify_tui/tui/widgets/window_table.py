"""A table of any number of rows with a cursor and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType

from rectify_tui.tui.widgets import window_messages as messages
from rectify_tui.tui.widgets.window_draw import GUTTER
from rectify_tui.tui.widgets.window_lines import HEADER
from rectify_tui.tui.widgets.window_marks import WindowMarks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from textual import events

    from rectify_tui.tui.widgets.window_source import Column

MARK_ACTIONS = frozenset(
    {"toggle_mark", "extend_up", "extend_down", "range", "mark_all", "invert_marks", "clear_marks"}
)


class WindowTable(WindowMarks):
    """Rows of a `Source` under a fixed header, with a cursor, and marks where `markable`.

    Reading happens in worker threads; what is not read yet is drawn as dots. Only moving and
    opening have keys of their own, everything else is an action for the screen to bind:
    cursor_up, cursor_down, page_up, page_down, half_page_up, half_page_down, first, last, choose,
    toggle_mark, extend_up, extend_down, range, drop_range, mark_all, invert_marks, clear_marks.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "cursor_up", show=False),
        Binding("down", "cursor_down", show=False),
        Binding("pageup", "page_up", show=False),
        Binding("pagedown", "page_down", show=False),
        Binding("home", "first", show=False),
        Binding("end", "last", show=False),
        Binding("enter", "choose", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "window-table--header",
        "window-table--cursor",
        "window-table--marked",
        "window-table--dim",
        "window-table--good",
        "window-table--warn",
        "window-table--bad",
        "window-table--muted",
    }
    DEFAULT_CSS = """
    WindowTable {
        overflow-x: hidden;
        overflow-y: auto;
        scrollbar-size-vertical: 1;
        background: $surface;
        color: $foreground;
        & > .window-table--header { text-style: bold; background: $panel; color: $foreground; }
        & > .window-table--cursor {
            text-style: bold;
            background: $block-cursor-blurred-background;
            color: $block-cursor-blurred-foreground;
        }
        &:focus > .window-table--cursor {
            text-style: bold;
            background: $block-cursor-background;
            color: $block-cursor-foreground;
        }
        & > .window-table--marked { text-style: bold; color: $text-accent; }
        & > .window-table--dim { color: $foreground 50%; }
        & > .window-table--good { color: $text-success; }
        & > .window-table--warn { color: $text-warning; }
        & > .window-table--bad { text-style: bold; color: $text-error; }
        & > .window-table--muted { color: $foreground 60%; }
    }
    """

    Moved = messages.Moved
    Chosen = messages.Chosen
    HeaderChosen = messages.HeaderChosen
    Loaded = messages.Loaded
    Absent = messages.Absent
    Failed = messages.Failed
    MarksChanged = messages.MarksChanged

    def __init__(
        self,
        columns: Sequence[Column] = (),
        *,
        markable: bool = True,
        name: str | None = None,
        id: str | None = None,
        classes: str | None = None,
    ) -> None:
        super().__init__(columns, name, id, classes)
        self._markable = markable

    # Moving

    def action_cursor_up(self) -> None:
        """One row up."""
        self._go(self._cursor - 1)

    def action_cursor_down(self) -> None:
        """One row down."""
        self._go(self._cursor + 1)

    def action_page_up(self) -> None:
        """A screenful up."""
        self._page(-self._height)

    def action_page_down(self) -> None:
        """A screenful down."""
        self._page(self._height)

    def action_half_page_up(self) -> None:
        """Half a screenful up."""
        self._page(-(self._height // 2))

    def action_half_page_down(self) -> None:
        """Half a screenful down."""
        self._page(self._height // 2)

    def action_first(self) -> None:
        """To the first row."""
        self._go(0)

    def action_last(self) -> None:
        """To the last row."""
        self._go(self.total - 1)

    def _page(self, rows: int) -> None:
        """Scroll and move alike, so that the cursor keeps its line."""
        self._reveal(self._cursor)
        self._scroll_rows(self._top + rows)
        self._go(self._cursor + rows)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        key = self.cursor_key
        if key is not None:
            self.post_message(self.Chosen(self, key))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a second one opens; with shift a range, with ctrl a mark."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < HEADER:
            self._choose_header(offset.x - GUTTER)
            return
        index = self._top + offset.y - HEADER
        if index >= self.total:
            return
        if event.shift and self._markable:
            self._extend_to(index)
            return
        self._go(index)
        if event.ctrl and self._markable:
            self._toggle()
        elif event.chain == 2:
            self.action_choose()

    def _choose_header(self, x: int) -> None:
        for place in self._places(self.scrollable_content_region.width):
            if place.x <= x < place.x + place.width:
                self.post_message(self.HeaderChosen(self, place.column.key))

    # Marking

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is something to do, so that a key can mean something else if not."""
        if action == "drop_range":
            return self._span is not None
        if action in MARK_ACTIONS:
            return self._markable
        return super().check_action(action, parameters)

    def action_toggle_mark(self) -> None:
        """End a range begun with `range`, else turn the mark of the row over; then move down."""
        span = self._span
        if span is not None and span.sticky and not span.closed:
            self._close(span)
        else:
            self._toggle()
        self._go(self._cursor + 1)

    def action_extend_up(self) -> None:
        """Mark from the anchor to one row further up."""
        self._extend_to(self._cursor - 1)

    def action_extend_down(self) -> None:
        """Mark from the anchor to one row further down."""
        self._extend_to(self._cursor + 1)

    def action_range(self) -> None:
        """Begin a range that follows the cursor, or end it."""
        if self._span is None:
            self._begin(sticky=True)
        elif not self._span.closed:
            self._close(self._span)

    def action_drop_range(self) -> None:
        """Give up the range in the making; what was marked before stays."""
        if self._span is not None:
            self._put_marks(self._marks)

    def action_mark_all(self) -> None:
        """Mark every row."""
        self.mark_all()

    def action_invert_marks(self) -> None:
        """Mark what is not marked, and the other way round."""
        if not self.marking:
            self._put_marks(self.marked.invert())

    def action_clear_marks(self) -> None:
        """Unmark everything."""
        self.clear_marks()
