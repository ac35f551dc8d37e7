"""A small country: a county right below its province, zones without codes, three programmes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rectify_tui.domain.timeline import Later, Value
from rectify_tui.seeding.regions import BEGINNING
from rectify_tui.store.check import run_checks
from rectify_tui.store.commands.cases import add_case
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.commands.places import (
    NewProgramme,
    NewRegion,
    add_coded_regions,
    add_programme,
    add_region,
)
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import Target
from rectify_tui.store.regions import one_region
from rectify_tui.store.sqlite import connect
from rectify_tui.store.undo import undo

REGIONS = (
    NewRegion("000000", "全国", "National", "nation", None),
    NewRegion("230000", "甲省", "Jia", "province", "000000"),
    NewRegion("230100", "甲一市", None, "city", "230000"),
    NewRegion("230102", "甲一东区", None, "county", "230100"),
    NewRegion("230103", "甲一西区", None, "county", "230100"),
    NewRegion("230200", "甲二市", None, "city", "230000"),
    NewRegion("239001", "甲直县", None, "county", "230000"),
    NewRegion("140000", "乙省", "Yi", "province", "000000"),
    NewRegion("140100", "乙一市", None, "city", "140000"),
    NewRegion("140105", "乙一县", None, "county", "140100"),
)
PROGRAMMES = (("ONE", "230000"), ("TWO", "230000"), ("ALL", "000000"))


def build_country(ledger: Ledger) -> None:
    """Regions 1 to 12 and programmes 1 to 3."""
    with ledger.batch("regions", who="rectify") as writing:
        add_coded_regions(writing.draft, REGIONS, on=BEGINNING)
    with ledger.batch("seed", who="rectify") as writing:
        find = writing.draft.connection
        add_region(writing.draft, "甲一开发区", one_region(find, "230100").id, "zone")
        add_region(writing.draft, "甲省兵团", one_region(find, "230000").id, "corps")
        for code, region in PROGRAMMES:
            new = NewProgramme(code, f"{code} 整改方案", one_region(find, region).id, 2020)
            add_programme(writing.draft, new)


def add(
    ledger: Ledger, programme: int, number: str, *, on: date | None = None, **fields: str
) -> int:
    """Add one item in a batch of its own."""
    with ledger.batch("add") as writing:
        return add_item(writing.draft, programme, number, fields, on=on)


def put(ledger: Ledger, *ids: int, on: date | None = None, **fields: str) -> int | None:
    """Set fields of items in a batch of their own; returns its number."""
    with ledger.batch("set") as writing:
        set_items(writing.draft, ids, fields, on=on, later=Later.UNTIL_NEXT, correction=True)
    return writing.receipt.batch


def build_weeks(ledger: Ledger) -> None:
    """A few weeks of work: four items, a case, an undone batch."""
    for number in ("1", "2", "3"):
        add(ledger, 1, number, region="甲一市", start="2020-02-01", on=date(2020, 1, 20))
    add(ledger, 2, "1", responsible="甲局")
    put(ledger, 1, 2, status="behind", note="原因", on=date(2020, 2, 10))
    put(ledger, 2, status="completed", progress="100")
    with ledger.batch("merge", who="李") as writing:
        merge_items(writing.draft, [3], Target(2, 4))
    with ledger.batch("cases", who="王", reason="第一批") as writing:
        add_case(writing.draft, 1, "D1", {"region": "甲一市,乙省", "fined_wan": "3"})
    put(ledger, 1, note="撤回")
    undo(ledger)


def item(ledger: Ledger, id: int) -> Mapping[str, Value]:
    """The row of an item as it is kept."""
    return row(ledger, "item", id)


def row(ledger: Ledger, table: str, id: int) -> Mapping[str, Value]:
    """The row of any record as it is kept; empty where there is none."""
    cursor = ledger.reader().execute(f"SELECT * FROM {table} WHERE id = ?", [id])
    names = [column[0] for column in cursor.description]
    found = cursor.fetchone()
    return dict(zip(names, found, strict=True)) if found else {}


def history(ledger: Ledger, entity: str, id: int) -> list[tuple[Value, ...]]:
    """Sequence, field, old, new, effective date and what it retracts, of each row."""
    return (
        ledger.reader()
        .execute(
            "SELECT seq, field, old, new, effective_on, retracts FROM history"
            " WHERE entity = ? AND entity_id = ? ORDER BY seq",
            [entity, id],
        )
        .fetchall()
    )


def dump(path: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    connection = connect(path)
    try:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: sorted(connection.execute(f'SELECT * FROM "{name}"').fetchall(), key=repr)
            for (name,) in tables.fetchall()
        }
    finally:
        connection.close()


def healthy(ledger: Ledger) -> bool:
    """Whether every check passes."""
    return all(finding.ok for finding in run_checks(ledger.reader()))
