"""The page of all keys for readers, made from the registry.

python -m rectify_tui.tui.keys_page > docs/keys.md
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.tui.keys import SCOPES, Key, keys_text, message

_HEAD = """# Keys

Made from `rectify_tui/tui/keys.py` by `rectify_tui/tui/keys_page.py`; a test fails where they
differ.

A key means one thing on every screen. With an input method for Chinese on, full-width letters and
signs do what the plain ones do (`ｊ` `／` `：` `？` `２`, and `、` is `/`); F, Ctrl and moving keys
work all the same. `ctrl+p` or `:` finds every action by its name, its pinyin or its initials.

The last column is what `keys.toml` calls an action; see `docs/settings.md`. `^x` is Ctrl+X.
"""


def keys_page() -> str:
    """The page: a table for each screen."""
    languages = [Language(code) for code in LANGUAGES]
    return "\n".join((_HEAD, *(_scope(scope, keys, languages) for scope, keys in SCOPES.items())))


def _scope(scope: str, keys: tuple[Key, ...], languages: list[Language]) -> str:
    title = " / ".join(t(f"keys.scope.{scope}") for t in languages)
    return "\n".join((f"## {title}\n", *_rows(keys, languages), ""))


def _rows(keys: tuple[Key, ...], languages: list[Language]) -> Iterator[str]:
    yield _row("Keys", "中文", "English", "Name")
    yield _row("---", "---", "---", "---")
    for key in keys:
        pressed = " ".join(f"`{each}`" for each in keys_text(key.keys).split())
        yield _row(pressed, *(t(message(key.id)) for t in languages), f"`{key.id}`")


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    sys.stdout.write(keys_page())
