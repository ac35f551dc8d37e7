"""What the pages for readers say: the files they name are there, the commands they show run."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from rectify_tui.cli.main import cli
from rectify_tui.i18n import LANGUAGES
from rectify_tui.intake.mapping.files import read_map_file
from rectify_tui.intake.mapping.synonyms import read_synonyms
from rectify_tui.reports.escalation.settings import read_escalation_settings
from rectify_tui.reports.weekly.settings import read_settings
from rectify_tui.tui.keys import read_keymap
from rectify_tui.tui.looks import read_looks
from rectify_tui.tui.saved_views import read_views

ROOT = Path(__file__).parent.parent
PAGES = [
    ROOT / "README.md",
    ROOT / "README.zh.md",
    ROOT / "CONTRIBUTING.md",
    *sorted((ROOT / "docs").glob("*.md")),
]
MESSAGES = sorted((ROOT / "rectify_tui" / "i18n" / "messages").glob("*.toml"))


def _read_views(path: Path) -> object:
    return read_views(path, date(2020, 3, 6), {})


READERS = {
    "views.toml": _read_views,
    "weekly.toml": read_settings,
    "escalation.toml": read_escalation_settings,
    "keys.toml": read_keymap,
    "dashboard.toml": read_looks,
    "synonyms.toml": read_synonyms,
}

_PATH = re.compile(r"`((?:rectify_tui|db|seed|tests|docs)/[\w./-]*|[A-Z]+\.md|pyproject\.toml)`")
_COMMAND = re.compile(r"^    (rectify(?: .*)?)$", re.MULTILINE)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_the_files_that_a_page_names_are_there(page: Path) -> None:
    named = {match[1] for match in _PATH.finditer(page.read_text("utf-8"))}
    assert [path for path in sorted(named) if not (ROOT / path).exists()] == []


def test_the_recipes_name_files() -> None:
    recipes = (ROOT / "docs" / "how-to-add.md").read_text("utf-8").split("\n## ")[1:]
    assert len(recipes) == 11
    for recipe in recipes:
        assert _PATH.search(recipe), recipe.partition("\n")[0]


def _commands(page: Path) -> Iterator[list[str]]:
    for match in _COMMAND.finditer(page.read_text("utf-8")):
        words = shlex.split(match[1], comments=True)[1:]
        if words and words[0] not in ("demo", "serve"):  # alone and these it opens the dashboard
            yield words


@pytest.mark.journeys
def test_every_command_that_a_page_shows_runs(
    seed_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each once, on one ledger; the answer may be no, but nothing is misused."""
    monkeypatch.chdir(tmp_path)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    shutil.copy(seed_store, "ledger.db")
    _inputs()
    shown = {tuple(words): page.name for page in PAGES for words in _commands(page)}
    assert len(shown) > 30
    for words, page in ((list(words), page) for words, page in shown.items()):
        if words[0] == "init":
            words = [*words, "--help"]
        if words == ["return", "check", "收到/"]:
            shutil.copytree("回报表", "收到")
        result = CliRunner().invoke(cli, ["--db", "ledger.db", "--lang", "en", *words])
        assert result.exit_code in (0, 1), (page, words, result.stderr)
        assert result.exception is None or isinstance(result.exception, SystemExit), words


def _inputs() -> None:
    """The files that the commands of the pages read."""
    Path("通稿.txt").write_text("截至2019年底，黑龙江省共有整改任务60项，已完成7项。", "utf-8")
    Path("转办件.csv").write_text(
        "受理编号,反映问题,行政区域,办理状态\nX1,污水直排,大庆市,已办结\n", "utf-8-sig"
    )
    Path("columns.toml").write_text('kind = "cases"\n\n[columns]\n"受理编号" = "number"\n', "utf-8")
    book = xlsxwriter.Workbook("台账.xlsx")
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ("序号", "存在问题", "责任地区", "整改时限", "整改状态"))
    sheet.write_row(1, 0, ("70", "污水直排", "大庆市", "2020年底前", "未完成"))
    book.close()


def _leaves(table: dict[str, object], path: str = "") -> Iterator[tuple[str, dict[str, object]]]:
    for key, value in table.items():
        here = f"{path}.{key}" if path else key
        if isinstance(value, dict):
            if set(value) & set(LANGUAGES):
                yield here, value
            else:
                yield from _leaves(value, here)


@pytest.mark.parametrize("file", MESSAGES, ids=lambda file: file.stem)
def test_every_message_is_there_in_every_language(file: Path) -> None:
    messages = list(_leaves(tomllib.loads(file.read_text("utf-8"))))
    assert messages
    assert [key for key, texts in messages if set(texts) != set(LANGUAGES)] == []


@pytest.mark.parametrize("name", READERS)
def test_the_examples_of_settings_are_read(name: str, tmp_path: Path) -> None:
    page = (ROOT / "docs" / "settings.md").read_text("utf-8")
    example = page.partition(f"## {name}")[2].partition("```toml\n")[2].partition("```")[0]
    path = tmp_path / name
    path.write_text(example, "utf-8")
    assert example
    READERS[name](path)


def test_the_map_among_the_commands_is_read(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "commands.md").read_text("utf-8")
    example = page.partition("\n    kind = ")[2].partition("\n\nIt is remembered")[0]
    path = tmp_path / "columns.toml"
    path.write_text(textwrap.dedent(f"    kind = {example}"), "utf-8")
    found = read_map_file(path)
    assert found.kind == "items"
    assert "leader" in str(found)
    assert "--map" in page
