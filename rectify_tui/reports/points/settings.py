"""The office's own table of points and rules for cards: the file `points.toml`.

    [events]                   # points that each event takes, 0 for none
    overdue = 2                # an item passes its deadline without being completed
    refuted = 3                # a visit found otherwise than was reported
    false_completion = 6       # the same of an item that was reported completed
    late_return = 1            # a return is not back by its day
    broken_promise = 1         # the day of the next step passed without it
    blue_card = 0
    yellow_card = 1
    red_card = 3

    [cards]
    blue_days = 15             # suggested for what is due within so many days; 0 for never
    yellow_weeks = 1           # for what is behind for so many whole weeks; 0 for never
    red_weeks = 8
    red_refuted = true         # for what a visit refuted, too

    [letters.red]
    title = "红牌警告书"
    text = "截至{day}，你单位负责的整改任务中有{facts}（详见附表）。{cause}"

What a file does not say stays as it is by default. The blanks are those of `escalation.toml`, of
which {due} stays empty.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rectify_tui.domain.points import DEFAULT, FULL, CardRules, Colour, PointEvent, PointTable
from rectify_tui.reports.escalation.settings import Wording, read_wording
from rectify_tui.reports.settings_file import SettingsReader, read_toml

FILE = "points.toml"
_KNOWN = ("events", "cards", "letters")
_MOST_DAYS, _MOST_WEEKS = 366, 520


@dataclass(frozen=True)
class PointSettings:
    """How many points events take, when cards are suggested, and how their letters read."""

    table: PointTable = field(default_factory=lambda: dict(DEFAULT))
    cards: CardRules = field(default_factory=CardRules)
    wording: Mapping[Colour, Wording] = field(default_factory=dict)


def read_point_settings(path: Path) -> PointSettings:
    """The settings of a file; the usual ones without one.

    Raises `Problem` that names the file and the place for everything that cannot be understood.
    """
    reader, data = SettingsReader(path), read_toml(path)
    for name in data:
        if name not in _KNOWN:
            raise reader.wrong(name, "unknown", name=name, known=", ".join(_KNOWN))
    points = dict(DEFAULT)
    for name, value in reader.table(data.get("events", {}), "events").items():
        where = f"events.{name}"
        points[reader.choice(name, where, PointEvent)] = reader.whole(
            value, where, least=0, most=FULL
        )
    wording = {}
    for name, value in reader.table(data.get("letters", {}), "letters").items():
        where = f"letters.{name}"
        colour = reader.choice(name, where, Colour)
        wording[colour] = read_wording(reader, reader.table(value, where), where)
    return PointSettings(points, _cards(reader, data.get("cards", {})), wording)


def _cards(reader: SettingsReader, value: object) -> CardRules:
    usual = CardRules()
    table = reader.table(value, "cards")
    for name in table:
        if not hasattr(usual, name):
            known = ", ".join(vars(usual))
            raise reader.wrong(f"cards.{name}", "unknown", name=name, known=known)

    def whole(name: str, most: int) -> int | None:
        if name not in table:
            usual_value: int | None = getattr(usual, name)
            return usual_value
        return reader.whole(table[name], f"cards.{name}", least=0, most=most) or None

    return CardRules(
        whole("blue_days", _MOST_DAYS), whole("yellow_weeks", _MOST_WEEKS),
        whole("red_weeks", _MOST_WEEKS),
        reader.flag(table.get("red_refuted", usual.red_refuted), "cards.red_refuted"),
    )  # fmt: skip
