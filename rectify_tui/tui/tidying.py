"""Putting the ledger right: units, programmes and who accepts in them, regions, records back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import partial

from rectify_tui.domain.fields import PROGRAMME
from rectify_tui.domain.text import clean, shorten
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.fields import title, words
from rectify_tui.store.commands.merging_units import KIND, merge_units
from rectify_tui.store.commands.renaming import archive_programme, set_programme
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.programmes import Programme, programmes
from rectify_tui.store.records import CASE, ITEM
from rectify_tui.store.withdrawals import Withdrawn, withdrawn
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session
from rectify_tui.tui.tidying_regions import ask_regions

_SHOWN = 40
_PROCEDURE = ("acceptance", "notice")


def ask_to_tidy(session: Session) -> None:
    """Ask what is to be put right, then how."""
    ways: Sequence[tuple[str, Callable[[Session], None]]] = (
        ("units", _ask_units), ("programmes", _ask_programmes), ("withdrawn", _ask_withdrawn),
        ("regions", ask_regions), ("acceptance", _ask_acceptance),
    )  # fmt: skip

    def chosen(place: int | None) -> None:
        if place is not None:
            ways[place][1](session)

    options = [session.t(f"tui.tidy.{name}") for name, _ in ways]
    session.ask(ChoiceDialog(session, session.t("tui.tidy.question"), options), chosen)


# Units


def _ask_units(session: Session) -> None:
    """A day makes it a takeover from then on, an empty one a correction of the spelling."""
    t = session.t

    def attempt(typed: Mapping[str, str]) -> None:
        on = date.fromisoformat(typed["on"]) if typed["on"] else None
        if on is None and not typed["reason"]:
            dialog.complain(Problem("tui.tidy.why"))
            return

        def change(draft: Draft) -> None:
            merge_units(draft, typed["old"], typed["into"], on=on, correction=on is None)

        def done(_: Receipt) -> None:
            dialog.close()

        session.change(KIND, change, reason=typed["reason"], done=done, refused=dialog.complain)

    lines = [
        Asked("old", t("tui.tidy.old")), Asked("into", t("tui.tidy.into")),
        Asked("on", t("tui.tidy.on"), kind="past"), Asked("reason", t("tui.dialog.reason")),
    ]  # fmt: skip
    dialog = AskDialog(session, t("tui.tidy.units"), lines, attempt, hint=t("tui.tidy.units_hint"))
    session.ask(dialog)


# Programmes


def _ask_programmes(session: Session) -> None:
    _ask_which(session, "programmes", _turn)


def _ask_which(
    session: Session, what: str, then: Callable[[Session, list[Programme], int | None], None]
) -> None:
    """Ask which programme is meant, and go on with its place among those known."""

    def found(known: list[Programme]) -> None:
        if not known:
            session.tell(Refusal("intake_screen.no_programme"))
            return
        options = [_called(session, each) for each in known]
        dialog = ChoiceDialog(session, session.t(f"tui.tidy.{what}"), options)
        session.ask(dialog, partial(then, session, known))

    session.read(lambda: programmes(session.ledger.reader()), found, "tidy", asks=True)


def _called(session: Session, programme: Programme) -> str:
    on = programme.archived_on
    away = [session.t("tui.tidy.archived", on=on)] if on else []
    name = clean(session.t.name(programme.name, programme.name_en))
    return session.t("tui.sign.dot").join([programme.code, name, *away])


def _turn(session: Session, known: list[Programme], place: int | None) -> None:
    if place is None:
        return
    programme = known[place]

    def change(draft: Draft) -> None:
        archive_programme(draft, programme.id, restore=programme.archived_on is not None)

    session.change("archive", change, refused=session.tell)


# Who accepts in a programme


def _ask_acceptance(session: Session) -> None:
    _ask_which(session, "acceptance", _ask_procedure)


def _ask_procedure(session: Session, known: list[Programme], place: int | None) -> None:
    """Ask which levels accept in a programme, and for how long its notices stand."""
    if place is None:
        return
    t, programme = session.t, known[place]

    def attempt(typed: Mapping[str, str]) -> None:
        def change(draft: Draft) -> None:
            set_programme(draft, programme.id, {name: typed[name] for name in _PROCEDURE})

        def done(_: Receipt) -> None:
            dialog.close()

        session.change("set", change, reason=typed["reason"], done=done, refused=dialog.complain)

    lines = []
    for name in _PROCEDURE:
        field, kept = PROGRAMME[name], getattr(programme, name)
        lines.append(Asked(name, title(field, t), words(field, kept, t) if kept else ""))
    lines.append(Asked("reason", t("tui.dialog.reason")))
    dialog = AskDialog(
        session, _called(session, programme), lines, attempt, hint=t("tui.tidy.acceptance_hint")
    )
    session.ask(dialog)


# What was withdrawn


def _ask_withdrawn(session: Session) -> None:
    def read() -> list[Withdrawn]:
        reader = session.ledger.reader()
        return [each for subject in (ITEM, CASE) for each in withdrawn(reader, subject)]

    def found(known: list[Withdrawn]) -> None:
        if not known:
            session.tell(Refusal("tui.tidy.none_withdrawn"))
            return
        options = [_told(session, each) for each in known]
        dialog = ChoiceDialog(session, session.t("tui.tidy.have_back"), options)
        session.ask(dialog, partial(_have_back, session, known))

    session.read(read, found, "tidy", asks=True)


def _told(session: Session, each: Withdrawn) -> str:
    parts = (each.ref, shorten(clean(each.text), _SHOWN), each.on, clean(each.reason))
    return session.t("tui.sign.dot").join(filter(None, parts))


def _have_back(session: Session, known: list[Withdrawn], place: int | None) -> None:
    if place is not None:
        session.undo_batch(
            known[place].batch, reason="", on_behalf="", done=lambda: None, refused=session.tell
        )
