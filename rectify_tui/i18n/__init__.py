"""Messages in Chinese and English.

Each topic has one file in `messages/`, with both languages side by side:

    [item.not_found]
    zh = "没有整改任务 {ref}。"
    en = "There is no item {ref}."

The part of a key before the first dot names the file. Where English needs a plural, `en` is a table
of `one` and `other`, chosen by the parameter `n`.
"""

from __future__ import annotations

import contextlib
import marshal
import os
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from rectify_tui.errors import Problem

LANGUAGES = ("zh", "en")

_MESSAGES = Path(__file__).parent / "messages"


@cache
def _topic(topic: str) -> dict[str, Any]:
    path = _MESSAGES / f"{topic}.toml"
    stat = path.stat()
    state = (stat.st_mtime_ns, stat.st_size)
    kept = _MESSAGES / "__pycache__" / f"{topic}.{sys.implementation.cache_tag}.messages"
    try:
        of, messages = marshal.loads(kept.read_bytes())  # noqa: S302 - ours, as Python's own are
    except (OSError, ValueError, EOFError, TypeError):
        of = None
    if of != state:
        messages = _parsed(path)[topic]
        _keep(kept, marshal.dumps((state, messages)))
    found: dict[str, Any] = messages
    return found


def _parsed(path: Path) -> dict[str, Any]:
    import tomllib

    return tomllib.loads(path.read_text("utf-8"))


def _keep(path: Path, content: bytes) -> None:
    """Keep what was parsed, as Python keeps modules: that is ten times as fast the next time."""
    if sys.dont_write_bytecode:
        return
    part = path.with_name(f"{path.name}.{os.getpid()}")
    with contextlib.suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        part.write_bytes(content)
        part.replace(path)


def _find(key: str) -> dict[str, Any]:
    topic, *path = key.split(".")
    node: Any = _topic(topic)
    for part in path:
        node = node[part]
    found: dict[str, Any] = node
    return found


def _text(key: str, code: str, *, one: bool = False) -> str:
    text = _find(key)[code]
    if isinstance(text, dict):
        text = text["one" if one else "other"]
    return str(text)


@cache
def _without_blanks(key: str, code: str) -> str:
    """A sentence without parameters: titles and names of statuses are asked for in every row."""
    return _text(key, code).format_map({})


def known(key: str) -> bool:
    """Whether there is a message behind a key."""
    try:
        return not _find(key).keys().isdisjoint(LANGUAGES)
    except (KeyError, FileNotFoundError):
        return False


class Language:
    """Turns message keys into sentences of one language.

    Called as `t("item.not_found", ref="HLJ-2018/61")`; an unknown key is a `KeyError`.
    A parameter that is itself a `Problem` is translated too, and so are several, one after another.
    """

    def __init__(self, code: str) -> None:
        if code not in LANGUAGES:
            raise Problem("app.unknown_language", language=code)
        self.code = code

    def __call__(self, key: str, /, **params: object) -> str:
        """The sentence behind a key, its blanks filled."""
        if not params:
            return _without_blanks(key, self.code)
        text = _text(key, self.code, one=params.get("n") == 1)
        return text.format_map({name: self._shown(value) for name, value in params.items()})

    def _shown(self, value: object) -> object:
        if isinstance(value, Problem):
            return self.problem(value)
        if isinstance(value, tuple):
            return self("report.semicolon").join(str(self._shown(part)) for part in value)
        return value

    def problem(self, problem: Problem) -> str:
        """The sentence for a `Problem`."""
        return self(problem.key, **problem.params)

    def name(self, zh: str | None, en: str | None) -> str:
        """Of a thing's two names, the one in this language, or the other where it is missing."""
        first, second = (zh, en) if self.code == "zh" else (en, zh)
        return first or second or ""


def values_by_word(keys: Mapping[str, str]) -> dict[str, str]:
    """Values by the words for them, small: as programs know them and as any language calls them.

    `keys` are the messages that have the words, by the values.
    """
    spelled = {str(value).casefold(): value for value in keys}
    for code in LANGUAGES:
        t = Language(code)
        for value, key in keys.items():
            spelled.setdefault(t(key).casefold(), value)
    return spelled


def keys_below(prefix: str, values: Iterable[str]) -> dict[str, str]:
    """The messages that have the words for values, where each is called as its value is."""
    return {value: f"{prefix}.{value}" for value in values}


def _of_the_locale() -> str:
    import locale

    return locale.getlocale()[0] or ""


def preferred_language(asked: str | None = None) -> Language:
    """The language asked for, else `RECTIFY_LANG`, else that of the locale, else English."""
    code = asked or os.environ.get("RECTIFY_LANG")
    if not code:
        names = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
        named = next(filter(None, names), None)
        named = named or _of_the_locale()
        code = "zh" if named.lower().startswith(("zh", "chinese")) else "en"
    return Language(code)
