"""A table on the screen: what is asked for it, and what comes of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, Protocol

from rich.text import Text

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Table
from rectify_tui.store.connection import Connection
from rectify_tui.store.references import programme_id
from rectify_tui.store.rollup_read import By, RollupQuery
from rectify_tui.tui.session import Session

MARGINS = 4
"""Cells of a screen that a picture leaves free."""


@dataclass(frozen=True)
class Asked:
    """What a table is read for: a programme or all, one of its kinds, and what the user gave.

    `given` is what the page `asks` for, empty where nothing was given yet; `cells` is how wide a
    picture may be. It is read in a thread.
    """

    session: Session
    programme: str | None
    kind: str
    given: str
    cells: int

    @property
    def t(self) -> Language:
        """The language, which speaks of keys."""
        return self.session.of_keys

    @property
    def day(self) -> date:
        """The day whose figures are shown."""
        return self.session.day

    @property
    def connection(self) -> Connection:
        """This thread's connection."""
        return self.session.ledger.reader()

    @property
    def programme_id(self) -> int | None:
        """The programme by its id."""
        return programme_id(self.connection, self.programme) if self.programme else None

    def query(self, by: By, known_on: date | None = None) -> RollupQuery:
        """The question for figures."""
        return RollupQuery(self.day, by, self.programme_id, None, known_on)


@dataclass(frozen=True)
class Goes:
    """Where a row leads: a screen with a filter, and a record to put the cursor on."""

    mode: str
    filter: str = ""
    key: int | None = None


class Act(Protocol):
    """Something that can be done about the programme that is shown, or about a row."""

    def __call__(self, session: Session, programme: str | None, id: int | None, /) -> None:
        """Ask for what is needed, and do it; `id` is what the row under the cursor stands for."""


def about_row(act: Callable[[Session, int], None]) -> Act:
    """What can only be done about a row, which has to be there."""

    def done(session: Session, programme: str | None, id: int | None) -> None:
        if id is None:
            session.tell(Problem("tui.nothing_chosen"))
        else:
            act(session, id)

    return done


@dataclass(frozen=True)
class Shown:
    """A table that was read, with what stands above it and what can be done with its rows.

    `goes` and `ids` are as many as the rows, or none. `empty` is said where there are no rows, in
    place of what the page says of itself. The cursor begins on the row `begin`. `files` are what
    the page can be exported as beside the formats of tables, by their endings.
    """

    table: Table
    above: tuple[Text, ...] = ()
    goes: tuple[Goes | None, ...] = ()
    ids: tuple[int, ...] = ()
    empty: str = ""
    begin: int = 0
    files: Mapping[str, Callable[[], bytes]] = field(default_factory=dict)


@dataclass(frozen=True)
class TablePage:
    """One of the tables. Its texts are in `tables.toml` under its name.

    `kinds` are forms of it, turned one after another. It may ask for a day or a text before there
    is anything to see. The columns `keep` stay however narrow the screen is. `acts` has what can be
    done in each kind.
    """

    name: str
    read: Callable[[Asked], Shown]
    kinds: tuple[str, ...] = ("",)
    asks: Literal["", "day", "text"] = ""
    keep: tuple[str, ...] = ()
    by_programme: bool = True
    acts: Mapping[str, Act] = field(default_factory=dict)
