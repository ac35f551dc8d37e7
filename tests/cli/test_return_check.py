"""`rectify return check` and `apply` as they are typed."""

from __future__ import annotations

import json
import shutil

import openpyxl
import pytest
from click.testing import CliRunner
from return_desk import Filled, build, now, put, send

from rectify_tui.cli.main import cli
from rectify_tui.i18n import Language
from rectify_tui.intake.model import FieldChange
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.returns.lines import change_text
from rectify_tui.store.ledger import Ledger


class Office:
    """The program on a ledger whose returns went out."""

    def __init__(self, db, folder) -> None:
        self.db = db
        self.ledger = Ledger(db)
        build(self.ledger)
        self.files = send(self.ledger, folder)

    def __call__(self, *words: str, code: int = 0, lang: str = "en"):
        """Run a command, whose exit code must be `code`; its result."""
        result = CliRunner().invoke(cli, ["--db", str(self.db), "--lang", lang, *words])
        assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
        return result

    def rows(self, *words: str, code: int = 0) -> list[dict]:
        return json.loads(self(*words, "--format", "json", code=code).stdout)

    def refused(self, *words: str) -> str:
        """What a command says that cannot be carried out."""
        result = self(*words, code=2)
        assert result.stdout == ""
        return result.stderr

    def filled(self, place: str = "大庆市") -> Filled:
        return Filled(self.files[place])

    def now(self, number: str) -> dict[str, object]:
        return now(self.ledger, number)


@pytest.fixture
def office(plain, regions_store, tmp_path, monkeypatch):
    db, folder = tmp_path / "returns.db", tmp_path / "回报"
    shutil.copy(regions_store, db)
    monkeypatch.chdir(tmp_path)
    office = Office(db, folder)
    yield office
    office.ledger.close()


def test_check_says_what_would_change_and_what_is_amiss(office):
    filled = office.filled().set("1", progress=50).set("2", progress=10).set("4", status="不明")
    path = str(filled.save())
    said = office("return", "check", path, code=1, lang="zh").stdout
    assert "可采纳 1 行" in said
    assert "P-1/1 可采纳：进度 40% → 50%" in said
    assert "I 列“进度（%）”：从 20% 降到 10%。" in said
    assert "H 列“进度状态”：“不明”不是可用的状态" in said
    english = office("return", "check", path, code=1).stdout
    assert "P-1/2 suspicious: Progress 20% → 10%" in english
    assert office.now("1")["progress"] == 40


def test_check_leaves_with_0_where_nothing_is_to_be_decided(office):
    assert "unchanged 5" in office("return", "check", str(office.files["大庆市"])).stdout
    path = str(office.filled().set("1", progress=50).save())
    assert "clean 1" in office("return", "check", path).stdout


def test_check_for_programs(office):
    path = office.filled().set("1", progress=30, note="x").save()
    (row,) = office.rows("return", "check", str(path), code=1)
    assert row["file"] == path.name
    assert (row["ref"], row["verdict"], row["row"]) == ("P-1/1", "suspicious", 5)
    assert [change["field"] for change in row["changes"]] == ["progress", "note"]
    assert row["findings"][0]["code"] == "progress_falls"
    assert "falls from 40% to 30%" in row["findings"][0]["message"]
    text = office("return", "check", str(path), "--format", "csv", code=1, lang="zh").stdout
    assert "P-1/1,存疑" in text


def test_a_folder_is_all_its_spreadsheets(office):
    office.filled().set("1", progress=50).save()
    folder = office.files["大庆市"].parent
    (folder / "~$大庆市.xlsx").write_bytes(b"draft")
    (folder / "说明.txt").write_text("不是表格")
    said = office("return", "check", str(folder)).stdout
    assert "大庆市-" in said
    assert "哈尔滨市-" in said
    empty = folder / "空"
    empty.mkdir()
    assert "There is no spreadsheet" in office.refused("return", "check", str(empty))


def test_apply_takes_what_is_clean_and_writes_the_rest_to_be_sent_back(office):
    filled = office.filled().set("1", progress=50).set("2", progress=10, note="@见附件")
    path = filled.save()
    result = office("return", "apply", str(path), "--by", "王工", code=1, lang="zh")
    assert "P-1/2 存疑" in result.stdout
    assert "已采纳 1 行，未变 3 行" in result.stdout
    assert "--accept" in result.stderr
    assert (office.now("1")["progress"], office.now("2")["progress"]) == (50, 20)
    back = path.with_name(f"{path.stem}-退回.xlsx")
    assert back.name in result.stderr
    grid = open_book(back).grid()
    cells = [row.cells for row in grid.rows()]
    assert len(cells) == 2
    assert "P-1/2" in cells[1]
    assert "@见附件" in cells[1]
    assert any("降到 10%" in str(cell) for cell in cells[1])


def test_what_was_sent_back_is_understood_when_it_comes_again(office):
    path = office.filled().set("2", progress=10).save()
    office("return", "apply", str(path), code=1, lang="zh")
    back = path.with_name(f"{path.stem}-退回.xlsx")
    put_right = Filled(back)
    put_right.set("2", progress=30).save()
    said = office("return", "apply", str(back), "--accept", "P-1/2", lang="zh").stdout
    assert "已采纳 1 行，未变 0 行" in said  # nobody asks where the other rows are
    assert office.now("2")["progress"] == 30


def test_apply_to_a_folder_again_leaves_out_what_was_sent_back(office):
    path = office.filled().set("2", progress=10).save()
    office("return", "apply", str(path.parent), code=1)
    again = office("return", "apply", str(path.parent), code=1)
    assert "Left out" in again.stderr
    assert "taken in before" in again.stdout
    assert [each.name for each in path.parent.glob("*refused*")] == [f"{path.stem}-refused.xlsx"]


def test_apply_everything_and_undo_it(office):
    path = office.filled().set("1", progress=50).set("2", progress=10).save()
    result = office("return", "apply", str(path), "--accept", "all", "--reason", "第10周")
    assert "Lines taken: 2; unchanged: 3 (batch" in result.stdout
    assert not list(path.parent.glob("*refused*"))
    office("undo")
    assert (office.now("1")["progress"], office.now("2")["progress"]) == (40, 20)
    log = office.rows("log")
    assert {"return", "undo"} <= {row["kind"] for row in log}


def test_apply_by_reference(office):
    path = office.filled().set("1", progress=50).set("2", progress=10).save()
    office("return", "apply", str(path), "--accept", "P-1/2", code=1)
    assert (office.now("1")["progress"], office.now("2")["progress"]) == (40, 10)
    for word, sentence in (("P-1/7", "no line P-1/7"), ("P-1", "is a programme")):
        said = office.refused("return", "apply", str(path), "--accept", word)
        assert sentence in said


def test_dry_run_writes_nothing(office):
    path = office.filled().set("1", progress=50).set("2", progress=10).save()
    newest = office.ledger.newest_batch()
    said = office("return", "apply", str(path), "--dry-run", code=1).stdout
    assert "taken: 1; unchanged: 3; refused: 1" in said
    assert office.ledger.newest_batch() == newest
    assert len(list(path.parent.iterdir())) == 2


def test_refused_lines_go_where_they_are_wanted(office, tmp_path):
    path = office.filled().set("2", progress=10).save()
    office("return", "apply", str(path), "--refused", str(tmp_path / "退" / "回"), code=1)
    assert [each.suffix for each in (tmp_path / "退" / "回").iterdir()] == [".xlsx"]
    (tmp_path / "file").write_text("x")
    put(office.ledger, "1", note="x")
    other = office.filled().set("1", progress=60).set("2", progress=5).save(tmp_path / "b.xlsx")
    result = office("return", "apply", str(other), "--refused", str(tmp_path / "file"), code=1)
    assert "could not be written" in result.stderr
    assert office.now("1")["progress"] == 60  # taken all the same, and said so
    assert "Lines taken: 1" in result.stdout


def test_the_receipt_for_programs(office):
    path = office.filled().set("1", progress=50).save()
    (row,) = office.rows("return", "apply", str(path))
    assert row == {"batch": 4, "taken": 1, "unchanged": 4, "refused": 0}


def test_files_that_cannot_be_read_are_named(office, tmp_path):
    missing = office.refused("return", "check", str(tmp_path / "没有.xlsx"))
    assert "没有.xlsx" in missing
    stray = tmp_path / "名单.csv"
    stray.write_text("甲,乙\n1,2\n")
    assert "名单.csv" in office.refused("return", "apply", str(stray))


def test_a_file_that_is_no_return_does_not_keep_the_others_from_being_read(office, tmp_path):
    folder = tmp_path / "收到"
    folder.mkdir()
    office.filled().set("1", progress=60).save(folder / "大庆市.xlsx")
    (folder / "名单.csv").write_text("甲,乙\n1,2\n")
    for command in ("check", "apply"):
        told = office("return", command, str(folder), code=1)
        assert "名单.csv" in told.stderr
    assert office.now("1")["progress"] == 60


def test_what_belongs_to_a_line_is_indented(office, tmp_path):
    path = tmp_path / "大庆市.xlsx"
    office.filled().set("1", status="未完成", on="2020-03-01", progress="三成").save(path)
    lines = office("return", "check", str(path), lang="zh", code=1).stdout.splitlines()
    assert lines[0].startswith("大庆市.xlsx")
    assert lines[1].startswith("  ")
    assert any(line.startswith("      I 列“进度（%）”") for line in lines)


def test_what_stays_as_it_is_is_told_once():
    assert change_text(FieldChange("progress", 40, 40), Language("zh")) == "进度 40%"
    assert change_text(FieldChange("progress", 40, 60), Language("zh")) == "进度 40% → 60%"


def test_a_table_that_somebody_made_is_checked_as_a_return_and_not_imported_by_itself(
    office, tmp_path
):
    made = tmp_path / "自制.csv"
    made.write_text("编号,状态,进度\nP-1/1,已完成,100\nP-1/2,未达序时进度,30\n")
    rows = office.rows("return", "check", str(made), code=1)
    assert [(row["ref"], row["verdict"]) for row in rows] == [
        ("P-1/1", "suspicious"), ("P-1/2", "suspicious"),
    ]  # fmt: skip
    newest = office.ledger.newest_batch()
    for words in ((), ("--yes",), ("--dry-run",)):
        assert "Use rectify return check and apply" in office.refused("import", str(made), *words)
    assert office.ledger.newest_batch() == newest
    office("import", str(made), "--kind", "items", "--yes")
    assert (office.now("1")["status"], office.now("2")["progress"]) == ("completed", 30)


def test_a_ledger_is_no_return(office, tmp_path):
    ledger = tmp_path / "台账.csv"
    ledger.write_text("编号,整改方案,状态\nP-1/1,P-1,已完成\n")
    for command in ("check", "apply"):
        said = office.refused("return", command, str(ledger))
        assert "a column names programmes" in said
        assert "rectify import" in said
    ledger.write_text("编号,状态\nP-7/1,已完成\n")
    assert "no row has the reference of an item" in office.refused("return", "check", str(ledger))


@pytest.mark.parametrize("command", ["check", "apply"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help(plain, command, lang):
    shown = CliRunner().invoke(cli, ["--lang", lang, "return", command, "--help"])
    assert shown.exit_code == 0
    assert "FILE..." in shown.stdout
    assert json.dumps(shown.stdout).count("return_check") == 0


def test_what_is_no_spreadsheet_in_a_folder_is_named(office, tmp_path):
    folder = tmp_path / "收到"
    folder.mkdir()
    office.filled().set("1", progress=50).save(folder / "大庆市.xlsx")
    for name in ("鹤岗市.pdf", "黑河市.zip", "照片.jpg", ".草稿.pdf", "说明.ini"):
        (folder / name).write_bytes(b"x")
    told = office("return", "check", str(folder), lang="zh").stderr
    assert "另有 3 个不是表格的文件，没有读取：照片.jpg、鹤岗市.pdf、黑河市.zip" in told


def test_so_it_is_where_there_is_nothing_else(office, tmp_path):
    folder = tmp_path / "收到"
    folder.mkdir()
    (folder / "鹤岗市.pdf").write_bytes(b"%PDF")
    assert "鹤岗市.pdf" in office.refused("return", "check", str(folder))


def sheets(folder):
    return sorted(path.name for path in folder.glob("*退回*.xlsx"))


def test_a_row_that_was_deleted_is_counted_and_no_change_is_no_news(office):
    office.filled().set("1", progress=50, note="无变化").delete_row("3").save()
    office("return", "apply", str(office.files["大庆市"]), code=1)
    (state,) = [row for row in office.rows("return", "status") if row["state"] == "received"]
    assert (state["n_items"], state["rows_taken"], state["rows_missing"]) == (5, 4, 1)
    assert (office.now("1")["progress"], office.now("1")["note"]) == (50, "管网在建")


def test_a_table_of_the_citys_own_that_was_applied_is_received(office, tmp_path):
    path = tmp_path / "自制.csv"
    path.write_text("编号,进度\nP-1/1,50\nP-1/2,30\n", "utf-8-sig")
    office("return", "apply", str(path), "--accept", "all")
    (state,) = [row for row in office.rows("return", "status") if row["state"] == "received"]
    assert (state["place"], state["file"], state["rows_missing"]) == ("大庆市", "自制.csv", 3)


def test_a_table_of_the_citys_own_that_was_imported_is_received(office, tmp_path):
    office("item", "set", "P-1/3", "--status", "completed")  # of which nobody is asked any more
    path = tmp_path / "自制.csv"
    path.write_text("编号,进展情况\n1,已完成\n2,达到序时进度\n3,已完成\n", "utf-8-sig")
    options = ("--programme", "P-1", "--without", "deadline", "--without", "region")
    office("import", str(path), *options)
    (state,) = [row for row in office.rows("return", "status") if row["state"] == "received"]
    assert (state["place"], state["file"], state["rows_taken"]) == ("大庆市", "自制.csv", 3)


def test_a_table_of_two_cities_is_the_return_of_neither(office, tmp_path):
    path = tmp_path / "两市.csv"
    path.write_text("编号,进展情况\n1,已完成\n6,已完成\n", "utf-8-sig")
    options = ("--programme", "P-1", "--without", "deadline", "--without", "region")
    office("import", str(path), *options)
    assert {row["state"] for row in office.rows("return", "status")} != {"received"}
    assert [row["file"] for row in office.rows("return", "status") if row["file"]] == []


def test_what_was_sent_back_comes_back_once_and_is_known(office, tmp_path):
    path = office.files["大庆市"]
    office.filled().set("1", progress=50).set("2", progress=5).set("4", status="不明").save()
    for _ in range(2):
        office("return", "apply", str(path), code=1, lang="zh")
        assert sheets(path.parent) == [f"{path.stem}-退回.xlsx"]
    book = path.with_name(f"{path.stem}-退回.xlsx")

    def refs():
        rows = list(openpyxl.load_workbook(book).worksheets[0].values)
        return [row[rows[0].index("编号")] for row in rows[1:]]

    assert refs() == ["P-1/2", "P-1/4"]
    office("return", "apply", str(path), "--accept", "P-1/2", code=1, lang="zh")
    assert (refs(), sheets(path.parent)) == (["P-1/4"], [book.name])
    answer = openpyxl.load_workbook(book)
    page = answer.worksheets[0]
    titles = [cell.value for cell in page[1]]
    page.cell(2, titles.index("进度状态") + 1).value = "未达序时进度"
    answer.save(tmp_path / "改好.xlsx")
    told = office("return", "check", str(tmp_path / "改好.xlsx"), lang="zh").stdout
    assert "退回表改好后报回" in told
    (line,) = office.rows("return", "check", str(tmp_path / "改好.xlsx"))
    assert (line["ref"], line["verdict"]) == ("P-1/4", "clean")
