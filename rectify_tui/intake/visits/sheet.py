"""The sheet that a team takes along: as a workbook to be filled in, or as a document on paper.

Behind the lines stand how they were drawn and the whole population, so that anybody who has the
sheet can make the draw again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from rectify_tui.domain.text import safe_text
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.visits.columns import LOCKED, OPEN, POPULATION
from rectify_tui.reports.draws import how_drawn, share_text
from rectify_tui.reports.formats import FILES
from rectify_tui.store.connection import Connection
from rectify_tui.store.draws import Draw
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.population import counties

XLSX, DOCX = FILES["xlsx"].endings[0], FILES["docx"].endings[0]
_WIDTHS = {
    "ref": 14, "county": 16, "responsible": 18, "problem": 40, "status": 12, "since": 12,
    "result": 12, "on": 13, "person": 12, "team": 12, "position": 20, "findings": 40,
}  # fmt: skip
_HEADINGS = 3
_LAST_ROW = 1_048_575


@dataclass(frozen=True)
class VisitSheet:
    """The items to be visited, by county, the teams that they are shared among, and their draw."""

    rows: Sequence[tuple[str, ItemRow]]
    day: date
    teams: Sequence[str] = ()
    draw: Draw | None = None
    office: str = ""

    def lines(self, t: Language) -> list[dict[str, str]]:
        """The cells of the locked columns, and the team where there are any."""
        rows = sorted(self.rows, key=lambda row: row[0])
        teams = share(rows, self.teams)
        return [
            {
                "ref": row.ref, "county": county, "responsible": row.responsible or "",
                "problem": row.problem, "status": t(f"status.item.{row.status}"),
                "since": row.since, "team": team,
            }
            for (county, row), team in zip(rows, teams, strict=True)
        ]  # fmt: skip

    def title(self, t: Language) -> str:
        """What stands above."""
        return t("visit.sheet.titled", code=self.draw.code) if self.draw else t("visit.sheet.title")


def share(rows: Sequence[tuple[str, ItemRow]], teams: Sequence[str]) -> list[str]:
    """The team of each row, whose counties follow one another: equal shares, counties whole.

    A county goes to the team whose share its middle falls into, so it is never cut.
    """
    if not teams:
        return [""] * len(rows)
    counts: dict[str, int] = {}
    for county, _ in rows:
        counts[county] = counts.get(county, 0) + 1
    team_of: dict[str, str] = {}
    before = 0
    for county, n in counts.items():
        team_of[county] = teams[
            min(len(teams) - 1, (2 * before + n) * len(teams) // (2 * len(rows)))
        ]
        before += n
    return [team_of[county] for county, _ in rows]


def sheet_for(
    connection: Connection, ids: list[int], day: date, teams: Sequence[str] = (),
    draw: Draw | None = None,
) -> VisitSheet:  # fmt: skip
    """The sheet for visits to some items, which a draw may have taken."""
    with connection.snapshot():
        lies_in = counties(connection, ids)
        rows = [(lies_in[row.id], row) for row in item_rows(connection, ids)]
    return VisitSheet(rows, day, teams, draw)


def visit_sheet(path: Path, sheet: VisitSheet, t: Language) -> bytes:
    """The sheet as the content of a file of that name. Raises `Problem` for another ending."""
    if not sheet.rows:
        raise Problem("visit.sheet.nothing")
    ending = path.suffix.lower()
    if ending == XLSX:
        return _Workbook(sheet, t).written()
    if ending == DOCX:
        from rectify_tui.intake.visits.paper import visit_document

        return visit_document(sheet, t)
    raise Problem("visit.sheet.bad_ending", ending=ending or path.name)


def population_lines(draw: Draw) -> Iterable[Mapping[str, str]]:
    """The population of a draw, with what was drawn of it, by the names of its columns."""
    taken = set(draw.sample.refs) if draw.sample else set()
    for line in draw.lines:
        yield {
            "ref": line.ref, "county": line.county, "whole": line.whole or "",
            "watched": "1" if line.watched else "", "taken": "1" if line.ref in taken else "",
        }  # fmt: skip


def facts(draw: Draw) -> list[tuple[str, str]]:
    """What a draw was made with, by names that every language shares."""
    return [
        ("code", draw.code), ("head", draw.head), ("nonce", draw.nonce or ""),
        ("digest", draw.digest), ("tolerable", share_text(draw.tolerable)),
        ("confidence", share_text(draw.confidence)),
        ("seed", draw.sample.seed if draw.sample else ""),
    ]  # fmt: skip


class _Workbook:
    """The workbook in the making; all of it is text, so that nothing is a formula."""

    def __init__(self, sheet: VisitSheet, t: Language) -> None:
        import xlsxwriter  # type: ignore[import-untyped]  # it says nothing about its types

        self.sheet = sheet
        self.t = t
        self._out = BytesIO()
        self._book = xlsxwriter.Workbook(self._out, {"in_memory": True})
        day = sheet.day
        created = datetime(day.year, day.month, day.day)
        self._book.set_properties({"title": sheet.title(t), "created": created})
        font = {"font_name": t("render.font"), "font_size": 11, "valign": "vcenter"}
        frame = {**font, "border": 1, "border_color": "#A6B0BA", "text_wrap": True}
        self._looks: dict[str, Any] = {
            name: self._book.add_format({**base, **look})
            for name, base, look in (
                ("title", font, {"bold": True, "font_size": 16}), ("plain", font, {}),
                ("locked_head", frame, {"bold": True, "bg_color": "#D5DADF"}),
                ("open_head", frame, {"bold": True, "bg_color": "#FFE8B3"}),
                ("locked", frame, {"bg_color": "#ECEEF0", "num_format": "@"}),
                ("open", frame, {"locked": False, "num_format": "@"}),
                ("day", frame, {"locked": False, "num_format": "yyyy-mm-dd"}),
            )
        }  # fmt: skip

    def written(self) -> bytes:
        """The bytes of the workbook."""
        self._lines()
        if self.sheet.draw is not None and not self.sheet.draw.whole:  # else nothing was drawn
            self._about(self.sheet.draw)
            self._list(self.sheet.draw)
        self._book.close()
        return self._out.getvalue()

    def _lines(self) -> None:
        t, page = self.t, self._book.add_worksheet(self.t("visit.sheet.name"))
        names = {**LOCKED, **OPEN}
        page.write_string(0, 0, self.sheet.title(t), self._looks["title"])
        page.write_string(1, 0, t("visit.sheet.hint"), self._looks["plain"])
        for at, (name, key) in enumerate(names.items()):
            page.set_column(at, at, _WIDTHS[name])
            look = self._looks["open_head" if name in OPEN else "locked_head"]
            page.write_string(_HEADINGS, at, t(key), look)
        lines = self.sheet.lines(t)
        for y, line in enumerate(lines, _HEADINGS + 1):
            for x, name in enumerate(names):
                text = safe_text(line.get(name, ""))
                look = "locked" if name in LOCKED else "day" if name == "on" else "open"
                if text:
                    page.write_string(y, x, text, self._looks[look])
                else:
                    page.write_blank(y, x, None, self._looks[look])
        last = _HEADINGS + len(lines)
        words = [t(f"visit.result.{result}") for result in ("confirmed", "refuted")]
        at = list(names).index("result")
        page.data_validation(_HEADINGS + 1, at, last, at, {"validate": "list", "source": words})
        page.freeze_panes(_HEADINGS + 1, 1)
        page.autofilter(_HEADINGS, 0, last, len(names) - 1)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(_HEADINGS)
        page.protect("", {"format_columns": True, "format_rows": True, "sort": True,
                          "autofilter": True})  # fmt: skip

    def _about(self, draw: Draw) -> None:
        page = self._book.add_worksheet(self.t("visit.sheet.about"))
        page.set_column(0, 0, 14)
        page.set_column(1, 1, 80)
        for y, (name, text) in enumerate(facts(draw)):
            page.write_string(y, 0, name, self._looks["plain"])
            page.write_string(y, 1, safe_text(text), self._looks["plain"])
        for y, text in enumerate(how_drawn(draw, self.t), len(facts(draw)) + 1):
            page.write_string(y, 0, safe_text(text), self._looks["plain"])

    def _list(self, draw: Draw) -> None:
        page = self._book.add_worksheet(self.t("visit.sheet.population"))
        for x, key in enumerate(POPULATION.values()):
            page.set_column(x, x, 18)
            page.write_string(0, x, self.t(key), self._looks["locked_head"])
        for y, line in enumerate(population_lines(draw), 1):
            if y > _LAST_ROW:
                break
            for x, name in enumerate(POPULATION):
                page.write_string(y, x, safe_text(line[name]), self._looks["plain"])
