"""What has to be pointed out of files that were just kept as evidence."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.reports.evidence import pointed_out
from rectify_tui.store.draft import Draft
from rectify_tui.tui.session import Session


class OddFiles:
    """Finds while a change is written what is odd of its files, and says so when it came through.

    The same file used before, or one that says another day or place than was stated.
    """

    def __init__(self, session: Session) -> None:
        self.session = session
        self._found = ""

    def look_at(self, draft: Draft, evidence: Sequence[int]) -> None:
        """In a thread: look at the records of evidence that a draft has just made."""
        if not evidence:
            return
        draft.flush()
        if odd := pointed_out(draft.connection, evidence, self.session.t):
            self._found = self.session.t("evidence.note", text=odd[0])

    def tell(self, _: object = None) -> None:
        """Say what was found, once."""
        if self._found:
            self.session.tell(self._found)
            self._found = ""
