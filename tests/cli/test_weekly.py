"""`rectify weekly`: the report on the command line, frozen, shown again and compared."""

from __future__ import annotations

import json
import os
import shutil
import stat
import sys
import zipfile
from datetime import date
from pathlib import Path

import pytest

import rectify_tui
from rectify_tui.i18n import Language
from rectify_tui.reports.weekly.build import Request
from rectify_tui.reports.weekly.freeze import freeze
from rectify_tui.reports.weekly.model import Report
from rectify_tui.reports.weekly.render import from_json, render
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.ledger import Ledger

WEEK = ("--week", "2020-01-03")
ONE = (*WEEK, "--programme", "HLJ-2018")
PROSE = (
    "截至2020年1月3日，黑龙江省中央环保督察回头看整改方案共60项：已完成7项，基本完成12项，"
    "按序时进度推进38项，未达序时进度3项。接收转办件4387件，已办结4347件，未办结40件。"
    "办结率99.1%（已办结 ÷ 转办总数）。"
)


@pytest.fixture(autouse=True)
def config(monkeypatch, tmp_path) -> Path:
    """The folder of settings, empty."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    folder = tmp_path / "config" / "rectify-tui"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture(scope="module")
def frozen_store(seed_store, tmp_path_factory) -> tuple[Path, Report]:
    """The seed with one report frozen in Chinese, and that report. Copy it; never write to it."""
    path = tmp_path_factory.mktemp("frozen") / "frozen.db"
    shutil.copy(seed_store, path)
    ledger = Ledger(path)
    request = Request(date(2020, 1, 3), "HLJ-2018")
    report = freeze(ledger, Settings(), Language("zh"), request, on_behalf="李四").report
    ledger.close()
    return path, report


@pytest.fixture
def published(frozen_store) -> Report:
    """The report that is frozen."""
    return frozen_store[1]


@pytest.fixture
def frozen(rectify, frozen_store):
    """The program on the seed with that report."""
    shutil.copy(frozen_store[0], rectify.db)
    return rectify


def backdate(rectify):
    rectify("item", "set", "HLJ-2018/20", "--status", "behind", "--on", "2020-01-02",
            "--reason", "资金没有到位")  # fmt: skip


# --- the report ---


def test_the_report_says_the_published_figures(rectify):
    result = rectify("weekly", *ONE, lang="zh")
    assert result.stdout.startswith("黑龙江省中央环保督察回头看整改方案进度周报\n")
    assert PROSE in result.stdout
    assert "weekly.toml" in result.stderr  # nobody signs it yet
    assert "7 completed, 12 basically completed" in rectify("weekly", *ONE).stdout


def test_the_default_is_all_programmes_by_province(rectify):
    report = from_json(rectify("weekly", *WEEK, "--format", "json", lang="zh").stdout_bytes)
    assert len(report.paragraphs) == 1
    assert [each.key for each in report.sections][:2] == ["progress", "programmes"]
    assert report.sections[0].table.columns[0].title == "省"
    assert len(list(report.sections[1].table.rows)) == 8


def test_lines_and_period_can_be_named(rectify):
    result = rectify("weekly", "--week", "2020-02-10", "--by", "unit", "--period", "quarter")
    assert "Quarterly rectification report\nQuarter 1 of 2020" in result.stdout
    assert "Responsible unit" in result.stdout


def test_the_office_has_its_settings(rectify, config):
    (config / "weekly.toml").write_text(
        'office = "某省整改办"\n[layouts.short]\nsections = ["behind"]\n[layouts.short.columns]\n'
        'behind = ["ref", "since"]\n',
        "utf-8",
    )
    result = rectify("weekly", *ONE, "--layout", "short", lang="zh")
    assert result.stderr == ""
    assert "某省整改办" in result.stdout
    assert "整改进度（按" not in result.stdout
    assert "滞后自" in result.stdout
    said = rectify.refused("weekly", *ONE, "--layout", "long", code=2)
    assert "default, short" in said


def test_bad_settings_are_told_with_their_place(rectify, config):
    path = config / "weekly.toml"
    path.write_text('[columns]\nbehind = ["ref", "sinc"]\n')
    said = rectify.refused("weekly", *ONE, code=2)
    assert f"{path}, at columns.behind[2]: there is no “sinc”" in said


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("--programme", "NO"), 2, "HLJ-2018"),
        (("--week", "soon"), 2, "Cannot read the day"),
        (("--week", "2199-01-01"), 2, "has not begun"),
        (("--week", "1990-01-01"), 1, "its first data hold from 2017-06-30"),
        (("--by", "programme"), 2, "province, city, county, unit"),
        (("--format", "pdf"), 2, "docx"),
        (("-o", "report.pdf"), 2, ".xlsx"),
        (("-o", "report"), 2, "--format"),
        (("-o", "no/such/folder/report.md"), 2, "no/such/folder/report.md"),
        (("--format", "md", "list"), 2, "after rectify weekly list"),
        (("lst",), 2, "Did you mean list"),
        (("list", "extra"), 2, "Unexpected argument"),
    ],
)
def test_mistakes_are_told(rectify, words, code, said):
    assert said in rectify.refused("weekly", *words, code=code)


# --- files ---


@pytest.mark.parametrize("suffix", ["txt", "md", "csv", "json", "html"])
def test_a_file_has_what_would_be_printed(rectify, tmp_path, suffix):
    format = {"txt": "table"}.get(suffix, suffix)
    path = tmp_path / f"周报.{suffix.upper()}"
    result = rectify("weekly", *ONE, "-o", str(path))
    assert (result.stdout, str(path) in result.stderr) == ("", True)
    assert path.read_bytes() == rectify("weekly", *ONE, "--format", format).stdout_bytes


@pytest.mark.parametrize(("suffix", "part"), [("xlsx", "xl/workbook.xml"),
                                              ("docx", "word/document.xml")])  # fmt: skip
def test_office_formats(rectify, tmp_path, suffix, part):
    path = tmp_path / f"weekly.{suffix}"
    rectify("weekly", *ONE, "-o", str(path))
    assert part in zipfile.ZipFile(path).namelist()
    assert rectify("weekly", *ONE, "--format", suffix).stdout_bytes == path.read_bytes()


def test_the_format_named_wins_over_the_ending(rectify, tmp_path):
    path = tmp_path / "weekly.dat"
    rectify("weekly", *ONE, "--format", "json", "-o", str(path))
    assert from_json(path.read_bytes()).title


def test_a_file_is_replaced_whole_or_not_at_all(rectify, tmp_path):
    path = tmp_path / "weekly.md"
    path.write_text("old")
    path.chmod(0o640)
    rectify.refused("weekly", *ONE, "-o", str(path), code=2)
    assert path.read_text() == "old"
    rectify("weekly", *ONE, "-o", str(path), "--force")
    assert path.read_text("utf-8").startswith("# ")
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    path.write_text("old")
    rectify.refused("weekly", "--programme", "NO", "-o", str(path), "--force", code=2)
    assert path.read_text() == "old"
    assert sorted(each.name for each in tmp_path.glob("*.md")) == ["weekly.md"]
    assert not list(tmp_path.glob(".weekly*"))


def test_a_link_stays_one_and_a_device_too(rectify, tmp_path):
    target, link = tmp_path / "target.md", tmp_path / "link.md"
    target.write_text("old")
    link.symlink_to(target)
    rectify("weekly", *ONE, "-o", str(link), "--force")
    assert link.is_symlink()
    assert target.read_text("utf-8").startswith("# ")
    rectify("weekly", *ONE, "--format", "md", "-o", os.devnull)
    assert Path(os.devnull).is_char_device()


def test_a_workbook_is_not_for_the_terminal(rectify, tmp_path):
    pexpect = pytest.importorskip("pexpect")
    environment = {
        "PATH": os.environ["PATH"], "PYTHONPATH": str(Path(rectify_tui.__file__).parent.parent),
        "TERM": "xterm-256color", "LANG": "C.UTF-8", "RECTIFY_DB": str(rectify.db),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }  # fmt: skip
    child = pexpect.spawn(
        sys.executable, ["-m", "rectify_tui", "weekly", *ONE, "--format", "xlsx"],
        env=environment, encoding="utf-8", timeout=30,
    )  # fmt: skip
    child.expect(pexpect.EOF)
    child.close()
    assert child.exitstatus == 2
    assert "not for the terminal" in child.before


# --- frozen ---


def test_freezing_prints_the_report_and_says_that_it_lasts(rectify):
    frozen = rectify("weekly", *ONE, "--freeze", "--who", "李四", "--reason", "第1期")
    assert "Frozen (batch 3)" in frozen.stderr
    assert "only withdrawn with a reason" in frozen.stderr
    shown = rectify("weekly", "show", "2020-01-01")
    assert shown.stdout == frozen.stdout
    assert from_json(rectify("weekly", "show", "2020-01-01", "--format", "json").stdout).digest in (
        frozen.stderr
    )
    entry = rectify.rows("log")[0]
    assert (entry["on_behalf"], entry["kind"], entry["reason"]) == ("李四", "freeze", "第1期")


def test_a_frozen_report_stays_as_it_was(frozen, published):
    backdate(frozen)
    for format in ("table", "md", "csv", "json", "html"):
        shown = frozen("weekly", "show", "2020-01-01", "--format", format, lang="en")
        assert shown.stdout_bytes == render(published, format)
    rebuilt = frozen("weekly", *ONE, "--format", "md", lang="zh")
    assert "未达序时进度4项" in rebuilt.stdout


def test_office_formats_of_a_frozen_report_stay_as_they_were(frozen, tmp_path):
    frozen("weekly", "show", "2020-01-03", "-o", str(tmp_path / "a.docx"))
    backdate(frozen)
    frozen("weekly", "show", "2020-01-03", "-o", str(tmp_path / "b.docx"))
    parts = [zipfile.ZipFile(tmp_path / name).read("word/document.xml")
             for name in ("a.docx", "b.docx")]  # fmt: skip
    assert parts[0] == parts[1]


@pytest.mark.journeys
def test_a_period_is_frozen_once_unless_withdrawn(frozen):
    said = frozen.refused("weekly", *ONE, "--freeze", code=1)
    assert "李四" in said
    assert "rectify weekly withdraw 2020-01-03" in said
    assert "withdraw it with a reason" in frozen.refused("undo", "3", code=1)
    frozen.refused("weekly", "withdraw", "2020-01-03", code=2)
    text = frozen("weekly", "show", "2020-01-03").stdout
    said = frozen("weekly", "withdraw", "2020-01-03", "--reason", "太原漏报", "--who", "王五")
    assert "--batch 3" in said.stdout
    (row,) = frozen.rows("weekly", "list")
    assert (row["withdrawn"]["on_behalf"], row["withdrawn"]["reason"]) == ("王五", "太原漏报")
    assert "太原漏报" in frozen("weekly", "list").stdout
    shown = frozen("weekly", "show", "2020-01-03").stdout
    assert "太原漏报" in shown
    assert text.splitlines()[4] in shown
    frozen("weekly", *ONE, "--freeze")
    assert [row["withdrawn"] is None for row in frozen.rows("weekly", "list")] == [True, False]
    assert "太原漏报" not in frozen("weekly", "show", "2020-01-03").stdout
    assert "太原漏报" in frozen("weekly", "show", "2020-01-03", "--batch", "3").stdout


@pytest.mark.parametrize("place", ["missing/weekly.docx", "folder.docx", "locked/weekly.docx"])
def test_the_path_is_looked_at_before_the_freeze(rectify, tmp_path, place):
    (tmp_path / "folder.docx").mkdir()
    (tmp_path / "locked").write_text("not a folder")
    rectify.refused("weekly", *ONE, "--freeze", "-o", str(tmp_path / place), code=2)
    assert rectify.rows("weekly", "list") == []
    assert sorted(path.name for path in tmp_path.glob("*.part")) == []


def test_a_running_period_is_not_frozen(rectify):
    said = rectify.refused("weekly", "--week", "today", "--period", "half_year", "--freeze", code=1)
    assert "cannot be frozen yet" in said


def test_the_list(frozen):
    (row,) = frozen.rows("weekly", "list")
    assert (row["scope"], row["lines_by"], row["agrees"]) == ("HLJ-2018", "city", True)
    assert (row["on_behalf"], row["cutoff"], len(row["digest"])) == ("李四", "2020-01-03", 64)
    backdate(frozen)
    assert frozen.rows("weekly", "list")[0]["agrees"] is False
    text = frozen("weekly", "list", lang="zh").stdout
    assert row["digest"][:12] in text
    assert "1 份与现在所知的台账不符" in text


def test_the_difference(frozen):
    assert "no figure and no item differs" in frozen("weekly", "diff", "2020-01-03").stdout
    backdate(frozen)
    result = frozen("weekly", "diff", "2020-01-03", lang="zh", code=1)
    assert "资金没有到位" in result.stdout
    data = json.loads(frozen("weekly", "diff", "2020-01-03", "--format", "json", code=1).stdout)
    figures, items = data["sections"]
    whole = [row for row in figures["rows"] if row["by"] is None]
    assert [(row["figure"]["value"], row["before"], row["after"]) for row in whole] == [
        ("on_schedule", 38, 37), ("behind", 3, 4),
    ]  # fmt: skip
    assert [row["ref"] for row in items["rows"]] == ["HLJ-2018/20"]
    frozen("undo")
    frozen("weekly", "diff", "2020-01-03")


@pytest.mark.journeys
def test_the_difference_between_two_weeks(frozen, tmp_path):
    frozen("item", "set", "HLJ-2018/20", "--status", "completed", "--on", "2020-01-08")
    frozen("weekly", "--week", "2020-01-10", "--programme", "HLJ-2018", "--freeze")
    result = frozen("weekly", "diff", "2020-01-03", "2020-01-10", code=1)
    assert "HLJ-2018/20" in result.stdout
    said = frozen.refused("weekly", "diff", "2020-01-03", "2020-01-17", code=1)
    assert "2020-01-10 (HLJ-2018, week, by city)" in said
    frozen("weekly", "diff", "2020-01-10", "-o", str(tmp_path / "diff.xlsx"))


@pytest.mark.journeys
def test_several_reports_of_a_period_are_told_apart(frozen):
    frozen("weekly", *WEEK, "--programme", "HLJ-2016", "--freeze")
    said = frozen.refused("weekly", "show", "2020-01-03", code=1)
    assert "HLJ-2016" in said
    assert "--programme" in said
    assert "56 items" in frozen("weekly", "show", "2020-01-03", "--programme", "hlj-2016").stdout
    said = frozen.refused("weekly", "show", "2020-01-03", "--by", "unit", code=1)
    assert "No report of the period" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_help(rectify, lang):
    for words in ((), ("list",), ("show",), ("diff",)):
        assert "--lang" in rectify("weekly", *words, "--help", lang=lang).stdout


def test_the_latest_period_is_set_beside_the_one_before_unfrozen(rectify):
    result = rectify("weekly", "diff", lang="zh", code=0)
    assert "与上期对照（按现在所知）" in result.stdout
    assert "数字和逐项状态全部一致" in "".join(result.stdout.split())
