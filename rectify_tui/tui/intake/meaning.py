"""Asking what a word in a cell means that nobody knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.intake.model import ProposedLine
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.unknown_words import UnknownWord, unknown_word
from rectify_tui.reports import fields
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session

_SHOWN = 40


def ask_meaning(
    session: Session, file: OpenedFile, line: ProposedLine, column: str, then: Callable[[], None]
) -> None:
    """Ask what a word of a line means, here and in the whole column; `then` reads on."""
    word = unknown_word(file, line, column)
    if word is None:
        session.tell(Refusal("intake_screen.no_word"))
    else:
        ask_what_it_means(session, file, word, then)


def ask_what_it_means(
    session: Session, file: OpenedFile, word: UnknownWord, then: Callable[[], None]
) -> None:
    """Ask what a word means under its field; `then` reads on."""

    def means(meaning: str) -> None:
        file.map_value(word.means(meaning))
        then()

    title = fields.title(word.field, session.t)
    question = session.t("intake_screen.ask_word", field=title, word=clean(word.word[:_SHOWN]))
    if word.meanings:
        _ask_choice(session, word, question, means)
    else:
        _ask_text(session, question, title, means)


def _ask_choice(
    session: Session, word: UnknownWord, question: str, means: Callable[[str], None]
) -> None:
    options = [fields.words(word.field, meaning, session.t) for meaning in word.meanings]
    nothing = session.t("intake_screen.word_says_nothing")

    def chosen(place: int | None) -> None:
        if place is not None:
            means((*word.meanings, "")[place])

    session.ask(ChoiceDialog(session, question, [*options, nothing]), chosen)


def _ask_text(session: Session, question: str, title: str, means: Callable[[str], None]) -> None:
    def attempt(typed: Mapping[str, str]) -> None:
        dialog.close()
        means(typed["meaning"])

    dialog = AskDialog(session, question, [Asked("meaning", title)], attempt)
    session.ask(dialog)
