"""Writing the queue to a file, as it is on the screen."""

from __future__ import annotations

from collections.abc import Mapping
from io import StringIO
from pathlib import Path

from rectify_tui.errors import Refusal
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.output import write
from rectify_tui.reports.queue import queue_notes, queue_table
from rectify_tui.reports.table import Format
from rectify_tui.tui.queue.lines import QueueLines
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session

FORMATS: Mapping[str, Format] = {".csv": "csv", ".md": "md", ".json": "json", ".txt": "table"}
"""The format that a file's ending tells."""


def ask_to_export(session: Session, lines: QueueLines) -> None:
    """Ask for a file, and write the queue to it."""
    loaded, t = lines.loaded, session.t
    if loaded is None or not loaded.read().ids:
        session.tell(Refusal("queue_screen.nothing_to_save"))
        return
    queue = loaded.read().queue

    def make(path: Path) -> bytes:
        entries, out = loaded.entries(0, loaded.count()), StringIO(newline="")
        simulated = any(entry.row.simulated for entry in entries)
        notes = queue_notes(queue, t, listed=len(entries), simulated=simulated)
        table = queue_table(entries, queue, t, notes)
        write(table, FORMATS[path.suffix.lower()], out, ascii=session.ascii)
        return out.getvalue().encode("utf-8")

    endings = list(FORMATS)
    name = safe_name(f"{t('keys.app.queue')}-{session.day}") + endings[0]
    ask_to_save(session, t("queue_screen.ask_export"), name, endings, make)
