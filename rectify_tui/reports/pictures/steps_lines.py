"""The line of time of an item in characters."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from rectify_tui.domain.text import pad, shorten
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.drawing import Line, Piece, Tone, sign
from rectify_tui.reports.pictures.map_lines import Style
from rectify_tui.reports.pictures.steps import ItemLine
from rectify_tui.reports.pictures.weeks_lines import legend_lines

_NAME, _SHORT_NAME, _ROOMY = 22, 12, 70
_DAY, _LEAST = 12, 20
_HEAD = 10


def item_lines(found: ItemLine, t: Language, style: Style) -> Iterator[Line]:
    """Statuses above, below a line for each event with its sign on its day; `^` is today."""
    first, last = found.edges
    names = _NAME if style.cells >= _ROOMY else _SHORT_NAME
    cells = max(style.cells - names - _DAY, _LEAST)

    def at(day: date) -> int:
        return min((day - first).days * cells // (last - first).days, cells - 1)

    groups: dict[Tone, str] = {
        span.group: t(f"status.group.{span.group}") for span in found.spans
    }  # fmt: skip
    yield from legend_lines(groups.items(), style, pad(t("pictures.event.status"), _HEAD))
    levels: dict[Tone, str] = {
        event.level: t(f"pictures.kept.{int(event.level)}") for event in found.events
    }
    if levels:
        yield from legend_lines(levels.items(), style, pad(t("pictures.event.what"), _HEAD))
    yield []
    yield [Piece(pad(t("pictures.event.status"), names)), *_statuses(found, style, at)]
    for event in found.events:
        name = shorten(event.name, names - 1, "~" if style.ascii else "…")
        place = at(event.day)
        yield [
            Piece(pad(name, names) + " " * place),
            Piece(sign(event.level, ascii=style.ascii), event.level),
            Piece(" " * (cells - place - 1) + f"{event.day.isoformat():>{_DAY - 1}}"),
        ]
    today = f"^ {found.as_of.isoformat()}"
    start = min(at(found.as_of), cells - len(today))
    yield [Piece(pad(first.isoformat(), names) + " " * max(start, 0) + today)]


def _statuses(found: ItemLine, style: Style, at: Callable[[date], int]) -> Iterator[Piece]:
    """Each status from its day on; one of a single day has a cell all the same."""
    done = 0
    for span in found.spans:
        start = max(at(span.start), done)
        end = max(at(span.end), start + 1)
        yield Piece(" " * (start - done))
        yield Piece(sign(span.group, ascii=style.ascii) * (end - start), span.group)
        done = end
