"""Asking which programme an imported file belongs to."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import programmes
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session


def ask_programme(session: Session, file: OpenedFile, then: Callable[[], None]) -> None:
    """Ask which programme a file belongs to, and have it imported into that; `then` reads on."""
    find = partial(_programmes, session.ledger.reader, session.language)

    def found(codes: list[tuple[str, str]]) -> None:
        options = [f"{code}  {name}" for code, name in codes]
        question = session.t("intake_screen.ask_programme", name=clean(file.name[:200]))
        session.ask(ChoiceDialog(session, question, options), partial(chosen, codes))

    def chosen(codes: list[tuple[str, str]], place: int | None) -> None:
        if place is not None:
            file.import_into(codes[place][0])
            then()

    session.read(find, found, "intake-decide", asks=True)


def _programmes(reader: Callable[[], Connection], t: Language) -> list[tuple[str, str]]:
    """In a thread: codes and names. Raises `Refusal` where there is none."""
    codes = [
        (programme.code, clean(t.name(programme.name, programme.name_en)))
        for programme in programmes(reader(), archived=False)
    ]
    if not codes:
        raise Refusal("intake_screen.no_programme")
    return codes
