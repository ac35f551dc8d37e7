"""Programmes that are counted by place, and how far a place has come, stated from the keyboard."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from rectify_tui.errors import Problem
from rectify_tui.reports import labels
from rectify_tui.reports.coverage import coverage_table, programmes_table
from rectify_tui.store.commands.coverage import Statement, require_inside, state_coverage
from rectify_tui.store.coverage import all_coverage
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.tui.dialogs.ask import AskDialog
from rectify_tui.tui.dialogs.ask import Asked as Line
from rectify_tui.tui.session import Session
from rectify_tui.tui.tables.model import Asked, Shown, TablePage


def _coverage(asked: Asked) -> Shown:
    """Programmes that are counted by place, each in a line; one of them by place."""
    found = all_coverage(asked.connection, asked.day, asked.programme_id)
    if asked.programme and found:
        return Shown(coverage_table(found[0], asked.t))
    return Shown(programmes_table(found, asked.day, asked.t))


def state(session: Session, programme: str | None, _: int | None) -> None:
    """Ask how many are done of how many due in a place, and keep it."""
    t = session.t

    def attempt(typed: Mapping[str, str]) -> None:
        try:
            said = Statement(_number(typed["done"]), _number(typed["due"]), typed["note"])
        except Problem as problem:
            dialog.complain(problem)
            return

        def change(draft: Draft) -> None:
            programme = programme_id(draft.connection, typed["programme"])
            place = one_region(draft.connection, typed["region"]).id
            require_inside(draft.connection, programme, place)
            on = date.fromisoformat(typed["on"]) if typed["on"] else None
            state_coverage(draft, programme, place, said, on=on)

        session.change("coverage", change, done=done, refused=dialog.complain)

    def done(_: Receipt) -> None:
        dialog.close()

    lines = [
        Line("programme", labels.title(t, "programme"), programme or ""),
        *(Line(name, t(f"tables.coverage.{name}")) for name in ("region", "done", "due")),
        Line("on", t("tui.dialog.on"), session.today.isoformat(), "past"),
        Line("note", labels.title(t, "note")),
    ]
    dialog = AskDialog(
        session, t("tables.coverage.ask"), lines, attempt, hint=t("tui.visit.hint"),
        first="region" if programme else "programme",
    )  # fmt: skip
    session.ask(dialog)


def _number(text: str) -> int | None:
    """A number that was typed, None for nothing. Raises `Problem` for anything else."""
    if text and not text.isdecimal():
        raise Problem("coverage.no_count", text=text)
    return int(text) if text else None


PAGES = (
    TablePage(
        "coverage", _coverage, keep=("name", "done", "due", "rate", "standing"),
        acts={"": state},
    ),
)  # fmt: skip
