"""The public notice before items are struck off (销号公示), as a document and as a page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.closeout import Notice, Stage
from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports import labels
from rectify_tui.reports.closeout import closure_of_row
from rectify_tui.reports.table import Table
from rectify_tui.reports.weekly import settings as weekly
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.docx import Writer
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.programmes import procedures, programme_codes

FORMATS = ("docx", "html")
"""What a notice is written as, by the ending of its file."""


@dataclass(frozen=True)
class PublicNotice:
    """Which items are made public from which day, and until when anybody may object.

    `contact` is where objections go, as the office writes it; it may be empty.
    """

    items: Sequence[ItemRow]
    day: date
    until: date
    term: Notice
    office: str
    contact: str = ""


def notice_of(connection: Connection, ids: Sequence[int], *, contact: str = "") -> PublicNotice:
    """The notice of items that are made public at present, signed by the office.

    Raises `Problem` where one is not, or where their notices do not run for the same days.
    """
    rules, codes = procedures(connection), programme_codes(connection)
    by_code = {code: id for id, code in codes.items()}
    rows = item_rows(connection, list(ids))
    terms = set()
    for row in rows:
        closure = closure_of_row(row)
        if closure.since is None or closure.notice_until is None:
            raise Problem("closeout.notice.not_published", ref=row.ref)
        if closure.stage is not Stage.PUBLISHED:
            raise Problem("closeout.notice.not_published", ref=row.ref)
        term = rules[by_code[row.programme]].notice
        terms.add((closure.since, closure.notice_until, term))
    if len(terms) != 1:
        raise Problem("closeout.notice.several_terms")
    ((day, until, term),) = terms
    office = weekly.read_settings(config_folder() / weekly.FILE).office
    return PublicNotice(rows, day, until, term, office, contact)


def write_notice(notice: PublicNotice, format: str, t: Language) -> bytes:
    """The notice as DOCX or HTML. Raises `Problem` for another format."""
    if format not in FORMATS:
        raise Problem("closeout.notice.bad_format", format=format, known=", ".join(FORMATS))
    report = _report(notice, t)
    if format == "docx":
        return _NoticeWriter(report).written()
    from rectify_tui.reports.weekly.render import html

    return html.write(report, below_title=report.period_name)


class _NoticeWriter(Writer):
    """A notice has no period, and is signed before its annex."""

    def opening(self) -> None:
        """Title and text."""
        self.say(words.line(self.report.title), "Title")
        for text in self.report.paragraphs:
            self.say(words.plain(text), "Body Text")
        self.sign()

    def closing(self) -> None:
        """Nothing."""


def _report(notice: PublicNotice, t: Language) -> Report:
    blanks = {
        "n": len(notice.items), "day": labels.spoken_day(t, notice.day),
        "until": labels.spoken_day(t, notice.until), "term": labels.notice_text(t, notice.term),
        "office": notice.office or t("closeout.notice.office"), "contact": notice.contact,
    }  # fmt: skip
    text = [t("closeout.notice.text", **blanks), t("closeout.notice.objections", **blanks)]
    if notice.contact:
        text.append(t("closeout.notice.contact", **blanks))
    annex = Section("items", t("closeout.notice.annex"), _items(notice.items, t))
    title = t("closeout.notice.title")
    span = t("closeout.notice.span", **blanks)
    period = Period(PeriodKind.WEEK, notice.day, notice.day)
    return Report(t.code, title, period, span, notice.office, tuple(text), (annex,), None, ())


def _items(rows: Sequence[ItemRow], t: Language) -> Table:
    lines = [
        {
            "ref": row.ref, "problem": row.problem, "goal": row.goal,
            "region": labels.place(t, row.region, row.region_en), "responsible": row.responsible,
            "done_on": row.since,
        }
        for row in rows
    ]  # fmt: skip
    wanted = labels.columns(
        t, ("ref", labels.WHOLE), "problem", "goal", "region", "responsible", ("done_on", "date")
    )
    kept = tuple(c for c in wanted if any(line.get(c.key) for line in lines))
    return Table(t("closeout.notice.annex"), kept, lines)
