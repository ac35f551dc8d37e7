"""Commands on a copy of the seed, in a plain environment."""

from __future__ import annotations

import json
import os
import shutil
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from rectify_tui.cli.main import cli

GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("REWRITE_GOLDEN"))
SETTINGS = ("RECTIFY_DB", "RECTIFY_LANG", "RECTIFY_ASCII", "RECTIFY_DEBUG", "LC_ALL")


class Rectify:
    """The program on one store."""

    def __init__(self, db: Path) -> None:
        self.db = db

    def __call__(self, *words: str, code: int = 0, lang: str = "en"):
        """Run a command, whose exit code must be `code`; its result."""
        words = ("--db", str(self.db), "--lang", lang, *words)
        result = CliRunner().invoke(cli, list(words))
        assert result.exit_code == code, (words, result.stdout, result.stderr, result.exception)
        return result

    def rows(self, *words: str, code: int = 0) -> list[dict]:
        """What a command prints as JSON."""
        return json.loads(self(*words, "--format", "json", code=code).stdout)

    def said(self, *words: str, lang: str = "en") -> str:
        """What a command that works says, which is one line."""
        line = self(*words, lang=lang).stdout
        assert line.count("\n") == 1, line
        return line.rstrip("\n")

    def refused(self, *words: str, code: int, lang: str = "en") -> str:
        """What a command that fails says, which leaves stdout empty."""
        result = self(*words, code=code, lang=lang)
        assert result.stdout == ""
        return result.stderr


@pytest.fixture
def plain(monkeypatch):
    make_plain(monkeypatch)


def make_plain(monkeypatch: pytest.MonkeyPatch) -> None:
    """Settings as they are where nobody has set anything."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("TZ", "UTC")


@pytest.fixture
def rectify(plain, seed_store, tmp_path) -> Rectify:
    """The program on a copy of the seed."""
    db = tmp_path / "ledger.db"
    shutil.copy(seed_store, db)
    return Rectify(db)


@pytest.fixture(scope="session")
def small_store(regions_store, tmp_path_factory) -> Path:
    """A closed store with one programme that has one item. Copy it; never write to it."""
    db = tmp_path_factory.mktemp("small") / "small.db"
    shutil.copy(regions_store, db)
    rectify = Rectify(db)
    with pytest.MonkeyPatch.context() as monkeypatch:
        make_plain(monkeypatch)
        rectify("programme", "add", "P-1", "--name", "试点", "--region", "大庆", "--year", "2020")
        rectify("item", "add", "P-1/1", "--problem", "污水直排")
    return db


@pytest.fixture
def small(plain, small_store, tmp_path) -> Rectify:
    """The program on a ledger of its own: one programme with one item."""
    db = tmp_path / "small.db"
    shutil.copy(small_store, db)
    return Rectify(db)


@pytest.fixture(scope="session")
def store_after(small_store, tmp_path_factory):
    """Closed stores by the commands that made them of the small one. Copy them."""

    @cache
    def made(*commands: tuple[str, ...]) -> Path:
        db = Path(shutil.copy(small_store, tmp_path_factory.mktemp("after")))
        with pytest.MonkeyPatch.context() as monkeypatch:
            make_plain(monkeypatch)
            for words in commands:
                Rectify(db)(*words)
        return db

    return made


@pytest.fixture
def small_after(small, store_after):
    """The small ledger after some commands, which are run once for all tests."""

    def told(*commands: tuple[str, ...]) -> Rectify:
        shutil.copy(store_after(*commands), small.db)
        return small

    return told


@pytest.fixture
def golden():
    """Compare text with a file under `golden/`; REWRITE_GOLDEN=1 writes it anew."""

    def compare(name: str, text: str) -> None:
        path = GOLDEN / name
        if REWRITE:
            path.write_bytes(text.encode())
        assert text == path.read_bytes().decode()

    return compare
