"""`rectify init`, `demo` and `rectify` alone where there is no terminal; stores being filled."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

import pytest
from moving_clock import Clock

import rectify_tui
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder, default_store
from rectify_tui.seeding.fill import fill

ROOT = Path(rectify_tui.__file__).parent.parent


@pytest.fixture
def fresh(rectify):
    """The program where there is no store yet."""
    rectify.db.unlink()
    return rectify


def program(*words, **settings):
    """The program as a process of its own."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-m", "rectify_tui", *map(str, words)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment | settings,
        encoding="utf-8",
    )


def test_init_is_an_empty_ledger_with_regions(fresh):
    assert fresh.said("init") == f"Made the store {fresh.db}. Run rectify to open the dashboard."
    assert fresh.rows("item", "list") == []
    assert fresh.rows("rollup") == []
    assert len(fresh.rows("region", "find", "")) == 3238
    fresh("programme", "add", "P-1", "--name", "试", "--region", "大庆", "--year", "2026")
    fresh("item", "add", "P-1/1", "--status", "behind")
    assert fresh.rows("rollup")[0]["behind"] == 1


def test_init_leaves_what_is_there_alone(rectify):
    before = rectify.db.read_bytes()
    for words in ((), ("--seed",), ("--national",)):
        assert "exists already" in rectify.refused("init", *words, code=2)
    assert rectify.db.read_bytes() == before


def test_init_makes_folders_for_the_default_store(fresh, monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("RECTIFY_LANG", "en")
    assert default_store() == tmp_path / "data/rectify-tui/ledger.db"
    assert config_folder() == tmp_path / "config/rectify-tui"
    assert not (tmp_path / "data").exists()
    started = program("init", XDG_DATA_HOME=str(tmp_path / "data"))
    assert started.communicate(timeout=60)[1] == ""
    assert default_store().exists()


def test_items_belong_to_national(fresh):
    assert "--items goes with --national." in fresh.refused("init", "--items", "50", code=2)
    assert not fresh.db.exists()


@pytest.mark.journeys
def test_init_with_everything(fresh):
    fresh("init", "--seed", "--national", "--items", "40")
    rows = fresh.rows("programme", "list")
    assert sum(row["total"] for row in rows if row["simulated"]) == 40
    assert "HLJ-2018" in {row["code"] for row in rows}
    assert {row["simulated"] for row in fresh.rows("item", "list", "simulated:yes")} == {True}
    assert "[simulated] " in fresh("item", "list", "simulated:yes").stdout
    assert "Simulated data is included." in fresh("rollup", "--by", "province").stdout
    assert "Simulated" not in fresh("rollup", "--programme", "HLJ-2018").stdout


def test_a_failure_leaves_no_store_behind(fresh):
    assert "1000000" in fresh.refused("init", "--national", "--items", "9999999", code=2)
    assert list(fresh.db.parent.iterdir()) == []


def test_a_killed_init_leaves_nothing_that_passes_for_a_ledger(tmp_path):
    db = tmp_path / "a.db"
    started = program("--db", db, "init", "--national", "--items", "100000")
    while not [part for part in tmp_path.glob(".a.db.*.part") if part.stat().st_size > 100_000]:
        assert started.poll() is None
    started.kill()
    started.communicate(timeout=60)
    assert not db.exists()
    assert list(tmp_path.iterdir()) != []
    fill(db, seed=False).close()
    assert [path.name for path in tmp_path.iterdir()] == ["a.db"]


def test_an_interruption_leaves_no_store_behind(tmp_path):
    told = []

    def interrupt(done, total):
        told.append((done, total))
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fill(tmp_path / "a.db", seed=True, national=True, items=40, progress=interrupt)
    assert told == [(1, 104), (2, 104), (3, 104)]
    assert list(tmp_path.iterdir()) == []


def test_filling_never_touches_another_file(tmp_path):
    path = tmp_path / "a.db"
    path.write_text("mine")
    with pytest.raises(Problem, match=r"store\.exists"):
        fill(path, seed=False, national=False, items=None)
    assert path.read_text() == "mine"


def test_filling_by_a_clock(tmp_path):
    ledger = fill(tmp_path / "a.db", seed=False, clock=Clock(date(2020, 3, 6)))
    recorded = ledger.reader().execute("SELECT DISTINCT recorded_on FROM batch").fetchall()
    ledger.close()
    assert recorded == [("2020-03-06",)]


@pytest.mark.parametrize("sign", [signal.SIGTERM, signal.SIGINT])
def test_a_demo_that_is_stopped_removes_its_store(tmp_path, sign):
    started = program("demo", "--national", "--items", "100000", TMPDIR=str(tmp_path))
    while not list(tmp_path.glob("rectify-demo-*/.demo.db.*.part")):
        assert started.poll() is None
    started.send_signal(sign)
    out, err = started.communicate(timeout=60)
    assert (started.returncode, out, err) == (130, "", "\nCancelled.\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.journeys
def test_a_demo_without_a_terminal_prints_the_rollup(fresh, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    (tmp_path / "temporary").mkdir()
    out = fresh("demo").stdout
    assert out.startswith("Progress by programme, as of ")
    assert "HLJ-2018" in out
    assert not fresh.db.exists()
    assert list((tmp_path / "temporary").iterdir()) == []


def test_rectify_alone_without_a_terminal(rectify):
    assert rectify().stdout.startswith("Progress by programme, as of ")
    rectify.db.unlink()
    assert "There is no store at" in rectify.refused(code=2)
    assert not rectify.db.exists()


def test_data_for_programs_starts_fast(rectify):
    script = (
        "import sys; sys.argv = ['rectify', *sys.argv[1:]]\n"
        "from rectify_tui.cli.main import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script, "--db", rectify.db, "rollup", "--format", "json"],
        env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=True,
    )
    assert ended.stdout.startswith("[\n")
    loaded = set(ended.stderr.split())
    assert not loaded & {"textual", "tabulate", "sqlite_utils", "dateutil", "platformdirs"}


@pytest.mark.journeys
@pytest.mark.skipif(os.name == "nt", reason="there is no shell to close them")
def test_without_standard_streams_it_ends_as_usual(small):
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"}
    program = f"'{sys.executable}' -m rectify_tui --db '{small.db}'"
    for words, closed, code in (
        ("item set P-1/1 --note x", "<&- >&- 2>&-", 0), ("", "<&- >&- 2>&-", 0), ("", "<&- >&-", 0),
        ("nonsense", "<&- >&- 2>&-", 2), ("item list", "<&-", 0),
    ):  # fmt: skip
        ended = subprocess.run(
            ["/bin/sh", "-c", f"{program} {words} {closed}"], env=environment, timeout=60,
            capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert (ended.returncode, ended.stderr) == (code, "")
    assert small.rows("item", "show", "P-1/1")[0]["note"] == "x"


def test_a_reader_that_goes_away(rectify):
    started = program("--db", rectify.db, "item", "list", "--format", "csv")
    assert started.stdout.readline()
    started.stdout.close()
    with started.stderr:
        assert started.stderr.read() == ""
    assert started.wait(timeout=60) == 141
