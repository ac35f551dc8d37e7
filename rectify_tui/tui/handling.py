"""What is done with cases: which of it, and what is to be said of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from rectify_tui.domain.fields import CASE
from rectify_tui.domain.filter_fields import CASE_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.timeline import Later
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.case_sheet import FORMATS
from rectify_tui.reports.fields import title
from rectify_tui.reports.public_sheet import write_sheet
from rectify_tui.store.commands.case_acts import (
    FOUND,
    close_cases,
    mark_duplicates,
    read_parts,
    reopen_cases,
    share_cases,
    split_case,
)
from rectify_tui.store.draft import Draft
from rectify_tui.store.references import case_ids
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.editing import Editor
from rectify_tui.tui.records_pane import Choice
from rectify_tui.tui.saving import ask_to_save
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.typed import read_typed

ACTS = ("close", "interim", "reopen", "split", "share", "duplicate", "sheet")
"""What can be done, in the order of its digits."""

_PARTS = 4
"""Parts that one dialog splits a letter into."""

Acting = Callable[..., None]


class Handling:
    """Asks what is to be done with the cases that are `chosen`, and carries it out.

    `filter_text` is what the list is filtered by, of which the public sheet is made.
    """

    def __init__(
        self, session: Session, chosen: Callable[[], Choice | None], editor: Editor,
        filter_text: Callable[[], str],
    ) -> None:  # fmt: skip
        self.session = session
        self.editor = editor
        self._chosen = chosen
        self._filter_text = filter_text

    def begin(self) -> None:
        """Ask which of the acts."""
        choice, t = self._chosen(), self.session.t
        if choice is None:
            return
        lines = [t(f"tui.handling.{act}") for act in ACTS]

        def chosen(place: int | None) -> None:
            if place is not None:
                self._ask(choice, ACTS[place])

        self.session.ask(
            ChoiceDialog(self.session, t("tui.handling.which", n=choice.n), lines), chosen
        )

    def _ask(self, choice: Choice, act: str) -> None:
        if act == "sheet":
            self._save_sheet()
        elif act == "split" and choice.one is None:
            self.session.tell(Refusal("tui.handling.one_row"))
        else:
            self._fill(choice, act)

    def _fill(self, choice: Choice, act: str) -> None:
        session, seen = self.session, dict[int, int]()

        def attempt(result: FormResult, later: Later | None = None) -> None:
            def change(draft: Draft) -> None:
                _CARRIED_OUT[act](draft, choice.ids(), said, result, seen=seen, later=later)

            try:
                said = self._said(result.values)
            except Problem as problem:
                dialog.complain(problem)
                return
            again = partial(attempt, result)
            self.editor.write(act, dialog, change, result.reason, again=again)

        def begin(row: Any) -> None:
            seen[row.id] = row.rev

        titles = self._titles(act)
        what = session.t(f"tui.handling.{act}")
        dialog = FormDialog(session, what, titles, (), attempt, waiting=False, optional=True)
        dialog.question = what
        session.ask(dialog)
        self.editor.look_up(choice, dialog, begin)

    def _titles(self, act: str) -> Mapping[str, str]:
        t = self.session.t
        match act:
            case "close" | "interim":
                return {field.name: title(field, t) for field in FOUND}
            case "split":
                return {f"part{n}": t("tui.handling.part", n=n) for n in range(1, _PARTS + 1)}
            case "share":
                return {"regions": t("tui.handling.regions")}
            case "duplicate":
                return {"of": t("tui.handling.of")}
        return {}

    def _said(self, values: Mapping[str, str]) -> dict[str, str]:
        """What was typed, the words of fields as the store reads them."""
        t = self.session.t
        return {
            name: read_typed(t, CASE[name], text) if name in CASE else text
            for name, text in values.items()
        }

    def _save_sheet(self) -> None:
        """Ask for the file of the public sheet of all cases of the list."""
        session, text = self.session, self._filter_text()

        def make(path: Path) -> bytes:
            wanted = parse_filter(text, CASE_FIELDS, today=session.today, lenient=True)
            return write_sheet(
                session.ledger, wanted, path.suffix, session.language, as_of=session.as_of
            ).content

        t = session.t
        endings = [f".{each}" for each in FORMATS]
        name = f"{t('tui.handling.sheet_file')}-{session.day}.xlsx"
        ask_to_save(
            session, t("tui.handling.sheet"), name, endings, make, about=t("case_sheet.look")
        )


def _close(
    draft: Draft, ids: list[int], said: Mapping[str, str], result: FormResult, *,
    seen: Mapping[int, int], later: Later | None, interim: bool = False,
) -> None:  # fmt: skip
    close_cases(draft, ids, said, interim=interim, on=result.on, seen=seen, later=later)


def _reopen(
    draft: Draft, ids: list[int], said: Mapping[str, str], result: FormResult, *,
    seen: Mapping[int, int], later: Later | None,
) -> None:  # fmt: skip
    reopen_cases(draft, ids, result.reason, on=result.on, seen=seen, later=later)


def _split(
    draft: Draft, ids: list[int], said: Mapping[str, str], result: FormResult, *,
    seen: Mapping[int, int], later: Later | None,
) -> None:  # fmt: skip
    parts = read_parts(text for name, text in sorted(said.items()) if text.strip())
    split_case(draft, ids[0], parts, on=result.on, seen=seen)


def _share(
    draft: Draft, ids: list[int], said: Mapping[str, str], result: FormResult, *,
    seen: Mapping[int, int], later: Later | None,
) -> None:  # fmt: skip
    regions = said.get("regions", "").replace("、", ",").replace("，", ",").split(",")
    share_cases(draft, ids, regions, on=result.on, seen=seen)


def _duplicate(
    draft: Draft, ids: list[int], said: Mapping[str, str], result: FormResult, *,
    seen: Mapping[int, int], later: Later | None,
) -> None:  # fmt: skip
    text = said.get("of", "").strip()
    original = case_ids(draft.connection, [text])[0] if text else None
    mark_duplicates(draft, ids, original, on=result.on, seen=seen)


_CARRIED_OUT: Mapping[str, Acting] = {
    "close": _close, "interim": partial(_close, interim=True), "reopen": _reopen,
    "split": _split, "share": _share, "duplicate": _duplicate,
}  # fmt: skip
