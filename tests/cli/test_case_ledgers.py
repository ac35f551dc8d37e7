"""Cases in full: what is done with them, and statistics that come out right by hand.

Each ledger is a file as an office would send it; its sums were added up by hand.
"""

from __future__ import annotations

import json
import zipfile

import pytest

ASSIGNED = """编号,批次,转办日期,内容,地区,类型,是否属实,状态,办结时间,责令整改,罚款（元）,问责
A1,第一批,2020-01-02,河道污水,萨尔图区、让胡路区,水,属实,已办结,2020-01-09,1,12345.67,2
A2,第一批,2020-01-02,两地跨界扬尘,大庆市、绥化市,大气、扬尘,部分属实,已办结,2020-01-10,2,100000,
A3,第二批,2020-01-03,油烟噪声,绥化市,油烟、噪声,不属实,已办结,2020-01-08,,,
A4,第二批,2020-01-03,三地共同的异味,大庆市、绥化市、鹤岗市,大气,基本属实,阶段性办结,,3,0.33,1
A5,第二批,2020-03-01,垃圾堆放,鹤岗市,固废、水、土壤,,未办结,,,,
"""
"""5 cases, one of two counties of one city; by city 3 + 3 + 2 = 8, since one is shared by two
cities and one by three (8 - 5 = 3).

By type 水 2, 大气 2, 土壤 1, 噪声 1, 固废 1, 油烟 1, 扬尘 1 = 9 (9 - 5 = 4). Fined 112346.00 yuan.
"""

LETTERS = """受理编号,来信编号,转办日期,信访内容,行政区域,污染类型,是否属实,办结情况,办结时间
B1,X1,2020-01-02,污水,大庆市,水,属实,已办结,2020-01-05
B1-2,X1,2020-01-02,扬尘,绥化市,扬尘,属实,未办结,
B1-3,X1,2020-01-02,噪声,绥化市,噪声,不属实,已办结,2020-01-05
B2,,2020-01-20,油烟,绥化市,油烟,属实,未办结,
"""
"""Two letters, four cases; by city 大庆 1 letter and 1 case, 绥化 2 letters and 3 cases."""

REPEATED = """受理编号,转办日期,信访内容,行政区域,污染类型,重复件编号,办结情况,办结时间
C1,2020-01-02,污水,大庆市,水,,已办结,2020-01-05
C2,2020-01-03,污水又来,大庆市,水,C1,已办结,2020-01-05
C3,2020-01-04,污水再来,大庆市,水,C1,未办结,
C4,2020-01-04,扬尘,鹤岗市,扬尘,,未办结,
"""
"""Four as received, of which two repeat C1: two counted once."""


@pytest.fixture
def ledger(small, tmp_path):
    """Import one of the ledgers; then the statistics, by the name of the line."""

    def take(text: str):
        file = tmp_path / "cases.csv"
        file.write_text(text, "utf-8")
        words = ("import", str(file), "--programme", "P-1", "--kind", "cases")
        small(*words, "--on", "2020-03-05", "--yes")
        return small

    return take


def lines(rectify, *words):
    rows = rectify.rows("case", "stats", *words)
    return {row["name"] if row["key"] else "sum": row for row in rows}


def notes(rectify, *words):
    return rectify("case", "stats", *words, lang="zh").stdout


def counted(rows, column):
    return {name: row[column] for name, row in rows.items()}


def test_shared_cases_and_several_types(ledger):
    office = ledger(ASSIGNED)
    by_city = lines(office, "--columns", "all", "--as-of", "2020-03-06")
    assert counted(by_city, "cases") == {"大庆市": 3, "绥化市": 3, "鹤岗市": 2, "sum": 5}
    assert counted(by_city, "closed") == {"大庆市": 2, "绥化市": 2, "鹤岗市": 0, "sum": 3}
    assert counted(by_city, "interim") == {"大庆市": 1, "绥化市": 1, "鹤岗市": 1, "sum": 1}
    assert counted(by_city, "late") == {"大庆市": 0, "绥化市": 0, "鹤岗市": 0, "sum": 0}
    whole = by_city["sum"]
    assert whole["fined_yuan"] == 112346  # 12345.67 + 100000 + 0.33, to the fen
    assert by_city["大庆市"]["fined_yuan"] == 112346
    assert by_city["绥化市"]["fined_yuan"] == 100000.33
    assert (whole["ordered"], whole["held_accountable"], whole["type_water"]) == (6, 3, 2)
    assert [whole[f"found_{each}"] for each in ("yes", "mostly", "partly", "no", "unknown")] == [
        1, 1, 1, 1, 1,
    ]  # fmt: skip
    text = notes(office, "--columns", "all")
    assert "各行相加比合计多 3" in text
    assert "各类型相加比合计多 4" in text

    by_type = lines(office, "--by", "type")
    types = {"水": 2, "大气": 2, "土壤": 1, "噪声": 1, "固废": 1, "油烟": 1, "扬尘": 1}
    names = {row["key"]: row["cases"] for row in office.rows("case", "stats", "--by", "type")}
    assert sum(names.values()) - names[""] == sum(types.values()) == 9
    assert (by_type["sum"]["cases"], names["water"], names["dust"]) == (5, 2, 1)

    by_batch = lines(office, "--by", "batch")
    assert counted(by_batch, "cases") == {"第一批": 2, "第二批": 3, "sum": 5}
    early = lines(office, "--as-of", "2020-01-09")
    assert (early["sum"]["cases"], early["sum"]["closed"]) == (4, 2)


@pytest.mark.parametrize(
    ("rate", "percent"), [("closed", 3 / 5), ("interim", 4 / 5), ("substantiated", 2 / 3)]
)
def test_three_closure_rates(ledger, rate, percent):
    office = ledger(ASSIGNED)
    whole = lines(office, "--rate", rate)["sum"]
    assert whole["closure_rate"] == pytest.approx(percent, abs=1e-6)
    assert "＝" in notes(office, "--rate", rate)


def test_letters_that_were_split(ledger):
    office = ledger(LETTERS)
    rows = lines(office)
    assert counted(rows, "letters") == {"大庆市": 1, "绥化市": 2, "sum": 2}
    assert counted(rows, "cases") == {"大庆市": 1, "绥化市": 3, "sum": 4}
    assert counted(rows, "late") == {"大庆市": 0, "绥化市": 2, "sum": 2}
    text = notes(office)
    assert "2 封来信（来电）拆成 4 件转办，多出 2 件" in text
    assert "来信各行相加比合计多 1" in text
    office("case", "set", "B2", "--due", "2099-12-31")
    assert {row["number"] for row in office.rows("case", "list", "超期:是")} == {"B1-2"}
    assert len(office.rows("case", "list", "来信:X1")) == 3


def test_duplicates_as_received_and_once(ledger):
    office = ledger(REPEATED)
    assert counted(lines(office), "cases") == {"大庆市": 3, "鹤岗市": 1, "sum": 4}
    assert counted(lines(office), "duplicates") == {"大庆市": 2, "鹤岗市": 0, "sum": 2}
    once = lines(office, "--duplicates", "once")
    assert counted(once, "cases") == {"大庆市": 1, "鹤岗市": 1, "sum": 2}
    assert "重复件计入（共 2 件）" in notes(office)
    assert "只计所重复的原件" in notes(office, "--duplicates", "once")
    assert len(office.rows("case", "list", "重复:是")) == 2


def test_the_seed(rectify):
    (whole,) = rectify.rows("case", "stats")
    assert (whole["cases"], whole["closed"], whole["open"]) == (4387, 4347, 40)
    assert whole["closure_rate"] == pytest.approx(4347 / 4387, abs=1e-6)
    assert rectify.rows("rollup")[1]["cases_total"] == whole["cases"]


def test_what_is_done_with_cases_and_taken_back(ledger):
    office = ledger(REPEATED)
    words = (
        "--on",
        "2020-03-06",
        "--substantiated",
        "属实",
        "--fined",
        "0.01元",
        "--findings",
        "查实",
    )
    office("case", "close", "C3", "C4", *words)
    assert "closed already" in office.refused("case", "close", "C3", code=1)
    row = office.rows("case", "show", "C4")[0]
    assert (row["status"], row["closed_on"], row["fined_yuan"]) == ("closed", "2020-03-06", 0.01)
    assert "before it was passed on" in office.refused(
        "case", "interim", "C4", "--on", "2020-01-01", code=2
    )
    assert "needs a reason" in office.refused("case", "reopen", "C4", code=2)
    office("case", "reopen", "C4", "--reason", "又扬尘", "--on", "2020-03-07", "--from-then-on")
    row = office.rows("case", "show", "C4")[0]
    assert (row["status"], row["closed_on"], row["findings"]) == ("open", None, "查实")
    assert office.rows("case", "show", "C4", "--as-of", "2020-03-06")[0]["status"] == "closed"

    office("case", "share", "C4", "--with", "绥化市")
    assert office.rows("case", "show", "C4")[0]["regions"] == ["鹤岗市", "绥化市"]
    assert "as it is" in office.refused("case", "share", "C4", "--with", "绥化市", code=1)

    assert "two regions" in office.refused("case", "split", "C1", "--into", "大庆市", code=2)
    office(
        "case", "split", "C1", "--into", "大庆市=污水", "--into", "绥化市=噪声", "--into", "鹤岗市"
    )
    parts = {row["number"]: row for row in office.rows("case", "list", "letter:C1")}
    assert {number: row["regions"] for number, row in parts.items()} == {
        "C1": ["大庆市"], "C1-2": ["绥化市"], "C1-3": ["鹤岗市"],
    }  # fmt: skip
    assert {row["status"] for row in parts.values()} == {"closed"}
    assert office.rows("case", "show", "C1-2", "--as-of", "2020-01-03")[0]["status"] == "open"
    whole = lines(office)["sum"]
    assert (whole["letters"], whole["cases"]) == (4, 6)

    office("case", "duplicate", "C1", "--of", "C4")
    duplicates = {
        row["number"]: row["duplicate_of"] for row in office.rows("case", "list", "dup:yes")
    }
    assert duplicates == {"C1": "C4", "C2": "C4", "C3": "C4"}
    assert "itself" in office.refused("case", "duplicate", "C4", "--of", "C2", code=1)
    office("case", "duplicate", "C3", "--none")
    assert office("case", "duplicate", "C3", code=2).stderr
    office("check")
    for _ in range(6):
        office("undo")
    assert lines(office) == lines(office, "--duplicates", "received")
    assert {row["number"] for row in office.rows("case", "list")} == {"C1", "C2", "C3", "C4"}
    assert office.rows("case", "show", "C1")[0]["letter"] is None
    office("check")


PEOPLE = """受理编号,批次,转办日期,内容,行政区域,举报人,举报人电话,举报人住址,办结情况,罚款（万元）
D1,第三批,2020-01-02,欧阳锋反映夜间施工，电话13812345678,大庆市,欧阳锋,13812345678,幸福小区,未办结,3.5
"""


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html"])
def test_the_sheet_for_the_public(ledger, tmp_path, ending):
    office = ledger(PEOPLE)
    (row,) = office.rows("case", "list", "举报人:欧阳锋")
    assert row["complainant_phone"] == "13812345678"

    def text_of(*words):
        file = tmp_path / f"sheet.{ending}"
        office("case", "sheet", "批次:第三批", "-o", str(file), "--force", *words, lang="zh")
        if ending == "html":
            return file.read_text("utf-8")
        with zipfile.ZipFile(file) as parts:
            return "".join(parts.read(n).decode() for n in parts.namelist() if n.endswith(".xml"))

    shown = text_of()
    assert "办理情况公开表（第三批）" in shown
    assert "罚款 3.5 万元" in shown
    assert "欧**反映夜间施工" in shown
    for kept in ("欧阳锋", "13812345678", "幸福小区"):
        assert kept not in shown
    assert "欧阳锋反映夜间施工，电话13812345678" in text_of("--unmasked")


def test_sheets_that_are_not_written(ledger, tmp_path):
    office = ledger(PEOPLE)
    office("case", "sheet", "batch:9", "-o", str(tmp_path / "x.html"), code=1)
    assert not (tmp_path / "x.html").exists()
    assert ".xlsx" in office.refused("case", "sheet", "-o", str(tmp_path / "x.pdf"), code=2)


def test_stats_are_json_that_programs_read(ledger):
    office = ledger(ASSIGNED)
    rows = json.loads(office("case", "stats", "--format", "json").stdout)
    assert rows[-1]["name"] == ""
    assert rows[-1]["sum"] is True
