"""Deadlines as people write them, from 2020年底前 to 立行立改，长期坚持.

`plain` brings a text into one form, `english` rewrites English dates as Chinese ones, `mentions`
finds the dates and durations, `prose` judges the words around them, and `reading` puts the deadline
together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rectify_tui.domain.deadline.model import Deadline, DeadlineKind

if TYPE_CHECKING:
    from datetime import date

__all__ = ["Deadline", "DeadlineKind", "read_deadline", "read_start"]


def read_deadline(
    text: str, *, default_year: int | None = None, issued_on: date | None = None
) -> Deadline:
    """What a deadline says, or `UNREADABLE`: nothing is ever guessed, and nothing is raised.

    `default_year` is the year of a date without one, and what 今年 means; `issued_on` the day the
    plan or case was issued, from which 三年内 is counted and on which 立行立改 falls due. Where
    only `default_year` is known, N years end with the year `default_year + N - 1`. A date without
    a year after one with a year takes that year, unless it would then come first.

    - The due day is the last day of what is written; of several steps, of the latest one.
    - 前 after a day, a ten-day period or an end (底, 末) includes it. 2020年6月前 and 2020年前 are
      unreadable, since they may or may not include June and the year.
    - Beginnings (启动, 起) set `start_on`; with nothing else the kind is `START_ONLY` for
      2017年10月启动, and `NO_END` for 2018年及以后.
    - 立行立改 beside a date is due on that date. 立行立改，长期坚持 is `DUE_THEN_CONTINUOUS`, due
      on `issued_on` where that is known.
    - A dash, a slash or 无 is `NONE`, like an empty text.
    """
    from rectify_tui.domain.deadline.reading import read  # its patterns take time to compile

    return read(text, default_year, issued_on)


def read_start(text: str, *, default_year: int | None = None) -> date | None:
    """The day from which work should be under way, as a cell for starts says it; None for none.

    A month begins with its first day: 2021年3月 is 2021-03-01, as in 2021年3月启动.
    """
    deadline = read_deadline(text, default_year=default_year)
    if deadline.kind is DeadlineKind.DUE and deadline.start_on is None:
        deadline = read_deadline(f"{text}启动", default_year=default_year)
    return deadline.start_on
