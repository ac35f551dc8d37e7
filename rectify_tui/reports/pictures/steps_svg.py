"""The line of time of an item as a drawing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from rectify_tui.domain.text import shorten
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures import svg
from rectify_tui.reports.pictures.drawing import LOOKS, Tone, sign
from rectify_tui.reports.pictures.steps import ItemLine

_WIDTH, _LEFT, _RIGHT, _TOP, _ROW = 960, 220, 110, 92, 26
_NAME = 28


def item_svg(found: ItemLine, t: Language) -> str:
    """Statuses as boxes, each event in a row of its own, today as a line."""
    high = _TOP + _ROW * (len(found.events) + 1) + 40
    title = shorten(found.title(t), 100)
    return svg.drawing(_WIDTH, high, title, _parts(found, t, high))


def _parts(found: ItemLine, t: Language, high: int) -> Iterator[str]:
    first, last = found.edges

    def x(day: date) -> float:
        return _LEFT + (_WIDTH - _LEFT - _RIGHT) * (day - first).days / (last - first).days

    named: dict[Tone, str] = {
        span.group: t(f"status.group.{span.group}") for span in found.spans
    }  # fmt: skip
    named |= {event.level: t(f"pictures.kept.{int(event.level)}") for event in found.events}
    yield svg.legend(16, 46, named)
    now = x(found.as_of)
    yield f'<path class="now" d="M{now:.1f} {_TOP - 8}V{high - 30}"/>'
    yield svg.text(now, high - 12, found.as_of.isoformat(), "small middle")
    yield svg.text(16, _TOP + 15, t("pictures.event.status"))
    for span in found.spans:
        told = f"{t(f'status.item.{span.status}')} {span.start}"
        wide = max(x(span.end) - x(span.start), 3)
        yield svg.box(x(span.start), _TOP, wide, _ROW - 6, span.group, told)
    for row, event in enumerate(found.events, 1):
        y, place = _TOP + row * _ROW, x(event.day)
        yield f'<path class="grid" d="M{_LEFT} {y + 10}H{_WIDTH - _RIGHT}"/>'
        yield svg.text(16, y + 15, shorten(event.name, _NAME))
        yield svg.box(place - 10, y, 20, _ROW - 6, event.level, event.name)
        letters, mark = LOOKS[event.level].letters, sign(event.level, ascii=False)
        yield svg.text(place, y + 15, mark, "middle", letters)
        yield svg.text(_WIDTH - 16, y + 15, event.day.isoformat(), "small end") + "\n"
