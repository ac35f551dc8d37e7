"""Giving the unit of the chosen items a card, with the letter that goes with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rectify_tui.domain.points import Colour
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.formats import FILES
from rectify_tui.reports.labels import joined
from rectify_tui.reports.points.giving import Giving, card_letter, give
from rectify_tui.reports.points.settings import FILE, PointSettings, read_point_settings
from rectify_tui.store.commands.cards import card_unit
from rectify_tui.store.commands.escalations import Addressee
from rectify_tui.store.draft import Draft
from rectify_tui.store.items import item_rows
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.points import unit_points
from rectify_tui.tui.dialogs.card import CardDialog, CardResult
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session

_TOLD = 6
_LETTER = FILES["docx"].endings[0]


@dataclass(frozen=True)
class _Due:
    """The unit of the chosen items, what they are called, and how many points it has left."""

    unit: Addressee
    ids: list[int]
    refs: str
    points: int
    settings: PointSettings


class CardGiving:
    """Asks which card the unit of what is `chosen` is given; `go_on` is called afterwards."""

    def __init__(
        self, session: Session, chosen: Callable[[], Choice | None], go_on: Callable[[], None]
    ) -> None:
        self.session = session
        self._chosen = chosen
        self._go_on = go_on

    def begin(self) -> None:
        """Ask, once it is known whose items they are."""
        choice = self._chosen()
        if choice is not None:
            self.session.read(partial(self._find, choice), self._ask, "cards", asks=True)

    def _find(self, choice: Choice) -> _Due:
        """In a thread: the one unit that is responsible. Raises `Problem` for none or several."""
        session, ids = self.session, choice.ids()
        connection = session.ledger.reader()
        rows = item_rows(connection, ids)
        names = {row.responsible for row in rows}
        name = names.pop() if len(names) == 1 else None
        if name is None:
            raise Problem("tui.card.one_unit")
        unit = card_unit(connection, name)
        settings = read_point_settings(config_folder() / FILE)
        (found,) = unit_points(connection, session.today, unit.unit_id)
        points = found.record.points(settings.table, session.today)
        refs = joined(session.t, [row.ref for row in rows[:_TOLD]])
        return _Due(unit, ids, refs, points, settings)

    def _ask(self, due: _Due) -> None:
        session, t = self.session, self.session.t
        given: list[Giving] = []

        def attempt(result: CardResult) -> None:
            def change(draft: Draft) -> None:
                giving = Giving(due.unit, result.colour, result.given_by, result.cause)
                give(draft, giving, due.ids, due.settings, session.today)
                given[:] = [giving]

            session.change("card", change, reason=result.cause, done=done, refused=dialog.complain)

        def done(_: Receipt) -> None:
            dialog.close()
            self._go_on()
            self._offer_letter(given[0], due)

        about = t("tui.card.about", points=due.points, refs=due.refs)
        dialog = CardDialog(session, t("tui.card.question", unit=due.unit.name), about, attempt)
        session.ask(dialog)

    def _offer_letter(self, giving: Giving, due: _Due) -> None:
        session, t = self.session, self.session.t
        name = safe_name(f"{due.unit.name}-{_called(giving.colour, session)}") + _LETTER

        def make(_: object) -> bytes:
            connection = session.ledger.reader()
            return card_letter(connection, giving, due.ids, due.settings, session.today, t)

        ask_to_save(session, t("queue_screen.ask_letter"), name, [_LETTER], make)


def _called(colour: Colour, session: Session) -> str:
    return session.t(f"card.colour.{colour}")
