"""The burn-up chart as a drawing that stands alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from html import escape

from rectify_tui.domain.status import Group
from rectify_tui.domain.text import safe_text, width
from rectify_tui.i18n import Language
from rectify_tui.reports.forecast.build import Forecast
from rectify_tui.reports.forecast.scale import band_days, history_days, round_step, scale_of
from rectify_tui.reports.forecast.sentence import sentence
from rectify_tui.reports.weekly.model import Series
from rectify_tui.reports.weekly.render.tones import Tone, tones

_WIDTH, _HEIGHT = 960, 480
_LEFT, _RIGHT, _TOP, _BOTTOM = 72, 40, 84, 44
_CELL = 7.2  # of a 13 px letter, half a Chinese character with a little air
_MOST_DATES = 10
_STYLE = (
    'svg{font:13px/1.4 "Source Han Sans SC","Noto Sans CJK SC","Microsoft YaHei","PingFang SC",'
    '"WenQuanYi Micro Hei",system-ui,sans-serif}text{fill:#1c2024}.title{font-size:16px;'
    "font-weight:600}.tick{fill:#4a5158;font-size:12px}.grid{stroke:#dfe3e7}.middle{text-anchor:"
    "middle}.end{text-anchor:end}.total,.now,.by,.path{fill:none}.total{stroke:#8a9099}"
    ".now{stroke:#8a9099;stroke-dasharray:2 4}.by{stroke:#c2410c;stroke-width:2;"
    "stroke-dasharray:8 4}"
)

Points = Iterable[tuple[date, float]]


def svg_chart(forecast: Forecast, t: Language, title: str) -> str:
    """The chart as SVG, with its title and, for readers of the screen, the forecast in words.

    What was completed is a line; the forecast is a hatched band around a dashed middle; the
    deadline and the number of items are lines. Nothing in it refers to anything outside.
    """
    return "".join(_Drawing(forecast, t).parts(safe_text(title)))


class _Drawing:
    def __init__(self, forecast: Forecast, t: Language) -> None:
        self.forecast = forecast
        self.t = t
        self.scale = scale_of(forecast)
        self.step = round_step(self.scale.highest - self.scale.lowest)
        self.low = self.scale.lowest // self.step * self.step
        self.done, self.coming = tones(
            [Series(group, "", ()) for group in (Group.COMPLETED, Group.ON_SCHEDULE)]
        )

    def x(self, day: date) -> float:
        days = (self.scale.last - self.scale.first).days
        share = (day - self.scale.first).days / days
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * share

    def y(self, count: float) -> float:
        share = (count - self.low) / max(self.scale.highest - self.low, 1)
        return _HEIGHT - _BOTTOM - (_HEIGHT - _TOP - _BOTTOM) * share

    def parts(self, title: str) -> Iterator[str]:
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{_WIDTH}" height="{_HEIGHT}"'
            f' viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-labelledby="title desc">'
            f'<title id="title">{escape(title)}</title>'
            f'<desc id="desc">{escape(safe_text(sentence(self.forecast, self.t)))}</desc>\n'
            f"<style>{_STYLE}</style>\n"
            f"<defs>{_hatching(self.coming)}</defs>\n"
            f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
            f'<text class="title" x="{_LEFT}" y="28">{escape(title)}</text>\n'
        )
        yield from self._legend()
        yield from self._counts()
        yield from self._dates()
        yield from self._figures()
        yield "</svg>\n"

    def _counts(self) -> Iterator[str]:
        for n in range((self.scale.highest - self.low) // self.step + 1):
            count = self.low + n * self.step
            y = self.y(count)
            yield (
                f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
                f'<text class="tick end" x="{_LEFT - 8}" y="{y + 4:.1f}">{count}</text>\n'
            )

    def _dates(self) -> Iterator[str]:
        for day in _months(self.scale.first, self.scale.last):
            x = self.x(day)
            yield (
                f'<path class="grid" d="M{x:.1f} {_TOP}V{_HEIGHT - _BOTTOM}"/>'
                f'<text class="tick middle" x="{x:.1f}" y="{_HEIGHT - _BOTTOM + 20}">'
                f"{day:%Y-%m}</text>\n"
            )

    def _figures(self) -> Iterator[str]:
        forecast = self.forecast
        bands = [(day, forecast.outlook.band(day)) for day in band_days(forecast)]
        edge = [(day, band.low) for day, band in bands]
        edge += [(day, band.high) for day, band in reversed(bands)]
        yield (
            f'<polygon points="{self._points(edge)}" fill="url(#coming)"'
            f' stroke="{self.coming.ink}"/>\n'
        )
        yield self._path([(day, band.middle) for day, band in bands], self.coming, dashed=True)
        yield self._path(history_days(forecast), self.done)
        total, now = self.y(forecast.basis.total), self.x(forecast.basis.as_of)
        upright = f"{_TOP}V{_HEIGHT - _BOTTOM}"
        yield f'<path class="total" d="M{_LEFT} {total:.1f}H{_WIDTH - _RIGHT}"/>'
        yield f'<path class="now" d="M{now:.1f} {upright}"/>\n'
        if self._has_deadline():
            by = self.x(forecast.deadline or self.scale.last)
            yield f'<path class="by" d="M{by:.1f} {upright}"/>\n'

    def _has_deadline(self) -> bool:
        return self.forecast.deadline is not None and self.forecast.deadline <= self.scale.last

    def _points(self, points: Points) -> str:
        return " ".join(f"{self.x(day):.1f},{self.y(count):.1f}" for day, count in points)

    def _path(self, points: Points, tone: Tone, *, dashed: bool = False) -> str:
        dashes = ' stroke-dasharray="6 3"' if dashed else ""
        return (
            f'<polyline class="path" points="{self._points(points)}" stroke="{tone.ink}"'
            f' stroke-width="3"{dashes}/>\n'
        )

    def _legend(self) -> Iterator[str]:
        forecast, t = self.forecast, self.t
        samples = {
            "history": f'<path d="M0 8H28" stroke="{self.done.ink}" stroke-width="3"/>',
            "band": '<rect width="28" height="16" fill="url(#coming)"'
            f' stroke="{self.coming.ink}"/>',
            "middle": f'<path d="M0 8H28" stroke="{self.coming.ink}" stroke-width="3"'
            ' stroke-dasharray="6 3"/>',
            "total": '<path class="total" d="M0 8H28"/>',
        }
        names = {key: t(f"forecast.chart.{key}") for key in samples}
        names["total"] = f"{names['total']} {forecast.basis.total}"
        if self._has_deadline():
            samples["by"] = '<path class="by" d="M0 8H28"/>'
            names["by"] = f"{t('forecast.chart.by')} {forecast.deadline}"
        samples["as_of"] = '<path class="now" d="M0 8H28"/>'
        names["as_of"] = f"{t('forecast.chart.as_of')} {forecast.basis.as_of}"
        x = float(_LEFT)
        for key, sample in samples.items():
            yield (
                f'<g transform="translate({x:.1f} 46)">{sample}'
                f'<text x="36" y="13">{escape(names[key])}</text></g>\n'
            )
            x += 36 + width(names[key]) * _CELL + 20


def _hatching(tone: Tone) -> str:
    return (
        '<pattern id="coming" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{tone.ground}"/>'
        f'<path d="{tone.strokes}" stroke="{tone.ink}" stroke-opacity="0.35"/></pattern>'
    )


def _months(first: date, last: date) -> list[date]:
    """Firsts of months between two days, as many as there is room for."""
    start, end = (day.year * 12 + day.month - 1 for day in (first, last))
    every = next(months for months in (1, 2, 3, 6, 12, 24) if (end - start) / months <= _MOST_DATES)
    months = (n for n in range(start + 1, end + 1) if n % every == 0)
    return [date(n // 12, n % 12 + 1, 1) for n in months]
