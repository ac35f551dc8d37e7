"""How far a long piece of work has come, as a bar on the terminal."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable

from rectify_tui.i18n import Language

_AFTER = 1.0
"""Seconds before anything is shown: most work is over by then."""

_EVERY = 0.2
_CELLS = 24


class Bar:
    """A line on stderr with rows and the time left; nothing where stderr is no terminal."""

    def __init__(
        self, t: Language, *, ascii: bool = False, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._t = t
        self._full, self._empty = ("#", ".") if ascii else ("█", "░")
        self._clock = clock
        self._out = sys.stderr
        self._begun = self._phase_begun = clock()
        self._told = 0.0
        self._shown = False
        self._phase, self._done, self._total = "", 0, 0

    def start(self, phase: str, total: int) -> None:
        """A phase of `total` rows begins; of none where that is not known."""
        self._phase, self._done, self._total = phase, 0, total
        self._phase_begun = self._clock()
        self._tell(self._phase_begun)

    def advance(self, n: int) -> None:
        """So many rows more are done."""
        self._done += n
        now = self._clock()
        if now - self._told >= _EVERY:
            self._tell(now)

    def finish(self) -> None:
        """Wipe the line."""
        if self._shown:
            self._write("")
            self._shown = False

    def _tell(self, now: float) -> None:
        if not self._out.isatty() or now - self._begun < _AFTER:
            return
        self._told = now
        self._write(self._line(now))
        self._shown = True

    def _write(self, line: str) -> None:
        self._out.write(f"\r\x1b[K{line}")
        self._out.flush()

    def _line(self, now: float) -> str:
        phase = self._t(f"intake.phase.{self._phase}")
        if not self._total:
            return self._t("importing.working", phase=phase)
        total = max(self._total, self._done)
        rate = self._done / max(now - self._phase_begun, 1e-9)
        left = round((total - self._done) / rate) if rate else 0
        full = _CELLS * self._done // total
        return self._t(
            "importing.meter",
            phase=phase,
            bar=self._full * full + self._empty * (_CELLS - full),
            done=f"{self._done:,}",
            total=f"{total:,}",
            left=f"{left // 60}:{left % 60:02}" if rate else "?",
        )
