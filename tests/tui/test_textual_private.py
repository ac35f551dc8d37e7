"""Private names of Textual stand in one file of the dashboard, and in one of its tests."""

from __future__ import annotations

import ast
import importlib
import inspect
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
import textual
from desk import LARGE, desk
from textual.message_pump import MessagePump

from rectify_tui import tui

DASHBOARD = Path(tui.__file__).parent
TESTS = Path(__file__).parent
ALLOWED = {DASHBOARD / "textual_private.py", TESTS / "desk.py"}

DEFINED = re.compile(
    r"^\s*(?:async )?def (_[a-z]\w*)|\bself\.(_[a-z]\w*)\b|^ *(_[A-Za-z]\w*) *[:=]", re.MULTILINE
)


def defined_in(source: str) -> set[str]:
    """The private names that a source file defines, in its module or on its objects."""
    return {name for names in DEFINED.findall(source) for name in names if name}


OF_TEXTUAL = {
    name
    for path in Path(textual.__file__).parent.rglob("*.py")
    for name in defined_in(path.read_text("utf-8"))
} - {"_replace"}  # which every named tuple has


def taken_from_textual(path: Path) -> Iterator[str]:
    """The private names of Textual that a file imports, or asks things of others by."""
    source = path.read_text("utf-8")
    tree, own = ast.parse(source), defined_in(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("textual"):
            parts = [*(node.module or "").split("."), *(alias.name for alias in node.names)]
            yield from (part for part in parts if part.startswith("_"))
        elif isinstance(node, ast.Attribute) and node.attr in OF_TEXTUAL and node.attr not in own:
            yield node.attr


@cache
def defined_by(widget: type) -> set[str]:
    """The private names that a class defines."""
    return defined_in(inspect.getsource(widget))


def files() -> list[Path]:
    return [path for folder in (DASHBOARD, TESTS) for path in sorted(folder.rglob("*.py"))]


@pytest.mark.parametrize("path", files(), ids=lambda path: path.name)
def test_no_private_name_of_textual_is_used_elsewhere(path):
    taken = sorted(set(taken_from_textual(path)))
    assert not taken or path in ALLOWED, f"{path.name} uses {', '.join(taken)}"


def widgets() -> list[type]:
    """Every class of the dashboard that stands on one of Textual's."""
    names = [info.name for info in pkgutil.walk_packages(tui.__path__, f"{tui.__name__}.")]
    classes = [each for name in names for each in vars(importlib.import_module(name)).values()]
    return sorted(
        {each for each in classes if inspect.isclass(each) and issubclass(each, MessagePump)
         and each.__module__.startswith(tui.__name__)}, key=lambda each: each.__qualname__,
    )  # fmt: skip


@pytest.mark.parametrize("widget", widgets(), ids=lambda widget: widget.__name__)
def test_no_widget_writes_over_what_is_private_to_textual(widget):
    if widget.__module__.endswith("textual_private"):
        return
    of_bases = set[str]()
    for base in widget.__mro__:
        if base.__module__.startswith("textual."):
            of_bases |= defined_by(base)
    assert not defined_by(widget) & of_bases


@pytest.mark.parametrize("path", sorted(ALLOWED), ids=lambda path: path.name)
def test_the_files_that_may_use_them_do(path):
    assert set(taken_from_textual(path)) or defined_in(path.read_text("utf-8")) & OF_TEXTUAL


@pytest.mark.journeys
async def test_what_is_painted_frugally_is_what_textual_would_paint(office):
    async with desk(office, LARGE) as at:
        for keys in ("1", "2", "d", "s", "escape 6", "7", "question_mark"):
            await at.press(*keys.split())
            assert at.strips() == at.strips_as_textual_has_them()
