"""Writing the queue to a file, as it is on the screen."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

from rectify_tui.errors import Refusal
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.formats import FILES, TABLE_BY_ENDING
from rectify_tui.reports.output import write
from rectify_tui.reports.queue import queue_notes, queue_table
from rectify_tui.tui.queue.lines import QueueLines
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session


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
        table = queue_table(entries, queue.query, t, notes)
        write(table, TABLE_BY_ENDING[path.suffix.lower()], out, ascii=session.ascii)
        return out.getvalue().encode("utf-8")

    name = safe_name(f"{t('keys.app.queue')}-{session.day}") + FILES["csv"].endings[0]
    question = t("queue_screen.ask_export")
    ask_to_save(session, question, name, list(TABLE_BY_ENDING), make, private=True)
