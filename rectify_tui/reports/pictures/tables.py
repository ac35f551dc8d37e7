"""The figures of pictures as tables, for readers of pages and for programs."""

from __future__ import annotations

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.pictures.drawn_weeks import BurnUp, Heat
from rectify_tui.reports.pictures.steps import ItemLine
from rectify_tui.reports.pictures.tile_map import TileMap
from rectify_tui.reports.pictures.weeks import STACKED
from rectify_tui.reports.table import Column, Labelled, Table

_EXPECTED = ("low", "middle", "high")


def map_table(found: TileMap, t: Language) -> Table:
    """A line for each place, in the order of the map, with its place on it for programs."""
    figure = found.figure.value
    columns = (
        Column("name", t(f"report.by.{found.by}")),
        Column(figure, t(f"pictures.figure.{figure}"), found.kind),
        Column("total", t("report.column.total"), "count"),
    )
    rows = [
        {
            "name": tile.name, figure: tile.value.number,
            "total": tile.line.tally.total if tile.line else 0,
            "key": tile.line.key if tile.line else None, "row": tile.row, "column": tile.column,
            "level": None if tile.value.level is None else int(tile.value.level),
        }
        for tile in found.tiles
    ]  # fmt: skip
    notes = (t("report.note.simulated"),) if found.simulated else ()
    return Table(found.title(t), columns, rows, notes)


def burn_up_table(found: BurnUp, t: Language) -> Table:
    """A line for each week: how many items are in each group, then how many are expected."""
    columns = (
        Column("week", t("pictures.event.day"), "date"),
        Column("total", t("report.column.total"), "count"),
        *(Column(group.value, t(f"status.group.{group}"), "count") for group in STACKED),
        *(Column(key, t(f"render.expected.{key}"), "count") for key in _EXPECTED if found.expected),
    )
    counts = {stack.group: stack.counts for stack in found.stacks}
    rows: list[dict[str, object]] = [
        {"week": week, "total": total}
        | {group.value: counts[group][at] if group in counts else 0 for group in STACKED}
        for at, (week, total) in enumerate(zip(found.weeks, found.totals, strict=True))
    ]
    rows += [
        {"week": each.day, "low": each.low, "middle": each.middle, "high": each.high}
        for each in found.expected[1:]
    ]
    return Table(found.title, columns, rows, (found.unsaid,) if found.unsaid else ())


def heat_table(found: Heat) -> Table:
    """A line for each place, a column for each week."""
    columns = (
        Column("name", found.place),
        *(Column(day.isoformat(), f"{day:%m-%d}", found.kind) for day in found.weeks),
    )
    rows = [
        {"name": strip.name}
        | {day.isoformat(): v.number for day, v in zip(found.weeks, strip.values, strict=True)}
        for strip in found.strips
    ]
    return Table(found.title, columns, rows)


def item_table(found: ItemLine, t: Language) -> Table:
    """A line for each status and each event, by day."""
    columns = (
        Column("day", t("pictures.event.day"), "date"),
        Column("what", t("pictures.event.what")),
        Column("level", t("pictures.event.level")),
    )
    rows: list[dict[str, object]] = [
        {"day": span.start, "what": t("pictures.event.status"),
         "level": labels.status(t, span.status)}
        for span in found.spans
    ]  # fmt: skip
    rows += [
        {"day": event.day, "what": event.name,
         "level": Labelled(event.level.name.lower(), t(f"pictures.kept.{int(event.level)}"))}
        for event in found.events
    ]  # fmt: skip
    rows.sort(key=lambda row: str(row["day"]))
    return Table(found.title(t), columns, rows)
