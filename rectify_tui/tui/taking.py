"""What is on the screen, taken elsewhere: rows to the clipboard, a whole table to a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path

from rectify_tui.errors import Problem, Refusal
from rectify_tui.paths import copied_rows, shown_path
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.new_file import write_whole
from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.table_file import ENDINGS, pasted, table_file
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session
from rectify_tui.tui.widgets.table.source import Bar, Cell, Row, Source, Whole
from rectify_tui.tui.widgets.table.table import WindowTable

WINDOW = 500
MOST_TO_TERMINAL = 74_000
"""Bytes that terminals take at a time, at the utmost; many take fewer and say nothing."""


def rows_of(source: Source) -> Iterator[Row]:
    """In a thread: all rows, with whole texts where the source cuts them to fit a column."""
    read = source.whole_rows if isinstance(source, Whole) else source.rows
    for start in range(0, source.count(), WINDOW):
        yield from read(start, start + WINDOW)


def copy_rows(session: Session, table: WindowTable) -> None:
    """Send the marked rows, or the one under the cursor, to the terminal, and keep them in a file.

    Whether a terminal takes what it is sent cannot be known, so it is never said that it did.
    """
    source, marks, key = table.source, table.marked, table.cursor_key
    if source is None or key is None:
        session.tell(Refusal("tui.nothing_chosen"))
        return
    columns = [column.key for column in table.columns]

    def make() -> tuple[int, str]:
        wanted = (row for row in rows_of(source) if (row.key in marks if marks else row.key == key))
        lines = [[_text(row, column) for column in columns] for row in wanted]
        return len(lines), pasted(lines)

    copy_text(session, make)


def copy_text(session: Session, make: Callable[[], tuple[int, str]]) -> None:
    """Send a text to the terminal, and keep it in a file; `make` is called in a thread.

    It hands out how many lines there are, and the text.
    """

    def work() -> tuple[int, str, Path]:
        (n, text), path = make(), copied_rows()
        if session.served:  # the files of this machine are not the user's
            return n, text, path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, text.encode("utf-8"), force=True)
        except OSError as error:
            raise Problem("tui.weekly.cannot_write", path=path, error=error.strerror) from error
        return n, text, path

    session.read(work, partial(_copied, session), "copy")


def _copied(session: Session, done: tuple[int, str, Path]) -> None:
    n, text, path = done
    small = len(text.encode()) <= MOST_TO_TERMINAL
    if small:
        session.to_clipboard(text)
    key = "tui.copy.sent" if small else "tui.copy.too_much"
    if session.served:
        key = "web.copied" if small else "web.too_much"
    session.tell(session.t(key, n=n, path=shown_path(path)), error=False)


def ask_to_export(
    session: Session, table: WindowTable, title: str, filter_text: str,
    others: Mapping[str, Callable[[], bytes]] | None = None,
) -> None:  # fmt: skip
    """Ask for a file, and write the table to it: its rows, in their order, with its columns.

    `others` are what can be written in its place, by their endings.
    """
    source, t, others = table.source, session.t, others or {}
    if source is None or not (table.total or others):
        session.tell(Refusal("tui.nothing_to_export"))
        return
    columns = tuple(Column(each.key, each.title) for each in table.columns)
    heading = _heading(session, title, filter_text)

    def make(path: Path) -> bytes:
        ending = path.suffix.lower()
        if ending in others:
            return others[ending]()
        rows = list(rows_of(source))
        bars = {key for row in rows for key, cell in row.cells.items() if isinstance(cell, Bar)}
        written = tuple(each for each in columns if each.key not in bars)
        lines = [{each.key: _text(row, each.key) for each in written} for row in rows]
        whole = Table(heading, written, lines, (t("tui.export.rows", n=len(rows)),))
        return table_file(whole, ending, ascii=session.ascii)

    name = safe_name(f"{title}-{session.day}") + ENDINGS[0]
    endings = (*ENDINGS, *others)
    ask_to_save(session, t("tui.export.ask"), name, endings, make, about=heading)


def _heading(session: Session, title: str, filter_text: str) -> str:
    """What it is, as of which day, under which filter."""
    t = session.t
    parts = [title, t("tui.as_of", date=session.day)]
    if filter_text:
        parts.append(t("tui.export.filter", filter=filter_text))
    return t("tui.sign.dot").join(parts)


def _text(row: Row, column: str) -> str:
    cell = row.cells.get(column, "")
    if isinstance(cell, str):
        return cell
    return cell.text if isinstance(cell, Cell) else ""  # a bar draws what other columns count
