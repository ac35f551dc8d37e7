"""The comparison of a paragraph with the ledger, for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator

from rectify_tui.domain.paragraph import Figure, Reading
from rectify_tui.i18n import Language
from rectify_tui.reports.reconcile.comparing import Compared, Reconciled
from rectify_tui.reports.reconcile.marked import Finding, corrected, finding
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.store.figures import PublishedFigure


def reconcile_json(result: Reconciled) -> dict[str, object]:
    """The comparison for programs: figures, unplaced, sums, rate definition."""
    reading = result.reading
    figures = [
        {
            "subject": figure.subject, "what": figure.what.value, "value": figure.value,
            "text": figure.text, "start": figure.start, "end": figure.end,
            "ledger": figure.ledger, "agrees": figure.agrees, "programme": beside.programme,
            "place": figure.place, "region": beside.region, "on": beside.on.isoformat(),
            "also": figure.also, "closeout": figure.closeout,
            "published": _published_json(beside.published),
        }
        for figure, beside in zip(reading.figures, result.compared, strict=True)
    ]  # fmt: skip
    return {
        "as_of": result.as_of.isoformat(),
        "figures": figures,
        "corrected": "".join(each.text for each in corrected(result)),
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


def _published_json(published: PublishedFigure | None) -> dict[str, object] | None:
    if published is None:
        return None
    return {"value": published.number, "as_of": published.as_of, "source": published.source}


def _stated(figure: Figure) -> dict[str, object]:
    return {"what": figure.what.value, "value": figure.value, "text": figure.text}


def _one_definition(reading: Reading) -> str | None:
    """The definition of the closure rate, where one and only one gives the stated percentage."""
    possible = {name for rate in reading.rate_definitions for name in rate.definitions}
    return possible.pop().value if len(possible) == 1 else None


def _definitions(reading: Reading) -> list[dict[str, object]]:
    return [
        {
            "text": reading.figures[each.rate].text,
            "definitions": [definition.value for definition in each.definitions],
        }
        for each in reading.rate_definitions
    ]


def reconcile_tables(result: Reconciled, t: Language) -> Iterator[Table]:
    """The comparison for people: figures, sums, and what could not be placed."""
    yield Table(
        t("reconcile.title", date=result.as_of.isoformat()),
        (
            Column("subject", t("reconcile.column.subject")),
            Column("what", t("reconcile.column.what")),
            Column("text", t("reconcile.column.text")),
            Column("value", t("reconcile.column.value"), "count"),
            Column("ledger", t("reconcile.column.ledger"), "count"),
            Column("programme", t("reconcile.column.programme")),
            *_columns_where_needed(result, t),
            Column("verdict", t("reconcile.column.verdict")),
        ),
        [
            _row(figure, beside, t)
            for figure, beside in zip(result.reading.figures, result.compared, strict=True)
        ],
        tuple(_notes(result, t)),
    )
    if result.reading.unplaced:
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
                    "around": result.text[max(0, each.start - 12) : each.end + 8],
                }
                for each in result.reading.unplaced
            ],
        )  # fmt: skip


def _columns_where_needed(result: Reconciled, t: Language) -> Iterator[Column]:
    """The region and the day, where some figure is not of the whole on the day of the table."""
    if any(beside.region for beside in result.compared):
        yield Column("region", t("reconcile.column.region"))
    if any(beside.published for beside in result.compared):
        yield Column("published", t("reconcile.column.published"))
    if any(beside.on != result.as_of for beside in result.compared):
        yield Column("on", t("reconcile.column.on"), "date")


def _row(figure: Figure, beside: Compared, t: Language) -> dict[str, object]:
    return {
        "subject": figure.subject, "what": Labelled(figure.what.value, _meaning(figure, t)),
        "text": figure.text, "value": _shown(figure.value), "ledger": _shown(figure.ledger),
        "programme": beside.programme, "region": beside.region, "on": beside.on,
        "published": _published(beside.published, t), "verdict": _verdict(figure, beside, t),
    }  # fmt: skip


def _published(published: PublishedFigure | None, t: Language) -> str | None:
    if published is None:
        return None
    return t(
        "reconcile.published", value=published.value, on=published.as_of, source=published.source
    )


def _meaning(figure: Figure, t: Language) -> str:
    """What a figure counts: 已完成, 已完成或基本完成, 已完成（已销号）."""
    words = t(f"paragraph.what.{figure.what}")
    if figure.also is not None:
        words = t("reconcile.either", first=words, second=t(f"paragraph.what.{figure.also}"))
    if figure.closeout is not None:
        words = t("reconcile.with", what=words, more=t(f"paragraph.closeout.{figure.closeout}"))
    return words


def _shown(value: float | None) -> object:
    return round(value, 2) if isinstance(value, float) else value


def _verdict(figure: Figure, beside: Compared, t: Language) -> Labelled:
    found = finding(figure)
    if beside.unknown_place:
        return Labelled(found, t("reconcile.unknown_place", place=beside.unknown_place))
    if figure.ledger is None or found is Finding.ABSENT:
        return Labelled(found, t("reconcile.not_stated"))
    if found is Finding.AGREES:
        return Labelled(found, t("reconcile.agrees"))
    apart = round(figure.value - figure.ledger, 2)
    return Labelled(found, t("reconcile.differs", n=f"{apart:+g}"))


def _notes(result: Reconciled, t: Language) -> Iterator[str]:
    reading = result.reading
    for each in reading.sums:
        total = reading.figures[each.total]
        parts = " + ".join(str(reading.figures[part].value) for part in each.parts)
        key = "adds_up" if each.unaccounted == 0 else "short" if each.unaccounted > 0 else "over"
        yield t(
            f"reconcile.sum.{key}", subject=total.subject, total=total.value, parts=parts,
            n=abs(each.unaccounted),
        )  # fmt: skip
    for stated in reading.rate_definitions:
        text = reading.figures[stated.rate].text
        if stated.definitions:
            names = "、".join(t(f"closure.name.{each}") for each in stated.definitions)
            yield t("reconcile.rate", text=text, definitions=names)
        else:
            yield t("reconcile.no_rate", text=text)
