"""The list of cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import ClassVar

from rich.text import Text

from rectify_tui.domain.filter import CASE_FIELDS, FieldSpec
from rectify_tui.domain.status import CaseStatus
from rectify_tui.errors import Problem
from rectify_tui.store.cases import CASES, CaseList, CaseRow, case_rows
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.commands.stale import Stale
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.log import record_log
from rectify_tui.store.records import CASE
from rectify_tui.tui.detail import case_text
from rectify_tui.tui.dialogs.form import FormDialog, FormResult
from rectify_tui.tui.dialogs.stale import StaleDialog
from rectify_tui.tui.dialogs.status import StatusDialog, StatusResult
from rectify_tui.tui.screens.ledger import LedgerScreen
from rectify_tui.tui.sources.cases import CaseSource, case_columns
from rectify_tui.tui.widgets.window_source import Column, Source

FORM = (
    "complaint", "region", "types", "passed_on", "closed_on", "substantiated", "findings",
    "measures", "ordered", "fined_wan", "investigated", "detained_administrative",
    "detained_criminal", "interviewed", "held_accountable", "note",
)  # fmt: skip
"""Fields of the form, in its order."""


class CasesScreen(LedgerScreen):
    """Cases: filter, mark, close, edit."""

    mode = "cases"
    fields: ClassVar[Mapping[str, FieldSpec]] = CASE_FIELDS
    orders = tuple(CASES.orders)

    def make_listing(self, query: ListQuery) -> Listing:
        """The cases under a query."""
        return CaseList(self.rectify.ledger, query)

    def make_source(self, listing: Listing) -> Source:
        """Cases as the table draws them."""
        assert isinstance(listing, CaseList)
        return CaseSource(listing, self.t, ascii=self.rectify.ascii)

    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""
        return case_columns(self.t)

    def detail(self, connection: Connection, key: int) -> Text | None:
        """Everything about a case, with its history."""
        rows = case_rows(connection, [key], as_of=self.rectify.as_of)
        return case_text(self.t, rows[0], record_log(connection, CASE, key)) if rows else None

    def action_set_status(self) -> None:
        """Ask for a status and set it on the chosen cases."""
        self.with_chosen(self._ask_status)

    def _ask_status(self, ids: list[int]) -> None:
        statuses = [status.value for status in CaseStatus]
        dialog = StatusDialog("case", statuses, len(ids), self.rectify.ledger.today())
        self.app.push_screen(dialog, partial(self._set_status, ids))

    def _set_status(self, ids: list[int], result: StatusResult | None) -> None:
        if result is not None:
            self._set(ids, {"status": result.status}, result.on, result.reason)

    def action_edit(self) -> None:
        """Ask for fields and set them on the chosen cases."""
        self.with_chosen(self._read_for_edit)

    def _read_for_edit(self, ids: list[int]) -> None:
        def read() -> None:
            rows = case_rows(self.rectify.ledger.reader(), ids[:1])
            self.app.call_from_thread(self._ask_fields, ids, rows)

        self.run_worker(read, thread=True, group="chosen", exclusive=True)

    def _ask_fields(self, ids: list[int], rows: list[CaseRow]) -> None:
        one = rows[0] if len(ids) == 1 and rows else None
        now = _form_values(one) if one else {}
        seen = {one.id: one.rev} if one else None
        title = one.ref if one else self.t("tui.marked_cases", n=len(ids))
        dialog = FormDialog("case", title, FORM, now, self.rectify.ledger.today())
        self.app.push_screen(dialog, partial(self._set_fields, ids, seen))

    def _set_fields(
        self, ids: list[int], seen: Mapping[int, int] | None, result: FormResult | None
    ) -> None:
        if result is not None:
            self._set(ids, result.values, result.on, result.reason, seen)

    def _set(
        self, ids: list[int], fields: Mapping[str, str], on: date, reason: str,
        seen: Mapping[int, int] | None = None,
    ) -> None:  # fmt: skip
        def change(draft: Draft) -> None:
            set_cases(draft, ids, fields, on=on, seen=seen)

        def refused(problem: Problem) -> None:
            if isinstance(problem, Stale):
                self.app.push_screen(
                    StaleDialog(problem),
                    lambda anyway: self._set(ids, fields, on, reason) if anyway else None,
                )
            else:
                self.rectify.tell(problem)

        self.rectify.change(
            "set", change, reason=reason, done=lambda _: self.changed(), refused=refused
        )


def _form_values(case: CaseRow) -> dict[str, str]:
    """What the form begins with."""
    values = {name: getattr(case, name, None) for name in FORM}
    values["region"] = "、".join(case.regions)
    values["fined_wan"] = None if case.fined_yuan is None else f"{case.fined_yuan / 10_000:g}"
    return {name: "" if value is None else str(value) for name, value in values.items()}
