"""Which round of returns is shown: the newest, or an earlier one that was chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date
from functools import partial

from rectify_tui.intake.returns.status import all_rounds
from rectify_tui.reports.returns import week_name
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session


class PastRounds:
    """Asks for a round. `cutoff` is that of an earlier one, None while it is the newest."""

    def __init__(self, session: Session, changed: Callable[[], None]) -> None:
        self.session = session
        self.cutoff: date | None = None
        self._changed = changed

    def ask(self) -> None:
        """Ask which round is to be shown."""
        session = self.session
        reader = session.ledger.reader
        session.read(lambda: all_rounds(reader(), session.today), self._ask, "intake-rounds")

    def _ask(self, rounds: list[tuple[date, Counter[str]]]) -> None:
        options = [self._named(*each) for each in rounds]
        question = self.session.t("intake_screen.round.which")
        chosen = partial(self._chosen, [cutoff for cutoff, _ in rounds])
        self.session.ask(ChoiceDialog(self.session, question, options), chosen)

    def _named(self, cutoff: date, counts: Counter[str]) -> str:
        t, awaited = self.session.t, counts["late"] + counts["waiting"]
        parts = [
            t("intake_screen.round.title", week=week_name(cutoff, t), n=counts.total()),
            t("intake_screen.round.come", n=counts["received"]),
        ]
        parts += [t("intake_screen.round.awaited", n=awaited)] if awaited else []
        return t("tui.sign.dot").join(parts)

    def _chosen(self, cutoffs: list[date], place: int | None) -> None:
        if place is not None:
            self.cutoff = cutoffs[place] if place else None
            self._changed()

    def show_newest(self) -> None:
        """Back to the newest round."""
        self.cutoff = None
        self._changed()
