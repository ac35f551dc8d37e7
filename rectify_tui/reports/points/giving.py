"""Giving a card: which items call for it, and the letter that goes with it, for every face."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.domain.points import CardRules, Colour, Standing, suggested_card
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.escalation.citing import cite
from rectify_tui.reports.escalation.letter import Letter, write_letter
from rectify_tui.reports.escalation.settings import Wording
from rectify_tui.reports.points.settings import PointSettings
from rectify_tui.reports.weekly import settings as weekly
from rectify_tui.store.cards import cards
from rectify_tui.store.commands.cards import give_card
from rectify_tui.store.commands.escalations import Addressee
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.points import UnitPoints, standings, unit_points

_USUAL_DAYS = 30


@dataclass(frozen=True)
class Giving:
    """A card as somebody gives it: to whom, which, because of what, and by whom."""

    unit: Addressee
    colour: Colour
    given_by: str = ""
    cause: str = ""


def due_cards(
    connection: Connection, rules: CardRules, day: date
) -> list[tuple[UnitPoints, Colour, list[Standing]]]:
    """The cards that are due by rule on a day, the gravest first."""
    units = unit_points(connection, day)
    given: dict[int, list[tuple[Colour, date]]] = {}
    for card in cards(connection, day):
        given.setdefault(card.unit_id, []).append((card.colour, card.given_on))
    standing = standings(connection, units, day, rules.blue_days or 0)
    due = []
    for unit in units:
        id = unit.record.unit_id
        if found := suggested_card(standing.get(id, ()), given.get(id, ()), rules, day):
            due.append((unit, *found))
    return sorted(due, key=lambda each: (-each[1].rank, -len(each[2]), each[0].name))


def give(
    draft: Draft, giving: Giving, named: Sequence[int] | None, settings: PointSettings, day: date
) -> tuple[int, list[int]]:
    """Give a card with the items `named`, or those that call for one by rule; its id and theirs.

    Raises `Problem` where there are none.
    """
    ids = list(named or _causes(draft.connection, giving, settings.cards, day))
    id = give_card(
        draft, giving.unit, giving.colour, ids, given_by=giving.given_by, cause=giving.cause,
        on=day,
    )  # fmt: skip
    return id, ids


def _causes(connection: Connection, giving: Giving, rules: CardRules, day: date) -> Iterable[int]:
    """What calls for a card of the colour, or for a graver one."""
    unit_id = giving.unit.unit_id or 0
    units = unit_points(connection, day, unit_id)
    items = standings(connection, units, day, rules.blue_days or _USUAL_DAYS).get(unit_id, [])
    found = suggested_card(items, (), rules, day)
    if found is None or found[0].rank < giving.colour.rank:
        raise Problem("card.no_items", name=giving.unit.name)
    return [each.item_id for each in found[1]]


def card_letter(
    connection: Connection, giving: Giving, ids: Sequence[int], settings: PointSettings,
    day: date, t: Language,
) -> bytes:  # fmt: skip
    """The letter of a card as DOCX."""
    cited = cite(connection, ids, EscalationStep.REMINDER, day)
    office = weekly.read_settings(config_folder() / weekly.FILE).office
    letter = Letter(
        EscalationStep.REMINDER, giving.unit.name, day, None, giving.cause, office,
        (*cited.items, *cited.left_out), f"card.letter.{giving.colour}",
    )  # fmt: skip
    return write_letter(letter, settings.wording.get(giving.colour, Wording()), t)
