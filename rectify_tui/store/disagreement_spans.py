"""On which days items stand otherwise than was reported, kept in step with what is said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from rectify_tui.domain.region import Step
from rectify_tui.store.connection import Connection, fetch_chunks, marks
from rectify_tui.store.consequences import ALWAYS
from rectify_tui.store.disagreement_days import Days, days_since
from rectify_tui.store.disagreement_sums import add_to_sums

_WINDOW = 2_000
"""Items whose days are worked out at a time."""

_COLUMNS = ("item_id", *Days._fields)


class Compared(NamedTuple):
    """The days of an item as they are kept, and as they follow from what is kept of the item."""

    id: int
    kept: list[Days]
    told: list[Days]


def judge_anew(
    connection: Connection, since: Mapping[int, str], removed: Mapping[int, tuple[Step, ...]]
) -> None:
    """Write on which days items disagree, of which something was said, and how many that makes.

    `since` has the earliest day that it was said of (ISO text), by the id of each item; `removed`
    the ladders of regions that are there no longer.
    """
    gone: list[tuple[int, Days]] = []
    new: list[tuple[int, Days]] = []
    for id, kept, told in compare(connection, since):
        if kept != told:
            gone += [(id, days) for days in kept if days not in told]
            new += [(id, days) for days in told if days not in kept]
    connection.executemany(
        "DELETE FROM disagreement WHERE item_id = ? AND from_on = ?",
        [(id, days.from_on) for id, days in gone],
    )
    connection.executemany(
        f"INSERT INTO disagreement ({', '.join(_COLUMNS)}) VALUES ({marks(_COLUMNS)})",
        [(id, *days) for id, days in new],
    )
    if gone or new:
        add_to_sums(connection, (days for _, days in gone), (days for _, days in new), removed)


def judge_all(connection: Connection) -> None:
    """Work out all disagreements anew."""
    connection.execute("DELETE FROM disagreement")
    connection.execute("DELETE FROM disagreement_sum")
    for ids in all_items(connection):
        judge_anew(connection, dict.fromkeys(ids, ALWAYS), {})


def compare(connection: Connection, since: Mapping[int, str]) -> Iterator[Compared]:
    """Hold the days that are kept against those that follow, from the day given with each item."""
    ids = sorted(since)
    for start in range(0, len(ids), _WINDOW):
        window = ids[start : start + _WINDOW]
        kept = _read_days(connection, window)
        told = dict(days_since(connection, {id: since[id] for id in window}))
        for id in window:
            days = kept.get(id, [])
            yield Compared(id, days, _followed(days, since[id], told.get(id, [])))


def all_items(connection: Connection) -> Iterator[list[int]]:
    """The ids of all items in windows, and those that are told of where no item is."""
    query, last = "SELECT id FROM item WHERE id > ? ORDER BY id LIMIT ?", -1
    while ids := [id for (id,) in connection.execute(query, [last, _WINDOW])]:
        yield ids
        last = ids[-1]
    query = "SELECT DISTINCT item_id FROM disagreement WHERE item_id NOT IN (SELECT id FROM item)"
    yield [id for (id,) in connection.execute(query)]


def _read_days(connection: Connection, ids: Sequence[int]) -> dict[int, list[Days]]:
    query = (
        f"SELECT {', '.join(_COLUMNS)} FROM disagreement WHERE item_id IN ({{marks}})"
        " ORDER BY item_id, from_on"
    )
    kept: dict[int, list[Days]] = {}
    for id, *days in fetch_chunks(connection, query, ids):
        kept.setdefault(id, []).append(Days(*days))
    return kept


def _followed(kept: Sequence[Days], since: str, told: list[Days]) -> list[Days]:
    """What was kept up to a day, followed by what is told from then on."""
    head = [days._replace(to_on=min(days.to_on, since)) for days in kept if days.from_on < since]
    if head and told and head[-1].to_on == told[0].from_on and head[-1][2:] == told[0][2:]:
        told = [told[0]._replace(from_on=head.pop().from_on), *told[1:]]
    return head + told
