"""Pictures over time as drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from rectify_tui.domain.text import width
from rectify_tui.reports.forecast.scale import round_step
from rectify_tui.reports.pictures import svg
from rectify_tui.reports.pictures.drawing import LOOKS, Tone, sign
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Heat
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.table import shown

_WIDTH, _HEIGHT = 960, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 32, 88, 44
_ROW = 22
_INK = LOOKS["middle"].ground
_TOP_OF_STRIPS = 100
_NEWEST = 72
_MARK, _DAY, _DEADLINE = 18, 80, 140


def burn_up_svg(found: BurnUp) -> str:
    """Areas by group, the band of the forecast, and the deadline as a line."""
    return svg.drawing(_WIDTH, _HEIGHT, found.title, _BurnUp(found).parts())


class _BurnUp:
    def __init__(self, found: BurnUp) -> None:
        self.found = found
        self.first = found.weeks[0]
        self.low, self.high = found.edges

    def x(self, day: date) -> float:
        days = max((self.found.last - self.first).days, 1)
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - self.first).days / days

    def y(self, count: float) -> float:
        share = min(max((count - self.low) / (self.high - self.low), 0), 1)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share

    def parts(self) -> Iterator[str]:
        yield svg.legend(16, 46, self._named())
        yield from self._grid()
        yield from self._areas()
        yield from self._coming()
        for day in self._named_days():
            yield svg.text(self.x(day), _HEIGHT - 18, day.isoformat(), "small middle")

    def _named_days(self) -> list[date]:
        """The days at the edges, and that of the figures where there is room between them."""
        first, now, last = self.first, self.found.now, self.found.last
        room = min(self.x(now) - self.x(first), self.x(last) - self.x(now))
        return [first, now, last] if room > _DAY else [first, last]

    def _named(self) -> Mapping[Tone, str]:
        found = self.found
        named: dict[Tone, str] = {
            stack.group: f"{stack.name} {stack.counts[-1]}"
            for stack in found.stacks
            if stack.counts[-1]
        }
        if found.expected:
            named |= {"band": found.words.band, "middle": found.words.middle}
        return named

    def _grid(self) -> Iterator[str]:
        step = round_step(self.high - self.low)
        for count in range(-(-self.low // step) * step, self.high + 1, step):
            y = self.y(count)
            yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
            yield svg.text(_LEFT - 8, y + 4, str(count), "small end")

    def _areas(self) -> Iterator[str]:
        weeks = self.found.weeks
        under = [0] * len(weeks)
        for stack in self.found.stacks:
            over = [n + count for n, count in zip(under, stack.counts, strict=True)]
            if over != under:
                ends = zip(weeks, under, strict=True), zip(weeks, over, strict=True)
                yield self._area(*ends, stack.group)
                yield self._mark(under, over, stack.group)
            under = over

    def _mark(self, under: Sequence[int], over: Sequence[int], tone: Tone) -> str:
        """The sign of an area in its middle, where there is room for it."""
        at = len(under) // 2
        top, bottom = self.y(over[at]), self.y(under[at])
        if bottom - top < _MARK:
            return ""
        x, mark = self.x(self.found.weeks[at]), sign(tone, ascii=False)
        return svg.text(x, (top + bottom) / 2 + 5, mark, "middle", LOOKS[tone].letters)

    def _area(
        self, under: Iterable[tuple[date, int]], over: Iterable[tuple[date, int]], tone: Tone
    ) -> str:
        points = [*over, *reversed(list(under))]
        edge = _INK if tone == "band" else "#fff"
        told = " ".join(f"{self.x(day):.1f},{self.y(n):.1f}" for day, n in points)
        return f'<polygon points="{told}" fill="{LOOKS[tone].ground}" stroke="{edge}"/>\n'

    def _coming(self) -> Iterator[str]:
        found = self.found
        if found.expected:
            yield self._area(
                [(each.day, each.low) for each in found.expected],
                [(each.day, each.high) for each in found.expected], "band",
            )  # fmt: skip
            middle = " ".join(
                f"{self.x(each.day):.1f},{self.y(each.middle):.1f}" for each in found.expected
            )
            yield f'<polyline points="{middle}" fill="none" stroke="{_INK}" stroke-width="3"/>\n'
        if found.deadline is not None:
            x = self.x(found.deadline)
            yield f'<path class="by" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
            told = f"{found.words.deadline} {found.deadline}"
            left = x - self.x(found.now) > _DEADLINE  # of the line, not over what has passed
            place = x - 6 if left else x + 6
            yield svg.text(place, _HEIGHT - _BOTTOM - 10, told, "small end" if left else "small")


def heat_svg(found: Heat) -> str:
    """A row for each place, a box for each week that tells its figure."""
    high = _TOP_OF_STRIPS + _ROW * len(found.strips) + 16
    return svg.drawing(_WIDTH, high, found.title, _strips(found))


def _strips(found: Heat) -> Iterator[str]:
    named: dict[Tone, str] = {level: found.levels[level] for level in reversed(Level)}
    yield svg.legend(16, 46, named, found.measure)
    left = 24 + max(width(strip.short) for strip in found.strips) * svg.CELL
    wide = (_WIDTH - left - _NEWEST) / len(found.weeks)
    ends = (found.weeks[0], left, ""), (found.weeks[-1], _WIDTH - _NEWEST, "end")
    for day, x, kind in ends:
        yield svg.text(x, _TOP_OF_STRIPS - 8, day.isoformat(), f"small {kind}")
    for row, strip in enumerate(found.strips):
        y = _TOP_OF_STRIPS + row * _ROW
        yield svg.text(16, y + 15, strip.short)
        for n, (day, value) in enumerate(zip(found.weeks, strip.values, strict=True)):
            x, figure = left + n * wide, shown(value.number, found.kind) or "-"
            yield svg.box(x, y, wide - 1, _ROW - 2, value.level, f"{strip.name} {day} {figure}")
            if value.level is not None:
                letters = LOOKS[value.level].letters
                mark = sign(value.level, ascii=False)
                yield svg.text(x + wide / 2 - 0.5, y + 15, mark, "middle", letters)
        newest = shown(strip.values[-1].number, found.kind) or "-"
        yield svg.text(_WIDTH - 16, y + 15, newest, "end") + "\n"
