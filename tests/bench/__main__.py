"""`python -m tests.bench`: measures every line of docs/performance.md beside its floor."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

from . import changes, commands, intake, screens
from .lines import Figure, Line, Setting
from .peers import beside_peers
from .printing import peer_rows, shown, table
from .results import machine, read, write
from .stores import FOLDER, store_of

LINES: tuple[Line, ...] = (*commands.LINES, *changes.LINES, *intake.LINES, *screens.LINES)


def main() -> None:
    """Measure, print, keep, compare."""
    options = _options()
    sizes = [_size(each) for each in options.sizes.split(",")]
    lines = _chosen(options.only)
    found: dict[str, dict[int, Figure]] = defaultdict(dict)
    peers: list[str] = []
    with tempfile.TemporaryDirectory(prefix="rectify-bench-") as scratch:
        for size in sizes:
            folder = Path(scratch) / str(size)
            folder.mkdir()
            store = store_of(size, options.stores)
            at = Setting(store, folder, options.runs, options.patience)
            for line in lines:
                if line.least <= size <= line.most:
                    _measure(line, at, found)
            if options.peers:
                peers += ["", *peer_rows(beside_peers(at), size)]
    about = machine()
    print("\n".join(f"- {key}: {value}" for key, value in about.items()), end="\n\n")
    before = read(options.against) if options.against else None
    print("\n".join(table(lines, found, sizes, before)), *peers, sep="\n")
    if options.json:
        write(options.json, found, about)
    if not found and lines:
        sys.exit(1)


def _measure(line: Line, at: Setting, found: dict[str, dict[int, Figure]]) -> None:
    """Measure a line; what goes wrong with one is told, and the others are measured."""
    try:
        figure = line.measure(at)
    except Exception as error:
        print(f"{at.store.items:>9,}  {line.key}: {type(error).__name__}: {error}", file=sys.stderr)
        return
    found[line.key][at.store.items] = figure
    sign = "" if line.met(figure.shown) else "  over"
    beside = f" = {figure.value:.3f} / {figure.floor:.3f}" if figure.floor else ""
    print(
        f"{at.store.items:>9,}  {line.title:44} {shown(figure.shown, line.unit):>14}{beside}"
        f"  ({figure.runs} runs, {figure.wall:.2f} s each){sign}",
        file=sys.stderr, flush=True,
    )  # fmt: skip


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    add = parser.add_argument
    add("--sizes", default="1k,10k", help="numbers of items, such as 1k,10k,100k,1m")
    add("--only", default="", help=f"keys of lines with commas between: {_keys()}")
    add("--peers", action="store_true", help="measure other programs too, where installed")
    add("--runs", type=int, default=5, help="rounds of each line, beside a first one")
    add("--patience", type=float, default=60, help="seconds after which no further round begins")
    add("--stores", type=Path, default=FOLDER, help="folder that keeps the stores")
    add("--json", type=Path, help="file that keeps what was found")
    add("--against", type=Path, help="such a file of an earlier run, shown beside")
    return parser.parse_args()


def _keys() -> str:
    return ", ".join(line.key for line in LINES)


def _chosen(keys: str) -> list[Line]:
    wanted = [key for key in keys.split(",") if key]
    unknown = set(wanted) - {line.key for line in LINES}
    if unknown:
        raise SystemExit(f"no such lines: {', '.join(sorted(unknown))}; there are {_keys()}")
    return [line for line in LINES if not wanted or line.key in wanted]


def _size(text: str) -> int:
    factor = {"k": 1_000, "m": 1_000_000}.get(text[-1:].lower(), 1)
    return int(text[:-1] if factor > 1 else text) * factor


main()
