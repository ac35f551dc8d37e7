"""Whether the machine's clock can be believed: what is recorded wrongly is "known on" for good.

A ledger alone cannot tell a clock that jumped ahead from an office that paused. So there are three
rules. A clock that is behind the newest batch is wrong now or was wrong then. One that ran ahead of
the machine's steady clock, which no setting moves, was set while the program was open. And one that
is far beyond all that the ledger knows is asked about once, after which the ledger knows the day.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from rectify_tui.errors import Problem, Refusal

Clock = Callable[[], datetime]

BEHIND = timedelta(hours=1)
"""So far the clocks of two machines that write to one ledger may be apart."""

JUMP = timedelta(days=1)
"""So much more than the steady clock a clock may run while the program is open."""

PAUSE = timedelta(days=31)
"""So long an office may write nothing before a clock is asked about."""


def system_clock() -> datetime:
    """The present moment in the machine's time zone."""
    return datetime.now().astimezone()


def steady_seconds() -> float | None:
    """Seconds that passed since some moment, sleep included; None where the system cannot tell."""
    clock = getattr(time, "CLOCK_BOOTTIME", None)
    return None if clock is None else time.clock_gettime(clock)


class ClockWatch:
    """Notes when it begins, and says afterwards whether the clock can be believed."""

    def __init__(self, clock: Clock, steady: Callable[[], float | None] = steady_seconds) -> None:
        self._clock, self._steady = clock, steady
        self._began, self._steady_began = clock(), steady()

    def doubt(self, newest: str | None, known: str | None) -> Refusal | None:
        """The question that the clock raises, None where it raises none.

        `newest` is when the newest batch was recorded, `known` the latest moment at which people
        are known to have used the ledger; both UTC text, None where there was nothing.
        """
        now = self._clock()
        if newest and now < _moment(newest) - BEHIND:
            return _question("clock.behind", now, _moment(newest))
        if (expected := self._expected()) and now > expected + JUMP:
            return _question("clock.jumped", now, expected)
        if known and now > _moment(known) + PAUSE:
            return _question("clock.ahead", now, _moment(known))
        return None

    def _expected(self) -> datetime | None:
        began, now = self._steady_began, self._steady()
        if began is None or now is None:
            return None
        return self._began + timedelta(seconds=now - began)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def _question(key: str, now: datetime, known: datetime) -> Refusal:
    shown = [f"{each.astimezone():%Y-%m-%d %H:%M}" for each in (now, known)]
    return Refusal("clock.refused", doubt=Problem(key, now=shown[0], known=shown[1]))
