"""Progress status of an item and state of a case, with every spelling that offices use."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum

from rectify_tui.errors import Problem


class Group(StrEnum):
    """The four groups that a dashboard shows first."""

    COMPLETED = "completed"
    ON_SCHEDULE = "on_schedule"
    BEHIND = "behind"
    MERGED = "merged"


class Status(StrEnum):
    """Progress of an item as reported; the order is that of published tables."""

    COMPLETED = "completed"
    BASICALLY_COMPLETED = "basically_completed"
    AHEAD = "ahead"
    ON_SCHEDULE = "on_schedule"
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    NOT_COMPLETED = "not_completed"
    MERGED = "merged"


class CaseStatus(StrEnum):
    """State of a case that the inspectors passed on."""

    CLOSED = "closed"
    INTERIM = "interim"
    OPEN = "open"


class Verification(StrEnum):
    """What a visit on site found: a third axis, beside the reported status and the schedule."""

    UNVERIFIED = "unverified"
    CONFIRMED = "confirmed"
    REFUTED = "refuted"


GROUP_OF = {
    Status.COMPLETED: Group.COMPLETED,
    Status.BASICALLY_COMPLETED: Group.COMPLETED,
    Status.AHEAD: Group.ON_SCHEDULE,
    Status.ON_SCHEDULE: Group.ON_SCHEDULE,
    Status.NOT_STARTED: Group.ON_SCHEDULE,
    Status.BEHIND: Group.BEHIND,
    Status.NOT_COMPLETED: Group.BEHIND,
    Status.MERGED: Group.MERGED,
}
"""Group of each status. `not_started` moves to behind once its start is due: see `group_of`."""

_SPELLINGS: dict[Status, tuple[str, ...]] = {
    Status.COMPLETED: (
        "已完成", "完成", "完成整改", "已整改完成", "整改完成", "提前完成", "已完成整改",
        "已完成整改并长期坚持", "已完工", "completed", "complete", "done", "finished",
    ),
    Status.BASICALLY_COMPLETED: (
        "基本完成", "基本完成整改", "已基本完成", "basically completed",
    ),
    Status.AHEAD: ("超过序时进度", "快于序时进度", "超序时进度", "ahead", "ahead of schedule"),
    Status.ON_SCHEDULE: (
        "按序时进度推进", "达到序时进度", "按时序进度推进", "总体按序时推进", "按序时推进",
        "有序推进", "达序时进度", "符合序时进度", "on schedule",
    ),
    Status.NOT_STARTED: ("尚未启动", "未启动", "not started"),
    Status.BEHIND: (
        "未达序时进度", "未达到序时进度", "进展滞后", "进展严重滞后", "滞后", "慢于序时进度",
        "behind", "behind schedule",
    ),
    Status.NOT_COMPLETED: (
        "未完成", "未按期完成", "到期未完成", "逾期", "未完成整改", "未完工",
        "not completed", "overdue",
    ),
    Status.MERGED: ("并入", "转入", "已转入第二轮", "已并入", "merged"),
}  # fmt: skip

_CASE_SPELLINGS: dict[CaseStatus, tuple[str, ...]] = {
    CaseStatus.CLOSED: ("已办结", "办结", "closed"),
    CaseStatus.INTERIM: ("阶段性办结", "阶段办结", "interim", "interim closed"),
    CaseStatus.OPEN: ("未办结", "在办", "正在办理", "办理中", "open"),
}


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\s_\-,，。.、;；:：()“”\"']+", "", text).replace("时序", "序时")


_STATUS_OF = {_folded(word): status for status, words in _SPELLINGS.items() for word in words}
_STATUS_OF |= {_folded(status): status for status in Status}
_CASE_STATUS_OF = {_folded(word): s for s, words in _CASE_SPELLINGS.items() for word in words}


def read_status(text: str) -> Status:
    """The status that a word stands for.

    Raises `Problem` for a word that is in no list; "in progress" (正在整改) is one of them, since
    it says nothing about the schedule.
    """
    try:
        return _STATUS_OF[_folded(text)]
    except KeyError:
        raise Problem("status.unknown", word=text) from None


def read_case_status(text: str) -> CaseStatus:
    """The case state that a word stands for. Raises `Problem` for an unknown word."""
    try:
        return _CASE_STATUS_OF[_folded(text)]
    except KeyError:
        raise Problem("status.unknown_case", word=text) from None


def statuses_of(group: Group) -> tuple[Status, ...]:
    """The statuses that make up a group."""
    return tuple(status for status in Status if GROUP_OF[status] is group)
