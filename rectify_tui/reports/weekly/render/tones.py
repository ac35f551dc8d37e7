"""Colours and patterns of a chart: no two series differ by colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rectify_tui.domain.status import Group
from rectify_tui.reports.weekly.model import Series


@dataclass(frozen=True)
class Tone:
    """A ground with strokes on it; `pattern` is their name in a workbook, empty for none.

    `strokes` is an SVG path in a tile of 8 by 8, `shading` their name in a document.
    """

    ground: str
    ink: str
    pattern: str = ""
    strokes: str = ""
    shading: str = "clear"


_OF_GROUP = {
    Group.COMPLETED: Tone("#1F5FA8", "#17497F"),
    Group.ON_SCHEDULE: Tone(
        "#CFE2F3", "#3D7AB0", "wide_upward_diagonal", "M-1 9L9-1M-2 2L2-2M6 10L10 6",
        "thinReverseDiagStripe",
    ),
    Group.BEHIND: Tone(
        "#F8CBAD", "#C2410C", "outlined_diamond", "M0 0L8 8M8 0L0 8", "thinDiagCross"
    ),
    Group.MERGED: Tone("#ECEEF0", "#8A9099", "light_horizontal", "M0 2H8M0 6H8", "thinHorzStripe"),
    Group.UNCLEAR: Tone(
        "#FFFFFF", "#6B7280", "dotted_diamond", "M3 4H5M7 0H8M0 0H1M7 8H8M0 8H1", "pct25"
    ),
}  # fmt: skip
_OTHERS = (
    Tone("#FFF2CC", "#B8860B", "dark_vertical", "M2 0V8M6 0V8", "vertStripe"),
    Tone(
        "#E6DCF0", "#7A4FA3", "wide_downward_diagonal", "M-1-1L9 9M-2 6L2 10M6-2L10 2", "diagStripe"
    ),
    Tone("#D6EFEC", "#1C8C80", "small_grid", "M0 4H8M4 0V8", "thinHorzCross"),
    Tone("#F3D9E4", "#A83A6B", "dotted_diamond", "M3 4H5M7 0H8M0 0H1M7 8H8M0 8H1", "pct25"),
)


def tones(series: Sequence[Series]) -> list[Tone]:
    """A tone for each series: that of its status group, else the next of the others."""
    toned = []
    others = 0
    for one in series:
        if one.key in _OF_GROUP:
            toned.append(_OF_GROUP[Group(one.key)])
        else:
            toned.append(_OTHERS[others % len(_OTHERS)])
            others += 1
    return toned
