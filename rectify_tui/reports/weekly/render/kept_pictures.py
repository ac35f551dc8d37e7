"""Pictures as the data of a report: a member for each, and their order where it is unusual."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from rectify_tui.domain.status import Group
from rectify_tui.reports.pictures.drawn_map import DrawnMap, DrawnTile
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Expected, Heat, Stack, Strip, Words
from rectify_tui.reports.pictures.figure import KINDS, Level, Value
from rectify_tui.reports.pictures.tile_map import ACROSS
from rectify_tui.reports.table import Kind
from rectify_tui.reports.weekly.model import Picture
from rectify_tui.reports.weekly.render.node import Node
from rectify_tui.reports.weekly.settings import PICTURES

_LEVELS: Mapping[object, Level] = {level.value: level for level in Level}
_GROUPS: Mapping[object, Group] = {group.value: group for group in Group}
_HEAT_KINDS: Mapping[object, Kind] = {kind: kind for kind in KINDS.values()}


def as_members(pictures: Iterable[Picture]) -> dict[str, object]:
    """The members of a report that keep its pictures."""
    order = [picture.key for picture in pictures]
    usual = [key for key in PICTURES if key in order]
    members: dict[str, object] = {picture.key: _as_data(picture) for picture in pictures}
    return members if order == usual else {**members, "pictures": order}


def _as_data(picture: Picture) -> dict[str, object]:
    if isinstance(picture, DrawnMap):
        return _map_as_data(picture)
    return _burn_up_as_data(picture) if isinstance(picture, BurnUp) else _heat_as_data(picture)


def _map_as_data(drawn: DrawnMap) -> dict[str, object]:
    return {
        "title": drawn.title,
        "measure": drawn.measure,
        "levels": list(drawn.levels),
        "tiles": [
            {
                "name": tile.name, "short": tile.short, "row": tile.row, "column": tile.column,
                "span": tile.span, "figure": tile.figure, "level": _level(tile.level),
            }
            for tile in drawn.tiles
        ],
    }  # fmt: skip


def _burn_up_as_data(found: BurnUp) -> dict[str, object]:
    words = found.words
    return {
        "title": found.title,
        "weeks": [week.isoformat() for week in found.weeks],
        "stacks": [
            {"group": stack.group.value, "name": stack.name, "counts": list(stack.counts)}
            for stack in found.stacks
        ],
        "expected": [
            {"day": each.day.isoformat(), "low": each.low, "middle": each.middle, "high": each.high}
            for each in found.expected
        ],
        "deadline": found.deadline.isoformat() if found.deadline else None,
        "words": {"band": words.band, "middle": words.middle, "deadline": words.deadline},
        "unsaid": found.unsaid,
    }


def _heat_as_data(found: Heat) -> dict[str, object]:
    return {
        "title": found.title,
        "place": found.place,
        "kind": found.kind,
        "measure": found.measure,
        "levels": list(found.levels),
        "weeks": [week.isoformat() for week in found.weeks],
        "strips": [
            {
                "name": strip.name, "short": strip.short,
                "values": [value.number for value in strip.values],
                "levels": [_level(value.level) for value in strip.values],
            }
            for strip in found.strips
        ],
    }  # fmt: skip


def _level(level: Level | None) -> int | None:
    return None if level is None else int(level)


def read_pictures(root: Node) -> tuple[Picture, ...]:
    """The pictures of a report. Raises `Problem` for what `as_members` did not write."""
    members = root.members()
    found = {key: read(members[key]) for key, read in _READ.items() if key in members}
    if "pictures" not in members:
        return tuple(found.values())
    order = members["pictures"].all(lambda node: node.one_of({key: key for key in found}))
    if sorted(order) != sorted(found) or list(order) == list(found):
        raise members["pictures"].wrong()
    return tuple(found[key] for key in order)


def _map(node: Node) -> DrawnMap:
    return DrawnMap(
        node.at("title").text(), node.at("measure").text(), _levels(node),
        node.at("tiles").all(_tile),
    )  # fmt: skip


def _levels(node: Node) -> tuple[str, ...]:
    levels = node.at("levels").all(Node.text)
    if len(levels) != len(Level):
        raise node.at("levels").wrong()
    return levels


def _tile(node: Node) -> DrawnTile:
    column, span = node.at("column").count(), node.at("span").count()
    if not 1 <= span <= ACROSS - column:
        raise node.at("span").wrong()
    return DrawnTile(
        node.at("name").text(), node.at("short").text(), node.at("row").count(), column, span,
        node.at("figure").text(), _one_level(node.at("level")),
    )  # fmt: skip


def _one_level(node: Node) -> Level | None:
    return None if node.value is None else node.one_of(_LEVELS)


def _burn_up(node: Node) -> BurnUp:
    weeks = node.at("weeks").all(Node.day)
    stacks = node.at("stacks").all(_stack)
    if not weeks or not stacks or any(len(each.counts) != len(weeks) for each in stacks):
        raise node.at("stacks").wrong()
    words, deadline = node.at("words"), node.at("deadline")
    return BurnUp(
        node.at("title").text(), weeks, stacks, node.at("expected").all(_expected),
        None if deadline.value is None else deadline.day(),
        Words(*(words.at(key).text() for key in ("band", "middle", "deadline"))),
        node.at("unsaid").text(),
    )  # fmt: skip


def _stack(node: Node) -> Stack:
    return Stack(
        node.at("group").one_of(_GROUPS), node.at("name").text(), node.at("counts").all(Node.count)
    )


def _expected(node: Node) -> Expected:
    return Expected(
        node.at("day").day(), *(node.at(key).count() for key in ("low", "middle", "high"))
    )


def _heat(node: Node) -> Heat:
    weeks = node.at("weeks").all(Node.day)
    strips = node.at("strips").all(_strip)
    if not weeks or any(len(each.values) != len(weeks) for each in strips):
        raise node.at("strips").wrong()
    return Heat(
        node.at("title").text(), node.at("place").text(), node.at("kind").one_of(_HEAT_KINDS),
        node.at("measure").text(), _levels(node), weeks, strips,
    )  # fmt: skip


def _strip(node: Node) -> Strip:
    numbers = node.at("values").all(_one_number)
    levels = node.at("levels").all(_one_level)
    if len(numbers) != len(levels):
        raise node.at("levels").wrong()
    return Strip(
        node.at("name").text(), node.at("short").text(),
        tuple(map(Value, numbers, levels)),
    )  # fmt: skip


def _one_number(node: Node) -> float | int | None:
    """A number as it was written, so that it is written the same again."""
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    return None if node.value is None else node.number()


_READ: Mapping[str, Callable[[Node], Picture]] = {"map": _map, "burn_up": _burn_up, "heat": _heat}
if tuple(_READ) != PICTURES:
    raise LookupError(f"pictures are {', '.join(PICTURES)}, read are {', '.join(_READ)}")
