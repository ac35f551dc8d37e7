"""The rollup as a table: progress and cases by programme, place or unit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import WHOLE, dated, place
from rectify_tui.reports.table import NUMBERS, Column, Labelled, Table
from rectify_tui.store.rollup_read import By, Rollup, RollupRow

Layout = Literal["full", "long", "short", "groups"]
"""Every column under its full name; those that hold something, under full names or short ones; or
the groups instead of the statuses."""

Disagreeing = Mapping[int, int] | None
"""How many items of each line disagree, by its id; lines without any may be missing. None where
that cannot be told: then there is no such column."""

_BY_GROUP = [(f"group_{group}", group) for group in Group]

_DIGITS, _NAME = 5, 14
"""Cells that a figure takes, and those that a name takes at least to be known by."""


def rollup_table(
    rollup: Rollup,
    t: Language,
    *,
    layout: Layout = "full",
    with_sum: bool = True,
    scope: Sequence[str] = (),
    simulated: bool = False,
    disagreeing: Disagreeing = None,
) -> Table:
    """A rollup under its day, with a last line that sums up more than one.

    `scope` names what the figures are restricted to; `simulated` says that some are made up.
    """
    rows = list(_rows(rollup, t, disagreeing))
    query = rollup.query
    if with_sum and len(rows) > 1:
        name = "key" if layout == "groups" and query.by is By.PROGRAMME else "name"
        differing = None if disagreeing is None else sum(disagreeing.values())
        rows.append({name: t("report.sum"), **_figures(rollup.sum), "disagreeing": differing})
    title = t(f"report.rollup.{query.by}")
    if scope:
        title = t("report.scope", title=title, scope=t("report.comma").join(scope))
    return Table(
        dated(t, title, query.as_of, query.known_on),
        tuple(_columns(rollup, t, layout, disagreeing)),
        rows,
        tuple(_notes(rollup, t, simulated, disagreeing if layout != "groups" else None)),
    )


def closure_table(rollup: Rollup, t: Language, *, scope: Sequence[str] = ()) -> Table:
    """What completed comes to: struck off, awaiting acceptance, not applied for; with the sum."""
    rows = list(_rows(rollup, t, None))
    if len(rows) > 1:
        rows.append({"name": t("report.sum"), **_figures(rollup.sum)})
    title = t(f"report.rollup.{rollup.query.by}")
    if scope:
        title = t("report.scope", title=title, scope=t("report.comma").join(scope))
    counts = ("total", "completed_items", "struck_off", "awaiting", "not_applied")
    columns = (
        *_names(rollup.query.by, t, "long"),
        *(Column(name, t(f"report.column.{name}"), "count") for name in counts),
    )
    notes = (t("closeout.note.sum"),) if rollup.rows else (t("report.nothing"),)
    return Table(dated(t, title, rollup.query.as_of, rollup.query.known_on), columns, rows, notes)


def _rows(rollup: Rollup, t: Language, disagreeing: Disagreeing) -> Iterator[dict[str, object]]:
    for row in rollup.rows:
        yield {
            "key": row.key,
            "name": line_name(rollup.query.by, row, t),
            **_figures(row.tally),
            "disagreeing": None if disagreeing is None else disagreeing.get(row.id, 0),
            "name_en": row.name_en,
            "own": row.own,
        }


def line_name(by: By, row: RollupRow, t: Language) -> Labelled:
    """What a line is called: a place, what belongs to none of its parts, or a unit."""
    if by is By.UNIT and not row.id:
        return Labelled(row.name, t("region.no_unit"))
    named = place(t, row.name, row.name_en)
    return Labelled(row.name, t("region.own_level", name=named.label)) if row.own else named


def _figures(tally: Tally) -> dict[str, object]:
    return {
        "total": tally.total,
        **{str(status): n for status, n in tally.statuses.items()},
        "completion_rate": tally.completion_rate,
        "cases_total": tally.cases_total,
        "cases_closed": tally.cases[CaseStatus.CLOSED],
        "cases_open": tally.cases[CaseStatus.OPEN],
        "case_closure_rate": tally.case_closure_rate,
        **{name: tally.groups[group] for name, group in _BY_GROUP},
        "cases_interim": tally.cases[CaseStatus.INTERIM],
        "carried": tally.carried,
        "completed_items": tally.groups[Group.COMPLETED],
        "struck_off": tally.struck_off,
        "awaiting": tally.awaiting,
        "not_applied": tally.not_applied,
    }


def _columns(
    rollup: Rollup, t: Language, layout: Layout, disagreeing: Disagreeing
) -> Iterator[Column]:
    yield from _names(rollup.query.by, t, layout)
    yield Column("total", t("report.column.total"), "count")
    unclear = rollup.sum.groups[Group.UNCLEAR]
    if layout == "groups":
        for group in Group:
            if group is not Group.UNCLEAR or unclear:
                yield Column(f"group_{group}", t(f"report.short.group_{group}"), "count")
    else:
        names = "heading" if layout == "short" else "item"
        for status in Status:
            if status is not Status.IN_PROGRESS or unclear or layout == "full":
                yield Column(status.value, t(f"status.{names}.{status}"), "count")
    rates = "column" if layout in ("full", "long") else "short"
    yield Column("completion_rate", t(f"report.{rates}.completion_rate"), "percent")
    if disagreeing is not None and layout != "groups":
        yield Column("disagreeing", t("queue.column.disagreeing"), "count")
    if layout != "full" and not rollup.sum.cases_total:
        return
    yield Column("cases_total", t("report.column.cases_total"), "count")
    if layout != "groups":
        yield Column("cases_closed", t("status.case.closed"), "count")
        if layout == "full" or rollup.sum.cases[CaseStatus.INTERIM]:
            yield Column("cases_interim", t("status.case.interim"), "count")
        yield Column("cases_open", t("status.case.open"), "count")
    yield Column("case_closure_rate", t(f"report.{rates}.case_closure_rate"), "percent")


def _names(by: By, t: Language, layout: Layout) -> Iterator[Column]:
    """Code and name; where room is short, the one of them that tells lines apart."""
    if by is not By.UNIT and (layout != "groups" or by is By.PROGRAMME):
        yield Column("key", t("field.code.title"), WHOLE)
    if layout != "groups" or by is not By.PROGRAMME:
        yield Column("name", t(f"report.by.{by}"))


def _notes(rollup: Rollup, t: Language, simulated: bool, disagreeing: Disagreeing) -> Iterator[str]:
    if not rollup.rows:
        yield t("report.nothing")
        return
    yield t("report.note.completion_rate")
    if disagreeing:
        yield t("queue.note.disagreeing")
    if rollup.query.by is By.UNIT:
        yield t("report.note.no_cases_by_unit")
    if rollup.sum.cases_total:
        yield t("report.rate", name=t("closure.name.closed"), formula=t("closure.formula.closed"))
    if carried := rollup.sum.carried:
        where = "lines" if rollup.query.across else "sum"
        yield t(f"report.note.carried_in_{where}", n=carried)
    shared = sum(row.tally.cases_total for row in rollup.rows) - rollup.sum.cases_total
    if rollup.query.by is not By.UNIT and shared > 0:
        yield t("report.note.shared_cases", n=shared)
    if simulated:
        yield t("report.note.simulated")


def widest_layout(
    rollup: Rollup, t: Language, cells: int | None, disagreeing: Disagreeing = None
) -> Layout:
    """The layout that tells most in so many cells, its names cut as far as they can be read."""
    layouts: tuple[Layout, ...] = ("long", "short")
    for layout in layouts:
        if cells is None or _needed(rollup, t, layout, disagreeing) <= cells:
            return layout
    return "groups"


def _needed(rollup: Rollup, t: Language, layout: Layout, disagreeing: Disagreeing) -> int:
    columns = tuple(_columns(rollup, t, layout, disagreeing))
    numbers = [max(width(column.title), _DIGITS) for column in columns if column.kind in NUMBERS]
    codes = max((width(row.key) for row in rollup.rows), default=0)
    return sum(numbers) + codes + _NAME + 2 * len(columns)
