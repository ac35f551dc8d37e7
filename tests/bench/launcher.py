"""Starts programs for `timing.process`, as a process of its own, and tells what each took.

The most memory of a program is counted from that of the process which starts it, so that this one
has to stay small: it loads nothing of what is measured.
"""

import json
import os
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Run what each line asks for, and answer it with a line."""
    for line in sys.stdin:
        print(json.dumps(_run(**json.loads(line))), flush=True)


def _run(args: list[str], environment: dict[str, str], home: str) -> dict[str, float]:
    folder = Path(home)
    with (folder / "stderr").open("wb") as log, (folder / "stdout").open("wb") as out:
        start = time.perf_counter()
        running = subprocess.Popen(
            args, stdin=subprocess.DEVNULL, stdout=out, stderr=log, env=environment, cwd=home
        )
        _, status, used = os.wait4(running.pid, 0)
        wall = time.perf_counter() - start
        running.returncode = os.waitstatus_to_exitcode(status)
    return {
        "code": running.returncode,
        "cpu": used.ru_utime + used.ru_stime,
        "wall": wall,
        "peak": used.ru_maxrss,
    }


if __name__ == "__main__":
    main()
