"""Points and cards as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rectify_tui.domain.points import FULL, Colour, Event, PointEvent, PointTable, Standing
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.escalation.tables import references
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.store.cards import Card
from rectify_tui.store.points import UnitPoints


def _columns(t: Language, *keys: tuple[str, Kind]) -> tuple[Column, ...]:
    return tuple(Column(key, t(f"points.column.{key}"), kind) for key, kind in keys)


def points_table(
    units: Iterable[UnitPoints], table: PointTable, t: Language, day: date, *,
    only_exempt: bool = False,
) -> Table:  # fmt: skip
    """Units with their points, the fewest first; or those alone that are exempt."""
    rows = [_unit_line(unit, table, t, day) for unit in units]
    if only_exempt:
        rows = [row for row in rows if row["exempt_now"]]
    rows.sort(key=lambda row: (-int(str(row["lost"])), str(row["unit"])))
    columns = _columns(
        t, ("unit", "text"), ("points", "count"), ("lost", "count"), ("events", "count"),
        ("behind", "count"), ("back_on", "date"), ("exempt", "whole"),
    )  # fmt: skip
    title = labels.dated(t, t("points.exempt_title" if only_exempt else "points.title"), day)
    exempt = sum(bool(row["exempt_now"]) for row in rows)
    notes = (t("points.note.count", n=len(rows), exempt=exempt), *_rules(table, t))
    return Table(title, columns, rows, notes)


def _unit_line(unit: UnitPoints, table: PointTable, t: Language, day: date) -> dict[str, object]:
    record = unit.record
    counting = [event for event in record.events if event.counts(day) and table[event.kind]]
    exempt = record.exempt(table, day)
    return {
        "unit": unit.name,
        "points": record.points(table, day),
        "lost": record.lost(table, day),
        "events": len(counting),
        "behind": len({span.item_id for span in record.behind_on(day)}),
        "back_on": min((event.back_on for event in counting), default=None),
        "exempt": labels.yes_no(t, exempt),
        "exempt_now": exempt,
    }


def _rules(table: PointTable, t: Language) -> tuple[str, ...]:
    """What takes how many points, and when a unit is exempt."""
    rules = [
        t("points.rule", event=t(f"points.event.{event}"), n=table[event])
        for event in PointEvent
        if table[event]
    ]
    return (
        t("points.note.rules", full=FULL, rules=labels.joined(t, rules)),
        t("points.note.exempt"),
    )


def events_table(unit: UnitPoints, table: PointTable, t: Language, day: date) -> Table:
    """Every event of a unit, those that weigh on the day first, each with its rule and record."""
    events = sorted(
        unit.record.events, key=lambda each: (not each.counts(day), -each.on.toordinal())
    )
    rows = [_event_line(event, table, t, day) for event in events]
    columns = _columns(
        t, ("on", "date"), ("event", "whole"), ("about", "whole"), ("told", "text"),
        ("taken", "count"), ("back_on", "date"), ("counts", "whole"),
    )  # fmt: skip
    record = unit.record
    lost = record.lost(table, day)
    standing = t(
        "points.note.standing", points=record.points(table, day), full=FULL, lost=lost,
    )  # fmt: skip
    notes = [standing]
    if lost > FULL:
        notes.append(t("points.note.none_left", lost=lost))
    behind = len({span.item_id for span in record.behind_on(day)})
    if record.exempt(table, day):
        notes.append(t("points.note.is_exempt"))
    elif behind:
        notes.append(t("points.note.behind", n=behind))
    title = labels.dated(t, t("points.of_unit", unit=unit.name), day)
    return Table(title, columns, rows, (*notes, *_rules(table, t)))


def all_events_table(
    units: Iterable[UnitPoints], table: PointTable, t: Language, day: date
) -> Table:
    """The events of all units that weigh on a day, the newest first."""
    rows = [
        {"unit": unit.name, **_event_line(event, table, t, day)}
        for unit in units
        for event in unit.record.events
        if event.counts(day)
    ]
    rows.sort(key=lambda row: str(row["on"]), reverse=True)
    columns = _columns(
        t, ("unit", "text"), ("on", "date"), ("event", "whole"), ("about", "whole"),
        ("told", "text"), ("taken", "count"), ("back_on", "date"),
    )  # fmt: skip
    title = labels.dated(t, t("points.events_title"), day)
    return Table(title, columns, rows, _rules(table, t))


def _event_line(event: Event, table: PointTable, t: Language, day: date) -> dict[str, object]:
    told = t(f"points.told.{event.kind}", day=event.told) if event.told else ""
    return {
        "on": event.on,
        "event": Labelled(event.kind.value, t(f"points.event.{event.kind}")),
        "about": Labelled(event.about, _about(event, t)),
        "told": told,
        "taken": table[event.kind],
        "back_on": event.back_on,
        "counts": labels.yes_no(t, event.counts(day)),
    }


def _about(event: Event, t: Language) -> str:
    is_card = event.kind in {colour.event for colour in Colour}
    return t("card.numbered", id=event.about) if is_card else event.about


def card_table(cards: Sequence[Card], t: Language, day: date) -> Table:
    """Cards that were given, the newest first."""
    rows = [
        {
            "id": card.id, "given_on": card.given_on, "colour": colour_label(card.colour, t),
            "unit": card.unit, "items": references(list(card.items), t),
            "given_by": card.given_by, "cause": card.cause,
        }
        for card in cards
    ]  # fmt: skip
    columns = _columns(
        t, ("id", "count"), ("given_on", "date"), ("colour", "whole"), ("unit", "text"),
        ("items", "text"), ("given_by", "text"), ("cause", "text"),
    )  # fmt: skip
    counts = [
        t("card.count", colour=t(f"card.colour.{colour}"), n=n)
        for colour in reversed(Colour)
        if (n := sum(card.colour is colour for card in cards))
    ]
    notes = (labels.joined(t, counts) if counts else t("card.none"),)
    return Table(labels.dated(t, t("card.title"), day), columns, rows, notes)


def colour_label(colour: Colour, t: Language) -> Labelled:
    """What a card is called."""
    return Labelled(colour.value, t(f"card.colour.{colour}"))


def suggested_table(
    due: Sequence[tuple[UnitPoints, Colour, Sequence[Standing]]], refs: dict[int, str],
    t: Language, day: date,
) -> Table:  # fmt: skip
    """The cards that are due by rule, the gravest first, with the items that cause them."""
    rows = [
        {
            "unit": unit.name, "colour": colour_label(colour, t), "why": _why(items, colour, t),
            "items": references([refs[each.item_id] for each in items], t),
        }
        for unit, colour, items in due
    ]  # fmt: skip
    columns = _columns(t, ("unit", "text"), ("colour", "whole"), ("why", "text"), ("items", "text"))
    title = labels.dated(t, t("card.suggested_title"), day)
    return Table(title, columns, rows, (t("card.suggested", n=len(rows)),))


def _why(items: Sequence[Standing], colour: Colour, t: Language) -> str:
    if colour is Colour.BLUE:
        days = min(each.days_left or 0 for each in items)
        return t("card.why.due_soon", n=len(items), days=days)
    told = []
    if late := [each.days_behind for each in items if each.days_behind]:
        told.append(t("card.why.behind", n=len(late), days=max(late)))
    if refuted := sum(each.refuted for each in items):
        told.append(t("card.why.refuted", n=refuted))
    return labels.joined(t, told)
