"""What a `WindowTable` tells its screen."""

from __future__ import annotations

from textual.message import Message
from textual.widget import Widget

from rectify_tui.tui.widgets.table.marks import Marks


class TableMessage(Message):
    """Anything a table posts; `control` is the table."""

    def __init__(self, table: Widget) -> None:
        super().__init__()
        self.table = table

    @property
    def control(self) -> Widget:
        """The table that posted it."""
        return self.table


class Moved(TableMessage, namespace="window_table"):
    """Another row is under the cursor. In an empty table the key is None and the index -1."""

    def __init__(self, table: Widget, key: int | None, index: int) -> None:
        super().__init__(table)
        self.key = key
        self.index = index


class Chosen(TableMessage, namespace="window_table"):
    """A row was opened, with enter or a double click."""

    def __init__(self, table: Widget, key: int) -> None:
        super().__init__(table)
        self.key = key


class HeaderChosen(TableMessage, namespace="window_table"):
    """The title of a column was clicked."""

    def __init__(self, table: Widget, column_key: str) -> None:
        super().__init__(table)
        self.column_key = column_key


class Loaded(TableMessage, namespace="window_table"):
    """`show`, `reload` or `move_to` has put new rows on the screen."""

    def __init__(self, table: Widget, total: int) -> None:
        super().__init__(table)
        self.total = total


class Absent(TableMessage, namespace="window_table"):
    """The row asked for with `show` or `move_to` is not among the rows."""

    def __init__(self, table: Widget, key: int) -> None:
        super().__init__(table)
        self.key = key


class Failed(TableMessage, namespace="window_table"):
    """The source raised an error. What was drawn stays; the screen should tell the user."""

    def __init__(self, table: Widget, error: Exception) -> None:
        super().__init__(table)
        self.error = error


class MarksChanged(TableMessage, namespace="window_table"):
    """Other rows are marked now; `count` says how many."""

    def __init__(self, table: Widget, marks: Marks, count: int) -> None:
        super().__init__(table)
        self.marks = marks
        self.count = count
