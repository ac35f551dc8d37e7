"""Figures by campaign: the groups below programmes, and what belongs to none."""

from __future__ import annotations

from typing import NamedTuple

from rectify_tui.domain.figures import Count, Tally
from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.domain.timeline import NOT_STARTED_DUE
from rectify_tui.store.connection import Connection
from rectify_tui.store.on_day import on_day
from rectify_tui.store.rollup_read import RollupQuery, read_rollup


class CampaignLine(NamedTuple):
    """The items of a campaign; the one without a name has those of none. Cases have no campaign."""

    name: str
    tally: Tally


def campaign_lines(
    connection: Connection, query: RollupQuery
) -> tuple[tuple[CampaignLine, ...], Tally]:
    """The lines of every campaign that has items on a day, by name, and what they come to.

    The programme and the region of the query narrow them down. Together they are the figures that
    the rollup keeps: what is in no campaign is what the others leave of those. There are no lines
    where no item has a campaign.
    """
    with connection.snapshot():
        whole = read_rollup(connection, query).sum
        counts = _counts(connection, query)
    across = query.programme_id is None
    lines = [CampaignLine(name, count.tally(across=across)) for name, count in counts.items()]
    rest = _rest(whole, [line.tally for line in lines])
    if lines and (rest.total or rest.carried):
        lines.append(CampaignLine("", rest))
    return tuple(lines), _without_cases(whole)


def _counts(connection: Connection, query: RollupQuery) -> dict[str, Count]:
    on = on_day(connection, query.as_of, narrow=True)  # few items have a campaign, or none
    status = (
        f"CASE WHEN {on.status} = '{Status.NOT_STARTED}' AND {on.column('start_on')} <= asked.day"
        f" THEN '{NOT_STARTED_DUE}' ELSE {on.status} END"
    )
    rows = connection.execute(
        f"WITH asked (day) AS (SELECT ?) SELECT item.campaign, {status}, COUNT(*) FROM {on.tables}"
        f" WHERE item.campaign IS NOT NULL AND {query.scope.on(on)} GROUP BY 1, 2 ORDER BY 1, 2",
        [query.as_of.isoformat()],
    )
    counts: dict[str, Count] = {}
    for name, told, n in rows:
        counts.setdefault(name, Count()).add("item", told, n)
    return counts


def _rest(whole: Tally, lines: list[Tally]) -> Tally:
    return Tally(
        {each: whole.statuses[each] - sum(line.statuses[each] for line in lines)
         for each in Status},
        {each: whole.groups[each] - sum(line.groups[each] for line in lines) for each in Group},
        dict.fromkeys(CaseStatus, 0), whole.total - sum(line.total for line in lines), 0,
        whole.carried - sum(line.carried for line in lines),
    )  # fmt: skip


def _without_cases(whole: Tally) -> Tally:
    none = dict.fromkeys(CaseStatus, 0)
    return Tally(whole.statuses, whole.groups, none, whole.total, 0, whole.carried)
