"""Reading a workbook in a process of its own, and keeping what it says."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Timer
from typing import Any

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.cells import Merged
from rectify_tui.intake.reading.limits import MEMORY, MIB, SECONDS

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


def read_apart(data: bytes, memory: int = MEMORY, seconds: int = SECONDS) -> ReadWorkbook:
    """All sheets of a workbook.

    `memory` is in bytes of address space. Raises `Problem` for what cannot be read within the
    limits. The process is gone when this returns.
    """
    command = [sys.executable, "-P", "-m", _CHILD, str(memory), str(seconds)]
    reading = _Reading()
    late = Event()
    with subprocess.Popen(  # noqa: S603 - our own module, no word of it from a file
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as process:
        clock = Timer(2 * seconds, _stop, (process, late))
        clock.start()
        try:
            _converse(process, data, reading)
        except BaseException:
            process.kill()
            raise
        finally:
            clock.cancel()
    if not reading.ended:
        raise _how_it_ended(process.returncode, late.is_set(), memory, seconds)
    return reading.workbook()


def _stop(process: subprocess.Popen[bytes], late: Event) -> None:
    late.set()
    process.kill()


def _converse(process: subprocess.Popen[bytes], data: bytes, reading: _Reading) -> None:
    """Gives all of the data, then takes all lines: the process answers when it has heard all."""
    assert process.stdin
    assert process.stdout
    with suppress(BrokenPipeError), process.stdin as said:
        said.write(data)
    for each in process.stdout:
        reading.take(each)
    process.wait()


def _how_it_ended(code: int, late: bool, memory: int, seconds: int) -> Problem:
    if late or code in _TOO_SLOW:
        return Problem("reading.slow", seconds=seconds)
    if code in _TOO_MUCH:
        return Problem("reading.memory", limit=memory // MIB)
    if code > 0:  # Python itself gave up, before it could say why in a line
        return Problem("reading.fault", error=f"exit {code}")
    return Problem("reading.damaged")


class _Reading:
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
        said = json.loads(each)
        self.ended = "end" in said
        if "sheets" in said:
            self._about = said
        elif self.ended:
            if "problem" in said:
                raise _problem(said["problem"])
        else:
            self._take_sheet(said)

    def _take_sheet(self, said: dict[str, Any]) -> None:
        place = said["sheet"]
        if place == len(self._sheets):
            name, visible = self._about["sheets"][place]
            self._sheets.append(ReadSheet(name, visible))
        sheet = self._sheets[place]
        if "problem" in said:
            sheet.problem = _problem(said["problem"])
            sheet.lines.clear()
        else:
            sheet.row_count = said["rows"]
            sheet.merged = tuple(Merged(*each) for each in said["merged"])

    def workbook(self) -> ReadWorkbook:
        """All that was said, after the last line."""
        remarks = [_problem(each) for each in self._about["remarks"]]
        return ReadWorkbook(self._about["format"], remarks, self._sheets)


def _problem(said: tuple[str, dict[str, object]]) -> Problem:
    key, params = said
    return Problem(key, **params)
