"""Tables of reports: a list of all of them, and whichever is opened."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import BindingType

from rectify_tui.domain.text import clean, shorten
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.programmes import programmes
from rectify_tui.tui.dialogs.ask import AskDialog
from rectify_tui.tui.dialogs.ask import Asked as Line
from rectify_tui.tui.dialogs.draft import DraftDialog
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.session import Session
from rectify_tui.tui.tables.all import BY_NAME, PAGES
from rectify_tui.tui.tables.draft import LIMIT
from rectify_tui.tui.tables.drawing import Drawn, draw
from rectify_tui.tui.tables.model import MARGINS, Asked, TablePage
from rectify_tui.tui.tables.names import title_key
from rectify_tui.tui.tables.pane import TablePane
from rectify_tui.tui.taking import ask_to_export
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen
from rectify_tui.tui.widgets.table.source import Column, Row
from rectify_tui.tui.widgets.table.table import WindowTable

_NARROW = 20
"""Cells that a picture has at least."""

_NOTES = 3
"""Lines of what a table says of itself."""


class TablesScreen(LedgerView):
    """The list of tables, or one of them."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "tables")

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.page: TablePage | None = None
        self.programme: str | None = None
        self.pane = TablePane(session)
        self._kinds: dict[str, str] = {}
        self._given: dict[str, str] = {}
        self._refused: Problem | None = None
        self._reading = False

    def body(self) -> ComposeResult:
        """What is shown."""
        yield self.pane

    def main_table(self) -> WindowTable:
        """The table that the keys for moving are about."""
        return self.pane.table

    # Showing

    def renew(self) -> None:
        """Read what is shown anew; the cursor stays on its row."""
        self._show(self.pane.table.cursor_key)

    def _show(self, keep: int | None) -> None:
        page = self.page
        self.retitle()
        self.refresh_bindings()
        if page is None:
            self._show_list(keep)
            return
        cells = max(_NARROW, self.size.width - MARGINS)
        asked = Asked(self.session, self.programme, self.kind, self.given, cells)
        self._reading = True

        def find() -> Drawn:
            return draw(page, page.read(asked))

        def found(drawn: Drawn) -> None:
            self._reading, self._refused = False, None
            shown = drawn.shown
            at = shown.begin if keep is None else keep
            self.pane.show(drawn, shown.empty or self._empty(page), at)
            self.show_state()
            self.refresh_bindings()

        def refused(problem: Problem) -> None:
            self._reading, self._refused = False, problem
            self.pane.show_list((), (), None)
            self.pane.table.empty_text = self.session.words(problem)
            self.show_state()

        self.session.read(find, found, "table", refused=refused)

    def _show_list(self, keep: int | None) -> None:
        t = self.t
        columns = (
            Column("title", t("tables.name"), 16 if t.code == "zh" else 22),
            Column("about", t("tables.about"), 20, stretch=1),
        )
        rows = [
            Row(place, {"title": t(title_key(each.name)), "about": t(f"tables.{each.name}.about")})
            for place, each in enumerate(PAGES)
        ]
        self.pane.show_list(columns, rows, keep)

    def _empty(self, page: TablePage) -> str:
        """What a table without rows is for, and how it fills."""
        t, key = self.t, self.session.first_key
        about, fills = t(f"tables.{page.name}.about"), t(
            f"tables.{page.name}.fills", ask=key("tables.ask"), queue=key("app.queue"),
            intake=key("app.intake"), escalate=key("queue.escalate"), extend=key("items.extend"),
            visit=key("items.visit"), answer=key("tables.answer"),
            palette=key("app.palette"),
            items=key("app.items"),
        )  # fmt: skip
        return f"{about}\n{fills}"

    @property
    def kind(self) -> str:
        """The form of the table that is shown."""
        assert self.page is not None
        return self._kinds.get(self.page.name, self.page.kinds[0])

    @property
    def given(self) -> str:
        """What the user gave to this table."""
        return "" if self.page is None else self._given.get(self.page.name, "")

    def retitle(self) -> None:
        """Tell where one is."""
        t = self.t
        place = [t("keys.app.tables")]
        if self.page is not None:
            place.append(t(title_key(self.page.name)))
            if len(self.page.kinds) > 1:
                place.append(t(f"tables.kind.{self.kind}"))
        self.show_top(t("tui.sign.step").join(place))
        self.show_state()

    def title_of_list(self) -> str:
        """What is exported: the table and its form, of which programme, as known on which day."""
        page, shown, t = self.page, self.pane.shown, self.t
        if page is None or shown is None:
            return super().title_of_list()
        if page.asks == "day":
            return shown.table.title
        parts = [t(title_key(page.name))]
        parts += [t(f"tables.kind.{self.kind}")] if len(page.kinds) > 1 else []
        return t("tui.sign.dot").join([*parts, *filter(None, [self.programme])])

    def filter_text(self) -> str:
        """The words that are looked for."""
        return self.pane.filter_line.value

    def state(self) -> str:
        """Of which programme, and what the table says of itself."""
        t, shown = self.t, self.pane.shown
        if self.page is None:
            at = self.pane.table.cursor_key if shown is None else None
            about = "" if at is None else t(f"tables.{PAGES[at].name}.about")
            return wrapped(about, self.size.width - 2)
        if self._reading:
            return t("tui.reading")
        programme = self.programme or t("weekly.all_programmes")
        parts = [t("queue_screen.of_programme", programme=programme)]
        if shown is not None:
            # Without rows the page itself says how it fills.
            notes = shown.table.notes if self.pane.table.total else ()
            parts += [clean(note) for note in (shown.table.title, *notes) if note]
        text = t("tui.sign.dot").join(parts)
        room = max(0, self.size.width - 2)
        lines = wrapped(text, room).split("\n")
        cut = [shorten(" ".join(lines[_NOTES - 1 :]), room, t("tui.sign.cut"))]
        return "\n".join(lines if len(lines) <= _NOTES else lines[: _NOTES - 1] + cut)

    @property
    def ready(self) -> bool:
        """Whether what is shown has been read."""
        return not self._reading and super().ready

    def fit(self) -> None:
        """Draw anew what stands above the table for the room that there is now."""
        if self.pane.shown is not None and self.pane.shown.above:
            self.renew()

    # Going about

    def open(self, filter_text: str, key: int | None) -> None:
        """Open the table of a name."""
        self._turn_to(BY_NAME.get(filter_text))

    def _turn_to(self, page: TablePage | None, keep: int | None = None) -> None:
        self.page = page
        self.pane.clear()
        self.pane.table.focus()
        self._show(keep)

    def remember(self) -> Mapping[str, object]:
        """Which table was open."""
        return {"table": self.page.name} if self.page else {}

    def recall(self, kept: Mapping[str, object]) -> None:
        """Begin with the table that was open."""
        match kept.get("table"):
            case str(name):
                self.page = BY_NAME.get(name)

    def on_window_table_chosen(self, event: Chosen) -> None:
        """Open a table, or what a row of it is about."""
        if self.page is None:
            self._turn_to(PAGES[event.key])
            return
        goes = self.pane.shown.goes if self.pane.shown is not None else ()
        target = goes[event.key] if event.key < len(goes) else None
        if target is None:
            self.pane.action_turn_detail()
        else:
            self.session.open_list(target.mode, target.filter, target.key)

    def action_choose(self) -> None:
        """Open the row under the cursor."""
        self.pane.table.action_choose()

    def action_leave(self) -> None:
        """Out of a search, out of the row that is shown whole, to the list, to the overview."""
        pane = self.pane
        if pane.has_class("finding"):
            pane.clear()
            self._show(pane.table.cursor_key)
            pane.table.focus()
        elif pane.has_class("detail"):
            pane.action_turn_detail()
        elif self.page is not None:
            self._turn_to(None, PAGES.index(self.page))
        else:
            self.action_back()

    # What is asked

    def action_turn_kind(self) -> None:
        """The next form of the table."""
        page = self.page
        if page is not None:
            following = (page.kinds.index(self.kind) + 1) % len(page.kinds)
            self._kinds[page.name] = page.kinds[following]
            self._show(None)

    def action_turn_programme(self) -> None:
        """All programmes, or one after another."""

        def find() -> list[str]:
            return [each.code for each in programmes(self.session.ledger.reader())]

        def turn(codes: list[str]) -> None:
            choices = [None, *codes]
            at = choices.index(self.programme) if self.programme in choices else 0
            self.programme = choices[(at + 1) % len(choices)]
            self._show(None)

        self.session.read(find, turn, "programmes")

    def action_ask(self) -> None:
        """Ask for what the table is made of."""
        page, session, t = self.page, self.session, self.t
        if page is None or not page.asks:
            return
        question = t(f"tables.{page.name}.ask")

        def take(text: str) -> None:
            dialog.close()
            self.take(text)

        def take_day(told: Mapping[str, str]) -> None:
            take(told["day"])

        dialog: DraftDialog | AskDialog
        if page.asks == "text":
            hint = t("tables.draft.hint")
            dialog = DraftDialog(session, question, self.given, LIMIT, take, hint=hint)
        else:
            known = self.given or session.day.isoformat()
            day = Line("day", t("tables.known_on.day"), known, "past")
            dialog = AskDialog(session, question, [day], take_day)
        session.ask(dialog)

    def take(self, text: str) -> None:
        """Read the table anew for what was given."""
        if self.page is not None:
            self._given[self.page.name] = text
            self._show(None)

    def on_paste(self, event: events.Paste) -> None:
        """A text that is pasted over the page is meant for it."""
        if self.page is not None and self.page.asks == "text":
            event.stop()
            if len(event.text) > LIMIT:
                self.session.tell(Problem("reconcile.too_long", limit=LIMIT))
            else:
                self.take(clean(event.text, multiline=True, limit=LIMIT).strip())

    def action_answer(self) -> None:
        """Do what can be done about the row under the cursor, or add to the table."""
        page, shown, key = self.page, self.pane.shown, self.pane.table.cursor_key
        if page is not None and self.kind in page.acts:
            ids = shown.ids if shown is not None else ()
            id = ids[key] if ids and key is not None else None
            page.acts[self.kind](self.session, self.programme, id)

    def action_export(self) -> None:
        """Ask for a file, and write to it what the table shows, or the page's own drawing."""
        shown = self.pane.shown
        files = shown.files if shown is not None else {}
        title, words = self.title_of_list(), self.filter_text()
        ask_to_export(self.session, self._table(), title, words, files)

    # What can be done

    def lacks(self, need: str) -> Problem | None:
        """What is missing that a key needs."""
        page = self.page
        has = {
            "kinds": page is not None and len(page.kinds) > 1,
            "asks": page is not None and bool(page.asks),
            "answers": page is not None and self.kind in page.acts,
        }
        if need in has:
            return None if has[need] else Refusal("tables.not_here")
        return super().lacks(need)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Keys that this table has no use for are not offered."""
        needs = {"turn_kind": "kinds", "ask": "asks", "answer": "answers"}
        if action == "turn_programme":
            return self.page is not None
        need = needs.get(action)
        return (need is None or self.lacks(need) is None) and bool(
            super().check_action(action, parameters)
        )
