"""Adding a programme, with which a ledger begins."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rectify_tui.domain.fields import PROGRAMME
from rectify_tui.errors import Problem
from rectify_tui.reports.fields import title
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.commands.typed import read_typed as read_values
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Receipt
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.typed import read_typed

_FIELDS = ("code", "name", "region", "year", "kind")
_USUAL = "campaign"


def ask_for_programme(session: Session) -> None:
    """Ask for what a programme needs, add it, and say how to go on."""
    t = session.t

    def attempt(typed: Mapping[str, str]) -> None:
        try:
            texts = {name: read_typed(t, PROGRAMME[name], text) for name, text in typed.items()}
        except Problem as problem:
            dialog.complain(problem)
            return
        code = texts.pop("code")

        def change(draft: Draft) -> None:
            values: dict[str, Any] = {**read_values(draft, PROGRAMME, texts)}
            add_programme(draft, NewProgramme(code, **values))

        def done(_: Receipt) -> None:
            dialog.close()
            intake, add = session.first_key("app.intake"), session.first_key("intake.add")
            sentence = t("tui.programme.added", code=code.upper(), intake=intake, add=add)
            session.tell(sentence, error=False)

        session.change("add", change, done=done, refused=dialog.complain)

    usual = {"year": str(session.today.year), "kind": t(f"{PROGRAMME['kind'].words}.{_USUAL}")}
    lines = [Asked(name, title(PROGRAMME[name], t), usual.get(name, "")) for name in _FIELDS]
    dialog = AskDialog(
        session, t("tui.programme.ask"), lines, attempt, hint=t("tui.programme.hint"),
        about=t("tui.programme.about"),
    )  # fmt: skip
    session.ask(dialog)
