"""The same files at the command line and in the dashboard: the same verdicts, the same ledger.

Files are made up as cities and offices make them: returns as they were sent and filled in, returns
that lost what was hidden in them, tables that somebody made at home, ledgers to import.
"""

from __future__ import annotations

import asyncio
import csv
import json
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from desk import desk
from hypothesis import Phase, event, given, settings
from hypothesis import strategies as st
from return_desk import Filled, build, send
from textual import events

from rectify_tui.cli.main import cli
from rectify_tui.intake.model import IntakeKind, Verdict
from rectify_tui.store.ledger import Ledger

# --- files ---

NUMBERS = ("1", "2", "3", "4", "5")
CELLS = {
    "status": ("已完成", "按序时进度推进", "未达序时进度", "快要完成", "", "并入"),
    "progress": ("50", "100", "10%", "一半", ""),
    "on": ("2020-03-02", "2019-01-01", "2099-01-01", "上周"),
    "note": ("管网完工", "见附件[a=1]", ""),
    "reason": ("冬季停工", ""),
    "next_step": ("五月开工",),
    "next_on": ("2020-04-30", "2020年6月底前", "尽快"),
    "problem": ("改写的问题",),
}
HEADINGS = {
    "status": ("进度状态", "状态", "整改状态"), "progress": ("进度（%）", "进度", "完成进度"),
    "on": ("状态日期",), "note": ("备注（进展情况）", "备注", "进展情况"), "reason": ("滞后原因",),
    "next_step": ("下一步措施",), "next_on": ("承诺日期", "承诺完成日期"),
    "problem": ("问题", "具体问题"),
}  # fmt: skip


@dataclass(frozen=True)
class Edit:
    number: str
    name: str
    value: str


@dataclass(frozen=True)
class Sent:
    """A return as it was sent, filled in; `loss` is what happened to it on its way."""

    edits: tuple[Edit, ...]
    loss: str = ""

    def write(self, path: Path, sent: Path) -> Path:
        filled = Filled(sent)
        for edit in self.edits:
            filled.set(edit.number, **{edit.name: edit.value or None})
        if "sheet" in self.loss:
            filled.drop_hidden()
        if "row" in self.loss:
            filled.copy_row("2", progress=15)
        if "mark" in self.loss:
            filled.delete_column("mark")
        if "order" in self.loss:
            filled.reverse_columns()
        if "csv" in self.loss:
            return filled.save_csv(path.with_suffix(".csv"))
        return filled.save(path.with_suffix(".xlsx"))


@dataclass(frozen=True)
class HomeMade:
    """A table that somebody typed: which columns it has, and how its rows name their items."""

    edits: tuple[Edit, ...]
    naming: tuple[str, ...]
    headings: int = 0
    pattern: str = "P-1/{}"
    first_new: int = 0

    def write(self, path: Path, _: Path) -> Path:
        names = list(dict.fromkeys(edit.name for edit in self.edits))
        rows: dict[str, dict[str, str]] = {}
        for edit in self.edits:
            number = str(int(edit.number) + self.first_new)
            rows.setdefault(number, {})[edit.name] = edit.value
        with path.with_suffix(".csv").open("w", encoding="utf-8-sig", newline="") as out:
            writer = csv.writer(out)
            titles = [HEADINGS[name][self.headings % len(HEADINGS[name])] for name in names]
            writer.writerow([*self.naming, *titles])
            for number, cells in rows.items():
                called = {"整改方案": "P-1", "责任单位": "市水务局"}
                first = [called.get(title, self.pattern.format(number)) for title in self.naming]
                writer.writerow([*first, *(cells.get(name, "") for name in names)])
        return path.with_suffix(".csv")


edits = st.lists(
    st.sampled_from([*CELLS]).flatmap(
        lambda name: st.builds(
            Edit, st.sampled_from(NUMBERS), st.just(name), st.sampled_from(CELLS[name])
        )
    ),
    min_size=1, max_size=5, unique_by=lambda edit: (edit.number, edit.name),
).map(tuple)  # fmt: skip
returns = st.builds(
    Sent,
    edits,
    st.sampled_from(["", "", "sheet", "sheet mark", "csv", "order", "row", "sheet row"]),
)
home_made = st.builds(
    HomeMade, edits, st.sampled_from([("编号",), ("编号", "责任单位"), ("整改方案", "编号")]),
    st.integers(0, 2), st.sampled_from(["P-1/{}", "p-1/{}", "P-9/{}", "{}"]),
    st.sampled_from([0, 0, 90]),
)  # fmt: skip
ledgers = st.builds(
    HomeMade, edits, st.sampled_from([("整改方案", "序号"), ("整改方案", "编号"), ("序号",)]),
    st.integers(0, 2), st.just("{}"), st.sampled_from([0, 90]),
)  # fmt: skip
sets = st.one_of(
    st.lists(returns | home_made, min_size=1, max_size=3),
    st.lists(home_made | ledgers, min_size=1, max_size=1),
    st.lists(returns | home_made | ledgers, min_size=2, max_size=4),
)


# --- faces ---

Lines = Counter[tuple[object, ...]]
"""Verdicts of lines, with what tells lines apart."""


@dataclass
class Told:
    """What a face says of a file: what it is, and its lines; neither where it cannot be read.

    Of `missing` columns it asks whether they may be missing.
    """

    kind: str = ""
    lines: Lines | None = None
    missing: int = 0


def command(db: Path, *words: str) -> Any:
    result = CliRunner().invoke(cli, ["--db", str(db), "--lang", "zh", *words])
    assert result.exit_code in (0, 1, 2), (words, result.output, result.exception)
    return result


def is_return(db: Path, path: Path) -> bool:
    """Whether the command line takes a file for a return."""
    return command(db, "return", "check", str(path)).exit_code != 2


def told_by_commands(db: Path, paths: list[Path]) -> dict[str, Told]:
    """What the command line says of files: returns together, since they may contradict."""
    told = {path.name: Told() for path in paths}
    sent_back = [path for path in paths if is_return(db, path)]
    if sent_back:
        shown = command(db, "return", "check", *map(str, sent_back), "--format", "json")
        for path in sent_back:
            told[path.name] = Told("return", Counter())
        for row in json.loads(shown.stdout):
            if row["verdict"] != Verdict.UNCHANGED:
                told[row["file"]].lines[row["row"] or 0, row["ref"], row["verdict"]] += 1
    for path in paths:
        result = command(db, "import", str(path), "--dry-run", "--format", "json")
        assert (path in sent_back) <= (result.exit_code == 2), result.stderr
        if result.exit_code != 2:
            (row,) = json.loads(result.stdout)
            rejected = Counter((each["row"], "rejected") for each in row["rejects"])
            told[path.name] = Told(
                "import", rejected + Counter(added=row["added"], changed=row["changed"]),
                result.stderr.count("注意："),
            )  # fmt: skip
    return told


async def open_all(at, paths: list[Path]) -> None:
    await at.press("5")
    text = " ".join(f"'{path}'" for path in paths)
    at.view.focused.post_message(events.Paste(text))
    await at.settle()
    await at.until(lambda: not at.view.reader.busy)
    while at.dialog is not None:  # a programme is asked for, and nobody answers
        await at.press("escape")
    await at.press("t")


def told_by_dashboard(at) -> dict[str, Told]:
    """What stands on the screen of files, line by line."""
    told = {}
    signs = {"✓": "clean", "≠": "conflict", "?": "suspicious", "✗": "unreadable", "=": "unchanged"}
    source = at.view.pane.loaded
    shown = source.rows(0, source.count()) if source is not None else []
    for file in at.view.workspace.files.values():
        if file.checked is None:
            told[file.path.name] = Told()
            continue
        proposal, lines = file.checked.proposal, Counter()
        for row in shown:
            owner, _, line = source.line(row.key)
            if owner.key != file.key or "sign" not in row.cells:
                continue
            verdict = signs[row.cells["sign"].text]
            held_back = line.new and bool(owner.unconfirmed)
            ticked = verdict == "clean" and not held_back
            assert (row.cells["take"] == "[x]") == ticked, (line, row.cells)
            if verdict == "unchanged":
                continue
            if proposal.kind is IntakeKind.RETURN:
                lines[line.row, line.ref, verdict] += 1
            elif verdict == "unreadable":
                lines[line.row, "rejected"] += 1
            else:
                lines["added" if line.new else "changed"] += 1
        kind = "return" if proposal.kind is IntakeKind.RETURN else "import"
        told[file.path.name] = Told(kind, +lines, len(file.unconfirmed))
    return told


async def dashboard(db: Path, paths: list[Path], *, write: bool) -> dict[str, Told]:
    ledger = Ledger(db)
    try:
        async with desk(ledger, (120, 40)) as at:
            await open_all(at, paths)
            told = told_by_dashboard(at)
            if write:
                await at.press("w")
                if at.dialog == "ChoiceDialog":  # may columns be missing?
                    await at.press("2", "enter")
                await at.press("enter")
                await at.until(lambda: at.dialog is None and not at.view.reader.busy)
        return told
    finally:
        ledger.close()


WITHOUT = tuple(word for name in ("deadline", "region", "status") for word in ("--without", name))


def write_by_commands(db: Path, paths: list[Path], told: dict[str, Told]) -> None:
    sent_back = [str(path) for path in paths if told[path.name].kind == "return"]
    if sent_back:
        command(db, "return", "apply", *sent_back)
    for path in paths:
        if told[path.name].kind == "import":
            command(db, "import", str(path), "--yes", *WITHOUT)


def written(db: Path) -> dict[str, list[tuple[object, ...]]]:
    """What a ledger holds and how it came to, without the numbers of batches."""
    ledger = Ledger(db)
    queries = {
        "item": "SELECT * FROM item ORDER BY id",
        "unit": "SELECT * FROM unit ORDER BY id",
        "status_span": "SELECT * FROM status_span ORDER BY 1, 2, 3",
        "file": "SELECT kind, name, rows_read, rows_taken, rows_refused, return_sheet_id"
                " FROM intake_file ORDER BY id",
        "history": "SELECT entity, entity_id, field, old, new, effective_on FROM history"
                   " ORDER BY seq",
    }  # fmt: skip
    try:
        return {name: ledger.reader().execute(query).fetchall() for name, query in queries.items()}
    finally:
        ledger.close()


# --- the property ---


@pytest.fixture(scope="module")
def office(tmp_path_factory, regions_store):
    """A ledger whose returns went out, and the return of Daqing."""
    folder = tmp_path_factory.mktemp("office")
    db = folder / "office.db"
    shutil.copy(regions_store, db)
    ledger = Ledger(db)
    build(ledger)
    sent = send(ledger, folder / "out")["大庆市"]
    ledger.close()
    return db, sent


def agree(office, files, monkeypatch, event=lambda _: None) -> None:
    """Feed files to both faces, and see that they say and write the same."""
    db, sent = office
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        monkeypatch.setenv("XDG_CONFIG_HOME", str(folder / "config"))
        paths = [file.write(folder / f"{n}", sent) for n, file in enumerate(files, 1)]
        by_commands, by_dashboard = folder / "commands.db", folder / "dashboard.db"
        for copy in (by_commands, by_dashboard):
            shutil.copy(db, copy)
        told = told_by_commands(by_commands, paths)
        kinds = {each.kind for each in told.values() if each.lines}
        for each in told.values():
            event(each.kind or "cannot be read")
        # What returns and imports want of one item is weighed where they lie open together.
        write = kinds == {"return"} or (kinds == {"import"} and len(paths) == 1)
        assert asyncio.run(dashboard(by_dashboard, paths, write=write)) == told
        shutil.rmtree(folder / "config", ignore_errors=True)
        if write:
            write_by_commands(by_commands, paths, told)
            assert written(by_dashboard) == written(by_commands)


@pytest.mark.parametrize(
    "files",
    [
        [HomeMade((Edit("1", "progress", "50"), Edit("2", "status", "已完成")), ("编号",))],
        [Sent((Edit("1", "progress", "50"), Edit("3", "note", "管网完工")))],
        [Sent((Edit("1", "progress", "50"),)), Sent((Edit("1", "progress", "100"),), "sheet")],
        [HomeMade((Edit("1", "status", "已完成"),), ("整改方案", "序号"), first_new=90)],
        [HomeMade((Edit("1", "reason", ""),), ("编号",), first_new=90)],
        [HomeMade((Edit("1", "status", "快要完成"),), ("整改方案", "编号"))],
    ],
    ids=["home-made", "sent", "two that differ", "ledger", "a number alone", "a cell unread"],
)
def test_both_faces_agree_about_files_of_every_kind(office, monkeypatch, files):
    agree(office, files, monkeypatch)


@pytest.mark.journeys
@settings(max_examples=4, phases=[Phase.generate, Phase.shrink])
@given(sets)
def test_both_faces_agree_about_whatever_comes_in(office, monkeypatch, files):
    agree(office, files, monkeypatch, event)


@pytest.mark.campaign
@settings(max_examples=int(os.environ.get("RECTIFY_EXAMPLES", "150")), phases=[Phase.generate])
@given(sets)
def test_both_faces_agree_about_whatever_comes_in_many_times(office, monkeypatch, files):
    agree(office, files, monkeypatch, event)
