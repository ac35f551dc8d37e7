"""The command line's base: options, languages, errors, exit codes."""

from __future__ import annotations

import importlib.util
import io
import json
import os
import shlex
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
import sample_app
from click.testing import CliRunner

import rectify_tui
from rectify_tui.cli.base import Group, emit
from rectify_tui.cli.layout import wrap
from rectify_tui.cli.main import COMMANDS, cli
from rectify_tui.domain.text import width
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.reports.table import Column, Table

HERE = Path(__file__).parent
ROOT = Path(rectify_tui.__file__).parent.parent
HEAVY = {"textual", "sqlite_utils", "tabulate", "dateutil", "pysqlite3", "sqlite3", "difflib"}


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch):
    for name in ("RECTIFY_DB", "RECTIFY_LANG", "RECTIFY_ASCII", "RECTIFY_DEBUG", "LC_ALL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def run(*words, **settings):
    return CliRunner().invoke(sample_app.app, list(words), **settings)


def process(*words, module=(str(HERE / "sample_app.py"),), **environment):
    """Start the sample as a program of its own."""
    keep = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    python_path = os.pathsep.join([str(ROOT), str(HERE)])
    return subprocess.Popen(
        [sys.executable, *module, *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**keep, "PYTHONPATH": python_path, "LANG": "C.UTF-8", **environment},
    )


def finish(started):
    out, err = started.communicate(timeout=30)
    return started.returncode, out.decode(), err.decode()


def shown_options(*words, **settings):
    result = run(*words, "--format", "json", **settings)
    assert result.exit_code == 0, result.stderr
    return json.loads(result.stdout)[0]


# --- options ---


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["item", "show", "x"], (None, "en", False)),
        (["--db", "a.db", "--lang", "zh", "--ascii", "item", "show", "x"], ("a.db", "zh", True)),
        (["item", "--db", "a.db", "show", "--lang", "zh", "x"], ("a.db", "zh", False)),
        (["--db", "a.db", "item", "show", "x", "--db", "b.db"], ("b.db", "en", False)),
        (["--lang", "zh", "item", "show", "x", "--lang=en"], (None, "en", False)),
    ],
)
def test_common_options_go_anywhere_and_later_ones_win(words, expected):
    shown = shown_options(*words)
    assert (shown["db"], shown["lang"], shown["ascii"]) == expected


def test_options_from_the_environment_give_way_to_the_command_line():
    env = {"RECTIFY_DB": "e.db", "RECTIFY_LANG": "zh", "RECTIFY_ASCII": "1"}
    shown = shown_options("item", "show", "x", env=env)
    assert (shown["db"], shown["lang"], shown["ascii"]) == ("e.db", "zh", True)
    shown = shown_options("--db", "a.db", "item", "show", "x", "--lang", "en", env=env)
    assert (shown["db"], shown["lang"]) == ("a.db", "en")
    assert shown_options("item", "show", "x", env={"RECTIFY_ASCII": "0"})["ascii"] is False


def test_a_command_can_be_run_alone():
    result = CliRunner().invoke(sample_app.show, ["x", "--db", "a.db", "--format", "json"])
    assert json.loads(result.stdout)[0]["db"] == "a.db"


def test_without_a_command_the_default_runs():
    assert run("--db", "a.db").stdout == "started with a.db\n"


def test_version():
    result = CliRunner().invoke(cli, ["--version"])
    assert result.stdout == f"rectify-tui {rectify_tui.__version__}\n"


# --- help ---


@pytest.mark.parametrize(
    "words", [["--help"], ["item", "--help"], ["item", "show", "--help"], ["item"]]
)
@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_in_one_language(words, lang):
    result = run(*words, "--lang", lang)
    page = result.stdout or result.stderr
    assert result.exit_code == (0 if "--help" in words else 2)
    assert Language(lang)("cli.help.options") in page
    assert Language(lang)("cli.option.help") in page.replace("\n" + " " * 18, "")
    foreign = ("Usage", "Options", "Commands", "Show ", "Arguments", "default", "Examples")
    assert lang == "en" or not any(word in page for word in foreign)
    assert max(map(width, page.splitlines())) <= 80


def test_help_page_has_every_part():
    page = run("item", "show", "--help", "--lang=zh").stdout
    assert page.startswith("用法：rectify item show [选项] PLACE [REST]\n")
    for part in (
        "参数：\n  PLACE",
        "选项：\n  --count",
        "[1 到 5] [默认：3]",
        "示例：\n  rectify item",
    ):
        assert part in page
    assert "[必填]" in run("item", "need", "--help", "--lang=zh").stdout


def test_groups_list_their_commands_without_importing_them():
    page = run("--help", "--lang=zh").stdout
    assert "case  查看和更新转办件。" in page
    assert "no_such_module" not in sys.modules


@pytest.mark.parametrize("cells", [10, 20, 78])
def test_wrapped_lines_fit_and_begin_and_end_well(cells):
    text = (
        "督导生态环境问题整改：“整改任务”、转办件（信访件）和 rectify check 按地区汇总的数字。" * 3
    )
    lines = wrap(text, cells)
    assert max(map(width, lines)) <= cells + 2  # closing punctuation never starts a line
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。、：”）" or line[-1] in "“（" for line in lines)


# --- mistakes ---


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["itm"], "There is no command “itm”. Did you mean item?", "没有命令“itm”。是不是：item？"),
        (["item", "shwo"], "There is no command “shwo”. Did you mean show?", "是不是：show？"),
        (["item", "show", "--fromat"], "There is no option --fromat.", "没有选项 --fromat。"),
        (["--lng"], "There is no option --lng. Did you mean --lang?", "没有选项 --lng。"),
        (["item", "show"], "The argument PLACE is missing.", "缺少参数 PLACE。"),
        (["item", "need"], "--kind is missing. Use one of: water, air.", "可用：water、air。"),
        (["item", "show", "x", "y", "z"], "Unexpected argument: z.", "多余的参数：z。"),
        (["item", "show", "x", "--count"], "The option --count needs a value.", "后面要写值。"),
        (["item", "show", "x", "--ascii=1"], "--ascii takes no value.", "选项 --ascii 不带值。"),
        (
            ["item", "show", "x", "--count=9"],
            "--count: “9” is out of range: 1 to 5.",
            "--count：“9”不在范围内（1 到 5）",
        ),
        (["item", "show", "x", "--rate=a"], "“a” is not a number.", "“a”不是数字。"),
        (["item", "show", "x", "--whole=a"], "“a” is not a whole number.", "“a”不是整数。"),
        (["item", "show", "x", "--day=a"], "“a” is not a date.", "“a”不是日期。"),
        (["item", "show", "x", "--kind=噪"], "Use one of: 水, 大气.", "没有“噪”。可用：水、大气。"),
        (["item", "show", "x", "--file=/no"], "There is no file /no.", "找不到文件 /no。"),
        (["item", "show", "x", "--file=/"], "/ is a folder;", "/ 是文件夹，这里要文件。"),
        (["item", "show", "x", "--format=xml"], "Use one of: table, json, csv, md.", "没有“xml”。"),
        (["--lang", "fr", "item"], "“fr” is not a choice.", "没有“fr”。"),
    ],
)
def test_misuse_is_told_in_both_languages(words, english, chinese):
    for lang, sentence in (("en", english), ("zh", chinese)):
        result = run(*words, env={"RECTIFY_LANG": lang})
        assert result.exit_code == 2
        assert result.stdout == ""
        told, hint = result.stderr.splitlines()
        assert sentence in told
        assert told.startswith(("Error: ", "错误："))
        assert hint.endswith(" --help")


def test_the_language_of_errors_is_the_one_asked_for_anywhere():
    assert run("item", "shwo", "--lang", "zh").stderr.startswith("错误：")
    assert (
        "用法见：rectify item show --help" in run("item", "show", "--lang=zh", "x", "--no").stderr
    )
    assert run("nope", "--", "--lang", "zh").stderr.startswith("Error:")


def test_unknown_language_in_the_environment():
    result = run("item", env={"RECTIFY_LANG": "fr"})
    assert result.exit_code == 2
    assert result.stderr == "Error: Unknown language “fr”. Use zh or en.\n"


@pytest.mark.parametrize(
    ("how", "code", "sentence"),
    [
        ("problem", 2, "错误：不认识的进度状态“推进中”。"),
        ("refusal", 1, "错误：不认识的进度状态“推进中”。"),
        ("store", 2, "错误：台账出错，未保存任何内容（no such table: item）。"),
        ("no_store", 2, "错误：打不开台账（"),
        ("file", 2, "错误：找不到文件 /nonexistent/report.csv。"),
        ("folder", 2, "错误：/ 是文件夹，这里要文件。"),
        ("interrupt", 130, "\n已取消。"),
        ("prompt", 130, "\n已取消。"),
        ("fault", 70, "错误：程序内部出错（ZeroDivisionError：boom）。"),
        ("leave", 7, ""),
    ],
)
def test_how_commands_end(how, code, sentence):
    result = run("item", "end", how, "--lang", "zh")
    assert result.exit_code == code
    assert result.stderr.startswith(sentence)
    assert "Traceback" not in result.stderr
    assert not set("\x1b\u202e") & set(result.stderr)


def test_debug_shows_where(monkeypatch):
    monkeypatch.setenv("RECTIFY_DEBUG", "1")
    assert "sample_app.py" in run("item", "end", "fault").stderr
    assert "Traceback" not in run("item", "end", "problem").stderr


# --- output ---


def test_data_goes_to_stdout_and_notes_to_stderr():
    result = run("item", "show", "太原")
    assert result.stdout == "表\n\n地方  语言\n────  ────\n太原  en\n"
    assert result.stderr == Language("en")("store.busy") + "\n"


def test_ascii_reaches_the_table():
    assert "-----|-----" in run("--ascii", "item", "show", "太原").stdout


def test_csv_is_the_same_bytes_on_every_system():
    result = run("item", "show", "太原", "--format", "csv")
    assert result.stdout_bytes == "\ufeff地方,语言\r\n太原,en\r\n".encode()


def test_csv_is_the_same_where_lines_end_differently(monkeypatch):
    out = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(out, "gbk", newline="\r\n"))
    with click.Context(sample_app.show) as ctx:
        emit(ctx, Table("t", (Column("a", "甲"),), [{"a": "一\n二"}]), "csv")
    assert out.getvalue() == '\ufeff甲\r\n"一\n二"\r\n'.encode()


# --- as a program ---


@pytest.mark.parametrize(("how", "code"), [("problem", 2), ("refusal", 1), ("fault", 70)])
def test_exit_codes_of_the_program(how, code):
    got, out, err = finish(process("item", "end", how))
    assert (got, out, err.count("\n")) == (code, "", 1)


def test_control_c_ends_with_130():
    started = process("item", "end", "wait")
    assert started.stdout.readline() == b"ready\n"
    started.send_signal(signal.SIGINT)
    code, _, err = finish(started)
    assert (code, err) == (130, "\nCancelled.\n")


@pytest.mark.parametrize("where", ["interrupt", "interrupt_in_text"])
def test_an_interrupt_anywhere_is_no_death_by_signal(where):
    code, _, err = finish(process("item", "end", where, module=("-m", "sample_app")))
    assert (code, err) == (130, "\nCancelled.\n")


@pytest.mark.parametrize("format_", ["csv", "json", "md"])
def test_a_closed_pipe_ends_quietly(format_):
    started = process("item", "rows", "--format", format_)
    assert started.stdout.readline()
    started.stdout.close()
    with started.stderr:
        assert started.stderr.read() == b""
    assert started.wait(timeout=30) == 141


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a full disk")
def test_a_full_disk_is_told():
    with Path("/dev/full").open("wb") as full:
        script = str(HERE / "sample_app.py")
        ended = subprocess.run(
            [sys.executable, script, "item", "show", "太原"],
            env={"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=30,
            check=False,
        )
    assert ended.returncode == 2
    assert ended.stderr.decode().startswith("Error: The disk is full;")


def test_the_c_locale_prints_chinese():
    c_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    code, out, _ = finish(process("item", "show", "太原", **c_locale))
    assert code == 0
    assert "地方" in out


def test_data_formats_are_utf8_in_any_locale():
    gbk = {"PYTHONIOENCODING": "gbk"}
    _, out, _ = finish(process("item", "show", "太原", "--format", "json", **gbk))
    assert json.loads(out)[0]["place"] == "太原"


def test_help_starts_without_heavy_modules():
    script = (
        "import sys; sys.argv = ['rectify', '--help']\n"
        "from rectify_tui.cli.main import main\n"
        "try: main()\n"
        "finally: print(*sys.modules, file=sys.stderr)"
    )
    code, out, modules = finish(process(module=("-c", script)))
    assert code == 0
    assert "Usage: rectify" in out
    loaded = {name.partition(".")[0] for name in modules.split()}
    assert not HEAVY & loaded
    commands = {where.partition(":")[0] for where in COMMANDS.values()}
    assert not commands & set(modules.split())


def test_python_dash_m_is_the_same_program():
    code, out, _ = finish(process("--version", module=("-m", "rectify_tui")))
    assert (code, out) == (0, f"rectify-tui {rectify_tui.__version__}\n")


def test_shell_completion_knows_commands_without_importing_them():
    environment = {
        "COMP_WORDS": "rectify c",
        "COMP_CWORD": "1",
        "_RECTIFY_COMPLETE": "bash_complete",
    }
    code, out, err = finish(process(**environment))
    assert (code, out, err) == (0, "plain,case\n", "")


# --- every command ---


def every_command(command, ctx):
    """The commands below, with their contexts, as far as their modules exist."""
    yield command, ctx
    if isinstance(command, Group):
        for name in command.list_commands(ctx):
            module = command.lazy.get(name, "rectify_tui:").partition(":")[0]
            if importlib.util.find_spec(module) is None:
                continue
            found = command.get_command(ctx, name)
            yield from every_command(found, click.Context(found, info_name=name, parent=ctx))


def faults_of(command, ctx):
    """What a command lacks: help in a language, an example, or an example that fits its options."""
    parameters = [p for p in command.params if isinstance(p, (click.Option, click.Argument))]
    for lang in LANGUAGES:
        with ctx.scope(cleanup=False):
            ctx.find_root().obj = None
            os.environ["RECTIFY_LANG"] = lang
            for each in (command, *parameters):
                if not each.help:
                    yield f"{ctx.command_path} {each.name}: no help in {lang}"
    if not isinstance(command, Group) and not command.example:
        yield f"{ctx.command_path}: no example"
    for line in command.example.splitlines():
        try:
            parse(line)
        except (click.UsageError, AssertionError) as error:
            yield f"{line}: {error}"


def parse(line):
    """Follow an example down to its command and read its options."""
    program, *words = shlex.split(line)
    assert program == "rectify"
    command, ctx = cli, click.Context(cli, info_name="rectify")
    while True:
        _, rest, _ = command.make_parser(ctx).parse_args(words)
        if not isinstance(command, Group) or not rest:
            return
        name, *words = rest
        assert name in command.list_commands(ctx), f"no command {name}"
        where = command.lazy.get(name, "rectify_tui:").partition(":")[0]
        if importlib.util.find_spec(where) is None:
            return
        command = command.get_command(ctx, name)
        ctx = click.Context(command, info_name=name, parent=ctx)


def test_every_command_has_help_and_examples(monkeypatch):
    monkeypatch.setenv("RECTIFY_LANG", "en")
    root = click.Context(cli, info_name="rectify")
    faults = [fault for found in every_command(cli, root) for fault in faults_of(*found)]
    assert faults == []


def test_the_check_of_commands_sees_what_is_missing(monkeypatch):
    monkeypatch.setenv("RECTIFY_LANG", "en")
    bare = Group("bare", help="cli.about")
    bare.command("one", help="cli.about", params=[click.Option(["--x"])])(lambda: None)
    root = click.Context(bare, info_name="rectify")
    faults = [fault for found in every_command(bare, root) for fault in faults_of(*found)]
    assert "rectify one x: no help in zh" in faults
    assert "rectify one: no example" in faults


def test_every_registered_command_has_a_summary():
    for lang in LANGUAGES:
        page = CliRunner().invoke(cli, ["--help", "--lang", lang]).stdout
        for name in COMMANDS:
            assert f"  {name} " in page
