"""A forecast made from the store, and the back-test of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from rectify_tui.domain.backtest import AHEAD, Check, backtest
from rectify_tui.domain.forecast import (
    LEAST_WEEKS,
    WEEKS,
    Basis,
    Change,
    Outlook,
    read_basis,
    simulate,
)
from rectify_tui.domain.region import Region
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.completion_history import Detail, read_changes, read_due, reported_until
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import Programme, programmes
from rectify_tui.store.regions import get_region
from rectify_tui.store.scope import WHOLE_LEDGER, Scope

_LOOK_BACK = 8


class Asked(NamedTuple):
    """What is to be forecast, and from how many weeks.

    Without `as_of` it goes by the figures of today. Without `by` the deadline is the latest day on
    which an open item is due.
    """

    today: date
    scope: Scope = WHOLE_LEDGER
    as_of: date | None = None
    by: date | None = None
    weeks: int = WEEKS


class Where(NamedTuple):
    """Whose items they are; `simulated` where some of them are made up."""

    programme: Programme | None
    region: Region | None
    simulated: bool


class Forecast(NamedTuple):
    """A forecast with the deadline it is held against.

    `by` is None where no open item has a day on which it is due. `check` is what a forecast eight
    weeks before said of `as_of`, where one could be made.
    """

    asked: Asked
    where: Where
    outlook: Outlook
    by: date | None
    undated: int
    check: Check | None

    @property
    def basis(self) -> Basis:
        """The counts that the forecast goes by."""
        return self.outlook.basis

    @property
    def deadline(self) -> date | None:
        """The deadline, where it still lies ahead."""
        return self.by if self.by is not None and self.by > self.basis.as_of else None


class Backtest(NamedTuple):
    """Forecasts of earlier weeks beside what came out, the newest first."""

    as_of: date
    where: Where
    checks: tuple[Check, ...]


def forecast(connection: Connection, asked: Asked, *, look_back: bool = True) -> Forecast:
    """The forecast that was asked for; without a `look_back` it has no check.

    Raises `Problem` for days that make no sense, `Refusal` where the history is too thin.
    """
    as_of = _as_of(connection, asked)
    if asked.by is not None and asked.by <= as_of:
        raise Problem("forecast.by_past", by=asked.by, as_of=as_of)
    changes, basis = _recent(connection, asked, as_of, look_back=look_back)
    outlook = simulate(basis)
    due = read_due(connection, asked.scope, as_of)
    return Forecast(
        asked, _where(connection, asked.scope), outlook, asked.by or due.latest, due.undated,
        _looked_back(changes, as_of, asked) if look_back else None,
    )  # fmt: skip


def _looked_back(changes: Sequence[Change], as_of: date, asked: Asked) -> Check | None:
    """What a forecast of some weeks before said of the day, where one could be made."""
    ahead = made = [_LOOK_BACK]
    checks = backtest(changes, as_of, weeks=asked.weeks, ahead=ahead, made=made)
    return checks[0] if checks else None


def _recent(
    connection: Connection, asked: Asked, as_of: date, *, look_back: bool
) -> tuple[list[Change], Basis]:
    """The changes that a forecast and its check go by, and the basis; all where nothing is done."""
    made_on = as_of - timedelta(weeks=_LOOK_BACK)
    since = (made_on - timedelta(weeks=asked.weeks)).replace(day=1)
    detail = Detail(since, made_on if look_back else None)
    changes = read_changes(connection, asked.scope, as_of, detail)
    basis = read_basis(changes, as_of, weeks=asked.weeks)
    if basis.last_on is None or basis.last_on < since:
        changes = read_changes(connection, asked.scope, as_of)
        basis = read_basis(changes, as_of, weeks=asked.weeks)
    return changes, basis


def check_back(connection: Connection, asked: Asked) -> Backtest:
    """The back-test that was asked for: every week of the last two years.

    Raises `Problem` for a day in the future, `Refusal` where nothing could have been forecast.
    """
    as_of = _as_of(connection, asked)
    checks = backtest(read_changes(connection, asked.scope, as_of), as_of, weeks=asked.weeks)
    if not checks:
        raise Refusal("forecast.no_checks", least_weeks=LEAST_WEEKS, ahead=min(AHEAD))
    return Backtest(as_of, _where(connection, asked.scope), tuple(checks))


def _as_of(connection: Connection, asked: Asked) -> date:
    if asked.as_of is not None and asked.as_of > asked.today:
        raise Problem("forecast.future", as_of=asked.as_of)
    return asked.as_of or reported_until(connection, asked.today)


def _where(connection: Connection, scope: Scope) -> Where:
    chosen = [each for each in programmes(connection) if scope.programme_id in (None, each.id)]
    return Where(
        chosen[0] if scope.programme_id is not None else None,
        get_region(connection, scope.under_id) if scope.under_id is not None else None,
        any(each.simulated for each in chosen),
    )
