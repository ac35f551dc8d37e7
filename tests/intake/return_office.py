"""A provincial office that sends returns: five places, two programmes, and items of every kind."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from rectify_tui.i18n import Language
from rectify_tui.intake.returns.make import Made, MakeRequest, make_returns
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import INTAKE_FILE
from rectify_tui.store.references import Target, item_ids
from rectify_tui.store.regions import one_region

FRIDAY = date(2020, 3, 6)
ZH, EN = Language("zh"), Language("en")

PROGRAMMES = (("HLJ-A", "黑龙江省整改方案"), ("HLJ-B", "黑龙江省水源地专项"))
ITEMS: Mapping[str, Mapping[str, str]] = {
    "HLJ-A/1": {"region": "大庆市", "problem": "大龙虎泡水源一级保护区内有旅游餐饮",
                "responsible": "大庆市政府", "lead": "省水利厅", "supervising": "省生态环境厅",
                "deadline": "2020年底前", "status": "behind", "progress": "45",
                "note": "已关停 3 家\n还剩 2 家", "reason": "安置方案未定",
                "next_step": "召开协调会", "next_on": "2020-04-30"},
    "HLJ-A/2": {"region": "让胡路区", "problem": "=1+1", "responsible": "让胡路区政府",
                "deadline": "立行立改", "status": "on_schedule"},
    "HLJ-A/3": {"region": "大庆市", "problem": "养殖场未搬迁", "status": "completed",
                "progress": "100"},
    "HLJ-A/4": {"region": "大庆市", "problem": "垃圾未清", "responsible": "大庆市政府",
                "status": "completed", "verification": "refuted"},
    "HLJ-A/5": {"region": "哈尔滨市", "problem": "@污水直排", "responsible": "哈尔滨市政府",
                "status": "basically_completed"},
    "HLJ-A/6": {"region": "绥化市", "problem": "已完工", "status": "completed"},
    "HLJ-A/7": {"region": "黑龙江省", "problem": "全省规划未编制", "responsible": "省水利厅",
                "status": "not_started"},
    "HLJ-A/8": {"region": "大庆市", "problem": "并入的任务", "status": "behind"},
    "HLJ-B/10": {"region": "大庆市", "problem": "水源地缺标志", "status": "not_completed"},
    "HLJ-B/2": {"region": "大庆市", "problem": "水源地缺围栏", "status": "ahead"},
}  # fmt: skip


def open_office(ledger: Ledger) -> None:
    """Fill a ledger that has the regions."""
    with ledger.batch("seed", who="处长") as writing:
        draft = writing.draft
        region = one_region(draft.connection, "230000").id
        ids = {
            code: add_programme(draft, NewProgramme(code, name, region, 2020))
            for code, name in PROGRAMMES
        }
        for ref, fields in ITEMS.items():
            code, _, number = ref.partition("/")
            add_item(draft, ids[code], number, fields)
    with ledger.batch("merge", who="处长") as writing:
        merged, into = item_ids(writing.draft.connection, ["HLJ-A/8", "HLJ-A/1"])
        merge_items(writing.draft, [merged], Target(ids["HLJ-A"], into))


def request(**changes: object) -> MakeRequest:
    """What the office asks for unless told otherwise."""
    asked: dict[str, object] = {
        "by": "city", "programme": None, "under": None, "cutoff": FRIDAY, "due_on": FRIDAY,
        "office": "省整改办",
    }  # fmt: skip
    return MakeRequest(**{**asked, **changes})  # type: ignore[arg-type]  # as named above


def make(ledger: Ledger, folder: Path, t: Language = ZH, **changes: object) -> Made:
    """Make returns."""
    return make_returns(ledger, request(**changes), folder, t, "王")


def put(ledger: Ledger, ref: str, **fields: str) -> int | None:
    """Set fields of an item; returns the batch."""
    with ledger.batch("set") as writing:
        set_items(writing.draft, item_ids(writing.draft.connection, [ref]), fields)
    return writing.receipt.batch


def receive(ledger: Ledger, code: str, name: str, taken: int, refused: int = 0) -> int | None:
    """Record that a file came back for a return; returns the batch."""
    with ledger.batch("return_apply", who="王") as writing:
        (sheet,) = writing.draft.connection.execute(
            "SELECT id FROM return_sheet WHERE code = ?", [code]
        ).fetchone()
        values = {
            "kind": "return", "name": name, "sheet": "回报表", "digest": "0" * 64,
            "rows_read": taken + refused, "rows_taken": taken, "rows_refused": refused,
            "return_sheet_id": sheet,
        }  # fmt: skip
        writing.draft.create(INTAKE_FILE, values, writing.draft.batch.recorded_on)
    return writing.receipt.batch
