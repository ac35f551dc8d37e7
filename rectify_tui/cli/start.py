"""Where the program begins: what needs nothing else is said before anything else is loaded."""

from __future__ import annotations

import contextlib
import sys
from typing import NoReturn

from rectify_tui import __version__
from rectify_tui.cycles import search_seldom

VERSION = f"rectify-tui {__version__}"


def main() -> NoReturn:
    """Run the program and leave with its exit code."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        with contextlib.suppress(OSError):  # what is wrong with the stream is told further on
            sys.stdout.write(f"{VERSION}\n")
            sys.stdout.flush()
            sys.exit(0)
    search_seldom()
    from rectify_tui.cli.main import main as run

    run()
