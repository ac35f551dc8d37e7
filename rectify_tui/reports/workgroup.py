"""The working group as tables: who is in it, who has left, and how it grew smaller."""

from __future__ import annotations

from collections.abc import Sequence

from rectify_tui.domain.status import Group
from rectify_tui.domain.workgroup import members_by_week, week_ends
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.rollup import line_name
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.store.rollup_read import RollupQuery
from rectify_tui.store.workgroup import Member

_BAR = 40
_WEEKS = 26


def group_table(
    members: Sequence[Member], query: RollupQuery, t: Language, scope: Sequence[str] = ()
) -> Table:
    """One line for each place: whether it is in, since when, with which lines, or when it left."""
    rows = [_line(member, query, t) for member in members]
    inside = sum(member.inside for member in members)
    title = t("workgroup.title")
    if scope:
        title = t("report.scope", title=title, scope=labels.joined(t, list(scope)))
    note = t("workgroup.count", n=inside, left=len(members) - inside)
    group_columns = (
        Column("name", t(f"workgroup.by.{query.by}")),
        Column("state", t("workgroup.column.state"), "whole"),
        Column("open", t("workgroup.column.open"), "count"),
        Column("behind", t("workgroup.column.behind"), "count"),
        Column("total", t("report.column.total"), "count"),
        Column("joined_on", t("workgroup.column.joined_on"), "date"),
        Column("left_on", t("workgroup.column.left_on"), "date"),
        Column("times", t("workgroup.column.times"), "count"),
    )
    return Table(labels.dated(t, title, query.as_of), group_columns, rows, (note,))


def _line(member: Member, query: RollupQuery, t: Language) -> dict[str, object]:
    state = "in" if member.inside else "left"
    return {
        "key": member.row.key,
        "name": line_name(query.by, member.row, t),
        "state": Labelled(state, t(f"workgroup.state.{state}")),
        "open": member.tally.open,
        "behind": member.tally.groups[Group.BEHIND],
        "total": member.tally.total,
        "joined_on": member.spells[-1].joined_on,
        "left_on": member.left_on,
        "times": len(member.spells),
    }


def progress_table(
    members: Sequence[Member], query: RollupQuery, t: Language, week_ends_on: int, *,
    ascii: bool = False,
) -> Table:  # fmt: skip
    """How many were in the group at the end of each week, with a bar, and for programs who.

    Weeks end on the weekday of the office, 0 for Monday.
    """
    as_of = query.as_of
    spells = {index: member.spells for index, member in enumerate(members)}
    first = min((each[0].joined_on for each in spells.values()), default=as_of)
    weeks = members_by_week(spells, week_ends(first, as_of, _WEEKS, week_ends_on))
    most = max((len(inside) for _, inside in weeks), default=0)
    sign = "#" if ascii else "█"
    rows = [
        {
            "week": day, "members": len(inside),
            "bar": Labelled(len(inside), sign * _length(len(inside), most)),
            "names": [line_name(query.by, members[index].row, t).value for index in inside],
        }
        for day, inside in weeks
    ]  # fmt: skip
    progress_columns = (
        Column("week", t("workgroup.column.week"), "whole"),
        Column("members", t("workgroup.column.members"), "count"),
        Column("bar", "", "whole"),
    )
    return Table(t("workgroup.progress"), progress_columns, rows)


def _length(n: int, most: int) -> int:
    """Cells of a bar: whoever is in is seen."""
    return 0 if not n else max(1, round(n * _BAR / most))
