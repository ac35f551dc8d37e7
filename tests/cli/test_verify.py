"""`rectify verify`: visits, the three numbers, draws and sheets."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest

from rectify_tui.paths import config_folder
from tests.photograph import photograph

WHOLE = ("--by", "李工", "--at", "46.59,125.10", "--note", "现场查看")


@pytest.fixture
def done(small_after, monkeypatch, tmp_path):
    """A programme with items reported as completed in two counties, one of them past its day."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return small_after(*(
        (
            "item", "add", f"P-1/{n}", "--problem", f"问题{n}", "--status", "completed",
            "--region", "肇州县" if n < 5 else "肇源县", "--deadline",
            "2020年1月底前" if n < 4 else "2030年底前", "--on", "2020-01-10",
        )
        for n in range(2, 8)
    ))  # fmt: skip


def numbers(rectify, *words: str) -> tuple[int, ...]:
    """Reported as completed, verified, refuted, and not visited."""
    (row,) = rectify.rows("verify", "status", *words)
    names = ("reported", "confirmed", "refuted", "unvisited")
    return tuple(row[f"verified_{name}"] for name in names)


def shown(rectify, ref: str, *words: str) -> dict:
    (row,) = rectify.rows("item", "show", ref, *words)
    return row


def record(rectify, ref: str, result: str, *words: str, on: str = "2020-03-06", **how):
    return rectify("verify", "record", ref, "--result", result, "--on", on, *words, **how)


def test_reported_verified_and_refuted_are_three_numbers_of_each_day(done):
    assert numbers(done) == (6, 0, 0, 6)
    record(done, "P-1/2-4", "属实", *WHOLE, "--team", "第一组")
    said = record(done, "P-1/5", "refuted", *WHOLE, on="2020-03-08", lang="zh").stdout
    assert "P-1/5" in said
    assert "待办最前" in said
    assert numbers(done) == (5, 3, 1, 2)
    assert numbers(done, "--as-of", "2020-03-07") == (6, 3, 0, 3)
    assert numbers(done, "--as-of", "2020-03-05") == (6, 0, 0, 6)
    assert shown(done, "P-1/5")["status"] == "in_progress"
    assert shown(done, "P-1/5", "--as-of", "2020-03-07")["status"] == "completed"
    record(done, "P-1/2", "refuted", *WHOLE, on="2020-03-09")
    assert shown(done, "P-1/2")["status"] == "not_completed"
    first, second = done.rows("behind", "--as-of", "2020-03-09")[:2]
    assert {first["ref"], second["ref"]} == {"P-1/2", "P-1/5"}
    assert [row["ref"] for row in done.rows("item", "list", "visited:2020-03-06")] == [
        "P-1/3", "P-1/4",
    ]  # fmt: skip
    assert len(done.rows("item", "list", "visited:none")) == 3
    (team, nobody) = done.rows("verify", "status", "--by", "team")
    assert (team["team"], team["verified_items"], team["verified_confirmed"]) == ("第一组", 3, 3)
    assert (nobody["team"], nobody["verified_refuted"]) == (None, 2)
    done("check")
    for _ in range(3):
        done("undo")
    assert numbers(done) == (6, 0, 0, 6)
    assert done.rows("verify", "list") == []
    done("check")


def test_a_visit_that_lacks_something_says_what_and_counts_once_that_is_added(done):
    said = record(done, "P-1/2", "refuted", "--by", "李工", lang="zh").stdout
    assert "缺位置、检查情况" in said
    assert numbers(done) == (6, 0, 0, 6)
    (row,) = done.rows("verify", "list", "--incomplete")
    assert row["missing"] == ["position", "findings"]
    assert "不计入，缺位置、检查情况" in done("item", "show", "P-1/2", lang="zh").stdout
    visit = ("verify", "record", "P-1/2", "--visit", str(row["visit"]))
    assert "there is nothing to add" in done.refused(*visit, code=2).lower()
    assert "no visit" in done.refused(
        "verify", "record", "P-1/3", "--visit", str(row["visit"]), "--note", "x", code=2
    )
    done(*visit, "--at", "46.59,125.10")
    assert numbers(done)[2] == 0
    done(*visit, "--note", "仍在直排")
    assert numbers(done) == (5, 0, 1, 5)
    assert shown(done, "P-1/2")["visited_on"] == "2020-03-06"
    assert "齐全" in done.refused(*visit, "--note", "x", code=1, lang="zh")
    folder = config_folder()
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "visit.toml").write_text('needs = ["person"]\n', "utf-8")
    record(done, "P-1/3", "confirmed", "--by", "王工")
    assert numbers(done) == (5, 1, 1, 4)
    (folder / "visit.toml").write_text('needs = ["photo"]\n', "utf-8")
    assert "photo" in record(done, "P-1/3", "confirmed", code=2).stderr


def test_an_earlier_visit_that_is_entered_later_leaves_alone_what_the_last_one_found(done):
    record(done, "P-1/2", "confirmed", *WHOLE, on="2020-03-20")
    record(done, "P-1/2", "refuted", *WHOLE, on="2020-03-10")
    assert numbers(done) == (6, 1, 0, 5)
    assert numbers(done, "--as-of", "2020-03-15") == (5, 0, 1, 5)
    assert len(shown(done, "P-1/2")["visits"]) == 2
    done("check")


def test_two_visits_that_say_the_same_are_two_and_the_first_is_not_undone_alone(done):
    record(done, "P-1/2", "confirmed", *WHOLE)
    batch = done.rows("log", "P-1/2")[0]["batch"]
    record(done, "P-1/2", "confirmed", *WHOLE, on="2020-04-01")
    assert shown(done, "P-1/2")["visits"].__len__() == 2
    assert done.refused("undo", str(batch), code=1)
    done("undo")
    done("undo")
    assert numbers(done) == (6, 0, 0, 6)


def test_the_short_way_is_a_visit_of_which_only_the_result_is_told(done):
    done("item", "set", "P-1/2", "--verified", "refuted", "--on", "2020-03-06")
    assert (shown(done, "P-1/2")["status"], numbers(done)) == ("not_completed", (5, 0, 1, 5))
    (visit,) = shown(done, "P-1/2")["visits"]
    assert (visit["said"], visit["counts"], visit["reported"]) == (True, True, "completed")
    assert "only the result" in done("verify", "status").stdout
    assert "Nothing to change" in done("item", "set", "P-1/2", "--verified", "refuted").stdout
    done("item", "set", "P-1/3", "--verified", "refuted", "--status", "completed")
    assert shown(done, "P-1/3")["status"] == "completed"
    correct = ("item", "set", "P-1/3", "--verified", "confirmed", "--correct", "--reason", "x")
    assert "undo" in done.refused(*correct, code=2)
    seen = ("--status", "completed", "--verified", "现场核实属实")
    done("item", "add", "P-1/9", "--problem", "x", *seen)
    assert len(shown(done, "P-1/9")["visits"]) == 1
    done("check")


def test_an_item_that_is_withdrawn_takes_its_visits_along_and_brings_them_back(done):
    record(done, "P-1/2", "confirmed", *WHOLE)
    done("item", "withdraw", "P-1/2", "--reason", "误录")
    assert numbers(done) == (5, 0, 0, 5)
    assert done.rows("verify", "list") == []
    done("check")
    done("undo")
    assert numbers(done) == (6, 1, 0, 5)
    done("check")


def test_bad_input_ends_in_a_sentence(done):
    assert "46,125" in record(done, "P-1/2", "confirmed", "--at", "125,46", code=2).stderr
    assert record(done, "P-1/2", "confirmed", *WHOLE, on="2999-01-01", code=2).stderr
    assert done.refused("verify", "record", "P-1/2", code=2)
    assert done.refused("verify", "record", "P-1/99", "--result", "confirmed", code=2)
    assert done.refused("verify", "draw", "--tolerable", "5", code=2)
    assert "freeze" in done.refused("verify", "draw", "--seed-nonce", "1", code=1)
    assert done.refused("verify", "draw", "--programme", "P-1", "--under", "北京", code=1)
    assert "no draw" in done.refused("verify", "sheet", "-o", "x.xlsx", code=2)


def many(done, n: int) -> None:
    """An import of so many completions, in the two counties."""
    Path("many.csv").write_text(
        "整改方案,序号,问题,地区,整改状态,重大问题\n"
        + "".join(
            f"P-1,{100 + i},问题,{county},已完成,{major}\n"
            for i, county, major in (
                (i, "肇州县" if i % 3 else "肇源县", "否" if i else "是") for i in range(n)
            )
        ),
        "utf-8",
    )
    done("import", "many.csv", "--on", "2020-02-01", "--without", "deadline")


def test_a_draw_is_frozen_first_and_anybody_makes_it_again_on_another_machine(done, tmp_path):
    many(done, 95)
    (frozen,) = done.rows("verify", "draw", "--programme", "P-1")
    assert frozen["draw_size"] == 101
    assert "waits" in done.refused("verify", "draw", "--programme", "P-1", code=1)
    done("item", "add", "P-1/999", "--problem", "晚到", "--status", "completed")
    nonce = ("--seed-nonce", "福彩3D 481")
    assert "fixed" in done.refused("verify", "draw", *nonce, "--tolerable", "1%", code=2)
    drawn = done.rows("verify", "draw", *nonce)
    assert {row["ref"] for row in drawn} <= {f"P-1/{n}" for n in [*range(2, 8), *range(100, 195)]}
    assert [row["ref"] for row in drawn if row["draw_part"] == "major"] == ["P-1/100"]
    assert len(drawn) == 1 + 45  # of the 100 that are left
    assert "already" in done.refused("verify", "draw", *nonce, code=1) or True
    done("verify", "sheet", "-o", "核实表.xlsx", "--team", "一组", "--team", "二组")
    done("verify", "sheet", "-o", "核实表.docx")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy("核实表.xlsx", elsewhere / "sheet.xlsx")
    for path in Path().glob("*.db*"):
        path.unlink()
    again = done.rows("verify", "draw", "--again", str(elsewhere / "sheet.xlsx"))
    assert {row["ref"] for row in again} == {row["ref"] for row in drawn}
    book = openpyxl.load_workbook("核实表.xlsx")
    population = book.worksheets[-1]
    listed = "\n".join(",".join(str(c or "") for c in row) for row in population.values)
    Path("名册.csv").write_text(listed, "utf-8")
    assert "--head" in done.refused("verify", "draw", "--again", "名册.csv", code=2)
    head = ("--head", frozen["head_hash"])
    again = done.rows("verify", "draw", "--again", "名册.csv", *head, *nonce)
    assert {row["ref"] for row in again} == {row["ref"] for row in drawn}
    done("verify", "draw", "--again", "名册.csv", *head, "--seed-nonce", "482", code=1)
    population.delete_rows(5)
    book.save("altered.xlsx")
    assert "altered" in done("verify", "draw", "--again", "altered.xlsx", code=1).stderr


def test_a_draw_says_how_far_it_is_and_what_it_allows_to_say(done):
    many(done, 45)
    done("verify", "draw", "--under", "大庆市")
    (waiting,) = done.rows("verify", "status", "--by", "draw")
    assert waiting["draw_says"] == "waiting"
    drawn = [row["ref"] for row in done.rows("verify", "draw", "--seed-nonce", "1")]
    whole, rest = done.rows("verify", "status", "--by", "draw")
    assert (whole["draw_size"], rest["draw_size"], rest["draw_taken"]) == (1, 50, 31)
    assert rest["draw_says"] == "going"
    done("verify", "record", *drawn, "--result", "confirmed", *WHOLE)
    whole, rest = done.rows("verify", "status", "--by", "draw")
    assert (whole["draw_says"], rest["draw_says"], rest["at_most"]) == ("whole", "clean", 2)
    assert rest["bound"] == pytest.approx(1 - 0.05 ** (1 / 31), abs=1e-5)


def test_a_refuted_county_is_drawn_by_itself_and_what_was_refuted_is_taken_whole(done):
    many(done, 60)
    record(done, "P-1/2", "refuted", *WHOLE, on=done_today(done))
    done("item", "set", "P-1/2", "--status", "completed")
    done("verify", "draw")
    done("verify", "draw", "--seed-nonce", "1")
    whole, own, rest = done.rows("verify", "status", "--by", "draw")
    assert whole["draw_taken"] == 2
    assert "肇州县" in own["draw_part"]
    assert (own["draw_size"], rest["draw_size"]) == (42, 22)
    assert own["draw_taken"] == 26


def done_today(rectify) -> str:
    return rectify.rows("log", "--limit", "1")[0]["recorded_on"]


def test_everything_is_visited_by_teams_without_any_draw(done):
    rows = done.rows("verify", "draw", "--all")
    assert len(rows) == 6
    done("verify", "sheet", "-o", "all.xlsx", "--team", "一组", "--team", "二组")
    sheet = openpyxl.load_workbook("all.xlsx").worksheets[0]
    lines = [row for row in sheet.values if str(row[0]).startswith("P-1/")]
    teams = {line[1]: line[9] for line in lines}
    assert sorted(teams.values()) == ["一组", "二组"]
    done("verify", "record", "P-1/2-7", "--result", "confirmed", *WHOLE)
    assert "All 6 reported completions" in done("verify", "status").stdout


def filled(path: str, answers: dict[str, tuple]) -> None:
    """Fill in result, day, person, position and findings of some lines."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row in sheet.iter_rows(min_row=5):
        for at, value in zip((6, 7, 8, 10, 11), answers.get(row[0].value, ()), strict=False):
            row[at].value = value
    book.save(path)


def test_a_filled_sheet_comes_back_with_its_doubts(done):
    done("verify", "draw", "--all")
    done("verify", "sheet", "-o", "all.xlsx", lang="zh")
    filled("all.xlsx", {
        "P-1/2": ("属实", "2020-03-06", "李工", "46.59,125.10", "已整改"),
        "P-1/3": ("不属实", "2020-03-06", "李工", "46.59,125.10", "仍在直排"),
        "P-1/4": ("属实", "2020-03-06", "李工", "", ""),
        "P-1/5": ("大概", "2020-03-06", "李工", "", ""),
        "P-1/6": ("属实", "", "李工", "", ""),
    })  # fmt: skip
    told = done("verify", "take", "all.xlsx", "--dry-run", code=1, lang="zh").stdout
    for doubt in ("缺位置；检查情况", "“大概”不是核实结论", "没有填核实日期", "退回整改"):
        assert doubt in told
    assert numbers(done) == (6, 0, 0, 6)
    done("verify", "take", "all.xlsx", code=1)
    assert numbers(done) == (5, 1, 1, 4)
    (row,) = done.rows("verify", "take", "all.xlsx", "--accept", "P-1/4", code=1)
    assert (row["taken"], row["unchanged"], row["refused"]) == (1, 2, 2)
    assert len(done.rows("verify", "list", "--incomplete")) == 1
    done("undo")
    done("undo")
    assert numbers(done) == (6, 0, 0, 6)
    done("check")


def test_a_sheet_that_is_taken_twice_is_told(done):
    done("verify", "draw", "--all")
    done("verify", "sheet", "-o", "all.xlsx", lang="zh")
    answer = ("属实", "2020-03-06", "李工", "46.59,125.10", "已整改")
    filled("all.xlsx", {"P-1/2": answer, "P-1/3": ("属实", "2020-03-06", "李工", "", "")})
    done("verify", "take", "all.xlsx", code=1)
    told = done("verify", "take", "all.xlsx", "--dry-run", code=1, lang="zh").stdout
    assert "这个文件已由" in told
    (row,) = done.rows("verify", "take", "all.xlsx", code=1)
    assert (row["taken"], row["unchanged"], row["refused"]) == (0, 1, 1)
    done("undo")
    assert "这个文件已由" not in done("verify", "take", "all.xlsx", "--dry-run", code=1).stdout
    (row,) = done.rows("verify", "take", "all.xlsx", code=1)
    assert (row["taken"], row["refused"]) == (1, 1)
    done("check")


def needs(text: str) -> None:
    path = config_folder() / "visit.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def test_a_visit_may_need_photographs_and_is_held_against_what_they_say(done, tmp_path):
    needs('needs = ["person", "position", "photographs"]')
    (tmp_path / "现场.jpg").write_bytes(photograph("2020:03:06 10:00:00", 46.5901, 125.1001))
    (tmp_path / "别处.jpg").write_bytes(photograph("2020:03:01 10:00:00", 46.9, 125.1))
    (tmp_path / "记录.pdf").write_bytes(b"%PDF-1.4")
    whole = ("--by", "李工", "--at", "46.59,125.10")
    said = record(done, "P-1/2", "属实", *whole, "--evidence", "现场.jpg", lang="zh")
    assert (said.stderr, numbers(done)) == ("", (6, 1, 0, 5))
    (file,) = done.rows("evidence", "list", "P-1/2")
    assert (file["about"], file["evidence_day"], file["latitude"]) == ("visit", "2020-03-06", 46.59)
    assert file["added_on"] == "2020-03-06"

    said = record(done, "P-1/5", "不属实", *whole, "--evidence", "记录.pdf", lang="zh").stdout
    assert "缺照片" in said
    assert numbers(done) == (6, 1, 0, 5)
    (visit,) = done.rows("verify", "list", "ref:P-1/5", "--incomplete")
    add = ("verify", "record", "P-1/5", "--visit", str(visit["visit"]))
    told = done(*add, "--evidence", "别处.jpg", lang="zh")
    assert "计入" in told.stdout
    assert "5 天" in told.stderr
    assert numbers(done) == (5, 1, 1, 4)
    assert done.rows("verify", "list", "ref:P-1/5", "--incomplete") == []
    used = record(done, "P-1/6", "属实", *whole, "--evidence", "别处.jpg", lang="zh").stderr
    assert "P-1/5" in used
    for _ in range(2):
        done("undo")
    assert numbers(done) == (6, 1, 0, 5)
    done("check")


REFUTED = (*WHOLE[:5], "污水仍直排")


def test_what_a_visit_refutes_leaves_close_out_and_begins_it_anew(done):
    def step(name: str, on: str, by: str, *more: str) -> None:
        done("close", "P-1/2", "--step", name, "--on", on, "--by", by, *more)

    def stages() -> list[tuple]:
        return [(each["step"], each["acted_on"], each["acted_by"], each["stage"])
                for each in shown(done, "P-1/2")["closings"]]  # fmt: skip

    step("apply", "2020-03-02", "市整改办")
    said = record(done, "P-1/2", "refuted", *REFUTED, on="2020-03-03", lang="zh").stdout
    assert "销号退回的 1 项：P-1/2" in said
    row = shown(done, "P-1/2")
    assert (row["status"], row["closure"]) == ("not_completed", None)
    assert row["first_due_on"] == row["due_on"] == "2020-01-31"
    assert stages()[-1] == ("refuse", "2020-03-03", "李工", None)
    assert row["closings"][-1]["reason"] == "污水仍直排"
    done("undo")
    assert shown(done, "P-1/2")["closure"] == "applied"
    record(done, "P-1/2", "refuted", *REFUTED, on="2020-03-03")
    done("item", "set", "P-1/2", "--status", "completed", "--on", "2020-03-05", "--by", "李工")
    step("apply", "2020-03-06", "市整改办")
    step("accept", "2020-03-07", "王局长")
    step("publish", "2020-03-09", "王局长")
    step("strike", "2020-03-20", "王局长")
    record(done, "P-1/2", "confirmed", *WHOLE, on="2020-03-08")
    assert shown(done, "P-1/2")["closure"] == "struck"
    record(done, "P-1/2", "refuted", *REFUTED, on="2020-04-10")
    assert stages()[-1] == ("reopen", "2020-04-10", "李工", None)
    done("item", "set", "P-1/2", "--status", "completed", "--on", "2020-04-20", "--by", "李工")
    row = done.rows("rollup", "--as-of", "2020-04-20")[0]
    assert (row["struck_off"], row["awaiting"]) == (0, 0)
    told = done("item", "show", "P-1/2", lang="zh").stdout
    assert "污水仍直排" in told
    done("check")


def test_a_visit_of_an_earlier_day_sends_back_on_the_day_of_the_last_step(done):
    done("close", "P-1/2", "--step", "apply", "--on", "2020-03-02", "--by", "市整改办")
    done("close", "P-1/2", "--step", "accept", "--on", "2020-03-10", "--by", "王局长")
    record(done, "P-1/2", "refuted", *REFUTED, on="2020-03-04")
    row = shown(done, "P-1/2")
    assert (row["status"], row["closure"], row["closings"][-1]["acted_on"]) == (
        "not_completed", None, "2020-03-10",
    )  # fmt: skip
    assert shown(done, "P-1/2", "--as-of", "2020-03-09")["closure"] == "applied"
    rolled = done.rows("rollup", "--as-of", "2020-03-09")[0]
    assert (rolled["completed"], rolled["awaiting"]) == (5, 0)
    done("check")
    done("undo")
    assert shown(done, "P-1/2")["closure"] == "accepted"
    done("check")


def test_an_item_that_is_withdrawn_takes_its_close_out_and_evidence_along(done, tmp_path):
    (tmp_path / "现场.jpg").write_bytes(photograph("2020:03:06 10:00:00", 46.59, 125.1))
    done("close", "P-1/2", "--step", "apply", "--on", "2020-03-02", "--by", "市整改办")
    record(done, "P-1/2", "refuted", *REFUTED, "--evidence", "现场.jpg", on="2020-03-03")
    done("item", "withdraw", "P-1/2", "--reason", "重复登记")
    done("check")
    assert done.rows("evidence", "list") == []
    done("undo")
    assert len(shown(done, "P-1/2")["closings"]) == 2
    assert len(done.rows("evidence", "list", "P-1/2")) == 1
    done("check")
