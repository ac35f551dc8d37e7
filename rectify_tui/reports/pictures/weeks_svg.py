"""Pictures over time as drawings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from rectify_tui.domain.text import width
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.scale import band_days
from rectify_tui.reports.pictures import svg
from rectify_tui.reports.pictures.drawing import LOOKS, Tone, sign
from rectify_tui.reports.pictures.figure import Level
from rectify_tui.reports.pictures.map_lines import level_words
from rectify_tui.reports.pictures.weeks import STACKED, BurnUp, Heat
from rectify_tui.reports.table import shown

_WIDTH, _HEIGHT = 960, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 32, 88, 44
_COUNTS = 5
_ROW = 22
_TOP_OF_STRIPS = 100
_NEWEST = 72


def burn_up_svg(found: BurnUp, t: Language) -> str:
    """Areas by group, the band of the forecast, and the deadline as a line."""
    return svg.drawing(_WIDTH, _HEIGHT, found.title(t), _BurnUp(found, t).parts())


class _BurnUp:
    def __init__(self, found: BurnUp, t: Language) -> None:
        self.found = found
        self.t = t
        self.low, self.high = found.edges

    def x(self, day: date) -> float:
        days = max((self.found.last - self.found.first).days, 1)
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - self.found.first).days / days

    def y(self, count: float) -> float:
        share = min(max((count - self.low) / (self.high - self.low), 0), 1)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share

    def parts(self) -> Iterator[str]:
        yield svg.legend(16, 46, self._named())
        yield from self._grid()
        yield from self._areas()
        yield from self._coming()
        for day in dict.fromkeys((self.found.first, self.found.now, self.found.last)):
            yield svg.text(self.x(day), _HEIGHT - 18, day.isoformat(), "small middle")

    def _named(self) -> Mapping[Tone, str]:
        last, t = self.found.weeks[-1], self.t
        named: dict[Tone, str] = {
            group: f"{t(f'status.group.{group}')} {last.groups[group]}"
            for group in STACKED
            if last.groups[group]
        }
        if self.found.coming is not None:
            named["band"] = t("forecast.chart.band")
            named["middle"] = t("forecast.chart.middle")
        return named

    def _grid(self) -> Iterator[str]:
        for n in range(_COUNTS + 1):
            count = round(self.low + (self.high - self.low) * n / _COUNTS)
            y = self.y(count)
            yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
            yield svg.text(_LEFT - 8, y + 4, str(count), "small end")

    def _areas(self) -> Iterator[str]:
        days = [week.day for week in self.found.weeks]
        under = [0] * len(days)
        for group in STACKED:
            over = [n + week.groups[group] for n, week in zip(under, self.found.weeks, strict=True)]
            if over != under:
                yield self._area(zip(days, under, strict=True), zip(days, over, strict=True), group)
            under = over

    def _area(
        self, under: Iterable[tuple[date, int]], over: Iterable[tuple[date, int]], tone: Tone
    ) -> str:
        points = [*over, *reversed(list(under))]
        told = " ".join(f"{self.x(day):.1f},{self.y(n):.1f}" for day, n in points)
        return f'<polygon points="{told}" fill="{LOOKS[tone].ground}" stroke="#fff"/>\n'

    def _coming(self) -> Iterator[str]:
        coming = self.found.coming
        if coming is None:
            return
        bands = [(day, coming.outlook.band(day)) for day in band_days(coming)]
        yield self._area(
            [(day, band.low) for day, band in bands], [(day, band.high) for day, band in bands],
            "band",
        )  # fmt: skip
        middle = " ".join(f"{self.x(d):.1f},{self.y(b.middle):.1f}" for d, b in bands)
        ink = LOOKS["middle"].ground
        yield f'<polyline points="{middle}" fill="none" stroke="{ink}" stroke-width="3"/>\n'
        if coming.deadline is not None and coming.deadline <= self.found.last:
            x = self.x(coming.deadline)
            yield f'<path class="by" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
            told = f"{self.t('forecast.chart.by')} {coming.deadline}"
            yield svg.text(x - 6, _TOP + 14, told, "small end")


def heat_svg(found: Heat, t: Language) -> str:
    """A row for each place, a box for each week that tells its figure."""
    high = _TOP_OF_STRIPS + _ROW * len(found.strips) + 16
    return svg.drawing(_WIDTH, high, found.title(t), _strips(found, t))


def _strips(found: Heat, t: Language) -> Iterator[str]:
    named: dict[Tone, str] = {
        level: level_words(found.figure, level, t) for level in reversed(Level)
    }
    yield svg.legend(16, 46, named)
    left = 24 + max(width(strip.short) for strip in found.strips) * svg.CELL
    wide = (_WIDTH - left - _NEWEST) / len(found.days)
    ends = (found.days[0], left, ""), (found.days[-1], _WIDTH - _NEWEST, "end")
    for day, x, kind in ends:
        yield svg.text(x, _TOP_OF_STRIPS - 8, day.isoformat(), f"small {kind}")
    for row, strip in enumerate(found.strips):
        y = _TOP_OF_STRIPS + row * _ROW
        yield svg.text(16, y + 15, strip.short)
        for n, (day, value) in enumerate(zip(found.days, strip.values, strict=True)):
            x, figure = left + n * wide, shown(value.number, found.kind) or "-"
            yield svg.box(x, y, wide - 1, _ROW - 2, value.level, f"{strip.name} {day} {figure}")
            if value.level is not None:
                letters = LOOKS[value.level].letters
                mark = sign(value.level, ascii=False)
                yield svg.text(x + wide / 2 - 0.5, y + 15, mark, "middle", letters)
        newest = shown(strip.values[-1].number, found.kind) or "-"
        yield svg.text(_WIDTH - 16, y + 15, newest, "end") + "\n"
