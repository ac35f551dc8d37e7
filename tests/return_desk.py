"""A ledger with items of two cities, the returns made from it, and hands that fill them in."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.model import Proposal, ProposedLine
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.returns import mark
from rectify_tui.intake.returns.columns import column_called
from rectify_tui.intake.returns.lines import finding_text
from rectify_tui.intake.returns.make import MakeRequest, make_returns
from rectify_tui.intake.returns.rows import read_return
from rectify_tui.intake.returns.together import check_received
from rectify_tui.store.commands.items import add_item, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region

CUTOFF = date(2020, 3, 6)
ZH = Language("zh")

DAQING = {
    "1": {"status": "on_schedule", "progress": "40", "note": "管网在建", "deadline": "2020年底前"},
    "2": {"status": "behind", "progress": "20", "reason": "资金未到位", "next_step": "申请贷款",
          "next_on": "2020-05-01", "deadline": "2020年3月底前"},
    "3": {"status": "basically_completed", "progress": "95", "deadline": "2020年6月底前"},
    "4": {"status": "on_schedule", "deadline": "2020年2月底前", "responsible": "大庆市水务局"},
    "5": {"status": "not_started", "progress": "0", "problem": "畜禽养殖\n未清退"},
}  # fmt: skip
HARBIN = {"6": {"status": "behind", "progress": "10"}, "7": {"status": "ahead", "progress": "60"}}


def build(ledger: Ledger) -> None:
    """Programme P-1 with items 1 to 5 in Daqing and 6 to 7 in Harbin."""
    with ledger.batch("add", who="甲") as writing:
        draft = writing.draft
        region = one_region(draft.connection, "黑龙江").id
        programme = add_programme(draft, NewProgramme("P-1", "试点方案", region, 2020))
        for city, items in (("大庆市", DAQING), ("哈尔滨市", HARBIN)):
            for number, fields in items.items():
                given = {"problem": f"问题{number}", "region": city, **fields}
                add_item(draft, programme, number, given, on=date(2020, 1, 10))


def put(ledger: Ledger, number: str, *, on: date | None = None, **fields: str) -> None:
    """Set fields of an item, as the office does."""
    with ledger.batch("set", who="乙") as writing:
        set_items(writing.draft, [id_of(ledger, number)], fields, on=on)


def id_of(ledger: Ledger, number: str) -> int:
    row = ledger.reader().execute("SELECT id FROM item WHERE number = ?", [number]).fetchone()
    return int(row[0])


def now(ledger: Ledger, number: str) -> dict[str, object]:
    """What the ledger has of an item."""
    cursor = ledger.reader().execute("SELECT * FROM item WHERE number = ?", [number])
    names = [column[0] for column in cursor.description]
    return dict(zip(names, cursor.fetchone(), strict=True))


def send(ledger: Ledger, folder: Path, cutoff: date = CUTOFF, t: Language = ZH) -> dict[str, Path]:
    """Make the returns of a week; files by place."""
    request = MakeRequest("city", None, None, cutoff, max(cutoff, ledger.today()))
    made = make_returns(ledger, request, folder, t, "甲")
    return {each.place: each.path for each in made.files}


class Filled:
    """A return that somebody fills in with a spreadsheet program."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.book = openpyxl.load_workbook(path)
        self.sheet: Worksheet = self.book.worksheets[0]
        self.head = next(
            row[0].row
            for row in self.sheet.iter_rows()
            if any(column_called(str(cell.value)) for cell in row)
        )

    @property
    def columns(self) -> dict[str, int]:
        """Columns (from 1) by name."""
        cells = self.sheet[self.head]
        return {name: cell.column for cell in cells if (name := column_called(str(cell.value)))}

    def row(self, number: str) -> int:
        """The row of an item."""
        for row in range(self.head + 1, self.sheet.max_row + 1):
            if self.sheet.cell(row, self.columns["ref"]).value == f"P-1/{number}":
                return row
        raise KeyError(number)

    def set(self, number: str, **cells: object) -> Filled:
        """Write into cells of an item's row."""
        row = self.row(number)
        for name, value in cells.items():
            self.sheet.cell(row, self.columns[name]).value = value
        return self

    def get(self, number: str, name: str) -> object:
        return self.sheet.cell(self.row(number), self.columns[name]).value

    def delete_column(self, *names: str) -> Filled:
        self._unmerge()
        for name in names:
            self.sheet.delete_cols(self.columns[name])
        return self

    def delete_row(self, number: str) -> Filled:
        self._unmerge()
        self.sheet.delete_rows(self.row(number))
        return self

    def drop_hidden(self) -> Filled:
        """Lose the hidden sheet, as some programs do."""
        del self.book[mark.SHEET]
        return self

    def order(self, key: Callable[[list[object]], object]) -> Filled:
        """Sort the rows, marks and all."""
        rows = [[cell.value for cell in row] for row in self.sheet.iter_rows(self.head + 1)]
        for at, row in enumerate(sorted(rows, key=key), self.head + 1):
            for column, value in enumerate(row, 1):
                self.sheet.cell(at, column).value = value
        return self

    def reverse_columns(self) -> Filled:
        self._unmerge()
        for row in self.sheet.iter_rows(self.head):
            values = [cell.value for cell in row][::-1]
            for cell, value in zip(row, values, strict=True):
                cell.value = value
        return self

    def copy_row(self, number: str, **cells: object) -> Filled:
        """Put a copy of a row at the end, marks and all, and write into it."""
        row, last = self.row(number), self.sheet.max_row + 1
        for column in range(1, self.sheet.max_column + 1):
            self.sheet.cell(last, column).value = self.sheet.cell(row, column).value
        for name, value in cells.items():
            self.sheet.cell(last, self.columns[name]).value = value
        return self

    def save(self, path: Path | None = None) -> Path:
        self.book.save(path or self.path)
        return path or self.path

    def save_csv(self, path: Path) -> Path:
        """What a spreadsheet program writes as CSV: the first sheet only."""
        with path.open("w", encoding="utf-8-sig", newline="") as out:
            csv.writer(out).writerows(
                ["" if cell.value is None else _shown(cell.value) for cell in row]
                for row in self.sheet.iter_rows()
            )
        return path

    def _unmerge(self) -> None:
        for merged in list(self.sheet.merged_cells.ranges):
            self.sheet.unmerge_cells(str(merged))


def _shown(value: object) -> str:
    return f"{value:%Y/%m/%d}" if isinstance(value, date) else str(value)


def check(ledger: Ledger, path: Path) -> Proposal:
    (proposal,) = check_all(ledger, path)
    return proposal


def check_all(ledger: Ledger, *paths: Path) -> list[Proposal]:
    """What returns propose, also held against one another."""
    received = [read_return(open_book(path)) for path in paths]
    checked = check_received(ledger.reader(), received, ledger.today())
    return [each.proposal for each in checked]


def line(proposal: Proposal, number: str) -> ProposedLine:
    """The one line of an item."""
    (found,) = [each for each in proposal.lines if each.ref == f"P-1/{number}"]
    return found


def codes(found: ProposedLine | Proposal) -> list[str]:
    """What was found about a line or a file, for all of which there are words."""
    findings: Iterable = found.remarks if isinstance(found, Proposal) else found.findings
    for finding in findings:
        for language in LANGUAGES:
            said = finding_text(finding, Language(language))
            assert not re.search(r"[{}]|None|_|\bconflict$|\bemptied$", said), (finding, said)
    return [finding.code for finding in findings]


def changes(found: ProposedLine) -> dict[str, tuple[object, object]]:
    return {change.field: (change.before, change.after) for change in found.changes}


def verdicts(proposal: Proposal) -> dict[str, str]:
    """Verdicts by the number of the item."""
    return {each.ref.partition("/")[2]: each.verdict.value for each in proposal.lines}
