"""The letter that goes with a step: its wording and its items, as a document to be signed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.escalation.settings import Wording
from rectify_tui.reports.table import Column, Table
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.docx import Writer
from rectify_tui.store.behind import BehindItem
from rectify_tui.store.items import ItemRow

_ENDINGS = ("。", ".", "！", "!", "？", "?", "；", ";")


@dataclass(frozen=True)
class Letter:
    """What a letter says. `since` tells of each item behind since when, as ISO text."""

    step: EscalationStep
    name: str
    day: date
    due_on: date | None
    cause: str
    office: str
    rows: tuple[ItemRow, ...]
    since: dict[int, str]


def since_of(behind: Iterable[BehindItem]) -> dict[int, str]:
    """Since when each item is behind."""
    return {each.row.id: each.since for each in behind}


def write_letter(letter: Letter, wording: Wording, t: Language) -> bytes:
    """The letter as DOCX, in the wording of the office, or the usual one."""
    return _LetterWriter(_report(letter, wording, t), letter).written()


class _LetterWriter(Writer):
    """A letter has an addressee and no period."""

    def __init__(self, report: Report, letter: Letter) -> None:
        self.letter = letter
        super().__init__(report)

    def opening(self) -> None:
        """Title, addressee and text."""
        self.say(words.line(self.report.title), "Title")
        self.say(self.t("escalation.letter.addressee", name=words.line(self.letter.name)), "Normal")
        for text in self.report.paragraphs:
            self.say(words.plain(text), "Body Text")


def _report(letter: Letter, wording: Wording, t: Language) -> Report:
    usual = f"escalation.letter.{letter.step}"
    due = words.spoken_day(t, letter.due_on) if letter.due_on else ""
    blanks = {
        "name": letter.name, "day": words.spoken_day(t, letter.day), "n": len(letter.rows),
        "due": due, "cause": _sentence(letter.cause, t),
    }  # fmt: skip
    text = wording.text.format(**blanks) if wording.text else t(f"{usual}.text", **blanks)
    paragraphs = text.strip().split("\n")
    if due and wording.text is None:
        paragraphs.append(t("escalation.letter.asked", due=due))
    title = wording.title.format(**blanks) if wording.title else t(f"{usual}.title")
    annex = Section("items", t("escalation.letter.attachment"), _items(letter, t))
    period = Period(PeriodKind.WEEK, letter.day, letter.day)
    return Report(
        t.code, title, period, "", letter.office, tuple(paragraphs), (annex,), None, ()
    )  # fmt: skip


def _sentence(cause: str, t: Language) -> str:
    """A cause as a sentence that others may follow."""
    cause = cause.strip()
    if not cause:
        return ""
    if not cause.endswith(_ENDINGS):
        cause += "。" if t.code == "zh" else "."
    return cause if t.code == "zh" else f"{cause} "


def _items(letter: Letter, t: Language) -> Table:
    rows = []
    for row in letter.rows:
        since = letter.since.get(row.id)
        rows.append(
            {
                "ref": row.ref,
                "problem": labels.marked(
                    t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated
                ),
                "responsible": row.responsible,
                "deadline": row.deadline or row.due_on,
                "status": labels.status(t, row.status),
                "behind_since": since,
                "days": (letter.day - date.fromisoformat(since)).days if since else None,
            }
        )
    own = {"behind_since": "date", "days": "count"}
    wanted = (
        *labels.columns(t, ("ref", labels.WHOLE), "problem", "responsible", "deadline", "status"),
        *(Column(key, t(f"escalation.letter.{key}"), kind) for key, kind in own.items()),  # type: ignore[arg-type]  # both are kinds
    )
    return Table(t("escalation.letter.attachment"), wanted, rows)
