"""Commands that read: each a process beside a process that does the least there is to do."""

from __future__ import annotations

import json
import marshal
from collections.abc import Callable
from datetime import timedelta

from .lines import Figure, Line, Setting, ratio, seconds
from .timing import process, python, rectify

PROVINCE, CITY = "黑龙江省", "region:大庆"

PRINTING = """
import click, sqlite3, json, marshal, sys
encode = json.JSONEncoder(ensure_ascii=False).encode
with open(sys.argv[1], "rb") as file:
    rows = marshal.load(file)
for row in rows:
    sys.stdout.write(encode(row) + ",\\n")
"""

SELECTING = """
import click, sqlite3, json, sys
encode = json.JSONEncoder(ensure_ascii=False).encode
connection = sqlite3.connect(sys.argv[1])
rows = connection.execute(
    "SELECT p.code, i.number, i.problem, r.name, u.name, i.status, i.status_on, i.progress,"
    " i.deadline, i.due_on, i.start_on, i.verification, i.goal, i.note FROM item AS i"
    " JOIN programme AS p ON p.id = i.programme_id JOIN region AS r ON r.id = i.region_id"
    " LEFT JOIN unit AS u ON u.id = i.responsible_id ORDER BY i.id LIMIT ?", [int(sys.argv[2])])
names = [each[0] for each in rows.description]
for row in rows:
    sys.stdout.write(encode(dict(zip(names, row))) + ",\\n")
"""


def _command(*words: str, okay: tuple[int, ...] = (0,)) -> Callable[[Setting], Figure]:
    def measure(at: Setting) -> Figure:
        ours = at.process(rectify(*words, "--format", "json", "--db", str(at.store.path)), okay)
        return ratio(at.beside(ours, at.f0))

    return measure


def _rollup_past(at: Setting) -> Figure:
    with at.store.opened() as ledger:
        day = ledger.today() - timedelta(days=400)
    return _command("rollup", "--by", "province", "--as-of", day.isoformat())(at)


def _printed(*words: str) -> Callable[[Setting], Figure]:
    """Beside a program that prints the very same lines."""

    def measure(at: Setting) -> Figure:
        args = rectify(*words, "--format", "json", "--db", str(at.store.path))
        rows = json.loads(process(args, home=at.scratch, keep=True).out)
        path = at.scratch / "lines"
        path.write_bytes(marshal.dumps(rows))
        return ratio(at.beside(at.process(args), at.process(python(PRINTING, str(path)))))

    return measure


def _selected(limit: int | None, *words: str) -> Callable[[Setting], Figure]:
    """Beside a program that selects as many lines and prints them."""

    def measure(at: Setting) -> Figure:
        args = rectify(*words, "--format", "json", "--db", str(at.store.path))
        floor = python(SELECTING, str(at.store.path), str(limit or -1))
        return ratio(at.beside(at.process(args), at.process(floor)))

    return measure


def _version(at: Setting) -> Figure:
    return ratio(at.beside(at.process(rectify("--version")), at.f0))


def _weekly_nation(at: Setting) -> Figure:
    args = rectify("weekly", "--format", "json", "--db", str(at.store.path))
    return seconds(at.beside(at.process(args))[0])


def _weekly_memory(at: Setting) -> Figure:
    args = rectify("weekly", "--format", "json", "--db", str(at.store.path))
    run = process(args, home=at.scratch)
    return Figure(run.peak_mb, None, run.wall, run.peak_mb)


def _weekly_province(at: Setting) -> Figure:
    with at.store.opened() as ledger:
        (code,) = ledger.reader().execute(
            "SELECT p.code FROM item AS i JOIN programme AS p ON p.id = i.programme_id"
            " GROUP BY p.id ORDER BY ABS(COUNT(*) - 2000), p.id LIMIT 1"
        ).fetchone()  # fmt: skip
    return _command("weekly", "--programme", str(code))(at)


LINES = (
    Line(
        "rollup", "rollup --by province, json", _command("rollup", "--by", "province"), 3,
        grows=1.3,
    ),
    Line("rollup_past", "rollup --as-of 400 days ago", _rollup_past, 3, grows=1.3),
    Line(
        "rollup_city", "rollup --by city --under a province",
        _command("rollup", "--by", "city", "--under", PROVINCE), 3, grows=1.3,
    ),
    Line(
        "rollup_county", "rollup --by county", _printed("rollup", "--by", "county"), 2,
        floor="printing its lines",
    ),
    Line(
        "rollup_unit", "rollup --by unit", _printed("rollup", "--by", "unit"), 2,
        floor="printing its lines",
    ),
    Line(
        "behind", "behind --limit 20", _selected(20, "behind", "--limit", "20"), 4,
        floor="SQL of 20 lines", grows=1.5,
    ),
    Line("behind_region", f"behind {CITY}", _command("behind", CITY), 4),
    Line("weekly_province", "weekly of one programme, json", _weekly_province, 8),
    Line("weekly", "weekly of the nation, json", _weekly_nation, 3, unit="s", floor=""),
    Line("weekly_memory", "memory of that", _weekly_memory, 200, unit="MB", floor=""),
    Line("patterns", "patterns", _command("patterns"), 6),
    Line("forecast", "forecast", _command("forecast", okay=(0, 1)), 6),
    Line(
        "item_list", "item list, all, json", _selected(None, "item", "list"), 3,
        floor="SQL of all",
    ),
    Line("version", "--version", _version, 1.2),
    Line(
        "item_list_200", "item list --limit 200", _selected(200, "item", "list", "--limit", "200"),
        2.5, floor="SQL of 200 lines",
    ),
)  # fmt: skip
