"""Pictures of the dashboard for the pages: `python -m tests.screenshot docs/overview.svg [KEY…]`.

The ledger is the demonstration of `rectify demo --national` on a fixed day, so that the same code
draws the same picture. Fonts are those of the reader's machine: nothing is loaded.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import Iterator
from datetime import date
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.cells import cell_len

from rectify_tui.seeding.fill import fill

TESTS = Path(__file__).parent
SIZE = (100, 30)
_ITEMS = 3000
_DAY = date(2026, 3, 6)
_FONTS = (
    'Menlo,Consolas,"DejaVu Sans Mono","Sarasa Mono SC","Noto Sans Mono CJK SC",'
    '"Source Han Mono SC",monospace'
)


_CELL = 12.2
"""Width of a cell in Rich's drawing, in its units."""

_TEXT = re.compile(r'(<text class="[^"]*") x="([\d.]+)"([^>]*) textLength="[\d.]+"([^>]*)>([^<]*)')


def in_cells(drawn: str) -> str:
    """The drawing with every sign in its cells: Rich gives a Chinese one the room of one cell."""
    return _TEXT.sub(lambda found: "</text>".join(_runs(found)), drawn)


def _runs(found: re.Match[str]) -> Iterator[str]:
    """A text cut where its signs change their width."""
    begin, left, middle, end, text = found.groups()
    x = float(left)
    for _, signs in groupby(unescape(text), key=cell_len):
        run = "".join(signs)
        wide = cell_len(run) * _CELL
        shown = escape(run, quote=False).replace("\xa0", "&#160;")
        yield f'{begin} x="{x:.1f}"{middle} textLength="{wide:.1f}"{end}>{shown}'
        x += wide


async def picture(keys: list[str]) -> str:
    """The screen after some keys, as SVG."""
    sys.path[:0] = [str(TESTS), str(TESTS / "tui")]
    from desk import desk
    from moving_clock import Clock

    with TemporaryDirectory() as folder:
        ledger = fill(
            Path(folder) / "demo.db", seed=True, national=True, items=_ITEMS, clock=Clock(_DAY)
        )
        async with desk(ledger, SIZE, demo=True) as at:
            await at.press(*keys)
            drawn = at.app.export_screenshot(title="rectify")
        ledger.close()
    drawn = re.sub(r"@font-face\s*{[^}]*}", "", drawn)
    drawn = re.sub(r"font-family:[^;]*;", f"font-family: {_FONTS};", drawn)
    drawn = in_cells(drawn)
    marks = sorted(set(re.findall(r"terminal-\d+", drawn)))
    return drawn.replace(marks[0], "terminal") if marks else drawn


if __name__ == "__main__":
    os.environ["COLORTERM"] = "truecolor"  # whatever the terminal that it runs in can show
    path, *pressed = sys.argv[1:]
    Path(path).write_text(asyncio.run(picture(pressed)), "utf-8")
