"""A published paragraph beside the ledger: each figure agrees, differs, or is not stated there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.closure import CaseCounts, ClosureRate, rate
from rectify_tui.domain.figures import Tally
from rectify_tui.domain.paragraph import Figure, Reading, What, compare, read_paragraph
from rectify_tui.domain.status import CaseStatus, Group, Status
from rectify_tui.domain.subject import Candidate, candidates_of, programme_of
from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import programmes
from rectify_tui.store.regions import nation
from rectify_tui.store.rollup_read import RollupQuery, read_rollup

_CASES = frozenset({What.CASES_TOTAL, What.CASES_CLOSED, What.CASES_INTERIM, What.CASES_OPEN})
_CASE_STATUS = {
    What.CASES_CLOSED: CaseStatus.CLOSED,
    What.CASES_INTERIM: CaseStatus.INTERIM,
    What.CASES_OPEN: CaseStatus.OPEN,
}
_STATUS = {What(status.value): status for status in Status}


@dataclass(frozen=True)
class Reconciled:
    """A reading with the ledger's numbers, and the programme that each figure was set beside."""

    text: str
    reading: Reading
    programmes: tuple[str | None, ...]
    as_of: date

    @property
    def differs(self) -> bool:
        """Whether a figure is not what the ledger says, or the paragraph's own parts exceed it."""
        wrong = any(figure.agrees is False for figure in self.reading.figures)
        return wrong or any(each.unaccounted < 0 for each in self.reading.sums)


def reconcile(
    connection: Connection, text: str, as_of: date, *, programme_id: int | None = None
) -> Reconciled:
    """Set every figure of a paragraph beside the ledger as of a day.

    With `programme_id` all figures are taken to be that programme's. Otherwise a figure is set
    beside the programme whose name fits its subject; where none fits alone, beside none.
    """
    books = _Books(connection, as_of)
    reading = read_paragraph(text)
    matched = tuple(_matched(reading, text, books, programme_id))

    def lookup(figure: Figure) -> int | float | None:
        programme = matched[reading.figures.index(figure)]
        if programme is None or reading.narrowed(figure):  # a part of a part is nowhere kept
            return None
        return books.number(programme, figure)

    codes = tuple(books.codes.get(id) if id is not None else None for id in matched)
    return Reconciled(text, compare(reading, lookup), codes, as_of)


def _matched(reading: Reading, text: str, books: _Books, given: int | None) -> Iterator[int | None]:
    if given is not None:
        yield from [given] * len(reading.figures)
        return
    near = candidates_of(text, books.candidates)
    with_cases = [each for each in near if books.tally(each.id).cases_total]
    for figure in reading.figures:
        about_cases = figure.what in _CASES or figure.rate_of in _CASES
        found = programme_of(figure.subject, with_cases if about_cases else near)
        if found is None and about_cases and len(with_cases) == 1:
            found = with_cases[0]
        if found is None and not about_cases and len(near) == 1:
            found = near[0]
        yield found.id if found else None


class _Books:
    """The ledger's figures by programme, read once."""

    def __init__(self, connection: Connection, as_of: date) -> None:
        rows = read_rollup(connection, RollupQuery(as_of)).rows
        self._tallies = {row.id: row.tally for row in rows}
        known = [each for each in programmes(connection) if each.id in self._tallies]
        self.codes = {each.id: each.code for each in known}
        whole = nation(connection)
        self.candidates = [
            Candidate(
                each.id, each.name, each.kind, each.year,
                "" if whole and each.region == whole.name else each.region,
            )
            for each in known
            if not each.simulated
        ]  # fmt: skip

    def tally(self, programme: int) -> Tally:
        return self._tallies[programme]

    def number(self, programme: int, figure: Figure) -> int | float | None:
        """The ledger's number for what a figure counts; None where the ledger keeps no such one."""
        tally = self._tallies.get(programme)
        if tally is None:
            return None
        what = figure.what
        if what is What.TOTAL:
            return tally.total
        if what is What.CASES_TOTAL:
            return tally.cases_total
        if what in _STATUS:
            return tally.statuses[_STATUS[what]]
        if what in _CASE_STATUS:
            return tally.cases[_CASE_STATUS[what]]
        if what is What.REMAINING:
            return tally.total - tally.groups[Group.COMPLETED] - tally.groups[Group.MERGED]
        if what is What.RATE:
            return _percent(tally, figure)
        return None


def _percent(tally: Tally, figure: Figure) -> float | None:
    if figure.rate_of in _CASES:
        counts = CaseCounts(
            total=tally.cases_total,
            closed=tally.cases[CaseStatus.CLOSED],
            interim=tally.cases[CaseStatus.INTERIM],
        )
        found = rate(counts, ClosureRate.CLOSED)
        return None if found is None else found * 100
    if figure.rate_of in (None, What.COMPLETED):
        found = tally.completion_rate
        return None if found is None else found * 100
    return None


def reconcile_json(found: Reconciled) -> dict[str, object]:
    """The comparison for programs: figures, unplaced, sums, rate definition."""
    reading = found.reading
    figures = [
        {
            "subject": figure.subject, "what": figure.what.value, "value": figure.value,
            "text": figure.text, "start": figure.start, "end": figure.end,
            "ledger": figure.ledger, "agrees": figure.agrees, "programme": programme,
        }
        for figure, programme in zip(reading.figures, found.programmes, strict=True)
    ]  # fmt: skip
    return {
        "as_of": found.as_of.isoformat(),
        "figures": figures,
        "unplaced": [
            {
                "text": each.text, "value": each.value, "reason": each.reason.value,
                "start": each.start, "end": each.end,
            }
            for each in reading.unplaced
        ],
        "sums": [
            {
                "total": _stated(reading.figures[each.total]),
                "parts": [_stated(reading.figures[part]) for part in each.parts],
                "unaccounted": each.unaccounted,
            }
            for each in reading.sums
        ],
        "rate_definition": _one_definition(reading),
        "rate_definitions": _definitions(reading),
    }  # fmt: skip


def _stated(figure: Figure) -> dict[str, object]:
    return {"what": figure.what.value, "value": figure.value, "text": figure.text}


def _one_definition(reading: Reading) -> str | None:
    """The definition of the closure rate, where one and only one gives the stated percentage."""
    found = {name for each in reading.rate_definitions for name in each.definitions}
    return found.pop().value if len(found) == 1 else None


def _definitions(reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "text": reading.figures[each.rate].text,
            "definitions": [definition.value for definition in each.definitions],
        }
        for each in reading.rate_definitions
    ]


def reconcile_tables(found: Reconciled, t: Language) -> Iterator[Table]:
    """The comparison for people: figures, sums, and what could not be placed."""
    yield Table(
        t("reconcile.title", date=found.as_of.isoformat()),
        (
            Column("subject", t("reconcile.column.subject")),
            Column("what", t("reconcile.column.what")),
            Column("text", t("reconcile.column.text")),
            Column("value", t("reconcile.column.value"), "count"),
            Column("ledger", t("reconcile.column.ledger"), "count"),
            Column("programme", t("reconcile.column.programme")),
            Column("verdict", t("reconcile.column.verdict")),
        ),
        [
            {
                "subject": figure.subject,
                "what": Labelled(figure.what.value, t(f"paragraph.what.{figure.what}")),
                "text": figure.text, "value": _shown(figure.value),
                "ledger": _shown(figure.ledger), "programme": programme,
                "verdict": _verdict(figure, t),
            }
            for figure, programme in zip(found.reading.figures, found.programmes, strict=True)
        ],
        tuple(_notes(found, t)),
    )  # fmt: skip
    if found.reading.unplaced:
        yield Table(
            t("reconcile.unplaced"),
            (
                Column("text", t("reconcile.column.text")),
                Column("reason", t("reconcile.column.reason")),
                Column("around", t("reconcile.column.around")),
            ),
            [
                {
                    "text": each.text, "reason": t(f"paragraph.reason.{each.reason}"),
                    "around": found.text[max(0, each.start - 12) : each.end + 8],
                }
                for each in found.reading.unplaced
            ],
        )  # fmt: skip


def _shown(value: float | None) -> object:
    return round(value, 2) if isinstance(value, float) else value


def _verdict(figure: Figure, t: Language) -> str:
    if figure.agrees is None or figure.ledger is None:
        return t("reconcile.not_stated")
    if figure.agrees:
        return t("reconcile.agrees")
    apart = round(figure.value - figure.ledger, 2)
    return t("reconcile.differs", n=f"{apart:+g}")


def _notes(found: Reconciled, t: Language) -> Iterator[str]:
    reading = found.reading
    for each in reading.sums:
        total = reading.figures[each.total]
        parts = " + ".join(str(reading.figures[part].value) for part in each.parts)
        key = "adds_up" if each.unaccounted == 0 else "short" if each.unaccounted > 0 else "over"
        yield t(
            f"reconcile.sum.{key}", subject=total.subject, total=total.value, parts=parts,
            n=abs(each.unaccounted),
        )  # fmt: skip
    for rate_found in reading.rate_definitions:
        text = reading.figures[rate_found.rate].text
        if rate_found.definitions:
            names = "、".join(t(f"closure.name.{each}") for each in rate_found.definitions)
            yield t("reconcile.rate", text=text, definitions=names)
        else:
            yield t("reconcile.no_rate", text=text)
