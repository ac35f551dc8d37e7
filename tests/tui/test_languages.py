"""Chinese and English: every message in both, every visible text in the one that was chosen."""

from __future__ import annotations

import re
import string
import tomllib
from unicodedata import east_asian_width

import pytest
from desk import LARGE, desk, walk
from source import PACKAGE, modules, said

from rectify_tui.i18n import LANGUAGES

FILES = sorted((PACKAGE / "i18n" / "messages").glob("*.toml"))
WIDE = {"W", "F"}
"""Characters that every terminal draws two cells wide."""

CHINESE = re.compile("[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
LATIN = re.compile(r"[A-Za-z][A-Za-z_.]*")
KEY_NAME = re.compile(
    r"\b(?:tui|keys|status|report|case|undo|filter|store|item|intake|intake_screen|return_check|queue_screen|queue|schedule|ladder|escalation)\.[a-z_]{3,}"
)


def leaves(node, path):
    if isinstance(node, dict) and set(node) & set(LANGUAGES):
        yield path, node
    else:
        assert isinstance(node, dict), f"{path} is no table"
        for name, child in node.items():
            yield from leaves(child, f"{path}.{name}")


def all_messages():
    for file in FILES:
        found = tomllib.loads(file.read_text("utf-8"))
        assert list(found) == [file.stem]
        yield from leaves(found[file.stem], file.stem)


MESSAGES = dict(all_messages())


MONTH = {"month", "name", "n"}
"""Chinese has numbers for months, English has names."""


def texts(message):
    if isinstance(message, str):
        return [message]
    assert set(message) == {"one", "other"}
    return [message["other"], message["one"]]


def blanks(text):
    return {name.partition(".")[0] for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_message_stands_in_both_languages_with_the_same_blanks(file):
    for key, message in MESSAGES.items():
        if key.partition(".")[0] != file.stem:
            continue
        assert set(message) == set(LANGUAGES), key
        zh, en = (texts(message[code]) for code in ("zh", "en"))
        allowed = (
            {"n", "more"}
            if len(en) + len(zh) > 2
            else MONTH
            if "month" in blanks(zh[0]) ^ blanks(en[0])
            else set()
        )
        assert blanks(zh[0]) ^ blanks(en[0]) <= allowed, key
        for one, other in (zh[::-1], en[::-1]) if len(en) == len(zh) == 2 else ():
            assert blanks(one) <= blanks(other), key
        assert not CHINESE.search(en[0]) or key == "keys.app.language" or _quotes(en[0]), key


def _quotes(text):
    """English may quote words that are typed in Chinese."""
    return len(CHINESE.findall(text)) < len(text) / 2


def calls():
    """Calls that name a message, in all the code: file, line, and the text or its beginning."""
    for path in modules():
        for line, key, whole in said(path).messages:
            yield f"{path.relative_to(PACKAGE)}:{line}", key, whole


def test_every_message_that_the_code_names_exists():
    found = list(calls())
    assert len(found) > 200
    for where, key, whole in found:
        if whole:
            assert key in MESSAGES, f"{where} names {key}"
        elif "." in key:
            assert any(each.startswith(key) for each in MESSAGES), f"{where} names {key}…"


def test_no_message_of_the_dashboard_is_left_over():
    words = set().union(*(said(path).words for path in modules()))
    beginnings = tuple({key for _, key, whole in calls() if not whole and key != "tui."})
    for key in MESSAGES:
        if key.startswith("tui.instead."):  # what stands there says another message in other words
            assert key.removeprefix("tui.instead.") in MESSAGES, key
        elif key.startswith("tui."):
            # of tui.sign.dot the end may be a value in the code
            assert key in words or key.startswith(beginnings) or key.rpartition(".")[2] in words, (
                key
            )


AT_THE_COMMAND_LINE = {
    "tui.empty", "tui.instead.draw.none", "intake_screen.no_programme",
}  # fmt: skip
"""What the dashboard has no key for, or says in other words under `tui.instead`."""


def test_the_dashboard_speaks_of_keys_and_not_of_commands():
    own = ("tui.", "tables.", "intake_screen.", "queue_screen.", "keys.")
    for key, message in MESSAGES.items():
        if key.startswith(own) and key not in AT_THE_COMMAND_LINE:
            for text in (text for code in LANGUAGES for text in texts(message[code])):
                assert not re.search("rectify [a-z]|--[a-z]", text), key


@pytest.mark.journeys
async def test_english_in_the_ascii_style_is_ascii_everywhere(english):
    async with desk(english, language="en", ascii=True) as at:
        async for place, text in walk(at):
            left = [line for line in text.splitlines() if not line.isascii()]
            assert all("English / 中文" in line for line in left), (place, left)
            assert not KEY_NAME.search(text) or place == "help", (place, text)


KNOWN = {
    "HLJ", "ASCII", "Enter", "Tab", "Esc", "rectify", "problem", "plan", "noise", "water", "office",
    "build", "root", "zzz", "overview", "space", "escape", "weekly", "docx", "beginning", "note",
}  # fmt: skip
"""Latin words that are data, names of keys or of commands."""


@pytest.mark.journeys
async def test_chinese_has_no_english_and_in_the_ascii_style_no_doubtful_signs(english):
    async with desk(english, ascii=True) as at:
        async for place, text in walk(at):
            odd = {
                each for each in text if not each.isascii() and east_asian_width(each) not in WIDE
            }
            assert not odd, (place, odd)
            if place in ("help", "palette", "export", "bad export", "queue export"):
                continue
            words = (word for word in LATIN.findall(text) if len(word) > 2)
            left = [word for word in words if not any(word in each for each in KNOWN)]
            assert not left, (place, left, text)


@pytest.mark.journeys
async def test_switching_changes_every_text_on_every_screen(english):
    async with desk(english, LARGE) as at:
        for key in "123456":
            await at.press(key)
        await at.press("2", "d", "s", "3", "enter", "L")
        for key in "123456":
            await at.press(key)
            assert not CHINESE.search(at.text()), at.text()
        assert at.app.title == "Rectification ledger"
        await at.press("L", "1")
        assert "总览 › 黑龙江省 · 按市" in at.text()
        assert "l 下钻" in at.text()


@pytest.mark.journeys
async def test_tooltips_are_in_the_language(english):
    async with desk(english, language="en") as at:
        top = at.view.query_one("#top")
        assert "Click the place" in str(top.tooltip)
        assert not CHINESE.search(at.lines()[-1])


@pytest.mark.journeys
async def test_keys_and_hints_fit_into_80_cells_in_either_language(english):
    async with desk(english, demo=True) as at:
        for leave in ("q 退出", "q Quit"):
            for key in "123456":
                await at.press(key)
                assert leave in at.lines()[-1], at.text()
                assert at.view.query_one("#notice").size.height == 1, at.notice
                assert "2020-03-06" in at.lines()[0]
            await at.press("2", "L")
            assert ("q Quit" if leave == "q 退出" else "q 退出") in at.lines()[-1]
