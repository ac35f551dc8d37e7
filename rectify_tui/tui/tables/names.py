"""The names of all tables in the order of their list, and how the palette goes to them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.session import Session

MODE = "tables"
"""The screen that shows them."""

NAMES = (
    "draft", "published", "coverage", "calendar", "escalations", "due", "extensions",
    "verification", "case_stats", "points", "cards", "trend", "forecast", "known_on",
)  # fmt: skip


def title_key(name: str) -> str:
    """The message that has the title of a table."""
    return f"tables.{name}.title"


def table_entries(session: Session) -> Iterator[Entry]:
    """The tables, for the command palette: all by their titles in every language."""
    where = session.t("keys.app.tables")
    for name in NAMES:
        key = title_key(name)
        also = tuple(Language(code)(key) for code in LANGUAGES)
        run = partial(session.open_list, MODE, name)
        yield Entry(f"table:{name}", session.t(key), run, where, also=also)
