"""Sheets for visits: made for what is chosen, and taken back when they are filled in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from rectify_tui.domain.text import clean
from rectify_tui.domain.visits import Need
from rectify_tui.intake.model import ProposedLine, Verdict
from rectify_tui.intake.reading.book import open_book
from rectify_tui.intake.returns.lines import told
from rectify_tui.intake.visits.check import CheckedVisits, check_visits
from rectify_tui.intake.visits.received import read_visits
from rectify_tui.intake.visits.sheet import DOCX, XLSX, sheet_for, visit_sheet
from rectify_tui.intake.visits.take import take_visits
from rectify_tui.intake.workspace.accepting import accepted_unasked, can_accept
from rectify_tui.paths import config_folder
from rectify_tui.reports.visits import FILE, read_needs
from rectify_tui.store.draft import Draft
from rectify_tui.tui.appearance import named_entry
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.dialogs.open_file import OpenDialog
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session
from rectify_tui.tui.typed_paths import files_of, read_paths

_TOLD = 12
"""Lines of what was found that a question shows."""


class VisitSheets:
    """Asks where the sheet of what is `chosen` goes, and which filled ones are to be taken in."""

    def __init__(self, session: Session, chosen: Callable[[], Choice | None]) -> None:
        self.session = session
        self._chosen = chosen

    def entries(self) -> Iterator[Entry]:
        """Both, for the command palette; there is no key for them."""
        yield named_entry(self.session, "sheets.make", self.make)
        if not self.session.served:
            yield named_entry(self.session, "sheets.take", self.take)

    def make(self) -> None:
        """Ask for a file, and write the sheet to it."""
        session, choice = self.session, self._chosen()
        if choice is None:
            return
        name = f"{session.t('visit.sheet.title')}-{session.today.isoformat()}{XLSX}"
        question = session.t("tui.sheets.ask", n=choice.n)

        def make(path: Path) -> bytes:
            made = sheet_for(session.ledger.reader(), choice.ids(), session.today)
            return visit_sheet(path, made, session.language)

        ask_to_save(session, question, name, [XLSX, DOCX], make)

    def take(self) -> None:
        """Ask for filled sheets, and hold them against the ledger."""
        session = self.session

        def attempt(text: str) -> None:
            find = partial(self._check, text)
            session.read(find, checked, "visit-sheets", refused=dialog.complain)

        def checked(found: tuple[list[CheckedVisits], Sequence[Need]]) -> None:
            dialog.close()
            self._ask(*found)

        dialog = OpenDialog(session, session.t("tui.sheets.which"), "", attempt)
        session.ask(dialog)

    def _check(self, text: str) -> tuple[list[CheckedVisits], Sequence[Need]]:
        """In a thread: what the sheets say, held against the ledger."""
        needs = read_needs(config_folder() / FILE)
        received = [read_visits(open_book(path)) for path in files_of(read_paths(text))]
        connection, today = self.session.ledger.reader(), self.session.today
        with connection.snapshot():
            return [check_visits(connection, each, today, needs) for each in received], needs

    def _ask(self, sheets: list[CheckedVisits], needs: Sequence[Need]) -> None:
        """Ask which lines are to be written: the clean ones, or the doubtful ones too."""
        t = self.session.t
        ways = [way for way in (accepted_unasked, can_accept) if _n(sheets, way)]
        if len(ways) > 1 and _n(sheets, ways[0]) == _n(sheets, ways[1]):
            ways.pop()

        def chosen(place: int | None) -> None:
            if place is not None and place < len(ways):
                change = partial(_write, sheets, ways[place], needs)
                self.session.change("visit", change)

        keys = {accepted_unasked: "clean", can_accept: "all"}
        options = [t(f"tui.sheets.{keys[way]}", n=_n(sheets, way)) for way in ways]
        options.append(t("tui.sheets.none"))
        about = [text for each in sheets for text in _told(each, self.session)]
        question = t("tui.sheets.write", n=sum(len(each.proposal.lines) for each in sheets))
        self.session.ask(
            ChoiceDialog(self.session, question, options, about="\n".join(about)), chosen
        )


def _told(sheet: CheckedVisits, session: Session) -> Iterator[str]:
    """What is to be said of a sheet and of its lines that are not clean."""
    lines = sheet.proposal.lines
    doubtful = [
        line for line in lines
        if line.verdict is not Verdict.UNCHANGED and not accepted_unasked(line)
    ]  # fmt: skip
    texts = told(sheet.proposal, doubtful, session.of_keys)
    yield from map(clean, islice(texts, _TOLD))


def _taken(sheet: CheckedVisits, way: Callable[[ProposedLine], bool]) -> list[ProposedLine]:
    return [line for line in sheet.proposal.lines if can_accept(line) and way(line)]


def _n(sheets: Sequence[CheckedVisits], way: Callable[[ProposedLine], bool]) -> int:
    return sum(len(_taken(sheet, way)) for sheet in sheets)


def _write(
    sheets: Sequence[CheckedVisits], way: Callable[[ProposedLine], bool], needs: Sequence[Need],
    draft: Draft,
) -> None:  # fmt: skip
    for sheet in sheets:
        take_visits(draft, sheet, _taken(sheet, way), needs)
