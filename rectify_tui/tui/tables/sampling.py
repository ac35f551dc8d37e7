"""Draws: a population is frozen, drawn from once a number is announced, and made into a sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Literal

from rectify_tui.intake.visits.sheet import DOCX, XLSX, sheet_for, visit_sheet
from rectify_tui.reports.draws import scope_text
from rectify_tui.reports.file_names import safe_name
from rectify_tui.store.commands.draws import DrawPlan, announce, freeze
from rectify_tui.store.draft import Draft
from rectify_tui.store.draws import Draw, draws
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.scope import Scope
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.dialogs.population import PopulationDialog, PopulationResult
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session


def go_on(session: Session, programme: str | None, id: int | None) -> None:
    """Ask what is to be done next: about the draw with an id, or about a new one."""
    if id is None:
        _ask_population(session, programme)
        return

    def ask(drawn: Draw) -> None:
        step = "publish" if drawn.sample is None else "sheet"
        ways = [session.t(f"tui.draw.{each}") for each in (step, "new")]

        def chosen(place: int | None) -> None:
            if place == 1:
                _ask_population(session, programme)
            elif place == 0 and drawn.sample is None:
                _ask_nonce(session, drawn)
            elif place == 0:
                _offer_sheet(session, drawn)

        question = session.t("tui.draw.of", code=drawn.code, scope=scope_text(drawn, session.t))
        session.ask(ChoiceDialog(session, question, ways), chosen)

    session.read(partial(_find, session, id), ask, "look-up", asks=True)


def _find(session: Session, id: int) -> Draw:
    """In a thread: a draw by its id."""
    known = draws(session.ledger.reader(), session.today)
    return next(each for each in known if each.id == id)


def _ask_population(session: Session, programme: str | None) -> None:
    """Ask of what, and freeze it."""
    frozen: list[int] = []

    def attempt(result: PopulationResult) -> None:
        change = partial(_freeze, programme, result, frozen)
        session.change("draw_freeze", change, done=done, refused=dialog.complain)

    def done(_: Receipt) -> None:
        dialog.close()
        then = _offer_sheet if dialog.answer().whole else _tell_head
        _keep_head(session, "draw_freeze", frozen[-1], then)

    of = programme or session.t("weekly.all_programmes")
    dialog = PopulationDialog(session, session.t("tui.draw.ask", programme=of), attempt)
    session.ask(dialog)


def _freeze(
    programme: str | None, result: PopulationResult, frozen: list[int], draft: Draft
) -> None:
    """In a thread: freeze a population, and note the id of the draw."""
    connection = draft.connection
    within = programme_id(connection, programme) if programme else None
    place = one_region(connection, result.place).id if result.place else None
    plan = DrawPlan(Scope(within, place), result.tolerable, result.confidence, result.whole)
    frozen.append(freeze(draft, plan))


def _keep_head(
    session: Session, purpose: Literal["draw_freeze", "draw"], id: int,
    then: Callable[[Session, Draw], None],
) -> None:  # fmt: skip
    """Keep the head that the draw stands on outside the ledger, and go on with the draw."""

    def keep() -> Draw:
        session.ledger.keep_head(purpose)
        return _find(session, id)

    session.read(keep, partial(then, session), "draw", asks=True)


def _tell_head(session: Session, drawn: Draw) -> None:
    """Show what has to be published now, and hand it to the clipboard if that is wanted."""
    t = session.t
    basis = t("tui.draw.basis", head=drawn.head, digest=drawn.digest)
    public = t("tui.draw.public", basis=basis, answer=session.first_key("tables.answer"))

    def chosen(place: int | None) -> None:
        if place == 0:
            session.to_clipboard(basis)

    question = t("tui.draw.frozen", code=drawn.code, n=len(drawn.lines))
    ways = [t("tui.draw.copy"), t("tui.draw.close")]
    session.ask(ChoiceDialog(session, question, ways, about=public), chosen)


def _ask_nonce(session: Session, drawn: Draw) -> None:
    """Ask for what was announced since, and draw."""
    t = session.t

    def attempt(typed: Mapping[str, str]) -> None:
        def change(draft: Draft) -> None:
            announce(draft, drawn.id, typed["nonce"])

        session.change("draw", change, done=done, refused=dialog.complain)

    def done(_: Receipt) -> None:
        dialog.close()
        _keep_head(session, "draw", drawn.id, _offer_sheet)

    about = t("tui.draw.basis", head=drawn.head, digest=drawn.digest)
    dialog = AskDialog(
        session, t("tui.draw.nonce", code=drawn.code), [Asked("nonce", t("tui.draw.announced"))],
        attempt, hint=t("tui.dialog.hint"), about=about,
    )  # fmt: skip
    session.ask(dialog)


def _offer_sheet(session: Session, drawn: Draw) -> None:
    """Ask where the sheet for the visits to what was drawn goes."""
    assert drawn.sample is not None
    t, ids = session.t, [drawn.ids[ref] for ref in drawn.sample.refs]
    name = safe_name(f"{t('visit.sheet.title')}-{drawn.code}") + XLSX
    question = t("tui.draw.drawn", code=drawn.code, n=len(ids), size=len(drawn.lines))

    def make(path: Path) -> bytes:
        made = sheet_for(session.ledger.reader(), ids, session.today, draw=drawn)
        return visit_sheet(path, made, session.language)

    ask_to_save(session, question, name, [XLSX, DOCX], make)
