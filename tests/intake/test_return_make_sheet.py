"""A return as other programs see it: its cells, what may be filled in, and what is hidden."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from python_calamine import CalamineWorkbook, SheetVisibleEnum
from return_office import EN, FRIDAY, ZH, make, open_office

from rectify_tui.intake.returns.book import Imprint
from rectify_tui.intake.returns.columns import (
    ANSWERS,
    COLUMNS,
    OPEN,
    find_columns,
    heading,
)
from rectify_tui.intake.returns.form_page import HEADING_ROW
from rectify_tui.intake.returns.mark import SEALED, SHEET, read_fingerprint, read_mark, row_mark
from rectify_tui.intake.returns.sheet import ReturnSheet, SheetLine, write_return
from rectify_tui.store.chain import head
from rectify_tui.store.returns import return_by_code

FIRST = HEADING_ROW + 2
"""The first line, as spreadsheets count rows."""

COLUMN = {column.name: column for column in COLUMNS}
LETTERS = {column.name: get_column_letter(at) for at, column in enumerate(COLUMNS, 1)}
MARKS = get_column_letter(len(COLUMNS) + 1)

GOLDEN = Path(__file__).parent / "golden" / "return_make.txt"
"""The first sheet, its cells with bars between."""


@pytest.fixture(scope="module")
def sent(regions_store, tmp_path_factory):
    """The return of one city in each language, and the ledger that it was made from."""
    from moving_clock import Clock

    from rectify_tui.store.ledger import Ledger

    folder = tmp_path_factory.mktemp("sent")
    shutil.copy(regions_store, folder / "ledger.db")
    ledger = Ledger(folder / "ledger.db", clock=Clock())
    open_office(ledger)
    newest = head(ledger.reader())
    made = {t.code: make(ledger, folder, t) for t in (ZH, EN)}
    yield {code: each.files[-1] for code, each in made.items()}, ledger, newest
    ledger.close()


@pytest.fixture
def files(sent):
    return sent[0]


def shown(cell) -> str:
    """A cell as text, with times that are none taken off."""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float):
        return f"{cell:g}"
    return str(cell).replace("\n", "⏎")


def lines_of(path, sheet=0) -> list[list[str]]:
    """The rows of a sheet, as calamine reads them."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()
    return [[shown(cell) for cell in row] for row in rows]


# --- cells ---


def test_the_cells_of_a_return(files):
    rows = lines_of(files["zh"].path)
    for row in rows[HEADING_ROW + 1 :]:
        assert read_mark(row[-1])
        row[-1] = "*"
    text = "".join("|".join(row).rstrip("|") + "\n" for row in rows)
    if os.environ.get("REWRITE_GOLDEN"):
        GOLDEN.write_text(text, "utf-8")
    assert text == GOLDEN.read_text("utf-8")


def test_the_cells_of_a_return_in_english(files):
    rows = lines_of(files["en"].path)
    assert rows[0][0] == "Daqing: rectification return, Week 10 of 2020"
    assert rows[1][0] == "As of 6 March 2020 · Due 6 March 2020 · Code R20200306-006 · 省整改办"
    assert rows[3][7:10] == ["Status", "Progress (%)", "Status date"]
    assert rows[4][3] == "Daqing"
    assert rows[4][7] == "Behind"
    assert rows[6][1] == "[refuted on site] 垃圾未清"


def test_numbers_are_numbers_days_are_days_and_texts_never_formulas(files):
    sheet = load_workbook(files["zh"].path).worksheets[0]
    line = {name: sheet[f"{letter}{FIRST}"] for name, letter in LETTERS.items()}
    assert (line["progress"].value, line["progress"].data_type) == (45, "n")
    assert line["next_on"].value == datetime(2020, 4, 30)
    assert line["next_on"].number_format == line["on"].number_format == "yyyy-mm-dd"
    assert line["on"].value is None
    assert (sheet[f"B{FIRST + 1}"].value, sheet[f"B{FIRST + 1}"].data_type) == ("=1+1", "s")
    assert {line[name].number_format for name in ("ref", "problem", "note")} == {"@"}
    with zipfile.ZipFile(files["zh"].path) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if "sheet" in name]
    assert not any("<f>" in text for text in texts)
    assert line["problem"].alignment.wrap_text


def test_what_was_refuted_on_site_is_red(files):
    sheet = load_workbook(files["zh"].path).worksheets[0]
    red = [
        row for row in range(FIRST, FIRST + 5)
        if sheet[f"B{row}"].font.color and sheet[f"B{row}"].font.color.rgb == "FFB00020"
    ]  # fmt: skip
    assert red == [FIRST + 2]


# --- what may be filled in ---


def test_only_what_is_to_be_filled_in_is_unlocked(files):
    book = load_workbook(files["zh"].path)
    sheet = book.worksheets[0]
    for row in range(1, FIRST + 5):
        for name, letter in LETTERS.items():
            cell = sheet[f"{letter}{row}"]
            assert cell.protection.locked == (row < FIRST or name not in OPEN), cell
        assert sheet[f"{MARKS}{row}"].protection.locked
    for each in book.worksheets:
        assert each.protection.sheet
        assert each.protection.password is None
    allowed = {"formatColumns", "formatRows", "sort", "autoFilter"}
    names = ("formatCells", "insertRows", "deleteRows", "insertColumns", "deleteColumns", *allowed)
    # in the file 0 stands for allowed
    assert {name for name in names if not getattr(sheet.protection, name)} == allowed


@pytest.mark.parametrize("t", [ZH, EN])
def test_every_column_to_fill_in_is_checked_and_explained(files, t):
    sheet = load_workbook(files[t.code].path).worksheets[0]
    checks = {str(each.sqref): each for each in sheet.data_validations.dataValidation}
    assert set(checks) == {f"{LETTERS[name]}{FIRST}:{LETTERS[name]}{FIRST + 4}" for name in OPEN}
    found = {name: checks[f"{LETTERS[name]}{FIRST}:{LETTERS[name]}{FIRST + 4}"] for name in OPEN}
    words = ",".join(t(f"status.item.{status}") for status in ANSWERS)
    assert (found["status"].type, found["status"].formula1) == ("list", f'"{words}"')
    assert t("status.item.merged") not in words.split(",")
    progress = found["progress"]
    assert (progress.type, progress.formula1, progress.formula2) == ("whole", "0", "100")
    assert (found["on"].type, found["on"].formula2) == ("date", "TODAY()")
    assert (found["next_on"].type, found["next_on"].formula1) == ("date", "36526")
    assert {found[name].type for name in ("note", "reason", "next_step")} == {"textLength"}
    for name, check in found.items():
        assert check.promptTitle == heading(COLUMN[name], t)
        assert check.prompt == t(COLUMN[name].help_key)
        assert check.errorTitle == t("returns.error.title")
        assert check.error
        assert (check.allowBlank, check.errorStyle) == (
            True,
            None,
        )  # None: what is wrong is stopped
        assert max(len(check.prompt), len(check.error)) <= 255


def test_it_can_be_read_and_printed(files):
    sheet = load_workbook(files["zh"].path).worksheets[0]
    assert sheet.freeze_panes == f"C{FIRST}"
    assert sheet.auto_filter.ref == f"A{FIRST - 1}:{MARKS}{FIRST + 4}"  # with the marks
    assert sheet.print_title_rows == f"${FIRST - 1}:${FIRST - 1}"
    assert sheet.print_area == f"'回报表'!$A$1:${LETTERS[COLUMNS[-1].name]}${FIRST + 4}"
    page = sheet.page_setup
    assert (page.orientation, page.paperSize, page.fitToWidth, page.fitToHeight) == (
        "landscape", 9, None, 0,
    )  # fmt: skip  # None: one page wide
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert "R20200306-003" in sheet.oddFooter.left.text
    assert sheet.oddFooter.right.text == "省整改办"
    assert all(sheet.column_dimensions[letter].width >= 8 for letter in LETTERS.values())
    assert sheet.row_dimensions[FIRST].height > sheet.row_dimensions[FIRST + 1].height


@pytest.mark.parametrize("t", [ZH, EN])
def test_the_instructions_say_all_in_plain_words(files, t):
    book = load_workbook(files[t.code].path)
    assert book.sheetnames == [t("returns.sheet.lines"), t("returns.sheet.instructions"), SHEET]
    sheet = book.worksheets[1]
    texts = [cell.value for row in sheet.iter_rows() for cell in row if cell.value]
    for name in OPEN:
        assert heading(COLUMN[name], t) in texts
        assert t(COLUMN[name].help_key) in texts
    for status in ANSWERS:
        assert t(f"status.item.{status}") in texts
        assert t(f"returns.meaning.{status}") in texts
    day = "2020年3月6日" if t is ZH else "6 March 2020"
    assert any(day in text and "省整改办" in text for text in texts)
    assert sheet.page_setup.orientation == "portrait"


# --- what is hidden ---


def test_what_is_hidden_stays_hidden(files):
    sheets = CalamineWorkbook.from_path(files["zh"].path).sheets_metadata
    assert [sheet.visible for sheet in sheets] == [
        SheetVisibleEnum.Visible, SheetVisibleEnum.Visible, SheetVisibleEnum.VeryHidden,
    ]  # fmt: skip
    sheet = load_workbook(files["zh"].path).worksheets[0]
    assert sheet.column_dimensions[MARKS].hidden
    assert not any(sheet.column_dimensions[letter].hidden for letter in LETTERS.values())


def test_the_fingerprint_tells_where_it_comes_from(sent):
    files, ledger, newest = sent
    file = files["zh"]
    found = read_fingerprint(lines_of(file.path, 2))
    recorded = return_by_code(ledger.reader(), file.code)
    assert (found.head_seq, found.head_hash) == newest == (recorded.head_seq, recorded.head_hash)
    assert (found.code, found.cutoff, found.recipient) == (file.code, FRIDAY, "大庆市")
    assert found.rows == file.n_items == 5
    assert_marked(file.path, found, recorded.item_ids)


def assert_marked(path, fingerprint, ids, sheet=0):
    """Each row's mark names its item and fits its cells, as whoever checks a return reads them."""
    rows = CalamineWorkbook.from_path(path).get_sheet_by_index(sheet).to_python()
    headings, *lines = rows[HEADING_ROW:]
    at = find_columns(map(str, headings))
    marks = [str(line[at["mark"]]) for line in lines if any(line)]
    assert tuple(read_mark(mark)[0] for mark in marks) == ids
    for line, mark, id in zip(lines, marks, ids, strict=True):
        identity = [str(line[at[name]]) for name in SEALED]
        assert mark == row_mark(fingerprint.code, id, identity)
        assert mark != row_mark(fingerprint.code, id, [*identity[:-1], identity[-1] + "延期"])
    assert fingerprint.seals(marks)


def test_it_outlives_being_saved_by_another_program(sent, tmp_path):
    files, ledger, _ = sent
    book = load_workbook(files["zh"].path)
    book.worksheets[0][f"{LETTERS['progress']}{FIRST}"] = 60
    book.save(tmp_path / "back.xlsx")
    found = read_fingerprint(lines_of(tmp_path / "back.xlsx", 2))
    ids = return_by_code(ledger.reader(), files["zh"].code).item_ids
    assert_marked(tmp_path / "back.xlsx", found, ids)


@pytest.mark.campaign
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_it_outlives_libreoffice(sent, tmp_path, ending):
    files, ledger, _ = sent
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    subprocess.run(
        ["soffice", home, "--headless", "--convert-to", ending, "--outdir", tmp_path,
         files["zh"].path], check=True, capture_output=True,
    )  # fmt: skip
    (back,) = tmp_path.glob(f"*.{ending}")
    found = read_fingerprint(lines_of(back, 2))
    assert_marked(back, found, return_by_code(ledger.reader(), files["zh"].code).item_ids)


# --- what nobody would write ---


def write(path, t=ZH, office="省 & 市整改办", place="省/厅[1]:*?", **cells):
    line = SheetLine(7, {"ref": "X/1", "status": t("status.item.behind"), **cells})
    imprint = Imprint("R20200306-001", place, "2020年第10周", FRIDAY, date(2020, 3, 9), office)
    write_return(path, ReturnSheet(imprint, (1, "a" * 64), (line,)), t)
    return load_workbook(path).worksheets[0]


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@x", "http://x.cn", "007", "1e5"])
def test_texts_stay_texts_whatever_they_look_like(tmp_path, text):
    sheet = write(tmp_path / "x.xlsx", note=text, problem=text)
    for letter in (LETTERS["note"], LETTERS["problem"]):
        cell = sheet[f"{letter}{FIRST}"]
        assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)


def test_hostile_names_break_nothing(tmp_path):
    sheet = write(tmp_path / "x.xlsx", place="省/厅[1]:*?" + "很长" * 60)
    assert sheet.title == "回报表"
    with zipfile.ZipFile(tmp_path / "x.xlsx") as archive:
        footer = re.search(r"<oddFooter>(.*)</oddFooter>", archive.read(
            "xl/worksheets/sheet1.xml").decode())[1]  # fmt: skip
    assert footer.endswith("&amp;R省 &amp;&amp; 市整改办")
    assert len(footer) < 255


@pytest.mark.parametrize("text", ["2020年5月", "0001-01-01", "1900-02-28", "x"])
def test_a_day_that_no_spreadsheet_knows_stays_a_text(tmp_path, text):
    assert write(tmp_path / "x.xlsx", next_on=text)[f"{LETTERS['next_on']}{FIRST}"].value == text


def test_a_row_is_as_high_as_it_needs_and_spreadsheets_allow(tmp_path):
    def high(name, note):
        return write(tmp_path / name, note=note).row_dimensions[FIRST].height

    assert high("1.xlsx", "一行") < high("2.xlsx", "两\n行") < high("3.xlsx", "很长" * 60)
    assert high("4.xlsx", "很长" * 2000) <= 409


def test_locked_columns_are_as_wide_as_what_stands_in_them(tmp_path):
    narrow = write(tmp_path / "1.xlsx", problem="短").column_dimensions
    wide = write(tmp_path / "2.xlsx", problem="很长的问题" * 30).column_dimensions
    assert narrow["B"].width < wide["B"].width < 50
    assert narrow["K"].width == wide["K"].width
