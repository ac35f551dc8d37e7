"""Making returns: who gets one, what is in it, what is recorded, and all of it or nothing."""

from __future__ import annotations

import os
import resource
from datetime import date

import pytest
from return_office import EN, FRIDAY, ITEMS, ZH, make, open_office, put

from rectify_tui.domain.region import RegionKind
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.returns.make import week_asked
from rectify_tui.intake.returns.outbox import Outbox
from rectify_tui.reports.file_names import safe_name
from rectify_tui.store import anchors
from rectify_tui.store.chain import head
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.commands.places import add_region, add_unit
from rectify_tui.store.commands.returns import record_return
from rectify_tui.store.records import ITEM, RETURN_SHEET
from rectify_tui.store.references import item_ids, programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.returns import NewReturn, return_by_code
from rectify_tui.store.undo import undo

OPEN_IN_DAQING = ["HLJ-A/1", "HLJ-A/2", "HLJ-A/4", "HLJ-B/2", "HLJ-B/10"]


@pytest.fixture
def office(ledger):
    open_office(ledger)
    return ledger


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "年" / "回报表"


def refs(ledger, file):
    """References of the items in a return, as recorded."""
    ids = return_by_code(ledger.reader(), file.code).item_ids
    known = {id: ref for ref in ITEMS for id in item_ids(ledger.reader(), [ref])}
    return [known[id] for id in ids]


def files_below(folder):
    return sorted(path.name for path in folder.rglob("*")) if folder.exists() else None


def sheets(ledger):
    return ledger.reader().execute("SELECT COUNT(*) FROM return_sheet").fetchone()[0]


# --- who gets one ---


def test_each_city_gets_its_open_items_and_the_province_its_own(office, folder):
    made = make(office, folder)
    assert {file.place: refs(office, file) for file in made.files} == {
        "哈尔滨市": ["HLJ-A/5"],
        "大庆市": OPEN_IN_DAQING,
        "黑龙江省（未分到下级）": ["HLJ-A/7"],
    }
    assert [file.n_items for file in made.files] == [1, 1, 5]


def test_cities_with_nothing_open_get_none_and_are_named(office, folder):
    made = make(office, folder)
    assert "绥化市" in made.idle  # all of its items are completed
    assert "齐齐哈尔市" in made.idle  # it has none
    assert not {file.place for file in made.files} & {*made.idle}
    assert len(made.idle) == len(set(made.idle)) == 11


def test_only_one_programme_is_asked_about(office, folder):
    made = make(office, folder, programme="hlj-b")
    assert [(file.place, refs(office, file)) for file in made.files] == [
        ("大庆市", ["HLJ-B/2", "HLJ-B/10"])
    ]
    sent = return_by_code(office.reader(), made.files[0].code)
    assert sent.programme_id == programme_id(office.reader(), "HLJ-B")
    assert "哈尔滨市" in made.idle


@pytest.mark.parametrize(
    ("under", "places", "idle"),
    [("大庆市", {"大庆市": OPEN_IN_DAQING}, 0), ("让胡路区", {"大庆市": ["HLJ-A/2"]}, 0),
     ("绥化市", None, 0)],
)  # fmt: skip
def test_only_one_region_is_asked_about(office, folder, under, places, idle):
    if places is None:
        with pytest.raises(Refusal, match=r"returns\.nothing_open"):
            make(office, folder, under=under)
        return
    made = make(office, folder, under=under)
    assert {file.place: refs(office, file) for file in made.files} == places
    assert len(made.idle) == idle


def test_each_unit_gets_the_items_it_is_responsible_for(office, folder):
    made = make(office, folder, by="unit")
    assert {file.place: refs(office, file) for file in made.files} == {
        "大庆市政府": ["HLJ-A/1", "HLJ-A/4"],
        "哈尔滨市政府": ["HLJ-A/5"],
        "省水利厅": ["HLJ-A/7"],
        "让胡路区政府": ["HLJ-A/2"],
    }
    assert made.without_unit == 2  # HLJ-B/2 and HLJ-B/10
    assert made.idle == ()
    put(office, "HLJ-A/5", status="completed")
    assert make(office, folder, by="unit").idle == ("哈尔滨市政府",)
    sent = return_by_code(office.reader(), made.files[0].code)
    assert (sent.region_id, sent.unit_id is not None) == (None, True)


def test_no_unit_for_anything_open(office, folder):
    with pytest.raises(Refusal, match=r"returns\.nothing_open_of_units"):
        make(office, folder, by="unit", programme="HLJ-B")


def test_nothing_open_leaves_no_folder(ledger, folder):
    with pytest.raises(Refusal, match=r"returns\.nothing_open "):
        make(ledger, folder)
    assert not folder.parent.exists()


def test_places_and_units_of_the_same_name_are_told_apart(office, folder):
    with office.batch("seed") as writing:
        draft = writing.draft
        for number, city in (("20", "哈尔滨市"), ("21", "大庆市")):
            region = one_region(draft.connection, city).id
            unit = add_unit(draft, "生态环境局", region)
            id = add_item(draft, 1, number, {"region": city, "problem": "x"})
            draft.change(ITEM, id, {"responsible_id": unit}, draft.batch.recorded_on)
        for city in ("230600", "230100"):
            above = one_region(draft.connection, city)
            add_region(draft, "高新区", above.id, RegionKind.ZONE.value)
        for code in ("230000", "140000"):
            id = add_region(draft, "直管区", one_region(draft.connection, code).id, "zone")
            id = draft.create(ITEM, {
                "programme_id": 1, "number": f"Z{id}", "problem": "x", "region_id": id,
                "deadline_kind": "none", "status": "behind", "verification": "unverified",
                "reconstructed": 0,
            }, draft.batch.recorded_on)  # fmt: skip
    units = {file.path.name for file in make(office, folder, by="unit").files}
    assert {
        f"生态环境局（{city}）-整改回报表-2020年第10周.xlsx" for city in ("哈尔滨市", "大庆市")
    } < units
    places = {file.place for file in make(office, folder).files}
    assert {"直管区（黑龙江省）", "直管区（山西省）"} < places


# --- what is recorded ---


def test_returns_are_recorded_in_one_batch_that_can_be_undone(office, folder):
    newest = head(office.reader())
    made = make(office, folder, due_on=date(2020, 3, 10))
    batch = office.reader().execute(
        "SELECT kind, on_behalf FROM batch WHERE id = ?", [made.receipt.batch]
    )
    assert batch.fetchone() == ("return_make", "王")
    assert made.receipt.changed == len(made.files) == sheets(office) == 3
    for file in made.files:
        sent = return_by_code(office.reader(), file.code)
        assert (sent.cutoff, sent.due_on) == (FRIDAY, date(2020, 3, 10))
        assert (sent.head_seq, sent.head_hash) == newest
        assert sent.unit_id is None
        assert sent.region_id is not None
        assert len(sent.item_ids) == file.n_items
    assert [each.name for each in anchors.read(office.address).heads] == ["return_make"]
    assert all(finding.ok for finding in run_checks(office.reader()))
    undo(office)
    assert sheets(office) == 0
    assert all(finding.ok for finding in run_checks(office.reader()))


def test_a_code_is_never_used_twice(office, folder):
    first = {file.code for file in make(office, folder).files}
    undo(office)
    second = {file.code for file in make(office, folder).files}
    third = {file.code for file in make(office, folder, cutoff=date(2020, 3, 13)).files}
    assert len(first | second | third) == 9
    assert sorted(first) == ["R20200306-001", "R20200306-002", "R20200306-003"]


def test_somebody_who_takes_the_codes_meanwhile_is_noticed(office, folder):
    with office.batch("return_make") as writing:
        new = NewReturn("R20200306-002", None, 1, None, FRIDAY, FRIDAY, (1,), 0, "0" * 64)
        assert record_return(writing.draft, new) == 1
    with pytest.raises(Refusal, match=r"returns\.made_meanwhile"):
        make(office, folder)
    assert sheets(office) == 1
    assert not folder.parent.exists()


@pytest.mark.parametrize(
    ("changes", "key"),
    [({"programme": "NONE"}, "programme.not_found"), ({"under": "火星"}, "region.not_found"),
     ({"due_on": date(2020, 3, 5)}, "returns.due_past")],
)  # fmt: skip
def test_what_cannot_be_asked_for(office, folder, changes, key):
    with pytest.raises(Problem) as caught:
        make(office, folder, **changes)
    assert caught.value.key == key
    assert ZH.problem(caught.value) != EN.problem(caught.value)
    assert not folder.parent.exists()


# --- weeks ---


@pytest.mark.parametrize(
    ("day", "due", "ends", "expected"),
    [(None, None, 4, (date(2020, 3, 6), date(2020, 3, 6))),
     (None, None, 3, (date(2020, 3, 12), date(2020, 3, 12))),
     (date(2020, 3, 7), None, 4, (date(2020, 3, 13), date(2020, 3, 13))),
     (date(2020, 3, 1), date(2020, 3, 9), 4, (date(2020, 3, 6), date(2020, 3, 9))),
     (date(2020, 2, 1), None, 4, (date(2020, 2, 7), date(2020, 3, 6)))],
)  # fmt: skip
def test_the_week_that_is_asked_for(day, due, ends, expected):
    assert week_asked(day, due, date(2020, 3, 6), ends) == expected


# --- files ---


def test_file_names_can_be_read(office, folder):
    assert [file.path.name for file in make(office, folder).files] == [
        "黑龙江省（未分到下级）-整改回报表-2020年第10周.xlsx",
        "哈尔滨市-整改回报表-2020年第10周.xlsx",
        "大庆市-整改回报表-2020年第10周.xlsx",
    ]
    english = {file.path.name for file in make(office, folder, EN).files}
    assert "Daqing-rectification return-Week 10 of 2020.xlsx" in english
    assert files_below(folder) == sorted(path.name for path in folder.iterdir())


HOSTILE = [
    ('省/厅\\处:室*?"<>|', "省 厅 处 室-"), ("..隐藏", "隐藏-"), ("-rf 局", "rf 局-"),
    ("~局.", "局-"), ("CON", "CON-"), (" 局  ", "局-"), ("🏭局", "🏭局-"), ("/", "_-"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "beginning"), HOSTILE)
def test_hostile_names_become_safe_files(office, folder, name, beginning):
    put(office, "HLJ-A/5", responsible=name)
    made = make(office, folder, by="unit", under="哈尔滨市")
    (file,) = made.files
    assert file.path.name.startswith(beginning)
    assert file.path.parent == folder
    assert file.path.is_file()
    assert made.numbered == 0


def test_long_names_that_begin_alike_are_cut_and_numbered(office, folder):
    put(office, "HLJ-A/5", responsible="很长的单位名称" * 20 + "甲")
    put(office, "HLJ-A/1", responsible="很长的单位名称" * 20 + "乙")
    made = make(office, folder, by="unit")
    names = [file.path.name for file in made.files if file.path.name.startswith("很长")]
    assert names[1].removesuffix(" (2).xlsx") == names[0].removesuffix(".xlsx")
    assert max(len(name.encode()) for name in names) < 255
    assert made.numbered == 1


@pytest.mark.parametrize("name", ["", ".", "..", "/", "\x00", "　", "a\nb", "大庆市", "x" * 500])
def test_a_safe_name_is_one_part_of_a_path(name):
    safe = safe_name(name)
    assert safe
    assert not set(safe) & set("/\\\n\x00")
    assert safe not in (".", "..")
    assert len(safe.encode()) <= 120


def test_a_file_that_is_there_stays_and_the_new_one_gets_a_number(office, folder):
    folder.mkdir(parents=True)
    there = folder / "大庆市-整改回报表-2020年第10周.xlsx"
    there.write_text("上周填的")
    made = make(office, folder)
    assert there.read_text() == "上周填的"
    assert made.numbered == 1
    assert {file.path.name for file in made.files if file.place == "大庆市"} == {
        "大庆市-整改回报表-2020年第10周 (2).xlsx"
    }


# --- all or nothing ---


@pytest.fixture
def small_disk():
    """A limit on how large a file may become, as if the disk were full."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)

    def limit(size):
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))

    yield limit
    resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_leaves_neither_files_nor_records(office, folder, small_disk):
    assert sheets(office) == 0  # the reader is open by now
    small_disk(4096)
    with pytest.raises(OSError, match="File too large") as caught:
        make(office, folder)
    small_disk(resource.RLIM_INFINITY)
    assert caught.value.filename.endswith("（未分到下级）-整改回报表-2020年第10周.xlsx")
    assert not folder.parent.exists()
    assert sheets(office) == 0


def test_a_folder_that_is_a_file_is_said_to_be_one(office, tmp_path):
    path = tmp_path / "file"
    path.write_text("x")
    with pytest.raises(OSError, match=r"exist|directory") as caught:
        make(office, path)
    assert caught.value.filename == str(path)
    assert path.read_text() == "x"
    assert sheets(office) == 0


def test_a_store_that_cannot_be_written_takes_the_files_away_again(office, folder):
    writer = office._connect(write=True)
    writer.execute("CREATE TRIGGER no_more BEFORE INSERT ON return_sheet WHEN NEW.id = 3"
                   " BEGIN SELECT RAISE(ABORT, 'no more'); END")  # fmt: skip
    writer.close()
    folder.mkdir(parents=True)
    with pytest.raises(Problem, match=r"store\.refused"):
        make(office, folder)
    assert files_below(folder) == []
    assert sheets(office) == 0


def deliver(folder, *names, then=lambda: None):
    with Outbox(folder) as outbox:
        for name in names:
            outbox.add(name, name.encode())
        assert not {*names} & {*files_below(folder)} - {"there.xlsx"}
        paths = outbox.deliver()
        then()
    return [path.name for path in paths]


def fail():
    raise RuntimeError


def test_files_that_were_delivered_go_again_where_anything_fails_later(tmp_path):
    folder = tmp_path / "a" / "b"
    with pytest.raises(RuntimeError):
        deliver(folder, "1.xlsx", "2.xlsx", then=fail)
    assert not folder.parent.exists()
    assert deliver(folder, "1.xlsx", "2.xlsx", "1.xlsx") == ["1.xlsx", "2.xlsx", "1 (2).xlsx"]
    assert files_below(folder) == ["1 (2).xlsx", "1.xlsx", "2.xlsx"]
    assert os.name == "nt" or folder.parent.stat().st_mode & 0o777 == 0o700


def test_a_name_that_cannot_be_taken_takes_back_the_others(tmp_path):
    (tmp_path / "there.xlsx").write_bytes(b"old")
    with pytest.raises(OSError, match="name too long") as caught:
        deliver(tmp_path, "there.xlsx", "1.xlsx", "x" * 300)
    assert caught.value.filename == str(tmp_path / ("x" * 300))
    assert files_below(tmp_path) == ["there.xlsx"]
    assert (tmp_path / "there.xlsx").read_bytes() == b"old"


def test_a_folder_with_something_else_in_it_stays(tmp_path):
    folder = tmp_path / "new"

    def somebody_else():
        (folder / "theirs").write_text("x")
        fail()

    with pytest.raises(RuntimeError):
        deliver(folder, "1.xlsx", then=somebody_else)
    assert files_below(folder) == ["theirs"]


def test_a_ledger_that_moves_meanwhile_is_no_trouble(office, folder):
    newest = head(office.reader())
    put(office, "HLJ-A/1", note="后来")
    made = make(office, folder)
    put(office, "HLJ-A/1", note="更后来")
    sent = return_by_code(office.reader(), made.files[0].code)
    assert sent.head_seq == newest[0] + 1


def test_a_return_that_was_never_sent(office):
    assert return_by_code(office.reader(), "R20200306-001") is None


def test_recording_names_the_entity(office, folder):
    make(office, folder)
    rows = office.reader().execute(
        "SELECT COUNT(*) FROM history WHERE entity = ?", [RETURN_SHEET]
    )  # fmt: skip
    assert rows.fetchone()[0] == 3
