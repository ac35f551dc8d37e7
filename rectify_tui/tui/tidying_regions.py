"""Putting regions right: a new code, one that is abolished, all that changed since."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from rectify_tui.seeding.regions import changes
from rectify_tui.store.commands.regions import (
    ABOLISH,
    UPDATE,
    CodedRegion,
    abolish_region,
    add_coded_region,
    bring_up_to_date,
)
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.regions import one_region
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.session import Session

_Changing = Callable[[Draft, Mapping[str, str]], object]


def ask_regions(session: Session) -> None:
    """Ask whether a region is new, abolished, or all are to be brought up to date."""
    t = session.t

    def chosen(place: int | None) -> None:
        if place is not None:
            (_ask_new, _ask_end, _update)[place](session)

    names = ("region_new", "region_end", "region_update")
    options = [t(f"tui.tidy.{name}") for name in names]
    session.ask(ChoiceDialog(session, t("tui.tidy.regions"), options), chosen)


def _ask_new(session: Session) -> None:
    def change(draft: Draft, typed: Mapping[str, str]) -> None:
        under = one_region(draft.connection, typed["under"]).id
        new = CodedRegion(typed["code"], typed["name"], under, since=_day(typed["since"]))
        add_coded_region(draft, new)

    t = session.t
    lines = [
        Asked("name", t("tui.tidy.name")), Asked("code", t("tui.tidy.code")),
        Asked("under", t("tui.tidy.under")), Asked("since", t("tui.tidy.since"), kind="past"),
        Asked("reason", t("tui.dialog.reason")),
    ]  # fmt: skip
    _ask(session, "add", change, "region_new", "new_hint", lines)


def _ask_end(session: Session) -> None:
    def change(draft: Draft, typed: Mapping[str, str]) -> None:
        id = one_region(draft.connection, typed["region"]).id
        into = one_region(draft.connection, typed["into"]).id if typed["into"] else None
        abolish_region(draft, id, on=_day(typed["on"]), into=into)

    t = session.t
    lines = [
        Asked("region", t("tui.tidy.region")), Asked("into", t("tui.tidy.region_into")),
        Asked("on", t("tui.tidy.region_on"), kind="past"),
        Asked("reason", t("tui.dialog.reason")),
    ]  # fmt: skip
    _ask(session, ABOLISH, change, "region_end", "region_hint", lines)


def _ask(
    session: Session, kind: str, change: _Changing, title: str, hint: str, lines: Sequence[Asked]
) -> None:
    def attempt(typed: Mapping[str, str]) -> None:
        def write(draft: Draft) -> None:
            change(draft, typed)

        def done(_: Receipt) -> None:
            dialog.close()

        session.change(kind, write, reason=typed["reason"], done=done, refused=dialog.complain)

    t = session.t
    dialog = AskDialog(session, t(f"tui.tidy.{title}"), lines, attempt, hint=t(f"tui.tidy.{hint}"))
    session.ask(dialog)


def _update(session: Session) -> None:
    def write(draft: Draft) -> None:
        bring_up_to_date(draft, changes())

    session.change(UPDATE, write, reason="GB/T 2260", refused=session.tell)


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
