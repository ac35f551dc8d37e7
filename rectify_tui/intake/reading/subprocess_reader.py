"""Reading workbooks in a process of its own, one after another, and keeping what they say.

A process serves the next file only if it has read all before it without any trouble; a file that
kills, stalls or burdens it costs nobody but itself.
"""

from __future__ import annotations

import atexit
import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Lock, Timer
from typing import Any

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import Merged
from rectify_tui.intake.reading.limits import IDLE_SECONDS, MEMORY, MIB, SECONDS
from rectify_tui.intake.reading.packing import SIZE_BYTES

_CHILD = "rectify_tui.intake.reading.child"
_TOO_SLOW = {-24}  # SIGXCPU
_TOO_MUCH = {-6, -9, 3, 0xC0000409}  # SIGABRT, SIGKILL (the system was out of memory), Windows


@dataclass
class ReadSheet:
    """A sheet as it was read: its rows are kept as lines (see `packing`)."""

    name: str
    visible: bool
    row_count: int = 0
    merged: tuple[Merged, ...] = ()
    lines: list[bytes] = field(default_factory=list)
    problem: Problem | None = None


@dataclass
class ReadWorkbook:
    """A workbook as it was read."""

    format: str
    remarks: list[Problem]
    sheets: list[ReadSheet]


def read_workbook(data: bytes, memory: int = MEMORY, seconds: int = SECONDS) -> ReadWorkbook:
    """All sheets of a workbook.

    `memory` is in bytes of address space, `seconds` are those of computing. Raises `Problem` for
    what cannot be read within the limits.
    """
    reader = _waiting.take(memory, seconds)
    try:
        return _read(reader, data)
    except _OutlivedError:
        # what earlier files left behind may be to blame: in a process of its own it is not
        return _read(_Reader(memory, seconds), data)


def _read(reader: _Reader, data: bytes) -> ReadWorkbook:
    workbook = reader.read(data)
    _waiting.put(reader)
    return workbook


class _OutlivedError(Exception):
    """A process that has read files before did not come through this one."""


class _Reader:
    """A process that reads workbooks, from outside."""

    def __init__(self, memory: int, seconds: int) -> None:
        self.limits = (memory, seconds)
        self._memory, self._seconds = memory, seconds
        self._fresh = True
        command = [sys.executable, "-P", "-m", _CHILD, str(memory), str(seconds)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no word of it from a file
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )

    @property
    def alive(self) -> bool:
        """Whether the process is there and willing to read another file."""
        return self._process.poll() is None

    def read(self, data: bytes) -> ReadWorkbook:
        """A workbook; `_OutlivedError` where a fresh process should have a try at it.

        After anything but a workbook the process is gone.
        """
        fresh, self._fresh = self._fresh, False
        late = Event()
        clock = Timer(2 * self._seconds, self._stop, [late])
        clock.daemon = True
        clock.start()
        answer = _Answer()
        try:
            self._converse(data, answer)
            if not answer.ended:
                raise self._how_it_ended(late.is_set())
            return answer.workbook()
        except Problem as problem:
            self.close()
            died = not answer.ended and not late.is_set()
            if not fresh and (died or problem.key in _OF_THE_PROCESS):
                raise _OutlivedError from problem
            raise
        except BaseException:
            self.close()
            raise
        finally:
            clock.cancel()

    def close(self) -> None:
        """End the process, whatever it is doing."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            with suppress(BrokenPipeError):
                if pipe:
                    pipe.close()
        self._process.wait()

    def _stop(self, late: Event) -> None:
        late.set()
        self._process.kill()

    def _converse(self, data: bytes, answer: _Answer) -> None:
        """Gives all of the data, then takes all lines: the process answers when it has all."""
        assert self._process.stdin
        assert self._process.stdout
        with suppress(BrokenPipeError):
            self._process.stdin.write(len(data).to_bytes(SIZE_BYTES, "big"))
            self._process.stdin.write(data)
            self._process.stdin.flush()
        for each in self._process.stdout:
            answer.take(each)
            if answer.ended:
                return

    def _how_it_ended(self, late: bool) -> Problem:
        code = self._process.wait()
        if late or code in _TOO_SLOW:
            return Problem("reading.slow", seconds=self._seconds)
        if code in _TOO_MUCH:
            return Problem("reading.memory", limit=self._memory // MIB)
        if code > 0:  # Python itself gave up, before it could say why in a line
            return Problem("reading.fault", error=f"exit {code}")
        return Problem("reading.damaged")


_OF_THE_PROCESS = frozenset({"reading.memory", "reading.fault"})
"""Problems that may come of what earlier files left behind, though the process told of them."""


class _Waiting:
    """The reader that waits for the next file, for so long as files keep coming."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._reader: _Reader | None = None
        self._clock: Timer | None = None

    def take(self, memory: int, seconds: int) -> _Reader:
        """A reader with these limits: the one that waits, or a new one."""
        reader = self._swap(None)
        if reader is not None:
            if reader.limits == (memory, seconds) and reader.alive:
                return reader
            reader.close()
        return _Reader(memory, seconds)

    def put(self, reader: _Reader) -> None:
        """Keep a reader for the next file, in place of any that waits."""
        if other := self._swap(reader):
            other.close()

    def close(self) -> None:
        """End the reader that waits."""
        if reader := self._swap(None):
            reader.close()

    def _swap(self, reader: _Reader | None) -> _Reader | None:
        with self._lock:
            if self._clock:
                self._clock.cancel()
                self._clock = None
            if reader:
                self._clock = Timer(IDLE_SECONDS, self.close)
                self._clock.daemon = True
                self._clock.start()
            before, self._reader = self._reader, reader
            return before


_waiting = _Waiting()
atexit.register(_waiting.close)


class _Answer:
    """Takes lines as they come."""

    def __init__(self) -> None:
        self.ended = False
        self._about: dict[str, Any] = {}
        self._sheets: list[ReadSheet] = []

    def take(self, each: bytes) -> None:
        """A line of rows belongs to the last head of a sheet; all other lines are objects.

        A line without its end comes from a process that was stopped.
        """
        if not each.endswith(b"\n"):
            return
        if each.startswith(b"["):
            self._sheets[-1].lines.append(each)
            return
        told = json.loads(each)
        self.ended = "end" in told
        if "sheets" in told:
            self._about = told
        elif self.ended:
            if "problem" in told:
                raise _problem(told["problem"])
        else:
            self._take_sheet(told)

    def _take_sheet(self, told: dict[str, Any]) -> None:
        place = told["sheet"]
        if place == len(self._sheets):
            name, visible = self._about["sheets"][place]
            self._sheets.append(ReadSheet(name, visible))
        sheet = self._sheets[place]
        if "problem" in told:
            sheet.problem = _problem(told["problem"])
            sheet.lines.clear()
        else:
            sheet.row_count = told["rows"]
            sheet.merged = tuple(Merged(*each) for each in told["merged"])

    def workbook(self) -> ReadWorkbook:
        """All that was said, after the last line."""
        remarks = [_problem(each) for each in self._about["remarks"]]
        return ReadWorkbook(self._about["format"], remarks, self._sheets)


def _problem(packed: tuple[str, dict[str, object]]) -> Problem:
    key, params = packed
    return Problem(key, **params)
