"""The letter of a step that was taken before, as of the day on which it was."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.i18n import Language
from rectify_tui.reports.escalation.citing import cite
from rectify_tui.reports.escalation.letter import Letter, write_letter
from rectify_tui.reports.escalation.settings import EscalationSettings, Wording
from rectify_tui.reports.escalation.tables import towards
from rectify_tui.store.behind import BehindItem, behind_items
from rectify_tui.store.connection import Connection
from rectify_tui.store.escalations import Escalation, entered_on


class LettersTaken:
    """Writes the letters of steps; what was behind on a day is read once for all of that day."""

    def __init__(
        self, connection: Connection, settings: EscalationSettings, office: str, t: Language
    ) -> None:
        self.connection = connection
        self.settings = settings
        self.office = office
        self.t = t
        self._behind: dict[date, list[BehindItem]] = {}

    def write(self, each: Escalation) -> bytes:
        """The letter as DOCX, with the items as they stood then.

        A step of which no day was published is put to the day of which it was entered.
        """
        day = date.fromisoformat(each.issued_on or entered_on(self.connection, each.id))
        if day not in self._behind:
            self._behind[day] = behind_items(self.connection, day)
        step = EscalationStep(each.step)
        cited = cite(self.connection, each.item_ids, step, day, self._behind[day])
        due = date.fromisoformat(each.due_on) if each.due_on else None
        letter = Letter(
            step, towards(each, self.t), day, due, each.cause or "", each.issuer or self.office,
            cited.items,
        )  # fmt: skip
        return write_letter(letter, self.settings.wording.get(step, Wording()), self.t)
