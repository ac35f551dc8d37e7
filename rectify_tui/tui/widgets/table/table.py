"""A table of any number of rows with a cursor and marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from rectify_tui.domain.wrapping import wrapped
from rectify_tui.tui.widgets.table import messages
from rectify_tui.tui.widgets.table.columns import most_passed, place_columns
from rectify_tui.tui.widgets.table.draw import ASCII, FANCY, GUTTER
from rectify_tui.tui.widgets.table.marking import Marking
from rectify_tui.tui.widgets.table.marks import ALL_MARKED, NO_MARKS, Marks
from rectify_tui.tui.widgets.table.painter import Layout, Painter
from rectify_tui.tui.widgets.table.read import Question, View
from rectify_tui.tui.widgets.table.reader import RowReader, Sight
from rectify_tui.tui.widgets.table.source import Column, Row, Source

HEIGHT_BEFORE_LAYOUT = 50
"""Rows to read before it is known how many are in sight."""

MARK_ACTIONS = frozenset(
    {"toggle_mark", "extend_up", "extend_down", "range", "mark_all", "invert_marks", "clear_marks"}
)


PINNED = -1
"""Where the pinned row stands among the rows."""


class WindowTable(ScrollView, can_focus=True, inherit_bindings=False):
    """Rows of a `Source` under a fixed header, with a cursor, and marks where `markable`.

    Without `titled` there is no line of titles. A `pinned` row, such as a sum, stays above the
    others, whatever their order, and the cursor never comes to it.

    Reading happens in worker threads; what is not read yet is drawn as dots. Only moving and
    opening have keys of their own, everything else is an action for the screen to bind:
    cursor_up, cursor_down, page_up, page_down, half_page_up, half_page_down, first, last, choose,
    toggle_mark, extend_up, extend_down, range, drop_range, mark_all, invert_marks, clear_marks,
    pass_columns.
    """

    ALLOW_SELECT: ClassVar[bool] = False
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

    columns: reactive[tuple[Column, ...]] = reactive(())
    """The columns from left to right."""
    sort: reactive[tuple[str, bool] | None] = reactive(None)
    """Key of the column that orders the rows, and whether it descends; only a sign."""
    pinned: reactive[Row | None] = reactive(None)
    """The row that stays above the others."""
    ascii: reactive[bool] = reactive(False)
    """Draw with ASCII signs only."""
    empty_text: reactive[str] = reactive("")
    """Lines in the middle when the source has no rows."""
    loading_text: reactive[str] = reactive("")
    """Lines in the middle while the first source is being read; an ellipsis when empty."""

    def __init__(
        self, columns: Sequence[Column] = (), *, markable: bool = True, titled: bool = True,
        name: str | None = None, id: str | None = None, classes: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(name=name, id=id, classes=classes)
        self.set_reactive(WindowTable.columns, tuple(columns))
        self.total = 0
        """How many rows the source has."""
        self._markable = markable
        self._titled = titled
        self._passed = 0
        self._cursor = 0
        self._downwards = True
        self._same_rows = False
        self._moved: tuple[int | None, int] | None = None
        self._reader = RowReader(self)
        self._marking = Marking(self._reader, self._marks_changed, self.refuse)
        self._painter = Painter(self)

    # Which rows

    def show(self, source: Source, keep: int | None = None, *, same_rows: bool = False) -> None:
        """Switch to another source once its first rows are read; until then the old rows stay.

        The cursor goes to the row with the key `keep`, else stays on its row where the source
        holds it, else at its index. Posts `Loaded`, and `Absent` when `keep` is not there.
        Rows that were marked one by one or as a range stay marked by their keys; all but some do
        only where the new source holds the `same_rows`, say in another order.
        """
        self._same_rows = same_rows
        self._reader.show(source, keep)

    def reload(self) -> None:
        """Read the source anew. The cursor stays on its row and the row on its line.

        Asked for while the source is being read, it is done once more after that.
        """
        self._reader.reload()

    def move_to(self, key: int) -> None:
        """Put the cursor on the row with this key, wherever it is; posts `Absent` if nowhere."""
        index = None if self.busy else self._reader.cache.index_of(key)
        if index is not None:
            self._reveal(index)
            self.go(index)
        else:
            self._reader.seek(key)

    @property
    def source(self) -> Source | None:
        """What the rows on the screen come from, None before there are any."""
        return self._reader.source

    @property
    def head(self) -> int:
        """How many lines stand above the rows and never scroll."""
        return int(self._titled) + int(self.pinned is not None)

    @property
    def busy(self) -> bool:
        """Whether a source is being read for `show`, `reload` or `move_to`."""
        return self._reader.busy

    @property
    def choice_is_open(self) -> bool:
        """Whether what is being read decides on which row the cursor stands, or what is marked."""
        on_its_way = self.cursor_key is None and self._reader.fetching
        return self.busy or on_its_way or self.marking

    def row(self, index: int) -> Row | None:
        """The row at an index, None where it is not read."""
        return self._reader.cache.get(index)

    @property
    def cursor_key(self) -> int | None:
        """The key of the row under the cursor; None while it is not read, or without rows."""
        row = self.row(self._cursor)
        return row.key if row else None

    @property
    def cursor_index(self) -> int:
        """The index of the row under the cursor, -1 without rows."""
        return self._cursor if self.total else -1

    def on_mount(self) -> None:
        """Read what was to be shown before there was a screen."""
        self._reader.start()

    # What the reader asks for

    def sight(self) -> Sight:
        """Which rows are in sight, and where the cursor stands."""
        return Sight(self._top, self._height, self._cursor, self.total, self._downwards)

    def question(self, sought: int | None) -> Question:
        """What to read first: around the row with the key `sought`, else around the cursor."""
        return Question(
            keys=tuple(key for key in (sought, self.cursor_key) if key is not None),
            index=self._cursor,
            above=self._cursor - self._top,
            height=self._height or HEIGHT_BEFORE_LAYOUT,
            others=self._marking.ends(),
        )

    def take_view(self, view: View, *, switched: bool, sought: int | None) -> None:
        """Draw what was read, with the cursor's row on the line where it was."""
        top = self._top + view.index - self._cursor
        self._painter.forget()
        self._cursor = view.index
        self.total = view.count
        self.virtual_size = Size(0, view.count + self.head)
        self._scroll_rows(top)
        if switched or sought is not None:
            self._reveal(self._cursor)
        self._marking.take_view(view, self._cursor, switched=switched, same_rows=self._same_rows)
        self.refresh()
        self._reader.fetch(fresh=True)
        self._tell_where()
        if sought is not None and view.key != sought:
            self.post_message(messages.Absent(self, sought))
        self.post_message(messages.Loaded(self, view.count))

    def take_page(self, start: int, stop: int) -> None:
        """Draw the rows between two indexes, which have been read."""
        if start < self._top + self._height and stop > self._top:
            self.refresh()
        if start <= self._cursor < stop:
            self._tell_where()

    def refuse(self, error: Exception) -> None:
        """Hand on to the screen that something could not be read."""
        self.post_message(messages.Failed(self, error))

    def redraw_notice(self) -> None:
        """Draw anew what stands where there are no rows."""
        if not self.total:
            self.refresh()

    # Moving

    @property
    def _top(self) -> int:
        return int(self.scroll_offset.y)

    @property
    def _height(self) -> int:
        """How many rows are visible, 0 before the first layout."""
        return max(0, self.scrollable_content_region.height - self.head)

    def _scroll_rows(self, top: float) -> None:
        self.scroll_to(y=top, animate=False, force=True)

    def go(self, index: int, *, extend: bool = False) -> None:
        """Put the cursor on the row at an index, or the nearest one, and scroll it into sight.

        With `extend` the rows on the way are taken into the range in the making.
        """
        index = max(0, min(index, self.total - 1))
        if index != self._cursor:
            before, self._cursor = self._cursor, index
            self._redraw(before)
            self._redraw(index)
        if index < self._top:
            self._scroll_rows(index)
        elif self._height and index >= self._top + self._height:
            self._scroll_rows(index - self._height + 1)
        self._reader.fetch()
        self._tell_where()
        self._marking.follow(self._cursor, extend=extend)

    def _redraw(self, index: int) -> None:
        if self._top <= index < self._top + self._height:
            self.refresh_line(index + self.head)

    def _reveal(self, index: int) -> None:
        """Scroll a row to the middle where it is out of sight."""
        if self._height and not self._top <= index < self._top + self._height:
            self._scroll_rows(index - self._height // 2)

    def _tell_where(self) -> None:
        self.call_after_refresh(self._tell_moved)

    def _tell_moved(self) -> None:
        """Post `Moved` once for all moves since the last refresh, when the key is known."""
        key, index = self.cursor_key, self.cursor_index
        if (key is not None or not self.total) and self._moved != (key, index):
            self._moved = (key, index)
            self.post_message(messages.Moved(self, key, index))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Read what comes into sight."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self._downwards = new_value > old_value
            self._reader.fetch()

    def on_resize(self, event: events.Resize) -> None:
        """Keep the cursor in sight and read what comes into it."""
        self._reveal(self._cursor)
        self._reader.fetch()

    def action_cursor_up(self) -> None:
        """One row up."""
        self.go(self._cursor - 1)

    def action_cursor_down(self) -> None:
        """One row down."""
        self.go(self._cursor + 1)

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
        self.go(0)

    def action_last(self) -> None:
        """To the last row."""
        self.go(self.total - 1)

    def _page(self, rows: int) -> None:
        """Scroll and move alike, so that the cursor keeps its line."""
        self._reveal(self._cursor)
        self._scroll_rows(self._top + rows)
        self.go(self._cursor + rows)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        key = self.cursor_key
        if key is not None:
            self.post_message(messages.Chosen(self, key))

    def on_click(self, event: events.Click) -> None:
        """A click selects, a second one opens; with shift a range, with ctrl a mark."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        event.stop()
        if offset.y < self.head:
            if self._titled and offset.y == 0:
                self._choose_header(offset.x - GUTTER)
            return
        index = self._top + offset.y - self.head
        if index >= self.total:
            return
        if event.shift and self._markable:
            self._extend_to(index)
            return
        self.go(index)
        if event.ctrl and self._markable:
            self._marking.toggle(self.cursor_key)
        elif event.chain == 2:
            self.action_choose()

    def _choose_header(self, x: int) -> None:
        for place in self.layout_of_line().places:
            if place.x <= x < place.x + place.width:
                self.post_message(messages.HeaderChosen(self, place.column.key))

    # Marking

    @property
    def marked(self) -> Marks:
        """What is marked, with as much of a range in the making as has been read."""
        return self._marking.marked

    @property
    def marked_count(self) -> int:
        """How many rows are marked."""
        return self.marked.count(self.total)

    @property
    def marking(self) -> bool:
        """Whether keys of a marked range are still being read; `marked` lacks them until then."""
        return self._marking.marking

    @property
    def has_range(self) -> bool:
        """Whether there is a range in the making."""
        return self._marking.has_range

    @property
    def in_range(self) -> bool:
        """Whether moving the cursor extends a range."""
        return self._marking.follows_cursor

    def mark_all(self) -> None:
        """Mark every row of the source, without reading their keys."""
        self._marking.put(ALL_MARKED)

    def clear_marks(self) -> None:
        """Unmark everything."""
        self._marking.put(NO_MARKS)

    def _marks_changed(self) -> None:
        self.refresh()
        marked = self.marked
        self.post_message(messages.MarksChanged(self, marked, marked.count(self.total)))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether there is something to do, so that a key can mean something else if not."""
        if action == "drop_range":
            return self.has_range
        if action in MARK_ACTIONS:
            return self._markable
        return super().check_action(action, parameters)

    def action_toggle_mark(self) -> None:
        """End a range begun with `range`, else turn the mark of the row over; then move down."""
        if not self._marking.end():
            self._marking.toggle(self.cursor_key)
        self.go(self._cursor + 1)

    def action_extend_up(self) -> None:
        """Mark from the anchor to one row further up."""
        self._extend_to(self._cursor - 1)

    def action_extend_down(self) -> None:
        """Mark from the anchor to one row further down."""
        self._extend_to(self._cursor + 1)

    def _extend_to(self, index: int) -> None:
        if not self._marking.has_range:
            self._begin_range(sticky=False)
        self.go(index, extend=True)

    def _begin_range(self, *, sticky: bool) -> None:
        if self.total:
            self._marking.begin(self._cursor, sticky=sticky)

    def action_range(self) -> None:
        """Begin a range that follows the cursor, or end it."""
        if self._marking.has_range:
            self._marking.close()
        else:
            self._begin_range(sticky=True)

    def action_drop_range(self) -> None:
        """Give up the range in the making; what was marked before stays."""
        self._marking.drop()

    def action_mark_all(self) -> None:
        """Mark every row."""
        self.mark_all()

    def action_invert_marks(self) -> None:
        """Mark what is not marked, and the other way round."""
        if not self.marking:
            self._marking.put(self.marked.invert())

    def action_clear_marks(self) -> None:
        """Unmark everything."""
        self.clear_marks()

    # Drawing

    def layout_of_line(self) -> Layout:
        """Where the columns stand at present, and with which signs they are drawn."""
        width = self.scrollable_content_region.width
        room = max(0, width - GUTTER)
        passed = min(self._passed, most_passed(self.columns, room))
        places = place_columns(self.columns, room, passed)
        return Layout(places, ASCII if self.ascii else FANCY, width, self.size.width, passed > 0)

    def action_pass_columns(self, columns: int) -> None:
        """Go on sideways by so many columns, or back; the first column is held."""
        most = most_passed(self.columns, max(0, self.scrollable_content_region.width - GUTTER))
        self._passed = max(0, min(min(self._passed, most) + columns, most))
        self._painter.forget()
        self.refresh()

    def watch_ascii(self) -> None:
        """Draw every line anew."""
        self._painter.forget()

    def watch_pinned(self, before: Row | None, now: Row | None) -> None:
        """Draw every line anew, and make room for a row that was not there."""
        self._painter.forget()
        if (before is None) != (now is None):
            self.virtual_size = Size(0, self.total + self.head)

    def watch_columns(self) -> None:
        """Draw every line anew."""
        self._painter.forget()

    def notify_style_update(self) -> None:
        """Draw every line anew with the new styles."""
        super().notify_style_update()
        self._painter.forget()

    def render_line(self, y: int) -> Strip:
        """The header, a row, or a line of the notice that stands where there are no rows."""
        return self._line(y, self.layout_of_line())

    def _line(self, y: int, layout: Layout) -> Strip:
        if y < self.head:
            return self._head_line(y, layout)
        index = self._top + y - self.head
        if index >= self.total:
            return self._notice_line(y, layout)
        row = self.row(index)
        return self._painter.row(
            index, row, layout,
            cursor=index == self._cursor, marked=self._marking.is_marked(index, row),
        )  # fmt: skip

    def render_lines(self, crop: Region) -> list[Strip]:
        """The very strips that are kept, which keep in turn what was made of them before.

        Textual would put each into a new one, for a border and a padding that are not there.
        """
        if any(self.styles.gutter):
            return super().render_lines(crop)
        _, ground = self.background_colors
        layout = self.layout_of_line()
        strips = [self._line(y, layout) for y in crop.line_range]
        for line_filter in self.get_line_filters():
            strips = [strip.apply_filter(line_filter, ground) for strip in strips]
        if crop.column_span != (0, self.region.width):
            strips = [strip.crop(*crop.column_span) for strip in strips]
        return strips

    def _head_line(self, y: int, layout: Layout) -> Strip:
        if self._titled and y == 0:
            return self._painter.header(layout, self.sort)
        return self._painter.row(PINNED, self.pinned, layout, cursor=False, marked=False)

    def _notice(self) -> list[str]:
        """The lines to read where there are no rows."""
        if self._reader.source is not None:
            return wrapped(self.empty_text, self.size.width - 2).splitlines()
        if self.busy:
            return (self.loading_text or ("..." if self.ascii else "…")).splitlines()
        return []

    def _notice_line(self, y: int, layout: Layout) -> Strip:
        lines = [] if self.total else self._notice()
        at = y - self.head - max(0, (self._height - len(lines)) // 2)
        if not 0 <= at < len(lines):
            return self._painter.blank(layout)
        return self._painter.notice(lines[at], layout)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Lines for a table as high as what it shows."""
        return self.head + (self.total or len(self._notice()))
