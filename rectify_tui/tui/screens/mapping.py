"""What the columns of a file are: seen, changed by keys, with what that makes of the first rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.fields import FieldKind
from rectify_tui.domain.pinyin import Speller
from rectify_tui.domain.text import clean, shorten
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.importing.propose import propose
from rectify_tui.intake.importing.request import ImportRequest
from rectify_tui.intake.importing.survey import Survey, SurveyedColumn, survey, unread_words
from rectify_tui.intake.mapping import ColumnRule
from rectify_tui.intake.model import IntakeKind, ProposedLine
from rectify_tui.intake.progress import Silent
from rectify_tui.intake.reading.book import Book, open_book
from rectify_tui.intake.record_fields import field_of, field_title
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.unknown_words import UnknownWord, meanings_of
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.dialogs.date import DateDialog
from rectify_tui.tui.dialogs.finder import Finder
from rectify_tui.tui.intake.meaning import ask_what_it_means
from rectify_tui.tui.intake.programme import ask_programme
from rectify_tui.tui.keys import bindings
from rectify_tui.tui.page import PagePane, PageText
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.mapping import (
    loud_lines,
    mapping_columns,
    mapping_rows,
    place_line,
    sample_lines,
)
from rectify_tui.tui.sources.row_list import RowList
from rectify_tui.tui.view import LedgerView
from rectify_tui.tui.widgets.table.messages import Chosen, Moved
from rectify_tui.tui.widgets.table.table import WindowTable

_KINDS = (IntakeKind.ITEMS, IntakeKind.CASES, IntakeKind.FIGURES, IntakeKind.COVERAGE)
"""What a table may be read as here; regions come once, on the command line."""

NO_TABLE = frozenset(
    {
        "table_finding.empty", "table_finding.no_headings", "table_finding.unknown_headings",
        "reading.no_content",
    }
)  # fmt: skip
"""What is said of a sheet in which no table can be found, and of sheets without any content."""

_WORDS = 60
"""Texts of a column that are shown to choose from."""


class MappingScreen(LedgerView):
    """The columns of one file; `changed` has the file read anew with what was decided."""

    AUTO_FOCUS = "#main"
    BINDINGS: ClassVar[list[BindingType]] = bindings("table", "mapping")

    def __init__(self, session: Session, file: OpenedFile, changed: Callable[[], None]) -> None:
        super().__init__(session)
        self.file = file
        self.survey: Survey | None = None
        self.table = WindowTable(id="main", markable=False)
        self.loud = Static(id="loud")
        self.page = PagePane()
        self._lines: Sequence[ProposedLine] = ()
        self._changed = changed

    def body(self) -> ComposeResult:
        """What is loud, the columns, and what they make of the first rows."""
        yield self.loud
        yield self.table
        yield self.page

    # Showing

    def renew(self) -> None:
        """Look at the file anew, with what has been decided by now."""
        find = partial(self._look, self.file.request, self.file.book, self.session.today)
        self.session.read(find, self._take, "mapping", refused=self._refused)
        self.retitle()

    def _look(
        self, request: ImportRequest, book: Book | None, today: date
    ) -> tuple[Survey, Sequence[ProposedLine]]:
        """In a thread: the columns, and the lines as they are read."""
        connection = self.session.ledger.reader()
        found = survey(connection, book or open_book(self.file.path), request, today)
        lines: Sequence[ProposedLine] = ()
        if found.prepared is not None:
            lines = propose(connection, found.prepared, today, Silent()).lines
        return found, lines

    def _refused(self, problem: Problem) -> None:
        """Offer the other sheets of a file where one has no table; leave where nothing helps."""
        if self.survey is None and problem.key in NO_TABLE:
            find = partial(_sheets, self.file.path, self.file.book)
            self.session.read(find, partial(self._offer, problem), "mapping", refused=self._left)
        else:
            self._left(problem)

    def _left(self, problem: Problem) -> None:
        self.session.tell(problem)
        self.app.pop_screen()

    def _offer(self, problem: Problem, names: Sequence[str]) -> None:
        """Ask which sheet is read instead of one without a table; one that has none stays asked."""
        t, others = self.t, [name for name in names if name != problem.params.get("sheet")]
        if not others:
            self._left(problem)
            return

        def attempt(place: int) -> None:
            wanted = replace(self.file.request, sheet=others[place], columns=(), values=())
            find = partial(self._look, wanted, self.file.book, self.session.today)
            take = partial(took, others[place])
            self.session.read(find, take, "mapping", refused=dialog.complain)

        def took(sheet: str, found: tuple[Survey, Sequence[ProposedLine]]) -> None:
            self.file.read_as(sheet, self.file.request.kind)
            self._take(found)
            dialog.dismiss(0)
            self._changed()

        def done(place: int | None) -> None:
            if place is None:
                self.app.pop_screen()

        options = [t("intake_screen.columns.sheet", name=clean(name[:60])) for name in others]
        question = t("intake_screen.columns.ask_sheet")
        dialog = ChoiceDialog(
            self.session, question, options, attempt, about=self.session.words(problem)
        )
        self.session.ask(dialog, done)

    def _take(self, found: tuple[Survey, Sequence[ProposedLine]]) -> None:
        self.survey, self._lines = found
        t, table = self.t, self.table
        table.ascii = self.session.ascii
        table.columns = mapping_columns(t)
        rows = mapping_rows(t, self.survey, self._lines)
        table.show(RowList(lambda: rows))
        loud = loud_lines(
            self.session.of_keys, self.survey, self.session.first_key("mapping.programme")
        )
        self.loud.update(Content(wrapped("\n".join(loud), self.size.width - 2)))
        self.loud.set_class(bool(loud), "there")
        self.retitle()
        self.show_page()

    def retitle(self) -> None:
        """Tell which file this is, as what it is read, and from when it holds."""
        t, parts = self.t, [self.t("keys.app.intake")]
        parts.append(t("intake_screen.columns.title"))
        self.show_top(t("tui.sign.step").join([*parts, clean(self.file.name[:200])]))
        self.show_state()

    def state(self) -> str:
        """From which day it holds, of how many rows and columns how many are read."""
        t, found = self.t, self.survey
        if found is None:
            return t("tui.reading")
        on = self.file.request.on or self.session.today
        named = sum(bool(each.field) for each in found.columns)
        text = t(
            "intake_screen.columns.state", kind=t(f"intake.kind.{found.kind}"), n=found.n_rows,
            named=named, columns=len(found.columns), on=on,
        )  # fmt: skip
        return shorten(text, max(0, self.size.width - 2), t("tui.sign.cut"))

    def column(self) -> SurveyedColumn | None:
        """The column under the cursor."""
        key = self.table.cursor_key
        if self.survey is None or key is None or key >= len(self.survey.columns):
            return None
        return self.survey.columns[key]

    def on_window_table_moved(self, _: Moved) -> None:
        """Show what the column under the cursor says."""
        self.show_page()

    def show_page(self) -> None:
        """Show what the column holds, and the first rows as they are read."""
        column, found = self.column(), self.survey
        if found is None or column is None:
            return
        self.page.show(self._text(found, column), column.index)

    def _text(self, found: Survey, column: SurveyedColumn) -> Text:
        t = self.t
        page = PageText(t, self.size.width - 4, ascii=self.session.ascii, tight=True)
        title = field_title(t, found.kind, column.field) if column.field else ""
        name = t("intake_screen.columns.about", letter=column.letter, heading=column.heading)
        page.say(t("tui.sign.dot").join(filter(None, (name, title))), "bold")
        unread = unread_words(self._lines, column) if column.field else None
        if unread:
            words = t("report.comma").join(
                t("intake_screen.columns.word", word=clean(word[:40]), n=n)
                for word, n in unread.most_common(6)
            )
            key = self.session.first_key("mapping.words")
            page.say(t("intake_screen.columns.unread", n=unread.total(), words=words, key=key))
        if place := place_line(t, found):
            page.say(place)
        page.say(t("intake_screen.columns.first"), "bold")
        for line in sample_lines(self.session.of_keys, found):
            page.say(line)
        return page.text

    # Deciding

    def _again(self) -> None:
        self._changed()
        self.renew()

    def on_window_table_chosen(self, _: Chosen) -> None:
        """Enter asks what the column is."""
        self.action_choose()

    def action_choose(self) -> None:
        """Ask which field the column under the cursor is."""
        column, found, t = self.column(), self.survey, self.t
        if column is None or found is None:
            return
        entries = [Entry("field:", t("intake_screen.columns.leave_out"), lambda: None)]
        for name in found.choices():
            other = found.column_of(name)
            where = "" if other is None else t("intake_screen.columns.now", letter=other.letter)
            title = field_title(t, found.kind, name)
            entries.append(Entry(f"field:{name}", title, lambda: None, where, also=(name,)))

        def chosen(entry: Entry | None) -> None:
            if entry is not None:
                rule = ColumnRule(column.letter, entry.id.partition(":")[2])
                self.file.map_column(rule, found.kind)
                self._again()

        question = t(
            "intake_screen.columns.ask", letter=column.letter, heading=clean(column.heading[:60])
        )
        hint = t("intake_screen.columns.hint")
        finder = Finder(self.session, question, entries, hint=hint)
        self.session.ask(finder, chosen)
        self.session.read(Speller, partial(finder.take, entries), "spelling")

    def action_say_words(self) -> None:
        """Ask which of the words of the column means something else, and what."""
        column, found = self.column(), self.survey
        field = field_of(found.kind, column.field) if column and found else None
        if column is None or found is None or field is None:
            self.session.tell(Refusal("intake_screen.columns.no_field"))
            return
        unread = unread_words(self._lines, column)
        words = [*unread, *(word for word, _ in column.words.most_common() if word not in unread)]
        if field.kind in (FieldKind.TEXT, FieldKind.LONG_TEXT) or not words:
            self.session.tell(Refusal("intake_screen.columns.no_words"))
            return
        words = words[:_WORDS]
        options = [self._word(word, column.words[word], word in unread) for word in words]

        def chosen(place: int | None) -> None:
            if place is not None:
                word = UnknownWord(field, words[place], meanings_of(field))
                ask_what_it_means(self.session, self.file, word, self._again)

        question = self.t("intake_screen.columns.which_word", heading=clean(column.heading[:60]))
        self.session.ask(ChoiceDialog(self.session, question, options), chosen)

    def _word(self, word: str, n: int, unread: bool) -> str:
        key = "unread_word" if unread else "word"
        return self.t(f"intake_screen.columns.{key}", word=clean(word[:40]), n=n)

    def action_choose_day(self) -> None:
        """Ask from which day what the file says holds."""

        def chosen(day: date | None) -> None:
            if day is not None:
                self.file.hold_from(None if day >= self.session.today else day)
                self._again()

        on = self.file.request.on or self.session.today
        question = self.t("intake_screen.columns.ask_day")
        self.session.ask(DateDialog(self.session, on, question), chosen)

    def action_choose_table(self) -> None:
        """Ask which sheet is read, and as what; where that has no table all stays as it is."""
        found, t = self.survey, self.t
        if found is None:
            return
        others: list[tuple[str, IntakeKind | None]] = [
            (name, None) for name in found.sheets if name != found.sheet
        ]
        tables = others + [(found.sheet, kind) for kind in _KINDS if kind is not found.kind]
        options = [
            t("intake_screen.columns.kind", kind=t(f"intake.kind.{kind}")) if kind
            else t("intake_screen.columns.sheet", name=clean(name[:60]))
            for name, kind in tables
        ]  # fmt: skip

        def chosen(place: int | None) -> None:
            if place is not None:
                self._read_as(*tables[place])

        question = t("intake_screen.columns.ask_table")
        self.session.ask(ChoiceDialog(self.session, question, options), chosen)

    def _read_as(self, sheet: str | None, kind: IntakeKind | None) -> None:
        wanted = replace(self.file.request, sheet=sheet, kind=kind, columns=(), values=())
        find = partial(self._look, wanted, self.file.book, self.session.today)

        def take(found: tuple[Survey, Sequence[ProposedLine]]) -> None:
            self.file.read_as(sheet, kind)
            self._changed()
            self._take(found)

        self.session.read(find, take, "mapping")

    def action_choose_programme(self) -> None:
        """Ask which programme the rows belong to."""
        ask_programme(self.session, self.file, self._again)

    def action_leave(self) -> None:
        """Back to the lines of the file."""
        self.app.pop_screen()


def _sheets(path: Path, book: Book | None) -> Sequence[str]:
    """In a thread: the sheets of a file, those that people see first."""
    sheets = (book or open_book(path)).sheets
    return [sheet.name for sheet in sorted(sheets, key=lambda sheet: not sheet.visible)]
