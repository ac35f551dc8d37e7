"""The process that reads workbooks: bytes in, lines out, and no more memory or time than allowed.

Started as `python -m rectify_tui.intake.reading.child <bytes> <seconds>`. It takes one workbook
after another, each after its size; the seconds are for each. It writes no file, and what it prints
is JSON. After a workbook that could not be read, or took much, it ends itself, so
that nothing of it is left for the next one.
"""

from __future__ import annotations

import gc
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import IO

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.limits import MIB, OUTGROWN
from rectify_tui.intake.reading.packing import SIZE_BYTES, line

_FAULT = 200


def restrain(memory: int) -> None:
    """Sets the limits of this process, where the platform has such."""
    with suppress(ImportError):
        import resource

        _set_limit(resource.RLIMIT_AS, memory)
        _set_limit(resource.RLIMIT_FSIZE, 0)
        _set_limit(resource.RLIMIT_CORE, 0)


def allow(seconds: int) -> None:
    """Gives so many seconds of computing from now on."""
    with suppress(ImportError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        _set_limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds)


def _set_limit(kind: int, limit: int) -> None:
    import resource

    _, most = resource.getrlimit(kind)
    limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
    with suppress(OSError, ValueError):  # some systems know a limit only by name
        resource.setrlimit(kind, (limit, most))


def is_outgrown() -> bool:
    """Whether a workbook has left this process bigger than it is worth keeping.

    Where that cannot be told, it is: the peak that every system tells may be that of the parent.
    """
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except (OSError, ValueError):
        return True
    return pages * os.sysconf("SC_PAGE_SIZE") > OUTGROWN


def answer(data: bytes, memory: int, out: IO[bytes]) -> dict[str, object]:
    """Writes the lines of a workbook but the last one, which it returns."""
    from rectify_tui.intake.reading.workbook import lines, packed_problem

    try:
        for each in lines(data):
            out.write(each)
    except Problem as problem:
        return {"problem": packed_problem(problem), "end": True}
    except MemoryError:
        return {"problem": ["reading.memory", {"limit": memory // MIB}], "end": True}
    except Exception as error:
        fault = clean(f"{type(error).__name__}: {error}"[:_FAULT])
        return {"problem": ["reading.fault", {"error": fault}], "end": True}
    return {"end": True}


def main() -> None:
    """Reads workbooks from standard input and writes their lines, until there are no more."""
    memory, seconds = map(int, sys.argv[1:3])
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started this ends it
    restrain(memory)
    gc.disable()
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while size := source.read(SIZE_BYTES):
        allow(seconds)
        last = answer(source.read(int.from_bytes(size, "big")), memory, out)
        out.write(line(last))
        out.flush()
        if "problem" in last or is_outgrown():
            return


if __name__ == "__main__":
    main()
    os._exit(0)  # nothing is left to be tidied up, and freeing all cells takes time
