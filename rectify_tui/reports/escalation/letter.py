"""The letter that goes with a step: its wording and its items, as a document to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.citing import CitedFor
from rectify_tui.domain.fields import Shown
from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.escalation.citing import CitedItem, facts
from rectify_tui.reports.escalation.settings import Wording
from rectify_tui.reports.item_cells import item_cells
from rectify_tui.reports.table import Column, Table, shown
from rectify_tui.reports.weekly.item_columns import BEHIND, ListedItem
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.docx import Writer

_ENDINGS = ("。", ".", "！", "!", "？", "?", "；", ";")
_OWN = ("schedule", "days_overdue", "days_behind")
"""What stands beside the fields: the other fact, and for how long each has held."""
_AFTER = "deadline"
_SAID_ELSEWHERE = frozenset({"due_on", "since"})
"""Fields that the deadline and the days behind say better."""
_ALWAYS = frozenset({"ref", "problem", "status", "deadline", *_OWN[:2]})


@dataclass(frozen=True)
class Letter:
    """What a letter says, towards whom, as of which day.

    It reads as the messages under `usual` say, which are those of its step unless it goes with
    something else.
    """

    step: EscalationStep
    name: str
    day: date
    due_on: date | None
    cause: str
    office: str
    items: tuple[CitedItem, ...]
    usual: str = ""


def write_letter(letter: Letter, wording: Wording, t: Language) -> bytes:
    """The letter as DOCX, in the wording of the office, or the usual one."""
    return LetterWriter(_report(letter, wording, t), letter.name).written()


class LetterWriter(Writer):
    """A letter has an addressee, whose `name` stands above it, and no period."""

    def __init__(self, report: Report, name: str) -> None:
        self.name = name
        super().__init__(report)

    def opening(self) -> None:
        """Title, addressee and text."""
        self.say(words.line(self.report.title), "Title")
        self.say(self.t("escalation.letter.addressee", name=words.line(self.name)), "Normal")
        for text in self.report.paragraphs:
            self.say(words.plain(text), "Body Text")
        self.sign()

    def closing(self) -> None:
        """Nothing: a letter is signed before its annex."""


def _report(letter: Letter, wording: Wording, t: Language) -> Report:
    usual = letter.usual or f"escalation.letter.{letter.step}"
    due = labels.spoken_day(t, letter.due_on) if letter.due_on else ""
    blanks = {
        "name": letter.name, "day": labels.spoken_day(t, letter.day), "n": len(letter.items),
        "due": due, "cause": _sentence(letter.cause, t), "facts": facts(letter.items, t),
    }  # fmt: skip
    text = wording.text.format(**blanks) if wording.text else t(f"{usual}.text", **blanks)
    paragraphs = text.strip().split("\n")
    if wording.text and "{facts}" not in wording.text and _mixed(letter):
        paragraphs.append(t("escalation.letter.of_which", **blanks))
    if due and wording.text is None:
        paragraphs.append(t("escalation.letter.asked", due=due))
    title = wording.title.format(**blanks) if wording.title else t(f"{usual}.title")
    annex = Section("items", t("escalation.letter.attachment"), _items(letter, t))
    period = Period(PeriodKind.WEEK, letter.day, letter.day)
    return Report(
        t.code, title, period, "", letter.office, tuple(paragraphs), (annex,), None, ()
    )  # fmt: skip


def _mixed(letter: Letter) -> bool:
    """Whether an office's own sentence, which speaks of what is behind, may not hold of all."""
    return any(item.why is not CitedFor.BEHIND for item in letter.items)


def _sentence(cause: str, t: Language) -> str:
    """A cause as a sentence that others may follow."""
    cause = cause.strip()
    if not cause:
        return ""
    if not cause.endswith(_ENDINGS):
        cause += "。" if t.code == "zh" else "."
    return cause if t.code == "zh" else f"{cause} "


def _items(letter: Letter, t: Language) -> Table:
    """What is declared of items for letters, and both facts; what no item has is left out."""
    cells = item_cells(Shown.LETTER)
    rows = [
        {name: field.cell(item.row, t) for name, field in cells.items()} | _beside(item, letter, t)
        for item in letter.items
    ]
    columns = []
    for name, field in cells.items():
        if name not in _SAID_ELSEWHERE:
            columns.append(Column(name, t(field.title), field.kind))
        if name == _AFTER:
            columns += [Column(own, t(BEHIND[own].title), BEHIND[own].kind) for own in _OWN]
    filled = [each for each in columns if each.key in _ALWAYS or _told(each, rows)]
    return Table(t("escalation.letter.attachment"), tuple(filled), rows)


def _beside(item: CitedItem, letter: Letter, t: Language) -> dict[str, object]:
    line = ListedItem(letter.day, item.row, item.marked, behind=item.behind)
    own = {name: BEHIND[name].cell(line, t) for name in _OWN}
    status = BEHIND["status"].cell(line, t) if item.behind else None
    return own | ({"status": status} if status else {})


def _told(column: Column, rows: list[dict[str, object]]) -> bool:
    return any(shown(row.get(column.key), column.kind) for row in rows)
