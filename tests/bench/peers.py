"""Other programs doing the like on as many lines, in the same run, where they are installed."""

from __future__ import annotations

import csv
import shutil
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from .intake import make_empty
from .lines import Figure, Setting
from .timing import Sample, Work, in_turn, process, rectify

Peer = tuple[str, str, Callable[[Setting], tuple[Work, Work] | None]]
"""What is done, by whom, and both works: theirs and ours; None where it is not installed."""


def _csv(at: Setting) -> Path:
    """The items as a file that the others read."""
    path = at.scratch / f"items-{at.store.items}.csv"
    if path.exists():
        return path
    with closing(sqlite3.connect(at.store.path)) as connection, path.open("w", newline="") as out:
        rows = connection.execute("SELECT id, number, problem, status, due_on FROM item")
        writer = csv.writer(out)
        writer.writerow([each[0] for each in rows.description])
        writer.writerows(rows)
    return path


def _list(at: Setting, *terms: str) -> Work:
    options = ("--format", "csv", "--db", str(at.store.path))
    return at.process(rectify("item", "list", *terms, *options))


def _visidata(at: Setting) -> tuple[Work, Work] | None:
    program = shutil.which("vd")
    out = str(at.scratch / "vd.csv")
    args = [program or "", "-b", "--overwrite=y", str(_csv(at)), "-o", out]
    return (at.process(args), _list(at)) if program else None


def _sqlite_utils(at: Setting) -> tuple[Work, Work] | None:
    program = shutil.which("sqlite-utils") or str(Path(sys.executable).with_name("sqlite-utils"))
    if not Path(program).exists():
        return None
    db, imported = at.scratch / "utils.db", at.scratch / "peer.db"
    source, empty = at.scratch / "peer.csv", at.scratch / "peer-empty.db"
    make_empty(at, empty)
    _for_import(_csv(at), source)

    def theirs() -> Sample:
        db.unlink(missing_ok=True)
        args = [program, "insert", str(db), "items", str(source), "--csv", "--pk", "序号"]
        return process(args, home=at.scratch)

    def ours() -> Sample:
        for old in at.scratch.glob("peer.db*"):
            old.unlink()
        shutil.copy(empty, imported)
        words = ("import", str(source), "--programme", "B-1", "--yes", "--without", "region")
        return process(rectify(*words, "--db", str(imported)), home=at.scratch)

    return theirs, ours


def _for_import(source: Path, target: Path) -> None:
    """The same lines with headings and words that an import takes."""
    words = {"completed": "已完成", "behind": "未达到序时进度"}
    with source.open(newline="") as file, target.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(("序号", "具体问题", "整改进展状态", "整改时限"))
        for each in csv.DictReader(file):
            status = words.get(each["status"], "按序时进度推进")
            writer.writerow((each["id"], each["problem"], status, each["due_on"] or "长期坚持"))


def _datasette(at: Setting) -> tuple[Work, Work] | None:
    program = shutil.which("datasette")
    path = f"/{at.store.path.stem}/item.json?_size=100&status=behind"
    args = [program or "", str(at.store.path), "--get", path]
    ours = rectify("item", "list", "status:behind", "--limit", "100", "--format", "json",
                   "--db", str(at.store.path))  # fmt: skip
    return (at.process(args), at.process(ours)) if program else None


def _openpyxl(at: Setting) -> tuple[Work, Work] | None:
    try:
        import openpyxl  # noqa: F401
    except ImportError:
        return None
    code = (
        "import csv, sys, openpyxl\n"
        "book = openpyxl.Workbook(write_only=True)\n"
        "sheet = book.create_sheet()\n"
        "for row in csv.reader(open(sys.argv[1], newline='')): sheet.append(row)\n"
        "book.save(sys.argv[2])\n"
    )
    args = [sys.executable, "-c", code, str(_csv(at)), str(at.scratch / "openpyxl.xlsx")]
    return at.process(args), _list(at)


def _taskwarrior(at: Setting) -> tuple[Work, Work] | None:
    program = shutil.which("task")
    if program is None:
        return None
    home = at.scratch / f"task-{at.store.items}"
    base = [program, f"rc.data.location={home}", "rc.confirmation=off", "rc.bulk=0", "rc.gc=off"]
    if not home.exists():
        home.mkdir()
        tasks = at.scratch / "tasks.json"
        with _csv(at).open(newline="") as file, tasks.open("w") as out:
            for each in csv.DictReader(file):
                words = each["problem"].replace('"', "").replace("\\", "")
                out.write(f'{{"description": "{words}", "project": "p{int(each["id"]) % 31}"}}\n')
        process([*base, "import", str(tasks)], home=at.scratch)
    return at.process([*base, "rc.verbose=nothing", "project:p1", "list"], okay=(0, 1)), _list(
        at, "region:黑龙江"
    )


PEERS: tuple[Peer, ...] = (
    ("list of a thirty-first", "taskwarrior", _taskwarrior),
    ("open and write all as CSV", "visidata", _visidata),
    ("take in a CSV of all", "sqlite-utils", _sqlite_utils),
    ("first 100 that are behind", "datasette", _datasette),
    ("write all to a file", "openpyxl", _openpyxl),
)


def beside_peers(at: Setting) -> list[tuple[str, str, Figure | None]]:
    """What was done, by whom, and our processor time beside theirs; None where it is missing."""
    found: list[tuple[str, str, Figure | None]] = []
    for what, who, works_of in PEERS:
        works = works_of(at)
        if works is None:
            found.append((what, who, None))
            continue
        theirs, ours = in_turn(works, at.runs, at.patience)
        found.append((what, who, Figure(ours.cpu, theirs.cpu, ours.wall, ours.peak_mb, ours.runs)))
    return found
