"""Statistics of cases as tables: by place, pollution type or batch, with how each column counts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from rectify_tui.domain.amount import from_fen
from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.closure import ClosureRate, rate
from rectify_tui.domain.region import Depth
from rectify_tui.domain.status import CaseStatus
from rectify_tui.domain.text import natural_key
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.store.case_facts import (
    BATCH,
    PENALTIES,
    PLACE,
    TYPE,
    WHOLE,
    CaseFacts,
    CaseScope,
    case_facts,
)
from rectify_tui.store.connection import Connection
from rectify_tui.store.regions import get_region, regions_by_id


class StatsBy(StrEnum):
    """What the lines of the statistics are; a region is that of the step below what is counted."""

    REGION = "region"
    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TYPE = "type"
    BATCH = "batch"


class StatsColumns(StrEnum):
    """Which columns there are."""

    HANDLING = "handling"
    FINDINGS = "findings"
    TYPES = "types"
    PENALTIES = "penalties"
    ALL = "all"


RATES: Mapping[str, ClosureRate] = {
    "closed": ClosureRate.CLOSED,
    "interim": ClosureRate.CLOSED_AND_INTERIM,
    "substantiated": ClosureRate.COMPLETED_OF_SUBSTANTIATED,
}
"""The closure rates by the short words that people choose them with."""

_DEPTH = {
    StatsBy.PROVINCE: Depth.PROVINCE, StatsBy.CITY: Depth.CITY, StatsBy.COUNTY: Depth.COUNTY,
}  # fmt: skip


@dataclass(frozen=True)
class StatsLine:
    """One line: the word that programs know it by, what people call it, and its counts."""

    key: str
    name: Labelled
    facts: CaseFacts


@dataclass(frozen=True)
class CaseStats:
    """Lines, and what they come to when each case is counted once."""

    by: StatsBy
    scope: CaseScope
    lines: tuple[StatsLine, ...]
    whole: CaseFacts


def read_case_stats(
    connection: Connection, by: StatsBy, scope: CaseScope, t: Language
) -> CaseStats:
    """The statistics of cases under a scope."""
    whole = case_facts(connection, scope, WHOLE).get(0, CaseFacts())
    if by is StatsBy.TYPE:
        return CaseStats(by, scope, tuple(_by_type(connection, scope, t)), whole)
    if by is StatsBy.BATCH:
        return CaseStats(by, scope, tuple(_by_batch(connection, scope, t)), whole)
    by = _step_below(connection, scope) if by is StatsBy.REGION else by
    return CaseStats(by, scope, tuple(_by_place(connection, by, scope, t)), whole)


def _step_below(connection: Connection, scope: CaseScope) -> StatsBy:
    """The step whose places the cases are told apart by: provinces, or the cities of the one."""
    if scope.under_id is None:
        provinces = case_facts(connection, scope, PLACE, int(Depth.PROVINCE))
        if len(provinces) != 1:
            return StatsBy.PROVINCE
        under = get_region(connection, int(next(iter(provinces))))
    else:
        under = get_region(connection, scope.under_id)
    deeper = [by for by, depth in _DEPTH.items() if depth > under.depth]
    return deeper[0] if deeper else StatsBy.COUNTY


def _by_place(
    connection: Connection, by: StatsBy, scope: CaseScope, t: Language
) -> Iterator[StatsLine]:
    facts = case_facts(connection, scope, PLACE, int(_DEPTH[by]))
    regions = regions_by_id(connection, {int(id) for id in facts})
    for region in sorted(regions.values(), key=lambda r: (r.code is None, r.code or "", r.id)):
        name = labels.place(t, region.name, region.name_en)
        if region.depth < _DEPTH[by]:
            name = Labelled(region.name, t("region.own_level", name=name.label))
        yield StatsLine(region.key, name, facts[region.id])


def _by_batch(connection: Connection, scope: CaseScope, t: Language) -> Iterator[StatsLine]:
    facts = case_facts(connection, scope, BATCH)
    for key in sorted(map(str, facts), key=lambda name: (not name, natural_key(name))):
        yield StatsLine(key, Labelled(key, key or t("case_stats.no_batch")), facts[key])


def _by_type(connection: Connection, scope: CaseScope, t: Language) -> Iterator[StatsLine]:
    facts = case_facts(connection, scope, TYPE)
    for kind in (*PollutionType, ""):
        if kind in facts:
            name = t(f"case.type.{kind}") if kind else t("case_stats.untyped")
            yield StatsLine(str(kind), Labelled(str(kind), name), facts[str(kind)])


# Columns

_Cell = Callable[[CaseFacts], object]


def _status(status: CaseStatus) -> _Cell:
    return lambda facts: facts.statuses[status]


def _finding(finding: str) -> _Cell:
    return lambda facts: facts.findings[finding]


def _type(kind: str) -> _Cell:
    return lambda facts: facts.types[kind]


def _penalty(name: str) -> _Cell:
    if name == "fined_fen":
        return lambda facts: _fine(facts.penalties[name])
    return lambda facts: facts.penalties[name]


def _fine(fen: int) -> Labelled:
    yuan = from_fen(fen)
    return Labelled(yuan, labels.wan(yuan))


_FINDINGS = ("yes", "mostly", "partly", "no", "")
_CELLS: Mapping[StatsColumns, Mapping[str, _Cell]] = {
    StatsColumns.HANDLING: {
        "letters": lambda facts: facts.letters,
        "cases": lambda facts: facts.total,
        "duplicates": lambda facts: facts.duplicates,
        **{str(status): _status(status) for status in CaseStatus},
        "late": lambda facts: facts.late,
    },
    StatsColumns.FINDINGS: {
        "cases": lambda facts: facts.total,
        **{f"found_{each or 'unknown'}": _finding(each) for each in _FINDINGS},
        "rectified": lambda facts: facts.rectified,
    },
    StatsColumns.TYPES: {
        "cases": lambda facts: facts.total,
        **{f"type_{each}": _type(each) for each in PollutionType},
        "untyped": lambda facts: facts.untyped,
    },
    StatsColumns.PENALTIES: {
        "cases": lambda facts: facts.total,
        **{("fined_yuan" if each == "fined_fen" else each): _penalty(each) for each in PENALTIES},
    },
}


def _cells(columns: StatsColumns, stats: CaseStats) -> dict[str, _Cell]:
    wanted = list(_CELLS) if columns is StatsColumns.ALL else [columns]
    cells = {name: cell for each in wanted for name, cell in _CELLS[each].items()}
    whole = stats.whole
    return {
        name: cell for name, cell in cells.items()
        if columns is StatsColumns.ALL or not name.startswith("type_") or cell(whole)
    }  # fmt: skip


def _title(t: Language, key: str) -> str:
    name = key.partition("_")[2]
    if key.startswith("type_"):
        return t(f"case.type.{name}")
    if key.startswith("found_") and name != "unknown":
        return t(f"case_stats.found.{name}")
    return t(f"case_stats.column.{key}")


def case_stats_table(
    stats: CaseStats, t: Language, closure: ClosureRate,
    columns: StatsColumns = StatsColumns.HANDLING, scope: Sequence[str] = (),
) -> Table:  # fmt: skip
    """The statistics under their day. A last line counts every case once.

    `scope` names what they are restricted to; `closure` is the definition of the closure rate.
    """
    cells = _cells(columns, stats)
    rated = columns in (StatsColumns.HANDLING, StatsColumns.ALL)
    rows = [_row(line.key, line.name, line.facts, cells, closure) for line in stats.lines]
    if len(rows) > 1:
        name = Labelled("", t("report.sum"))
        rows.append(_row("", name, stats.whole, cells, closure) | {"sum": True})
    kinds: dict[str, Kind] = dict.fromkeys(cells, "count")
    spread = [Column(key, _title(t, key), kind) for key, kind in kinds.items()]
    if rated:
        spread.append(Column("closure_rate", t(f"closure.name.{closure}"), "percent"))
    title = t(f"case_stats.title.{stats.by}")
    if scope:
        title = t("report.scope", title=title, scope=labels.joined(t, list(scope)))
    return Table(
        labels.dated(t, title, stats.scope.day),
        (Column("name", t(f"case_stats.by.{stats.by}")), *spread),
        rows,
        tuple(_notes(stats, t, closure if rated else None, set(cells))),
    )


def _row(
    key: str, name: Labelled, facts: CaseFacts, cells: Mapping[str, _Cell], closure: ClosureRate
) -> dict[str, object]:
    return {
        "key": key, "name": name, **{name: cell(facts) for name, cell in cells.items()},
        "closure_rate": rate(facts.counts, closure),
    }  # fmt: skip


def _notes(
    stats: CaseStats, t: Language, closure: ClosureRate | None, shown: set[str]
) -> Iterator[str]:
    """Which definitions were used, and why columns may come to more than the whole."""
    if closure is not None:
        yield t(
            "report.rate", name=t(f"closure.name.{closure}"),
            formula=t(f"closure.formula.{closure}"),
        )  # fmt: skip
    whole, lines = stats.whole, [line.facts for line in stats.lines]
    counted = "received" if stats.scope.duplicates else "once"
    yield t(f"case_stats.note.{counted}", n=whole.duplicates)
    over = sum(each.total for each in lines) - whole.total
    if stats.by is StatsBy.TYPE:
        if over:
            yield t("case_stats.note.types", n=over)
    elif over:
        yield t("case_stats.note.shared", n=over)
    if any(name.startswith("type_") for name in shown):
        several = sum(whole.types.values()) + whole.untyped - whole.total
        if several:
            yield t("case_stats.note.types", n=several)
    if "letters" in shown and (split := whole.total - whole.letters):
        yield t("case_stats.note.split", letters=whole.letters, cases=whole.total, n=split)
        if (letters := sum(each.letters for each in lines) - whole.letters) > 0:
            yield t("case_stats.note.letters", n=letters)
    if "late" in shown:
        yield t("case_stats.note.late")
    if over and shown & {*PENALTIES, "fined_yuan"}:
        yield t("case_stats.note.penalties")
