"""A dashboard whose terminal has gone ends, whatever lies open, told of it or not."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.journeys

PATIENCE = 30

pty = pytest.importorskip("pty")


class Gone:
    """A dashboard on a terminal that is then taken away; `controls` is whether the system tells."""

    def __init__(self, home: Path, store: Path, *, controls: bool) -> None:
        words = [
            sys.executable,
            "-m",
            "rectify_tui",
            "--db",
            str(store),
            "--lang",
            "en",
            "--home",
        ]  # wherever an earlier one left off
        environ = {
            "PATH": os.environ["PATH"], "HOME": str(home), "TERM": "xterm-256color",
            "LANG": "C.UTF-8", "COLUMNS": "80", "LINES": "24",
        }  # fmt: skip
        if controls:
            self.pid, self.terminal = pty.fork()
            if self.pid == 0:
                os.execve(words[0], words, environ)
        else:
            self.terminal, other = pty.openpty()
            self.pid = os.fork()
            if self.pid == 0:
                os.setsid()
                for stream in range(3):
                    os.dup2(other, stream)
                os.execve(words[0], words, environ)
            os.close(other)

    def sees(self, text: str) -> None:
        """Read until a text was written."""
        written, deadline = b"", time.monotonic() + PATIENCE
        while text.encode() not in written:
            assert time.monotonic() < deadline, written[-3000:]
            if select.select([self.terminal], [], [], 0.1)[0]:
                written += os.read(self.terminal, 65536)

    def reads(self, seconds: float) -> None:
        """Take in whatever is written for so long."""
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            if select.select([self.terminal], [], [], left)[0]:
                os.read(self.terminal, 65536)

    def ends(self) -> int | None:
        """Take the terminal away; the exit code of the program, None where it goes on without."""
        os.close(self.terminal)
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.pid = 0
                return os.waitstatus_to_exitcode(status)
            time.sleep(0.02)
        return None

    def close(self) -> None:
        """See that nothing goes on."""
        if self.pid:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)


@pytest.mark.parametrize("controls", [True, False])
def test_a_dashboard_ends_with_its_terminal(tmp_path: Path, store: Path, controls: bool) -> None:
    with contextlib.closing(Gone(tmp_path, store, controls=controls)) as at:
        at.sees("Overview")
        os.write(at.terminal, b"2")
        at.sees("HLJ-2016/1")
        os.write(at.terminal, b"e")
        at.sees("Edit HLJ-2016/1")
        os.write(at.terminal, b"jk" * 100)
        assert at.ends() == 0
