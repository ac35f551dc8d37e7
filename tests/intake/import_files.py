"""Files to import, and a desk that imports them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import xlsxwriter
from moving_clock import Clock
from taking import Imported, take_import

from rectify_tui.i18n import Language
from rectify_tui.intake.importing.prepare import prepare
from rectify_tui.intake.importing.propose import propose
from rectify_tui.intake.importing.request import ImportRequest, PreparedImport
from rectify_tui.intake.lines import line_sentences
from rectify_tui.intake.model import Proposal, ProposedLine
from rectify_tui.intake.reading.book import open_book
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.cases import add_case
from rectify_tui.store.commands.items import add_item, merge_items
from rectify_tui.store.commands.places import NewProgramme, add_programme, add_region
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.regions import one_region

ZH = Language("zh")


def write_csv(path: Path, rows: Sequence[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(rows)
    return path


def write_xlsx(path: Path, rows: Sequence[Sequence[Any]], sheet: str = "台账") -> Path:
    workbook = xlsxwriter.Workbook(path, {"strings_to_formulas": False})
    page = workbook.add_worksheet(sheet)
    day = workbook.add_format({"num_format": "yyyy/m/d"})
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            if isinstance(value, date):
                page.write_datetime(r, c, datetime(value.year, value.month, value.day), day)
            elif value is not None:
                page.write(r, c, value)
    workbook.close()
    return path


ITEMS = {
    "1": "completed", "2": "completed", "3": "completed", "12": "on_schedule",
    "13": "on_schedule", "45": "on_schedule", "46": "behind",
}  # fmt: skip


def build_office(path: Path, clock: Clock) -> None:
    """Put three programmes, a few items, a case and a zone into a store with regions."""
    ledger = Ledger(path, clock=clock)
    with ledger.batch("seed") as writing:
        draft = writing.draft
        find = draft.connection
        for code, name, place, year in PROGRAMMES:
            region = one_region(find, place).id
            add_programme(draft, NewProgramme(code, name, region, year), on=CUTOFF)
        for number, status in ITEMS.items():
            add_item(draft, 2, number, {"problem": f"{number}号问题", "status": status}, on=CUTOFF)
        for number in ("1", "33"):
            add_item(draft, 1, number, {"status": "completed"}, on=CUTOFF)
        draft.flush()
        merge_items(draft, [9], Target(2), on=CUTOFF)
        add_case(draft, 2, "1", {"complaint": "异味"}, on=CUTOFF)
        yuncheng = one_region(find, "运城市").id
        add_region(draft, "运城市经济技术开发区", yuncheng, "zone")
    ledger.close()


CUTOFF = date(2019, 12, 31)
PROGRAMMES = (
    ("HLJ-2016", "黑龙江省2016年中央环保督察整改方案", "黑龙江省", 2016),
    ("HLJ-2018", "黑龙江省“回头看”整改方案", "黑龙江省", 2018),
    ("SX-2019-PROJECTS", "山西省水污染防治重点工程", "山西省", 2019),
)


def open_desk(regions_store: Path, folder: Path, clock: Clock) -> Desk:
    """A desk over an office of its own."""
    path = folder / "ledger.db"
    if not (built := regions_store.with_name("office.db")).exists():
        part = folder / "part.db"
        shutil.copy(regions_store, part)
        build_office(part, clock)
        part.replace(built)
    shutil.copy(built, path)
    return Desk(Ledger(path, clock=clock), folder)


class Desk:
    """Imports files into one ledger."""

    def __init__(self, ledger: Ledger, folder: Path) -> None:
        self.ledger = ledger
        self.folder = folder
        self.config = folder / "config"

    def file(self, *rows: Sequence[object], name: str = "台账.csv") -> Path:
        path = self.folder / name
        return write_xlsx(path, rows) if path.suffix == ".xlsx" else write_csv(path, rows)

    def request(self, **asked: Any) -> ImportRequest:
        asked.setdefault("programme", "HLJ-2018")
        return ImportRequest(self.config, **asked)

    def prepare(self, *rows: Sequence[object], **asked: Any) -> PreparedImport:
        book = open_book(self.file(*rows, name=asked.pop("name", "台账.csv")))
        return prepare(self.ledger.reader(), book, self.request(**asked), self.ledger.today())

    def propose(self, *rows: Sequence[object], **asked: Any) -> Proposal:
        prepared = self.prepare(*rows, **asked)
        return propose(self.ledger.reader(), prepared, self.ledger.today())

    def take(self, *rows: Sequence[object], **asked: Any) -> Imported:
        accept = asked.pop("accept", None)
        path = self.file(*rows, name=asked.pop("name", "台账.csv"))
        return take_import(
            self.ledger, path, self.request(**asked), on_behalf="王工", accept=accept
        )

    def one(self, *rows: Sequence[object], **asked: Any) -> ProposedLine:
        """The only line of a file."""
        (line,) = self.propose(*rows, **asked).lines
        return line

    def item(self, number: str, code: str = "HLJ-2018") -> Mapping[str, Any]:
        return self._record("item", code, number)

    def case(self, number: str, code: str = "HLJ-2018") -> Mapping[str, Any]:
        return self._record("complaint_case", code, number)

    def _record(self, table: str, code: str, number: str) -> Mapping[str, Any]:
        (row,) = self.rows(
            f"SELECT r.* FROM {table} r JOIN programme p ON p.id = r.programme_id"
            " WHERE p.code = ? AND r.number = ?",
            code, number,
        )  # fmt: skip
        return row

    def rows(self, query: str, *values: object) -> list[Mapping[str, Any]]:
        cursor = self.ledger.reader().execute(query, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]

    def has_item(self, number: str, code: str = "HLJ-2018") -> bool:
        query = (
            "SELECT 1 FROM item JOIN programme p ON p.id = programme_id"
            " WHERE p.code = ? AND number = ?"
        )
        return bool(self.rows(query, code, number))

    def code(self, id: int) -> str:
        return self.rows("SELECT code FROM region WHERE id = ?", id)[0]["code"]

    def region(self, id: int) -> str:
        return self.rows("SELECT name FROM region WHERE id = ?", id)[0]["name"]

    def unit(self, id: int) -> str:
        return self.rows("SELECT name FROM unit WHERE id = ?", id)[0]["name"]

    def sound(self) -> bool:
        return all(finding.ok for finding in run_checks(self.ledger.reader()))


def reasons(taken: Imported) -> list[str]:
    """Why lines were rejected, in Chinese."""
    return [line_sentences(line, ZH) for line in taken.rejected]


def codes(line: ProposedLine) -> list[str]:
    return [finding.code for finding in line.findings]
