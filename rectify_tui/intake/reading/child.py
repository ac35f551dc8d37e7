"""The process that reads a workbook: bytes in, lines out, and no more memory or time than allowed.

Started as `python -m rectify_tui.intake.reading.child <bytes> <seconds>`. It opens no file, writes
none, and what it prints is JSON.
"""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.limits import MIB
from rectify_tui.intake.reading.packing import line

_FAULT = 200


def restrain(memory: int, seconds: int) -> None:
    """Sets the limits of this process, where the platform has such."""
    try:
        import resource
    except ImportError:
        return
    for kind, limit in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        _, most = resource.getrlimit(kind)
        limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
        with suppress(OSError, ValueError):  # some systems know a limit only by name
            resource.setrlimit(kind, (limit, most))


def main() -> None:
    """Reads a workbook from standard input and writes its lines."""
    from rectify_tui.intake.reading.workbook import lines, packed_problem

    memory, seconds = map(int, sys.argv[1:3])
    restrain(memory, seconds)
    gc.disable()
    out = sys.stdout.buffer
    try:
        for each in lines(sys.stdin.buffer.read()):
            out.write(each)
        last: dict[str, object] = {"end": True}
    except Problem as problem:
        last = {"problem": packed_problem(problem), "end": True}
    except MemoryError:
        last = {"problem": ["reading.memory", {"limit": memory // MIB}], "end": True}
    except Exception as error:
        fault = clean(f"{type(error).__name__}: {error}"[:_FAULT])
        last = {"problem": ["reading.fault", {"error": fault}], "end": True}
    out.write(line(last))
    out.flush()


if __name__ == "__main__":
    main()
    os._exit(0)  # nothing is left to be tidied up, and freeing all cells takes time
