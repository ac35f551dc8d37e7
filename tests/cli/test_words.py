"""Words on the command line: in either language, in the one that was chosen, and true."""

from __future__ import annotations

import re
from pathlib import Path

import click
from click.testing import CliRunner
from docx import Document

import rectify_tui
from rectify_tui.cli import base
from rectify_tui.cli.main import cli
from rectify_tui.i18n import LANGUAGES, Language

MESSAGES = Path(rectify_tui.__file__).parent / "i18n" / "messages"


def commands(group: click.Group, ctx: click.Context, path: tuple[str, ...] = ()):
    for name in group.list_commands(ctx):
        command = group.get_command(ctx, name)
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, ctx, (*path, name))


def test_every_command_that_a_message_names_is_there():
    known = {path for path, _ in commands(cli, click.Context(cli))}
    for file in sorted(MESSAGES.glob("*.toml")):
        for words in re.findall(r"rectify((?: [a-z]{3,})+)", file.read_text("utf-8")):
            first, second = (*words.split(), "")[:2]
            named = (first, second) if any(path[0] == first and path[1:] for path in known) else (
                first,
            )  # fmt: skip
            if first in ("and", "was", "takes"):
                continue
            assert (first,) in known, (file.name, words)
            assert named in known or second in ("", "takes", "to", "and"), (file.name, words)


def test_what_tables_print_is_taken_for_every_choice(rectify):
    for _, command in commands(cli, click.Context(cli)):
        for param in command.params:
            if isinstance(param.type, base.WordChoice):
                for value, key in param.type.words.items():
                    for code in LANGUAGES:
                        word = Language(code)(key)
                        assert param.type.convert(word, param, None) == value, (command.name, word)
                page = Language("zh")("cli.help.choices", choices="").rstrip("。")
                assert any(page in param.told_help(Language(code)) for code in LANGUAGES)
    assert rectify.rows("rollup", "--by", "市") == rectify.rows("rollup", "--by", "city")
    assert "Verified on site" in rectify.said(
        "item", "set", "HLJ-2018/12", "--verified", "现场核实属实"
    )


def test_an_empty_ledger_lists_nothing_and_says_what_to_do(plain, regions_store):
    words = ["--db", str(regions_store), "--lang", "zh", "rollup", "--programme", "X-1"]
    result = CliRunner().invoke(cli, words)
    assert "还没有任何方案。先用 rectify programme add" in result.stderr
    assert result.exit_code == 2


def test_english_names_stand_in_what_is_english(rectify, tmp_path):
    letter = tmp_path / "letter.docx"
    told = rectify.said("escalate", "黑龙江省", "--step", "函告", "-o", str(letter))
    assert told.startswith("Letter: Heilongjiang, citing 4 items")
    assert "To Heilongjiang:" in [line.text for line in Document(str(letter)).paragraphs]
    region = re.search("Region +(.*)", rectify("item", "show", "HLJ-2018/12").stdout)
    assert region is not None
    assert region[1].strip() == "Heilongjiang"
    assert re.search("escalation 18 +\\(added\\) +Letter", rectify("log", "--batch", "3").stdout)
