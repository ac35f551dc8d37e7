"""How many units are exempt, month by month, as a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from rectify_tui.i18n import Language
from rectify_tui.reports.pictures import svg
from rectify_tui.reports.pictures.drawing import LOOKS, Line, Piece
from rectify_tui.reports.table import Column, Table

_BAR = 40
_WIDTH, _HEIGHT = 960, 360
_LEFT, _RIGHT, _TOP, _BOTTOM = 64, 40, 60, 48
_LABELS = 8

Sizes = Sequence[tuple[date, int]]
"""The ends of months with how many units were exempt then."""


def exempt_table(sizes: Sizes, t: Language) -> Table:
    """The line as figures."""
    columns = (
        Column("month", t("points.column.month"), "date"),
        Column("exempt", t("points.column.exempt_units"), "count"),
    )
    rows = [{"month": day, "exempt": n} for day, n in sizes]
    return Table(t("points.exempt_over_time"), columns, rows, (t("points.note.exempt"),))


def exempt_lines(sizes: Sizes, *, ascii: bool) -> Iterator[Line]:
    """The line lying on its side: a point for each month, as far right as there are units."""
    most = max((n for _, n in sizes), default=0)
    mark, rule = ("*", "-") if ascii else ("▸", "─")
    for day, n in sizes:
        place = round(n * _BAR / most) if most else 0
        yield [Piece(f"{day}  {n:>5}  "), Piece(rule * place), Piece(mark, "middle")]


def exempt_svg(sizes: Sizes, t: Language) -> str:
    """The line as a drawing."""
    return svg.drawing(_WIDTH, _HEIGHT, t("points.exempt_over_time"), _parts(sizes))


def _parts(sizes: Sizes) -> Iterator[str]:
    most = max(max((n for _, n in sizes), default=0), 1)
    last = max(len(sizes) - 1, 1)
    low, high = _HEIGHT - _BOTTOM, _TOP
    points = [
        (_LEFT + (_WIDTH - _LEFT - _RIGHT) * place / last, low - (low - high) * n / most)
        for place, (_, n) in enumerate(sizes)
    ]
    for count in sorted({0, most // 2, most}):
        y = low - (low - high) * count / most
        yield f'<path class="grid" d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}"/>'
        yield svg.text(_LEFT - 8, y + 4, str(count), "small end")
    colour = LOOKS["middle"].ground
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>\n'
    step = max(1, len(sizes) // _LABELS)
    for place, ((x, y), (day, n)) in enumerate(zip(points, sizes, strict=True)):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}">'
        yield f"<title>{svg.words(f'{day}: {n}')}</title></circle>"
        if (len(sizes) - 1 - place) % step == 0:
            yield svg.text(x, y - 10, str(n), "small middle")
            yield svg.text(x, low + 20, f"{day:%Y-%m}", "small middle") + "\n"
