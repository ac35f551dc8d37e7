"""The list of cases."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import ClassVar

from rich.text import Text

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.filter import CASE_FIELDS, FieldSpec
from rectify_tui.domain.status import CaseStatus
from rectify_tui.reports.words import Words
from rectify_tui.store.cases import CASES, CaseList, CaseRow, case_rows
from rectify_tui.store.commands.cases import set_cases
from rectify_tui.store.connection import Connection
from rectify_tui.store.draft import Draft
from rectify_tui.store.listing import Listing, ListQuery
from rectify_tui.store.log import record_log
from rectify_tui.store.records import CASE
from rectify_tui.tui.detail import case_text
from rectify_tui.tui.screens.changing import ChangingScreen
from rectify_tui.tui.sources.cases import CaseSource, case_columns, fine_text, region_text
from rectify_tui.tui.sources.choices import Choices
from rectify_tui.tui.widgets.table.source import Column, Source

FORM = (
    "complaint", "region", "types", "passed_on", "closed_on", "substantiated", "findings",
    "measures", "ordered", "fined_wan", "investigated", "detained_administrative",
    "detained_criminal", "interviewed", "held_accountable", "note",
)  # fmt: skip
"""Fields of the form, in its order."""

TYPES = Choices("types", "case.type", list(PollutionType), several=True)
SUBSTANTIATED = Choices("substantiated", "case.substantiated", ["yes", "mostly", "partly", "no"])


class CasesScreen(ChangingScreen):
    """Cases: filter, mark, close, edit."""

    mode = "cases"
    entity = CASE
    fields: ClassVar[Mapping[str, FieldSpec]] = CASE_FIELDS
    orders = tuple(CASES.orders)
    statuses = tuple(CaseStatus)
    form = FORM
    choices: ClassVar[Mapping[str, Choices]] = {"types": TYPES, "substantiated": SUBSTANTIATED}

    def make_listing(self, query: ListQuery) -> Listing:
        """The cases under a query."""
        return CaseList(self.session.ledger, query)

    def make_source(self, listing: Listing) -> Source:
        """Cases as the table draws them."""
        assert isinstance(listing, CaseList)
        return CaseSource(listing, self.t, ascii=self.session.ascii)

    def columns(self) -> tuple[Column, ...]:
        """The table's columns."""
        return case_columns(self.t)

    def detail(self, connection: Connection, key: int) -> Text | None:
        """Everything about a case, with its history."""
        rows = case_rows(connection, [key], as_of=self.session.as_of)
        if not rows:
            return None
        return case_text(Words(connection, self.t), rows[0], record_log(connection, CASE, key))

    def read_row(self, connection: Connection, key: int) -> CaseRow | None:
        """The case with a key as it is today."""
        return next(iter(case_rows(connection, [key])), None)

    def form_values(self, row: CaseRow) -> dict[str, str]:
        """What the form begins with."""
        values = {name: getattr(row, name, None) for name in FORM}
        values["region"] = region_text(self.t, row)
        values["types"] = TYPES.show(self.t, row.types)
        values["substantiated"] = SUBSTANTIATED.show(self.t, row.substantiated)
        values["fined_wan"] = fine_text(row)
        return {name: "" if value is None else str(value) for name, value in values.items()}

    def set_fields(
        self, draft: Draft, ids: list[int], fields: Mapping[str, str], on: date,
        seen: Mapping[int, int],
    ) -> None:  # fmt: skip
        """Set fields of cases."""
        set_cases(draft, ids, fields, on=on, seen=seen)
