"""What differs, as a report for every format."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.domain.status import CaseStatus, Status
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Labelled, shown
from rectify_tui.reports.weekly.build import Built
from rectify_tui.reports.weekly.compare import (
    RATES,
    Compared,
    Difference,
    compare_draft,
    compare_two,
    compare_with_now,
)
from rectify_tui.reports.weekly.freeze import published
from rectify_tui.reports.weekly.item_columns import CHANGES, ListedItem, row_of, titled
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.parts import Items, name_of, section
from rectify_tui.reports.weekly.prose import period_name
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.connection import Connection
from rectify_tui.store.reports import FrozenReport


def difference_report(
    connection: Connection, frozen: FrozenReport, other: FrozenReport | None, t: Language
) -> tuple[Report, bool]:
    """What differs, as a report for every format, and whether nothing does.

    Without `other` the frozen report is set against the ledger as known now.
    """
    compared = (
        compare_with_now(connection, frozen) if other is None
        else compare_two(connection, frozen, other)
    )  # fmt: skip
    shell = published(other or frozen)
    names = _called(frozen, t), _called(other, t)
    title = t("weekly.diff.title_two" if other else "weekly.diff.title_now")
    items = Items(connection, compared.day)
    report = _report(compared, items, shell, title, names, _heads(frozen, other, t), t)
    return report, compared.same


def draft_difference(
    connection: Connection, built: Built, settings: Settings, t: Language
) -> tuple[Report, bool]:
    """What differs between a report that is not frozen and the one before, and whether nothing."""
    compared = compare_draft(connection, built, settings)
    before, day = built.before.moment.day, built.report.period.cutoff
    one = t("weekly.diff.one" if built.before.frozen else "weekly.diff.ledger", cutoff=before)
    names = one, t("weekly.diff.draft", cutoff=day)
    heads = t("weekly.diff.as_of", cutoff=before), t("weekly.diff.as_of", cutoff=day)
    title = t("weekly.diff.title_draft")
    report = _report(compared, Items(connection, day), built.report, title, names, heads, t)
    return report, compared.same


def _report(
    compared: Compared, items: Items, shell: Report, title: str, names: tuple[str, str],
    heads: Heads, t: Language,
) -> Report:  # fmt: skip
    """What differs, told in a sentence and in tables, in the shell of a report."""
    key = "same" if compared.same else "differ"
    summary = t(
        f"weekly.diff.{key}", one=names[0], other=names[1], figures=len(compared.figures),
        items=sum(each.n for each in compared.items),
    )  # fmt: skip
    return Report(
        language=t.code,
        title=title,
        period=shell.period,
        period_name=period_name(shell.period, t),
        office=shell.office,
        paragraphs=(summary,),
        sections=tuple(_sections(compared, items, heads, t)),
        chart=None,
        notes=(),
    )


def _sections(compared: Compared, items: Items, heads: Heads, t: Language) -> Iterator[Section]:
    if compared.figures:
        yield _figure_table(compared, heads, t)
    if compared.items:
        yield _item_table(compared, items, heads, t)


def _called(frozen: FrozenReport | None, t: Language) -> str:
    return t("weekly.diff.one", cutoff=frozen.cutoff) if frozen else t("weekly.diff.now")


Heads = tuple[str, str]


def _heads(frozen: FrozenReport, other: FrozenReport | None, t: Language) -> Heads:
    if other is None:
        return t("weekly.diff.frozen"), t("weekly.diff.today")
    first, second = (t("weekly.diff.as_of", cutoff=each.cutoff) for each in (frozen, other))
    return first, second


def _figure_table(compared: Compared, heads: Heads, t: Language) -> Section:
    columns = [
        Column("line", t("weekly.column.line")),
        Column("figure", t("weekly.column.figure")),
        Column("before", heads[0], "count"),
        Column("after", heads[1], "count"),
        Column("difference", t("weekly.column.difference"), "count"),
    ]
    rows = [_figure_row(each, t) for each in compared.figures]
    return section("figures", t("weekly.diff.figures"), columns, rows, ())


def _figure_row(differing: Difference, t: Language) -> dict[str, object]:
    line, values = differing.line, [differing.before, differing.after]
    named = Labelled("", t("weekly.diff.whole"))
    if differing.by is not None:
        named = Labelled(line.key, name_of(line, differing.by, t).label)
    difference = None if None in values else (differing.after or 0) - (differing.before or 0)
    row: dict[str, object] = {
        "line": named,
        "figure": Labelled(differing.figure, figure_name(differing.figure, t)),
        "by": differing.by.value if differing.by else None,
    }
    if differing.figure in RATES:
        percents = [Labelled(value, shown(value, "percent")) for value in values]
        points = Labelled(difference, shown(difference, "points"))
        return row | {"before": percents[0], "after": percents[1], "difference": points}
    signed = Labelled(difference, f"{difference:+}")
    return row | {"before": values[0], "after": values[1], "difference": signed}


def figure_name(figure: str, t: Language) -> str:
    """What a figure is called."""
    if figure in list(Status):
        return t(f"status.item.{figure}")
    group, _, rest = figure.partition("_")
    if group == "cases" and rest in list(CaseStatus):
        return t(f"status.case.{rest}")
    if group == "type":
        return t(f"case.type.{rest}")
    if figure == "closure_rate":
        return t("report.column.case_closure_rate")
    if figure == "not_started_due":
        return t("weekly.diff.not_started_due")
    if figure == "cases_total":
        return t("report.column.cases_total")
    return t(f"weekly.column.{figure}")


_ITEM = (
    "ref", "problem", "responsible", "region", "before", "after", "effective_on", "recorded_on",
    "who", "change_note",
)  # fmt: skip


def _item_table(compared: Compared, items: Items, heads: Heads, t: Language) -> Section:
    titles = dict(zip(("before", "after"), heads, strict=True))
    columns = [
        Column(column.key, titles.get(column.key, column.title), column.kind)
        for column in titled(_ITEM, CHANGES, t)
    ]
    there = items.rows_now([each.id for each in compared.items if each.id is not None])
    rows = [
        row_of(ListedItem(compared.day, there.get(each.id or 0), None, change=each), CHANGES, t)
        | {"n": each.n}
        for each in compared.items
    ]
    return section("items", t("weekly.diff.items"), columns, rows, ())
