"""The chart as a drawing inside a web page."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from rectify_tui.domain.text import shorten, width
from rectify_tui.i18n import Language
from rectify_tui.reports.table import shown
from rectify_tui.reports.weekly.model import Chart
from rectify_tui.reports.weekly.render import words
from rectify_tui.reports.weekly.render.tones import Tone, tones

WIDE, BESIDE = 960, 540
"""Widths of a drawing: as wide as a page, or beside a table."""
_BAR = 20
_STEP = 30
_CELL = 7.2  # of a 13 px letter, half a Chinese character with a little air
_LONGEST_NAME = 32
_SWATCH = 28
_TICKS = 5
_TOTAL = 56


def drawing(chart: Chart, t: Language, wide: int = WIDE) -> str:
    """A bar for each category in parts of its whole, with legend, values, and the same as text.

    All bars are equally long, so that a line with thousands of items leaves the others their room.
    """
    return "".join(_Drawing(chart, t, wide).parts())


class _Drawing:
    def __init__(self, chart: Chart, t: Language, wide: int) -> None:
        self.t = t
        self.wide = wide
        self.title = words.line(chart.title)
        self.categories = [words.line(name) for name in chart.categories]
        self.names = [words.line(one.name) for one in chart.series]
        self.values = [[max(value, 0.0) for value in one.values] for one in chart.series]
        self.tones = tones(chart.series)
        self.totals = [
            sum(values[at] for values in self.values) for at in range(len(self.categories))
        ]
        self.labels = [shorten(name, _LONGEST_NAME) for name in self.categories]
        self.left = round(max(map(width, self.labels), default=0) * _CELL) + 12
        self.legend, self.top = self._legend()
        self.bottom = self.top + _STEP * len(self.categories)

    def x(self, share: float) -> float:
        return self.left + (self.wide - self.left - _TOTAL) * share

    def parts(self) -> Iterator[str]:
        yield (
            f'<svg class="chart" viewBox="0 0 {self.wide} {self.bottom + 26}" role="img"'
            ' aria-labelledby="chart-title chart-desc" xmlns="http://www.w3.org/2000/svg">'
            f'<title id="chart-title">{escape(self.title)}</title>'
            f'<desc id="chart-desc">{escape(self._in_words())}</desc>\n'
        )
        yield f"<defs>{''.join(_tile(at, tone) for at, tone in enumerate(self.tones))}</defs>\n"
        yield from self.legend
        yield from self._axis()
        for at in range(len(self.categories)):
            yield from self._bar(at)
        yield "</svg>\n"

    def _legend(self) -> tuple[list[str], int]:
        parts, x, y = [], float(self.left), 6
        for at, name in enumerate(self.names):
            needed = _SWATCH + 8 + width(name) * _CELL + 24
            if x > self.left and x + needed > self.wide:
                x, y = float(self.left), y + 26
            parts.append(
                f'{_box(at, x, y, _SWATCH, 16, self.tones[at])}<text x="{x + _SWATCH + 8:.1f}"'
                f' y="{y + 13}">{escape(name)}</text>\n'
            )
            x += needed
        return parts, y + 32

    def _axis(self) -> Iterator[str]:
        for n in range(_TICKS + 1):
            x = self.x(n / _TICKS)
            yield (
                f'<path class="grid" d="M{x:.1f} {self.top}V{self.bottom}"/><text class="tick"'
                f' x="{x:.1f}" y="{self.bottom + 18}">{n * 100 // _TICKS}%</text>\n'
            )

    def _bar(self, at: int) -> Iterator[str]:
        y = self.top + _STEP * at + (_STEP - _BAR) // 2
        middle = y + _BAR - 5
        yield (
            f'<g><text class="name" x="{self.left - 8}" y="{middle}">'
            f"{escape(self.labels[at])}</text>"
        )
        done, whole = 0.0, self.totals[at]
        for index, values in enumerate(self.values):
            value = values[at]
            if not value:
                continue
            start, stop, number = (
                self.x(done / whole),
                self.x((done + value) / whole),
                _number(value),
            )
            yield _box(index, start, y, stop - start, _BAR, self.tones[index])
            if stop - start > len(number) * _CELL + 4:
                yield (
                    f'<text class="value" x="{(start + stop) / 2:.1f}" y="{middle}">{number}</text>'
                )
            done += value
        yield (
            f'<text class="total" x="{self.x(1 if whole else 0) + 6:.1f}" y="{middle}">'
            f"{_number(self.totals[at])}</text></g>\n"
        )

    def _in_words(self) -> str:
        t = self.t
        lines = []
        for at, category in enumerate(self.categories):
            values = [
                t("render.value", name=name, value=_number(values[at]))
                for name, values in zip(self.names, self.values, strict=True)
            ]
            joined = t("render.comma").join(values)
            lines.append(t("render.values", category=category, values=joined))
        return t("render.semicolon").join(lines)


def _number(value: float) -> str:
    return shown(value, "count")


def _tile(at: int, tone: Tone) -> str:
    if not tone.strokes:
        return ""
    return (
        f'<pattern id="tone-{at}" width="8" height="8" patternUnits="userSpaceOnUse">'
        f'<rect width="8" height="8" fill="{tone.ground}"/>'
        f'<path d="{tone.strokes}" stroke="{tone.ink}" stroke-width="1.5"/></pattern>'
    )


def _box(at: int, x: float, y: int, wide: float, high: int, tone: Tone) -> str:
    fill = f"url(#tone-{at})" if tone.strokes else tone.ground
    return (
        f'<rect x="{x:.1f}" y="{y}" width="{wide:.1f}" height="{high}" fill="{fill}"'
        f' stroke="{tone.ink}"/>'
    )
