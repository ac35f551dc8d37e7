"""Programmes as a table, with how far each has come."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from rectify_tui.domain.figures import Tally
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import WHOLE, columns, dated, place, yes_no
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.programmes import Programme


def programme_table(
    programmes: Iterable[Programme], tallies: Mapping[int, Tally], t: Language, *, as_of: date
) -> Table:
    """All programmes; `tallies` are the lines of a rollup by programme id."""
    rows = [_line(each, tallies.get(each.id), t) for each in programmes]
    wanted = columns(
        t, ("code", WHOLE), "name", "kind", "region", "year", ("cutoff", "date"),
        ("total", "count"), ("completion_rate", "percent"), ("cases_total", "count"), "simulated",
    )  # fmt: skip
    notes = () if rows else (t("report.nothing"),)
    return Table(dated(t, t("report.programmes"), as_of), wanted, rows, notes)


def _line(programme: Programme, tally: Tally | None, t: Language) -> dict[str, object]:
    return {
        "code": programme.code,
        "name": place(t, programme.name, programme.name_en),
        "kind": Labelled(programme.kind, t(f"programme.kind.{programme.kind}")),
        "region": place(t, programme.region, programme.region_en),
        "year": programme.year,
        "cutoff": programme.cutoff,
        "total": tally.total if tally else 0,
        "completion_rate": tally.completion_rate if tally else None,
        "cases_total": tally.cases_total if tally else 0,
        "simulated": yes_no(t, programme.simulated),
        "name_en": programme.name_en,
        "source": programme.source,
    }
