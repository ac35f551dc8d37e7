"""Everything that keys do, on all screens."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Protocol

from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.tui.keys import SCOPES, SCREENS, Key, message
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.session import Session


class Place(Protocol):
    """A screen, as far as the list of actions has to know it."""

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs, None where it is there."""


Run = Callable[[str | None, Key], Callable[[], None]]
"""What does an action on the screen of a mode; None for the present one."""


def actions_here(
    session: Session, mode: str, scopes: Iterable[str], place: Place | None, run: Run,
    refusals: Mapping[str, Problem], *, moving: bool = False,
) -> Iterator[Entry]:  # fmt: skip
    """The actions of these scopes on the present screen; with `moving` those that move too."""
    for scope in scopes:
        group = session.t(f"keys.scope.{scope}")
        for key in SCOPES[scope]:
            if key.palette or moving:
                lack = _lack(key, place) or refusals.get(key.id)
                yield _entry(session, mode, key, lack, run(None, key), group=group)


def actions_elsewhere(
    session: Session, here: str, places: Mapping[str, Place], run: Run
) -> Iterator[Entry]:
    """The actions of all other screens; a screen that nobody has seen yet is not asked."""
    for mode, scopes in SCREENS.items():
        if mode == here:
            continue
        where = session.t(f"keys.app.{mode}")
        for key in (key for scope in scopes for key in SCOPES[scope] if key.palette):
            if key.does != "back":
                lack = _lack(key, places.get(mode))
                yield _entry(session, mode, key, lack, run(mode, key), where=where)


def _lack(key: Key, place: Place | None) -> Problem | None:
    return place.lacks(key.needs) if place is not None and key.needs else None


def _entry(
    session: Session, mode: str, key: Key, lack: Problem | None, run: Callable[[], None], *,
    where: str = "", group: str = "",
) -> Entry:  # fmt: skip
    # What was done lately on a screen is the same action from any other.
    id = key.id if key.id.startswith(("app.", "table.")) else f"{mode}:{key.id}"
    reason = session.words(lack) if lack is not None else None
    text, keys = session.t(message(key.id)), session.keys_of(key.id)
    return Entry(id, text, run, where, keys, _names(key), reason, group)


def _names(key: Key) -> tuple[str, ...]:
    """What an action is called in every language."""
    return tuple(Language(code)(message(key.id)) for code in LANGUAGES)
