"""The close-out board: what is completed, in columns by step, moved on by keys."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.closeout import Procedure, Stage, Waits, waits_too_long
from rectify_tui.domain.text import clean, shorten
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.closeout import closure_of_row, office_waits, waits_for
from rectify_tui.reports.notice import FORMATS, notice_of, write_notice
from rectify_tui.store.closings import Lane, lanes
from rectify_tui.store.connection import Connection
from rectify_tui.store.items import ItemRow, item_rows
from rectify_tui.store.programmes import procedures, programmes
from rectify_tui.store.rollup_read import By, RollupQuery, read_rollup
from rectify_tui.tui.closing import ClosingOut
from rectify_tui.tui.editable import EDITABLE_ITEMS
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.look import short_ref
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.board import Board, Card, Column
from rectify_tui.tui.widgets.table.source import Tone

_NOTICE_ENDINGS = tuple(f".{format}" for format in FORMATS)


@dataclass(frozen=True)
class _Found:
    columns: tuple[Column, ...]
    rows: Mapping[int, ItemRow]
    told: Mapping[int, str]
    struck: int
    programme: str


class BoardScreen(LedgerView):
    """Items by stage of close-out, as of a day."""

    AUTO_FOCUS = "#board"
    BINDINGS: ClassVar[list[BindingType]] = bindings("board")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.board = Board(short_ref)
        self.programme_id: int | None = None
        self._facts = Static(id="card")
        self._found: _Found | None = None
        editor = Editor(session, EDITABLE_ITEMS, self._choice, self.board.clear_marks)
        self.closing = ClosingOut(session, self._choice, editor)

    def body(self) -> ComposeResult:
        """The columns, and what is to be said of the card under the cursor below."""
        yield self.board
        yield self._facts

    # Showing

    def renew(self) -> None:
        """Read the board anew."""
        session, programme_id = self.session, self.programme_id

        def find() -> _Found:
            connection = session.ledger.reader()
            with connection.snapshot():
                return _read(connection, session, programme_id)

        session.read(find, self._take, "board")
        self.retitle()

    def _take(self, found: _Found) -> None:
        self._found = found
        self.board.no_color = self.app.no_color
        self.board.show(found.columns, self.t("tui.sign.cut"))
        self.retitle()

    def retitle(self) -> None:
        """Tell which board this is."""
        parts = [self.t("keys.app.board")]
        if self._found and self._found.programme:
            parts.append(self._found.programme)
        self.show_top(self.t("tui.sign.dot").join(parts))
        self.show_state()

    def state(self) -> str:
        """How many are marked, how many are struck off."""
        if self._found is None:
            return ""
        told = [self.t("tui.board.struck", n=self._found.struck)]
        if marked := len(self.board.marked):
            told.insert(0, self.t("tui.board.marked", n=marked))
        return self.t("tui.sign.dot").join(told)

    def on_board_moved(self) -> None:
        """Show what there is to say of another card."""
        self._facts.update(Content(self._told()), layout=False)
        self.show_state()

    def _told(self) -> str:
        card, found = self.board.card, self._found
        if found is None or card is None:
            return self.t("tui.board.empty")
        row = found.rows[card.id]
        t, dot = self.t, self.t("tui.sign.dot")
        place = t.name(row.region, row.region_en)
        first = dot.join(filter(None, (row.ref, place, row.responsible, found.told[card.id])))
        cells = max(self.size.width - 2, 1)
        lines = (first, row.problem)
        return "\n".join(shorten(clean(line), cells, t("tui.sign.cut")) for line in lines)

    # Moving and marking

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor."""
        self.board.move(rows, columns)

    def action_go(self, row: int) -> None:
        """To the first card of a column, or to the last one."""
        self.board.go(row)

    def action_mark(self) -> None:
        """Mark the card under the cursor, or take its mark."""
        self.board.mark()

    def action_mark_all(self) -> None:
        """Mark the whole column."""
        self.board.mark_column()

    def _choice(self) -> Choice | None:
        ids = self.board.chosen()
        if not ids:
            return None
        return Choice(len(ids), ids[0] if len(ids) == 1 else None, lambda: list(ids))

    # Doing

    def action_forward(self) -> None:
        """Bring what is chosen on by a step."""
        self.closing.begin()

    def action_send_back(self) -> None:
        """Send what is chosen back."""
        self.closing.begin(back=True)

    def action_write_notice(self) -> None:
        """Ask for a file, and write the notice of what is chosen and made public."""
        session, ids = self.session, self.board.chosen()
        t = session.t

        def make(path: Path) -> bytes:
            notice = notice_of(session.ledger.reader(), ids)
            return write_notice(notice, path.suffix.lower().lstrip("."), t)

        title = t("closeout.notice.title")
        name = f"{title}-{session.today}.docx"
        ask_to_save(session, t("tui.board.notice", n=len(ids)), name, _NOTICE_ENDINGS, make)

    def action_open(self) -> None:
        """The item of the card, in the list of items."""
        card = self.board.card
        if card is not None and self._found is not None:
            ref = self._found.rows[card.id].ref
            self.session.open_list("items", f"ref:{ref}", card.id)

    def on_board_chosen(self) -> None:
        """A second click on a card opens it."""
        self.action_open()

    def action_turn_programme(self) -> None:
        """All programmes, or one after another."""

        def find() -> list[int]:
            return [one.id for one in programmes(self.session.ledger.reader())]

        def turn(ids: list[int]) -> None:
            choices: list[int | None] = [None, *ids]
            at = choices.index(self.programme_id) if self.programme_id in choices else 0
            self.programme_id = choices[(at + 1) % len(choices)]
            self.renew()

        self.session.read(find, turn, "board-programmes")

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs, None where it is there."""
        if need == "row" and self.board.card is None:
            return Problem("tui.nothing_chosen")
        return None


def _read(connection: Connection, session: Session, programme_id: int | None) -> _Found:
    """In a thread: the lanes of a day, each with its cards."""
    day, t = session.day, session.t
    found = lanes(connection, day, programme_id=programme_id)
    ids = [id for lane in found for id in lane.ids]
    as_of = session.as_of
    rows = {row.id: row for row in item_rows(connection, ids, as_of=as_of)}
    known = programmes(connection)
    by_code = {one.code: one.id for one in known}
    rules, waits = procedures(connection), office_waits()
    told = {
        id: waits_for(closure_of_row(row), rules[by_code[row.programme]], day, t)
        for id, row in rows.items()
    }
    # not by the cards at hand: of several programmes the first cards may all be of one
    single = programme_id is not None or len(known) == 1
    one_place = len({row.region for row in rows.values()}) <= 1
    columns = tuple(
        Column(
            lane.stage, t(f"tui.board.lane.{lane.stage}"), lane.count,
            tuple(
                _card(
                    rows[id], rules[by_code[rows[id].programme]], day, t, waits=waits,
                    single=single, placed=not one_place,
                )
                for id in lane.ids if id in rows
            ),
        )
        for lane in _shown(found)
    )  # fmt: skip
    whole = read_rollup(connection, RollupQuery(day, By.PROGRAMME, programme_id)).sum
    code = next((one.code for one in known if one.id == programme_id), "")
    return _Found(columns, rows, told, whole.struck_off, code)


def _shown(found: tuple[Lane, ...]) -> list[Lane]:
    """Objections stand before the notices that they stopped, where there are any at all."""
    return [lane for lane in found if lane.count or lane.stage is not Stage.OBJECTED]


def _card(
    row: ItemRow, procedure: Procedure, day: date, t: Language, *, waits: Waits, single: bool,
    placed: bool,
) -> Card:  # fmt: skip
    closure = closure_of_row(row)
    number = row.ref.partition("/")[2] if single else row.ref
    place = t.name(row.region, row.region_en) if placed else ""
    too_long = waits_too_long(closure, day, waits) is not None
    tone: Tone = "bad" if too_long or closure.stage is Stage.OBJECTED else ""
    return Card(row.id, number, place, _waits(row, procedure, day, t), tone)


def _waits(row: ItemRow, procedure: Procedure, day: date, t: Language) -> str:
    """Days in a few cells: left of a notice, or waited; whose turn it is at several levels."""
    closure = closure_of_row(row)
    left = closure.days_left(day)
    if left is not None:
        return t("tui.board.left", n=left) if left >= 0 else t("tui.board.ran", n=-left)
    since = closure.since if closure.stage is not Stage.NOT_APPLIED else None
    days = (day - (since or date.fromisoformat(row.since))).days
    waited = t("tui.board.waited", n=days)
    if closure.stage is Stage.APPLIED and len(procedure.levels) > 1:
        level = procedure.next_level(closure.level) or procedure.levels[-1]
        return t(f"tui.board.level.{level}") + waited
    return waited
