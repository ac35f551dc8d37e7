"""The figures of campaigns as a table."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.status import Group, Status
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.store.campaigns import CampaignLine


def campaign_table(
    lines: Sequence[CampaignLine], whole: Tally, t: Language, day: date, *, with_sum: bool,
    scope: Sequence[str] = (),
) -> Table:  # fmt: skip
    """A line for each campaign and one for what is in none; `scope` says what they are part of."""
    rows = [{"name": campaign_name(line, t), **campaign_figures(line.tally)} for line in lines]
    if with_sum and len(rows) > 1:
        rows.append({"name": t("report.sum"), **campaign_figures(whole)})
    statuses = [each for each in Status if whole.statuses[each]]
    columns = (
        Column("name", t("field.campaign.title")),
        Column("total", t("report.column.total"), "count"),
        *(Column(each.value, t(f"status.item.{each}"), "count") for each in statuses),
        Column("completion_rate", t("report.column.completion_rate"), "percent"),
    )  # fmt: skip
    title = t("report.rollup.campaign")
    if scope:
        title = t("report.scope", title=title, scope=t("report.comma").join(scope))
    notes = [t("report.note.completion_rate") if rows else t("report.note.no_campaigns")]
    if whole.carried and rows:
        notes.append(t("report.note.carried_in_lines", n=whole.carried))
    return Table(labels.dated(t, title, day), columns, rows, tuple(notes))


def campaign_name(line: CampaignLine, t: Language) -> Labelled:
    """What a line is called."""
    return Labelled(line.name, line.name or t("report.no_campaign"))


def campaign_figures(tally: Tally) -> dict[str, object]:
    """The counts of a line, by the names of its columns."""
    return {
        "total": tally.total, **{each.value: tally.statuses[each] for each in Status},
        **{f"group_{each}": tally.groups[each] for each in Group},
        "completion_rate": tally.completion_rate, "carried": tally.carried,
    }  # fmt: skip
