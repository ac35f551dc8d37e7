"""What says nothing of the schedule stands beside the four groups wherever it occurs."""

from __future__ import annotations

import json

from office import EN, ZH, Office, keys, raw

from rectify_tui.domain.status import Group, Status
from rectify_tui.reports.rollup import rollup_table
from rectify_tui.reports.weekly.figures import as_data, from_data
from rectify_tui.reports.weekly.figures import read_figures as read
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup


def test_it_is_a_column_and_a_part_of_the_prose_where_it_occurs(office: Office):
    assert "group_unclear" not in keys(office.report(), "progress")
    office.put("HLJ/5", status="正在整改", on="2020-03-05")
    report = office.report()
    assert "group_unclear" in keys(report, "progress")
    assert "正在整改、未说明进度1项" in report.paragraphs[0]
    assert "1 in progress without saying how" in office.report(t=EN).paragraphs[0]
    groups = [f"group_{group}" for group in Group if f"group_{group}" in keys(report, "progress")]
    for total, *parts in raw(report, "progress", "total", *groups):
        assert sum(parts) == total


def test_the_chart_has_it_as_a_series_of_its_own(office: Office):
    office.put("HLJ/5", status="正在整改", on="2020-03-05")
    chart = office.report(by=By.CITY).chart
    assert chart is not None
    assert "unclear" in [series.key for series in chart.series]


def test_a_rollup_has_it_among_the_groups_only_where_it_occurs(office: Office):
    query = RollupQuery(office.ledger.today(), By.PROGRAMME)

    def columns() -> list[str]:
        rollup = read_rollup(office.ledger.reader(), query)
        return [column.key for column in rollup_table(rollup, ZH, layout="groups").columns]

    assert "group_unclear" not in columns()
    office.put("HLJ/5", status="正在整改")
    assert "group_unclear" in columns()


def test_figures_that_were_frozen_before_it_was_known_are_still_read(office: Office):
    day = office.ledger.today()
    data = as_data(read(office.ledger.reader(), [day], By.CITY, By.CITY, None)[0])
    old = json.loads(json.dumps(data))
    for line in (old["whole"], *old["programmes"], *old["lines"], *old["places"]):
        del line["statuses"]["in_progress"], line["groups"]["unclear"]
    tally = from_data(old).whole.tally
    assert tally.statuses[Status.IN_PROGRESS] == tally.groups[Group.UNCLEAR] == 0
    assert tally == from_data(data).whole.tally
