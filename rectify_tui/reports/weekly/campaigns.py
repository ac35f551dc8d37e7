"""The table of campaigns, the groups below programmes."""

from __future__ import annotations

from rectify_tui.domain.status import Group, Status
from rectify_tui.i18n import Language
from rectify_tui.reports.campaigns import campaign_figures, campaign_name
from rectify_tui.reports.weekly.columns import GROUPS, STATUSES
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, columns, section, sum_name, wanted
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.campaigns import CampaignLine

_KEY = "campaigns"


def campaigns(body: Body, settings: Settings, t: Language) -> Section | None:
    """How each campaign stands; None where no item has one."""
    lines = body.campaigns
    if not lines:
        return None
    whole = CampaignLine("", body.figures.whole.tally)
    rows = [{"name": campaign_name(line, t), **campaign_figures(line.tally)} for line in lines]
    if len(rows) > 1:
        rows.append({**campaign_figures(whole.tally), "name": sum_name(t), "sum": True})
    titles = {
        "name": t("field.campaign.title"),
        **{status.value: t(f"status.item.{status}") for status in Status},
        **{f"group_{group}": t(f"status.group.{group}") for group in Group},
    }
    tallies = [line.tally for line in lines]
    several = {
        STATUSES: [s.value for s in Status if any(each.statuses[s] for each in tallies)],
        GROUPS: [f"group_{g}" for g in Group if any(each.groups[g] for each in tallies)],
    }
    names = wanted(_KEY, settings)
    shown = columns(_KEY, names, t, titles, several)
    return section(
        _KEY, t("report.rollup.campaign"), shown, rows, [t("report.note.completion_rate")]
    )
