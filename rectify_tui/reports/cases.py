"""Complaint cases as tables: a list, and everything about one case."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Kind, Labelled, Table
from rectify_tui.store.cases import CaseRow

_SHORT: tuple[str | tuple[str, Kind], ...] = (
    ("ref", labels.WHOLE), "status", ("passed_on", "date"), "regions", "types", "substantiated",
    ("fined_yuan", "count"), "complaint",
)  # fmt: skip
_COUNTS = (
    "investigated", "detained_administrative", "detained_criminal", "interviewed",
    "held_accountable",
)  # fmt: skip
_FULL: tuple[str | tuple[str, Kind], ...] = (
    ("ref", labels.WHOLE), "programme", "number", "batch", ("passed_on", "date"), "complaint",
    "regions", "types", "findings", "substantiated", "measures", "status", ("since", "date"),
    ("closed_on", "date"),
    ("ordered", "count"), ("fined_yuan", "count"), *((name, "count") for name in _COUNTS),
    "key_case", "duplicate_of", "latitude", "longitude", "note", "reconstructed", "simulated",
    ("rev", "count"),
)  # fmt: skip


def case_table(
    rows: Iterable[CaseRow], t: Language, *, as_of: date, full: bool = False,
    notes: tuple[str, ...] = (),
) -> Table:  # fmt: skip
    """A list of cases; `full` has a column for every field. Fines are shown in 万元."""
    title = labels.dated(t, t("report.cases"), as_of)
    wanted = _FULL if full else _SHORT
    lines = (case_line(row, t, full=full) for row in rows)
    return Table(title, labels.columns(t, *wanted), lines, notes)


def case_line(row: CaseRow, t: Language, *, full: bool = True) -> dict[str, object]:
    """A case as one line; unless `full`, the complaint says where the line comes from."""
    return {
        "ref": row.ref,
        "programme": row.programme,
        "number": row.number,
        "batch": row.batch,
        "passed_on": row.passed_on,
        "complaint": row.complaint if full else _complaint(row, t),
        "regions": _regions(row, t),
        "types": labels.pollution_types(t, row.types),
        "findings": row.findings,
        "substantiated": labels.substantiated(t, row.substantiated),
        "measures": row.measures,
        "status": labels.case_status(t, row.status),
        "since": row.since,
        "closed_on": row.closed_on,
        "ordered": row.ordered,
        "fined_yuan": Labelled(row.fined_yuan, labels.wan(row.fined_yuan)),
        **{name: getattr(row, name) for name in _COUNTS},
        "key_case": labels.yes_no(t, row.key_case),
        "duplicate_of": row.duplicate_of,
        "latitude": row.latitude,
        "longitude": row.longitude,
        "note": row.note,
        "reconstructed": labels.yes_no(t, row.reconstructed),
        "simulated": labels.yes_no(t, row.simulated),
        "rev": row.rev,
    }


def _complaint(row: CaseRow, t: Language) -> Labelled:
    return labels.marked(t, row.complaint, reconstructed=row.reconstructed, simulated=row.simulated)


def _regions(row: CaseRow, t: Language) -> Labelled:
    names = [t.name(*pair) for pair in zip(row.regions, row.regions_en, strict=True)]
    return Labelled(row.regions, labels.joined(t, names))


def case_record(row: CaseRow, t: Language) -> dict[str, object]:
    """Everything about a case, for programs."""
    return case_line(row, t) | {"source": row.source}


def case_sheet(row: CaseRow, t: Language) -> Iterator[tuple[str, str]]:
    """Everything about a case as names and values, both as people read them; no empty ones."""
    values: dict[str, str | None] = {
        "programme": row.programme,
        "batch": row.batch,
        "passed_on": row.passed_on,
        "complaint": _complaint(row, t).label,
        "status": t("report.since", value=t(f"status.case.{row.status}"), day=row.since),
        "closed_on": row.closed_on,
        "regions": _regions(row, t).label,
        "types": labels.pollution_types(t, row.types).label,
        "substantiated": labels.substantiated(t, row.substantiated).label,
        "findings": row.findings,
        "measures": row.measures,
        "ordered": _count(row.ordered),
        "fined_yuan": labels.wan(row.fined_yuan),
        **{name: _count(getattr(row, name)) for name in _COUNTS},
        "key_case": t("report.yes") if row.key_case else None,
        "duplicate_of": row.duplicate_of,
        "latitude": _count(row.latitude),
        "longitude": _count(row.longitude),
        "note": row.note,
        "source": row.source,
        "rev": str(row.rev),
    }
    for name, value in values.items():
        if value:
            yield t(f"report.column.{name}"), value


def _count(value: float | None) -> str | None:
    return None if value is None else str(value)
