"""Reading the cases of a filter and writing their public sheet, for every face."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.filter import Filter, Term
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.case_sheet import case_sheet_report
from rectify_tui.reports.windows import read_rows, row_ids
from rectify_tui.store.cases import CaseList, case_rows
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.listing import ListQuery


@dataclass(frozen=True)
class Sheet:
    """A sheet as a file holds it, and how many cases are in it."""

    content: bytes
    n: int


def write_sheet(
    ledger: Ledger, wanted: Filter, ending: str, t: Language, *, as_of: date | None,
    unmasked: bool = False,
) -> Sheet:  # fmt: skip
    """The sheet of the cases of a filter; `ending` is that of its file, and tells its format."""
    from rectify_tui.reports.weekly.render import render
    from rectify_tui.reports.weekly.settings import FILE, read_settings

    ids = row_ids(CaseList(ledger, ListQuery(wanted, as_of=as_of)))
    rows = list(read_rows(ledger.reader(), case_rows, ids, as_of))
    report = case_sheet_report(
        rows, t, day=as_of or ledger.today(), batch=_batch(wanted), unmasked=unmasked,
        office=read_settings(config_folder() / FILE).office,
    )  # fmt: skip
    return Sheet(render(report, ending.lower().lstrip(".")), len(rows))


def _batch(wanted: Filter) -> str | None:
    """The one batch that a filter asks for."""
    terms = [each for each in wanted.terms if isinstance(each, Term) and each.field == "batch"]
    if len(terms) != 1 or terms[0].negated or len(terms[0].values) != 1:
        return None
    (batch,) = terms[0].values
    return None if batch is None else str(batch)
