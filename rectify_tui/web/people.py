"""Who may come in: each link has a token of its own, and says who writes behind it, if anybody."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem

_BYTES = 24
_LONGEST = 100


@dataclass(frozen=True)
class Visitor:
    """A token and who comes with it; `editor` is None for those who may only look."""

    token: str
    editor: str | None = None


def visitors(editors: Iterable[str]) -> tuple[Visitor, ...]:
    """One link to look, and one for each who may write, with new tokens.

    Raises `Problem` for an empty name or one that is given twice.
    """
    names = [clean(name, limit=_LONGEST) for name in editors]
    if not all(names) or len(set(names)) < len(names):
        raise Problem("web.bad_editor")
    return tuple(Visitor(secrets.token_urlsafe(_BYTES), name) for name in (None, *names))


def visitor_of(token: str, known: Sequence[Visitor]) -> Visitor | None:
    """Whose token it is; how long the answer takes tells nothing about the tokens."""
    found = None
    for each in known:
        if hmac.compare_digest(each.token.encode(), token.encode("utf-8", "replace")):
            found = each
    return found
