"""Everything that can be done, by name: the palette, which goes anywhere, and the help."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from typing import Protocol

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.tui.dialogs.finder import Finder, LookUp
from rectify_tui.tui.keys import ALL_KEYS, SCOPES, keys_text
from rectify_tui.tui.palette.actions import Run, actions_elsewhere, actions_here
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.palette.places import (
    RECORD,
    Places,
    is_number,
    read_numbered,
    read_places,
)
from rectify_tui.tui.saved_views import SavedView
from rectify_tui.tui.session import Session
from rectify_tui.tui.tables.names import table_entries
from rectify_tui.tui.view import LedgerView

EVERYWHERE = ("table", "app")
"""Scopes that stand after those of the screen's own."""


class CommandHost(Protocol):
    """What commands ask of the app."""

    @property
    def views(self) -> Mapping[str, LedgerView]:
        """The screens that have been seen, by their modes."""

    @property
    def current_mode(self) -> str:
        """The mode of the present screen."""

    @property
    def saved_views(self) -> Sequence[SavedView]:
        """The views that were kept under a name."""

    def action_open_view(self, place: int) -> None:
        """Go to the list of a view, and show it."""

    def further_entries(self) -> Iterator[Entry]:
        """What there is on every screen beside the keys."""

    def view(self) -> LedgerView | None:
        """The screen of the ledger that lies below any dialogs."""

    @property
    def run_key(self) -> Run:
        """What does an action, on another screen once that is there."""


class Commands:
    """Collects what can be done at the moment, and shows it to choose from."""

    def __init__(self, session: Session, host: CommandHost) -> None:
        self._session = session
        self._host = host
        self._places: Places | None = None
        self._seen: dict[str, Entry] = {}

    def open_palette(self) -> None:
        """Everything on every screen, and all that the ledger has."""
        session, t = self._session, self._session.t
        finder = Finder(
            session, t("tui.palette.title"), self.entries(), hint=t("tui.palette.hint"),
            look_up=self._look_up(),
        )  # fmt: skip
        session.ask(finder, self._run)
        self._with_places(finder, self.entries)

    def open_help(self) -> None:
        """The keys that hold here, this screen's first."""
        session, t = self._session, self._session.t
        notes = [t(f"tui.dialog.{name}") for name in ("mouse", "filter_help", "signs_help")]
        notes.append(t("tui.dialog.keymap_help"))
        finder = Finder(
            session, t("tui.dialog.help"), self._here(moving=True), hint=t("tui.dialog.help_hint"),
            titles=True, notes=notes,
        )  # fmt: skip
        session.ask(finder, self._run)
        self._with_places(finder, partial(self._here, moving=True))

    def _with_places(self, finder: Finder, entries: Callable[[], list[Entry]]) -> None:
        """Ask the ledger in a thread, and show what it has to say too."""

        def read() -> Places:
            return read_places(self._session, self._places)

        def taken(places: Places) -> None:
            self._places = places
            finder.take(entries(), places.speller)

        self._session.read(read, taken, "palette")

    def entries(self) -> list[Entry]:
        """All that there is, what is done here first."""
        session, host = self._session, self._host
        view, places = host.view(), self._places
        return [
            *self._here(moving=False),
            *(view.further_entries() if view is not None else ()),
            *self._views(),
            *host.further_entries(),
            *table_entries(session),
            *actions_elsewhere(session, host.current_mode, host.views, host.run_key),
            *(places.entries if places is not None else ()),
            *self._seen.values(),
        ]

    def _views(self) -> Iterator[Entry]:
        """The views that were kept under a name."""
        t, host = self._session.t, self._host
        for place, view in enumerate(host.saved_views):
            run = partial(host.action_open_view, place)
            text, keys = clean(view.name), keys_text(view.key)
            yield Entry(f"view:{view.name}", text, run, t("tui.views.view"), keys)

    def _here(self, *, moving: bool) -> list[Entry]:
        host, view = self._host, self._host.view()
        if view is None:
            return []
        active = view.active_bindings.values()
        ids = {each.binding.id or "" for each in active if each.enabled}
        held = {id.partition(".")[0] for id in ids if id in ALL_KEYS}
        scopes = [scope for scope in SCOPES if scope in held and scope not in EVERYWHERE]
        scopes += [scope for scope in EVERYWHERE if scope in held]
        refusals: Mapping[str, Problem] = self._places.refusals if self._places else {}
        entries = actions_here(
            self._session, host.current_mode, scopes, view, host.run_key, refusals, moving=moving
        )
        # A widget may have a moving key itself, to the same end; others may be out of place here.
        return [
            entry for entry in entries
            if (id := entry.id.rpartition(":")[2]) in ids or not ALL_KEYS[id].palette
        ]  # fmt: skip

    def _look_up(self) -> LookUp:
        session = self._session

        def look_up(text: str, found: Callable[[Sequence[Entry]], None]) -> None:
            if is_number(text):
                session.read(partial(read_numbered, session, text), found, "numbered")

        return look_up

    def _run(self, entry: Entry | None) -> None:
        """Do what was chosen. A record stays among the entries: only its number would find it."""
        if entry is None:
            return
        self._session.remember(entry.id)
        if entry.id.startswith(RECORD):
            self._seen[entry.id] = entry._replace(quiet=True)
        entry.run()
