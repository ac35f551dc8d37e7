"""What the schedule says of an item on a day, by hand-made cases and by what must always hold."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

import pytest

from rectify_tui.domain.deadline import DeadlineKind, read_deadline
from rectify_tui.domain.schedule import (
    Derived,
    Direction,
    Plan,
    State,
    Step,
    coming,
    derive,
    disagreement,
)
from rectify_tui.domain.status import Status
from rectify_tui.i18n import LANGUAGES, Language

# A case is a line: the day it is looked at; the reported status, with a progress or the day since
# which it holds; the deadline as written, with > a start and @ a day of issue, and after ; the
# milestones, each due:done (x is done on an unknown day, nothing is open; - has no day); then what
# the schedule says with its days, the rule, and whether the report is better or worse than that.

DUE = """
20-06-30 | on_schedule     | 2020年底前                       | on_schedule | due_ahead |
20-12-30 | on_schedule     | 2020年底前                       | on_schedule | due_ahead |
20-12-31 | on_schedule     | 2020年底前                       | on_schedule | due_today |
21-01-01 | on_schedule     | 2020年底前                       | overdue 1   | overdue   | better
21-02-09 | ahead           | 2020年底前                       | overdue 40  | overdue   | better
21-02-09 | not_started     | 2020年底前                       | overdue 40  | overdue   | better
21-02-09 | behind          | 2020年底前                       | overdue 40  | overdue   |
21-02-09 | not_completed   | 2020年底前                       | overdue 40  | overdue   |
21-02-09 | on_schedule 100 | 2020年底前                       | overdue 40  | overdue   | better
20-02-29 | behind          | 2020年2月底前                    | on_schedule | due_today | worse
20-03-01 | behind          | 2020年2月底前                    | overdue 1   | overdue   |
19-02-28 | not_completed   | 2019年2月底                      | on_schedule | due_today | worse
19-03-01 | not_completed   | 2019年2月底                      | overdue 1   | overdue   |
20-03-01 | behind          | 2020年2月28日                    | overdue 2   | overdue   |
20-04-30 | behind          | 2020年4月底前                    | on_schedule | due_today | worse
20-05-01 | behind          | 2020年4月底前                    | overdue 1   | overdue   |
20-06-10 | on_schedule     | 2020年6月上旬                    | on_schedule | due_today |
20-06-01 | ahead           | 2020年底前                       | on_schedule | due_ahead |
20-06-01 | not_started     | 2020年底前                       | on_schedule | due_ahead |
20-06-01 | behind          | 2020年底前                       | on_schedule | due_ahead | worse
20-06-01 | not_completed   | 2020年底前                       | on_schedule | due_ahead | worse
20-12-20 | on_schedule     | 11月底阶段性销号，12月底全面销号 | on_schedule | due_ahead |
"""

COMPLETED = """
20-06-30 | completed                | 2020年底前             | completed    | completed         |
21-06-30 | completed                | 2020年底前             | completed    | completed         |
21-06-30 | completed since 20-12-31 | 2020年底前             | completed    | completed_in_time |
21-06-30 | completed since 21-01-01 | 2020年底前             | completed 1  | completed_late    |
21-06-30 | completed since 21-03-01 | 2020年底前             | completed 60 | completed_late    |
21-06-30 | completed since 21-07-01 | 2020年底前             | completed    | completed         |
21-06-30 | completed since 21-03-01 | 长期坚持               | completed    | completed         |
21-06-30 | completed since 21-03-01 |                        | completed    | completed         |
21-06-30 | completed since 21-03-01 | 尽快完成               | completed    | completed         |
20-03-05 | completed since 20-03-03 | 立行立改 @20-03-02     | completed 1  | completed_late    |
25-01-10 | completed since 24-12-01 | 2024年底前，并长期坚持 | completed    | completed_in_time |
"""

COMPLETED_WITH_MILESTONES = """
20-05-10 | completed | 2020年底前; 03-31:03-20 12-31:05-01 | completed   | completed  |
20-05-10 | completed | 2020年底前; 03-31:x                 | completed   | completed  |
20-05-10 | completed | 2020年底前; -:                      | completed   | completed  |
20-05-10 | completed | 2020年底前; 03-31:                  | behind 40   | step_past  | better
20-05-10 | completed | 2020年底前; 05-10:                  | on_schedule | step_today | better
20-05-10 | completed | 2020年底前; 06-30:                  | on_schedule | step_ahead | better
20-05-10 | completed | 2020年底前，并长期坚持; 06-30:      | completed   | completed  |
20-05-10 | completed | 长期坚持; 06-30:                    | completed   | completed  |
20-05-10 | completed | 长期坚持; 03-31:                    | behind 40   | step_past  | better
20-05-10 | completed | 2020年底前; 03-31:05-11             | behind 40   | step_past  | better
"""

BASICALLY_COMPLETED_OR_MERGED = """
20-06-30 | basically_completed    | 2020年底前         | on_schedule | due_ahead         |
20-12-31 | basically_completed    | 2020年底前         | on_schedule | due_today         |
21-01-31 | basically_completed    | 2020年底前         | overdue 31  | overdue_basically | better
20-05-10 | basically_completed    | 2020年底前; 06-30: | on_schedule | step_ahead        |
20-05-10 | basically_completed    | 2020年底前; 03-31: | behind 40   | step_past         | better
20-05-10 | basically_completed 10 | 2020-2021年        | on_schedule | due_ahead         |
21-05-10 | basically_completed    | 长期坚持           | no_end      | continuous        |
21-05-10 | merged                 | 2020年底前; 03-31: | merged      | merged            |
21-05-10 | merged                 | 尽快完成           | merged      | merged            |
20-06-30 | in_progress            | 2020年底前         | on_schedule | due_ahead         |
21-01-31 | in_progress            | 2020年底前         | overdue 31  | overdue           |
20-05-10 | in_progress            | 2020年底前; 03-31: | behind 40   | step_past         |
21-05-10 | in_progress            | 长期坚持           | no_end      | continuous        |
"""

MILESTONES = """
20-03-31 | on_schedule    | 2020年底前; 03-31:             | on_schedule | step_today      |
20-04-01 | on_schedule    | 2020年底前; 03-31:             | behind 1    | step_past       | better
20-05-10 | on_schedule    | 2020年底前; 03-31:             | behind 40   | step_past       | better
20-05-10 | ahead          | 2020年底前; 03-31:             | behind 40   | step_past       | better
20-05-10 | behind         | 2020年底前; 03-31:             | behind 40   | step_past       |
20-05-10 | not_started    | 2020年底前; 03-31:             | behind 40   | step_past       | better
20-05-10 | on_schedule    | 2020年底前; 04-30: 03-31:      | behind 40   | step_past       | better
20-05-10 | on_schedule    | 2020年底前; 03-31:x 04-30:     | behind 10   | step_past       | better
20-03-01 | on_schedule    | 2020年底前; 02-29:             | behind 1    | step_past       | better
20-05-10 | on_schedule    | 2020年底前; 03-31:03-20 06-30: | on_schedule | step_ahead      |
20-05-10 | on_schedule    | 2020年底前; 03-31:05-09 06-30: | on_schedule | step_ahead      |
20-05-10 | behind         | 2020年底前; 03-31:05-09 06-30: | on_schedule | step_ahead      | worse
20-05-10 | on_schedule    | 2020年底前; 03-31:05-10        | on_schedule | due_ahead       |
20-05-10 | on_schedule    | 2020年底前; 03-31:05-11        | behind 40   | step_past       | better
20-05-10 | on_schedule    | 2020年底前; 06-30: 09-30:      | on_schedule | step_ahead      |
20-05-10 | on_schedule    | 2020年底前; 06-30:05-01 09-30: | ahead 51    | step_done_early |
20-05-10 | on_schedule    | 2020年底前; 06-30:05-01 06-30: | on_schedule | step_ahead      |
20-05-10 | on_schedule    | 2020年底前; 05-10:05-01 06-30: | on_schedule | step_ahead      |
20-05-10 | on_schedule    | 2020年底前; 05-10: 06-30:05-01 | on_schedule | step_today      |
20-05-10 | on_schedule    | 2020年底前; 06-30: 09-30:05-01 | on_schedule | step_ahead      |
20-05-10 | not_started    | 2020年底前; 06-30:05-01        | ahead 51    | step_done_early | worse
20-05-10 | behind         | 2020年底前; 06-30:05-01        | ahead 51    | step_done_early | worse
20-05-10 | on_schedule    | 2020年底前; -: -:x             | on_schedule | due_ahead       |
20-12-31 | on_schedule    | 2020年底前; 12-31:             | on_schedule | due_today       |
21-01-10 | on_schedule    | 2020年底前; 03-31:             | overdue 10  | overdue         | better
21-01-10 | on_schedule    | 2020年底前; 03-31:x            | overdue 10  | overdue         | better
20-05-10 | on_schedule 5  | 2020年; 03-31:03-20 06-30:     | on_schedule | step_ahead      |
20-05-10 | on_schedule 95 | 2020 >20-01-01; 03-31:x 06-30: | on_schedule | step_ahead      |
"""


STARTS = """
20-03-09 | not_started | 2020年底前 >20-03-10         | on_schedule | start_ahead |
20-03-10 | not_started | 2020年底前 >20-03-10         | behind 0    | start_today |
20-04-19 | not_started | 2020年底前 >20-03-10         | behind 40   | start_past  |
20-04-19 | on_schedule | 2020年底前 >20-03-10         | on_schedule | due_ahead   |
21-01-01 | not_started | 2020年底前 >20-03-10         | overdue 1   | overdue     |
20-05-10 | not_started | 2020年底前 >20-04-30; 03-31: | behind 40   | step_past   |
20-05-10 | not_started | 2020年底前 >20-03-01; 03-31: | behind 70   | start_past  |
20-05-10 | not_started | 2020年底前 >20-03-31; 03-31: | behind 40   | step_past   |
20-02-10 | not_started | 2020年底前 >20-04-30; 03-31: | on_schedule | step_ahead  |
20-02-10 | not_started | 2020年底前 >20-02-28; 03-31: | on_schedule | start_ahead |
17-09-30 | not_started | 应于2017年10月启动           | on_schedule | start_ahead |
17-09-30 | on_schedule | 应于2017年10月启动           | on_schedule | start_ahead |
17-10-01 | not_started | 应于2017年10月启动           | behind 0    | start_today |
17-10-02 | not_started | 应于2017年10月启动           | behind 1    | start_past  |
17-10-01 | on_schedule | 应于2017年10月启动           | no_end      | start_only  |
19-10-01 | on_schedule | 应于2017年10月启动           | no_end      | start_only  |
19-10-01 | behind      | 应于2017年10月启动           | no_end      | start_only  |
"""

WITHOUT_A_DAY = """
20-05-10 | on_schedule   | 长期坚持                    | no_end      | continuous  |
20-05-10 | behind        | 持续推进                    | no_end      | continuous  |
20-05-10 | ahead 90      | 长期坚持                    | no_end      | continuous  |
20-05-10 | on_schedule   | 长期坚持; 06-30:            | on_schedule | step_ahead  |
20-05-10 | on_schedule   | 长期坚持; 03-31:            | behind 40   | step_past   | better
20-05-10 | not_started   | 自2020年3月31日起，长期坚持 | behind 40   | start_past  |
17-12-31 | not_started   | 2018年及以后                | on_schedule | start_ahead |
18-01-31 | not_started   | 2018年及以后                | behind 30   | start_past  |
17-12-31 | on_schedule   | 2018年及以后                | no_end      | no_end      |
20-05-10 | not_completed | 2018年及以后                | no_end      | no_end      |
20-05-10 | on_schedule   |                             | no_deadline | none        |
20-05-10 | not_started   | ——                          | no_deadline | none        |
20-05-10 | on_schedule   | ; 06-30:                    | on_schedule | step_ahead  |
20-05-10 | on_schedule   | ; 03-31:                    | behind 40   | step_past   | better
20-05-10 | on_schedule   | ; 03-31:x                   | no_deadline | none        |
20-05-10 | on_schedule   | 尽快完成                    | unreadable  | unreadable  |
20-05-10 | behind        | 2020年6月前                 | unreadable  | unreadable  |
20-05-10 | on_schedule   | 尽快完成; 06-30:            | unreadable  | unreadable  |
20-05-10 | on_schedule   | 尽快完成; 06-30:x           | unreadable  | unreadable  |
20-05-10 | on_schedule   | 尽快完成; 03-31:            | behind 40   | step_past   | better
20-05-10 | not_started   | 尽快完成 >20-03-31          | behind 40   | start_past  |
"""

AT_ONCE = """
20-03-02 | on_schedule   | 立行立改 @20-03-02           | on_schedule | due_today       |
20-03-03 | on_schedule   | 立行立改 @20-03-02           | overdue 1   | overdue_at_once | better
20-03-01 | on_schedule   | 立行立改 @20-03-02           | on_schedule | due_ahead       |
20-03-03 | not_completed | 立行立改 @20-03-02           | overdue 1   | overdue_at_once |
20-03-03 | on_schedule   | 立行立改                     | at_once     | at_once         |
20-03-03 | behind        | 立行立改                     | at_once     | at_once         |
20-03-03 | on_schedule   | 立行立改; 06-30:             | at_once     | at_once         |
20-05-10 | on_schedule   | 立行立改; 03-31:             | behind 40   | step_past       | better
20-03-12 | on_schedule   | 立行立改，长期坚持 @20-03-02 | overdue 10  | overdue_at_once | better
20-03-12 | on_schedule   | 立行立改，长期坚持           | at_once     | at_once         |
20-03-12 | completed     | 立行立改，长期坚持           | completed   | completed       |
19-01-10 | on_schedule   | 立行立改，2018年12月底前完成 | overdue 10  | overdue         | better
24-12-31 | on_schedule   | 2024年底前，并长期坚持       | on_schedule | due_today       |
25-01-10 | on_schedule   | 2024年底前，并长期坚持       | overdue 10  | overdue         | better
"""

# Of a line of 100 days (from 2020-01-01 to 2020-04-09) one day is one percent.
LINE = """
20-02-20 | on_schedule 50 | 2020年4月9日 >20-01-01         | on_schedule | line_on     |
20-02-20 | on_schedule 40 | 2020年4月9日 >20-01-01         | on_schedule | line_on     |
20-02-20 | on_schedule 39 | 2020年4月9日 >20-01-01         | behind 11   | line_behind | better
20-02-20 | behind 39      | 2020年4月9日 >20-01-01         | behind 11   | line_behind |
20-02-20 | behind 45      | 2020年4月9日 >20-01-01         | on_schedule | line_on     | worse
20-02-20 | on_schedule 60 | 2020年4月9日 >20-01-01         | on_schedule | line_on     |
20-02-20 | on_schedule 61 | 2020年4月9日 >20-01-01         | ahead 11    | line_ahead  |
20-02-20 | ahead 61       | 2020年4月9日 >20-01-01         | ahead 11    | line_ahead  |
20-02-20 | ahead 50       | 2020年4月9日 >20-01-01         | on_schedule | line_on     |
20-02-20 | ahead 5        | 2020年4月9日 >20-01-01         | behind 45   | line_behind | better
20-02-20 | behind 61      | 2020年4月9日 >20-01-01         | ahead 11    | line_ahead  | worse
20-02-20 | on_schedule 0  | 2020年4月9日 @20-01-01         | behind 50   | line_behind | better
20-02-20 | not_started 0  | 2020年4月9日 @20-01-01         | behind 50   | line_behind | better
20-02-20 | not_started 0  | 2020年4月9日 >20-01-01         | behind 50   | start_past  |
20-02-20 | on_schedule    | 2020年4月9日 >20-01-01         | on_schedule | due_ahead   |
20-02-20 | on_schedule 0  | 2020年4月9日                   | on_schedule | due_ahead   |
20-02-20 | on_schedule 0  | 2020年4月9日 >20-01-01; 03-31: | on_schedule | step_ahead  |
20-02-20 | on_schedule 0  | 2020年4月9日 >20-01-01; 04-09: | behind 50   | line_behind | better
20-01-01 | on_schedule 0  | 2020年4月9日 >20-01-01         | on_schedule | line_on     |
19-12-01 | on_schedule 0  | 2020年4月9日 >20-01-01         | on_schedule | line_on     |
19-12-01 | on_schedule 30 | 2020年4月9日 >20-01-01         | ahead 30    | line_ahead  |
20-04-09 | on_schedule 95 | 2020年4月9日 >20-01-01         | on_schedule | due_today   |
20-04-09 | on_schedule 60 | 2020年4月9日 >20-01-01         | behind 39   | line_behind | better
20-04-10 | on_schedule 99 | 2020年4月9日 >20-01-01         | overdue 1   | overdue     | better
20-06-15 | on_schedule 60 | 2020-2020年                    | ahead 54    | line_ahead  |
20-06-15 | on_schedule 20 | 2020-2020年                    | behind 93   | line_behind | better
"""

TABLES = {
    "due": DUE, "completed": COMPLETED, "steps": COMPLETED_WITH_MILESTONES,
    "other": BASICALLY_COMPLETED_OR_MERGED, "milestones": MILESTONES, "starts": STARTS,
    "without a day": WITHOUT_A_DAY, "at once": AT_ONCE, "line": LINE,
}  # fmt: skip


@dataclass(frozen=True)
class Case:
    as_of: date
    reported: Status
    progress: int | None
    status_on: date | None
    plan: Plan
    says: str
    rule: str
    differs: str


def day_of(text: str) -> date | None:
    return date.fromisoformat(f"20{text}") if text else None


def read_step(text: str, year: str) -> Step:
    due, _, done = text.partition(":")
    return Step(
        f"在{due}前完成",
        due_on=None if due == "-" else day_of(f"{year}-{due}"),
        done_on=day_of(f"{year}-{done}") if "-" in done else None,
        done=done == "x",
    )


def read_plan(text: str, year: str) -> Plan:
    demand, _, steps = text.partition(";")
    demand, _, start = demand.partition(" >")
    demand, _, issued = demand.partition(" @")
    deadline = read_deadline(demand, default_year=int(f"20{year}"))
    milestones = tuple(read_step(word, year) for word in steps.split())
    start_on = day_of(start) or deadline.start_on
    return Plan(deadline.kind, deadline.due_on, start_on, milestones, day_of(issued))


def read_case(line: str) -> Case:
    day, report, plan, says, rule, differs = (part.strip() for part in line.split("|"))
    report, _, since = report.partition(" since ")
    status, _, progress = report.partition(" ")
    as_of = date.fromisoformat(f"20{day}")
    percent = int(progress) if progress else None
    plan_of_it = read_plan(plan, day[:2])
    return Case(as_of, Status(status), percent, day_of(since), plan_of_it, says, rule, differs)


LINES = [
    pytest.param(line, id=f"{name}: {' '.join(line.split())}")
    for name, table in TABLES.items()
    for line in table.strip().splitlines()
]


def derived_from(case: Case) -> Derived:
    return derive(case.plan, case.reported, case.progress, case.as_of, status_on=case.status_on)


@pytest.mark.parametrize("line", LINES)
def test_case(line: str) -> None:
    case = read_case(line)
    found = derived_from(case)
    says = f"{found.state} {found.days}" if found.days or found.late else found.state
    differing = disagreement(found, case.reported)
    assert (says, found.rule, differing.direction if differing else "") == (
        case.says, f"schedule.rule.{case.rule}", case.differs,
    )  # fmt: skip


def test_the_cases_leave_out_no_kind_no_status_no_state_and_no_rule() -> None:
    cases = [read_case(param.values[0]) for param in LINES]
    assert {case.plan.kind for case in cases} == set(DeadlineKind)
    assert {case.reported for case in cases} == set(Status)
    assert {case.says.split()[0] for case in cases} == set(State)
    assert {case.differs for case in cases} == {"", *Direction}
    messages = files("rectify_tui.i18n").joinpath("messages", "schedule.toml").read_text("utf-8")
    assert {case.rule for case in cases} == set(tomllib.loads(messages)["schedule"]["rule"])


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("line", LINES)
def test_every_rule_and_disagreement_is_a_sentence(line: str, code: str) -> None:
    t, case = Language(code), read_case(line)
    found = derived_from(case)
    sentence = t(found.rule, **found.params)
    assert sentence
    assert "None" not in sentence
    assert t(found.label, n=found.days)
    assert t(f"schedule.state.{found.state}")
    if differing := disagreement(found, case.reported):
        told = t(differing.key, **differing.params)
        assert sentence in told
        assert t(f"status.item.{case.reported}") in told


def test_the_sentence_of_a_milestone() -> None:
    plan = Plan(
        DeadlineKind.DUE, date(2020, 12, 31), None, (Step("完成管网改造", date(2020, 3, 31)),)
    )
    found = derive(plan, Status.ON_SCHEDULE, None, date(2020, 5, 10))
    assert found.state is State.BEHIND
    zh, en = Language("zh"), Language("en")
    assert (
        zh(found.rule, **found.params) == "时间节点“完成管网改造”应于 2020-03-31 完成，已过 40 天"
    )
    assert en(found.rule, **found.params) == (
        "Milestone “完成管网改造” was due on 2020-03-31, 40 days ago"
    )
    assert zh(found.label, n=found.days) == "滞后 40 天"
    differing = disagreement(found, Status.ON_SCHEDULE)
    assert differing is not None
    assert zh(differing.key, **differing.params) == (
        "上报“按序时进度推进”，高于计划推算：时间节点“完成管网改造”应于 2020-03-31 完成，已过 40 天"
    )


def test_one_day_is_no_plural() -> None:
    found = derive(Plan(DeadlineKind.DUE, date(2020, 2, 29)), Status.BEHIND, None, date(2020, 3, 1))
    assert Language("en")(found.rule, **found.params) == "Was due on 2020-02-29, 1 day ago"
    assert Language("en")(found.label, n=found.days) == "Overdue 1 day"


def test_a_long_milestone_is_shortened() -> None:
    plan = Plan(DeadlineKind.NONE, milestones=(Step("改造" * 200, date(2020, 3, 31)),))
    found = derive(plan, Status.ON_SCHEDULE, None, date(2020, 5, 10))
    assert len(Language("zh")(found.rule, **found.params)) < 80


def test_on_the_first_day_of_being_behind_the_label_has_no_zero() -> None:
    plan = Plan(DeadlineKind.START_ONLY, start_on=date(2020, 3, 1))
    found = derive(plan, Status.NOT_STARTED, None, date(2020, 3, 1))
    assert (found.state, found.days) == (State.BEHIND, 0)
    assert Language("zh")(found.label, n=found.days) == "滞后"


def test_a_step_done_on_an_unknown_day_was_done_on_any() -> None:
    assert Step("", date(2020, 3, 31), done=True).done_by(date(2000, 1, 1))
    assert not Step("", date(2020, 3, 31), date(2020, 3, 1), done=True).done_by(date(2020, 2, 29))


@pytest.mark.parametrize(
    ("reported", "plan", "day", "expected"),
    [
        ("on_schedule", "2020年底前", "20-12-01", (30, "due_ahead")),
        ("basically_completed", "2020年底前", "20-12-31", (0, "due_today")),
        ("on_schedule", "2020年底前", "21-01-01", None),
        ("completed", "2020年底前", "20-12-01", None),
        ("merged", "2020年底前", "20-12-01", None),
        ("behind", "2020年底前; 06-30: 03-31:", "20-03-01", (30, "step_ahead")),
        ("behind", "2020年底前; 06-30: 03-31:", "20-06-30", (0, "step_today")),
        ("behind", "2020年底前; 03-31:03-30", "20-03-30", (276, "due_ahead")),
        ("behind", "2020年底前; 12-31:", "20-12-30", (1, "due_ahead")),
        ("not_started", "2020年底前 >20-03-31", "20-03-30", (1, "start_ahead")),
        ("on_schedule", "2020年底前 >20-03-31", "20-03-30", (276, "due_ahead")),
        ("on_schedule", "长期坚持", "20-03-30", None),
        ("on_schedule", "尽快完成; 03-31:", "20-03-30", (1, "step_ahead")),
        ("on_schedule", "立行立改 @20-03-31", "20-03-31", (0, "due_today")),
    ],
)
def test_what_falls_due_next(
    reported: str, plan: str, day: str, expected: tuple[int, str] | None
) -> None:
    found = coming(read_plan(plan, day[:2]), Status(reported), date.fromisoformat(f"20{day}"))
    told = (found.days, found.rule.removeprefix("schedule.rule.")) if found else None
    assert told == expected
