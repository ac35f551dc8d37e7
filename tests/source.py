"""What the source of modules says, without running them."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import rectify_tui

PACKAGE = Path(rectify_tui.__file__).parent

TO_A_DATABASE = frozenset({"execute", "executemany", "executescript"})
OF_MESSAGES = frozenset({"t", "language", "Problem", "Refusal"})


class Said(NamedTuple):
    """What a module says, as far as tests ask about it; whatever has a line begins with it.

    `texts` are the strings that document nothing, in which blanks stand as `?`, and `words` all
    strings as they are written. `statements` are the calls that hand one to a database, by name.
    `messages` are the calls that name a message: the text, and whether that is all of its name or
    the beginning. `attributes` are asked of objects; `imports` are the modules, and what is in
    them, that it takes, wherever it does.
    """

    texts: tuple[tuple[int, str], ...]
    words: frozenset[str]
    statements: tuple[tuple[int, str], ...]
    messages: tuple[tuple[int, str, bool], ...]
    attributes: frozenset[str]
    imports: tuple[str, ...]


def modules(folder: Path = PACKAGE, *, without: Path | None = None) -> list[Path]:
    """The modules under a folder, but for those under another."""
    return sorted(
        path for path in folder.rglob("*.py") if without is None or without not in path.parents
    )


def parse(path: Path) -> ast.Module:
    """The syntax tree of a module."""
    return ast.parse(path.read_text("utf-8"), str(path))


@cache  # several tests go through all modules, and parsing them is what takes time
def said(path: Path) -> Said:
    """What a module says."""
    texts, words, statements, messages, attributes, imports = [], set(), [], [], set(), []
    passed: set[int] = set()  # a node comes before those inside it
    for node in ast.walk(parse(path)):
        match node:
            case ast.Expr(value=value):
                passed.add(id(value))
            case ast.JoinedStr(values=pieces):
                passed |= {id(piece) for piece in pieces}
                texts.append((node.lineno, "".join(map(_piece, pieces))))
            case ast.Constant(value=str(text)):
                words.add(text)
                if id(node) not in passed:
                    texts.append((node.lineno, text))
            case ast.Attribute(attr=name):
                attributes.add(name)
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=args):
                if name in TO_A_DATABASE and isinstance(node.func, ast.Attribute):
                    statements.append((node.lineno, name))
                elif name in OF_MESSAGES and args:
                    messages += _named(args[0])
            case ast.Import(names=names):
                imports += [alias.name for alias in names]
            case ast.ImportFrom(module=str(module), names=names):
                imports += [module, *(f"{module}.{alias.name}" for alias in names)]
    return Said(
        tuple(texts), frozenset(words), tuple(statements), tuple(messages), frozenset(attributes),
        tuple(imports),
    )  # fmt: skip


def _piece(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) else "?"


def _named(node: ast.expr) -> Iterator[tuple[int, str, bool]]:
    match node:
        case ast.IfExp(body=one, orelse=other):
            yield from (*_named(one), *_named(other))
        case ast.Constant(value=str(key)):
            yield node.lineno, key, True
        case ast.JoinedStr(values=[ast.Constant(value=str(beginning)), *_]):
            yield node.lineno, beginning, False
