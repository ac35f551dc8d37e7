"""Deadlines as plans write them; each distinct text is read once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from rectify_tui.domain.dates import last_of_month
from rectify_tui.domain.deadline import DeadlineKind
from rectify_tui.domain.timeline import Values
from rectify_tui.store.commands.typed import deadline_values

_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_YEARS_AHEAD = 3
_LEAST_NOTICE = 21


@dataclass(frozen=True)
class Written:
    """A deadline as written and as read; `due` and `start` are ordinals of days."""

    values: Values
    due: int | None
    start: int | None

    @property
    def at_once(self) -> bool:
        """Whether work is to be done at once, be it to be kept up afterwards or not."""
        kind = self.values["deadline_kind"]
        return self.due is None and kind in (DeadlineKind.AT_ONCE, DeadlineKind.DUE_THEN_CONTINUOUS)


@cache
def written(text: str, year: int) -> Written:
    """A deadline in a plan of a year."""
    values = deadline_values(text, year)
    return Written(values, _ordinal(values["due_on"]), _ordinal(values["start_on"]))


def _ordinal(day: object) -> int | None:
    return date.fromisoformat(str(day)).toordinal() if day else None


class Deadlines:
    """The deadlines that a plan may set; `issued` is the ordinal of its day."""

    def __init__(self, issued: int, year: int) -> None:
        self.issued = issued
        self.year = year
        texts = [*_open_texts(year), *_year_texts(year)]
        for ahead in range(_YEARS_AHEAD):
            texts += _month_texts(year + ahead)
        soonest = issued + _LEAST_NOTICE
        read = (written(text, year) for text in texts)
        self._choices = [one for one in read if one.due is None or one.due >= soonest]

    def draw(self, rng: Random) -> Written:
        """A deadline at random, none of them sooner than notice allows."""
        return rng.choice(self._choices)

    def later(self, due: int, rng: Random) -> Written:
        """A deadline some months after another, as a postponement sets it."""
        day = date.fromordinal(due)
        month = day.month + rng.randint(3, 9)
        year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
        return written(f"{year}年{month}月底前", self.year)


def _open_texts(year: int) -> list[str]:
    return [
        "立行立改", "立行立改", "立行立改，长期坚持", "立行立改，长期坚持", "长期坚持", "持续推进",
        f"{year + 1}年及以后", f"应于{year + 1}年3月启动", f"{year + 1}年6月前", "按计划推进",
    ]  # fmt: skip


def _year_texts(year: int) -> list[str]:
    return [
        "今年底前", "三年内分阶段完成", f"{year}-{year + 2}年完成",
        *(
            text
            for y in range(year, year + _YEARS_AHEAD)
            for text in (
                f"{y}年底前", f"{y}年底前", f"{y}年年底前", f"{y}年底前，并长期坚持",
                f"{y}年12月31日前", f"{y}年11月底阶段性销号，12月底全面销号",
            )
        ),
    ]  # fmt: skip


def _month_texts(year: int) -> list[str]:
    """Two spellings for the end of every month, other ones from month to month."""
    texts = []
    for month in range(1, 13):
        day = last_of_month(year, month).day
        spellings = (
            f"{year}年{month}月底前完成", f"{year}年{month}月底", f"{year}.{month}",
            f"{year}/{month}/{day}", f"{year}年{month}月{day}日前",
            f"{year}年{month}月底前".translate(_FULL_WIDTH),
        )  # fmt: skip
        texts += [spellings[month % 6], f"{year}年{month}月底前"]
    return texts
