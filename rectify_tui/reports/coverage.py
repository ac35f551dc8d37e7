"""Coverage as a table: how far each place has come, who lags behind the target."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rectify_tui.domain.coverage import NOTHING, Stated
from rectify_tui.domain.region import Depth
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.store.coverage import Coverage, CoverageLine

_MOST_NAMED = 8
_STEP = {
    Depth.NATION: "province", Depth.PROVINCE: "province", Depth.CITY: "city",
    Depth.COUNTY: "county",
}  # fmt: skip
_COLUMNS: tuple[tuple[str, Kind], ...] = (
    ("done", "count"), ("due", "count"), ("rate", "percent"), ("rank", "count"),
    ("target", "text"), ("standing", "text"), ("missing", "count"), ("stated_on", "date"),
)  # fmt: skip


def coverage_table(coverage: Coverage, t: Language) -> Table:
    """How far each place of a programme has come, with the whole in the last line."""
    rows = [_row(line, coverage.day, t) for line in coverage.lines]
    rows.append(_row(coverage.whole, coverage.day, t) | {"key": None, "rank": None})
    if coverage.lines:
        rows[-1]["name"] = Labelled(coverage.whole.region.name, t("report.sum"))
    columns = (
        Column("key", t("field.code.title"), labels.WHOLE),
        Column("name", t(f"report.by.{_STEP[coverage.depth]}")),
        *(Column(key, t(f"coverage.column.{key}"), kind) for key, kind in _COLUMNS),
    )
    name = t.name(coverage.programme.name, coverage.programme.name_en)
    title = labels.dated(t, t("coverage.title", name=name), coverage.day)
    return Table(title, columns, rows, tuple(_notes(coverage, t)))


def programmes_table(found: Sequence[Coverage], day: date, t: Language) -> Table:
    """Every programme of coverage in one line, with who lags."""
    rows = [programme_row(each, t) for each in found]
    columns = (
        Column("key", t("field.code.title"), labels.WHOLE),
        Column("name", t("report.by.programme")),
        *(
            Column(key, t(f"coverage.column.{key}"), kind)
            for key, kind in _COLUMNS
            if key not in ("rank", "missing")
        ),
        Column("lagging", t("coverage.column.lagging"), "count"),
        Column("names", t("coverage.column.names")),
    )
    notes = () if rows else (t("coverage.none"),)
    return Table(labels.dated(t, t("coverage.all"), day), columns, rows, notes)


def programme_row(coverage: Coverage, t: Language) -> dict[str, object]:
    """A programme of coverage in one line."""
    programme = coverage.programme
    return {
        **_row(coverage.whole, coverage.day, t),
        "key": programme.code,
        "name": Labelled(programme.name, t.name(programme.name, programme.name_en)),
        "lagging": len(coverage.lagging),
        "names": named(coverage.lagging, t),
    }


def named(lines: Sequence[CoverageLine], t: Language) -> str:
    """Who they are, lowest rate first, each with its rate."""
    shown = [
        t(
            "coverage.name",
            name=t.name(line.region.name, line.region.name_en),
            rate=float(line.total.rate or 0),
        )
        for line in lines[:_MOST_NAMED]
    ]
    text = t("report.comma").join(shown)
    more = len(lines) - len(shown)
    return t("coverage.more", names=text, n=more) if more else text


def said(stated: Stated, t: Language) -> str:
    """ "n of N" in words, or the one of them that was stated."""
    which = "both" if None not in (stated.done, stated.due) else "done"
    which = "due" if stated.done is None else which
    return t(f"coverage.said.{which}", done=stated.done, due=stated.due)


def _row(line: CoverageLine, day: date, t: Language) -> dict[str, object]:
    total = line.total
    return {
        "key": line.region.key,
        "name": labels.place(t, line.region.name, line.region.name_en),
        "done": total.done,
        "due": total.due,
        "rate": None if total.rate is None else float(total.rate),
        "rank": line.rank,
        "target": _target(line, day, t),
        "standing": _standing(line, t),
        "missing": line.missing,
        "stated_on": line.stated_on.isoformat(),
    }


def _target(line: CoverageLine, day: date, t: Language) -> str | None:
    """The target that has come due where a place lags, else the one that comes next."""
    target = line.target if line.lags or line.next is None else line.next
    if target is None:
        return None
    when = "due" if target.due_on <= day else "ahead"
    days = abs((target.due_on - day).days)
    return t(f"coverage.target.{when}", day=target.due_on, percent=target.percent, n=days)


def _standing(line: CoverageLine, t: Language) -> Labelled | None:
    if line.lags:
        return Labelled("lags", t("coverage.standing.lags"))
    if line.total.rate is None:
        return Labelled("unknown", t("coverage.standing.unknown"))
    if line.target is None:
        return None
    return Labelled("met", t("coverage.standing.met"))


def _notes(coverage: Coverage, t: Language) -> Iterable[str]:
    if late := coverage.lagging:
        yield t("coverage.note.lagging", n=len(late), names=named(late, t))
    summed = coverage.whole.covered.own == NOTHING
    if summed and len(coverage.lines) < coverage.places:
        yield t("coverage.note.reported", n=len(coverage.lines), all=coverage.places)
    for line in (*coverage.lines, coverage.whole):
        if line.covered.differs:
            yield t(
                "coverage.note.differs", name=t.name(line.region.name, line.region.name_en),
                own=said(line.covered.own, t), parts=said(line.covered.parts, t),
            )  # fmt: skip
    yield t("coverage.note.rate")
