"""Escalations as tables: steps that were taken, and steps that are due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from rectify_tui.domain.ladder import Ladder, Suggestion, answer_due, weeks_behind
from rectify_tui.domain.reference import format_references
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.escalation.steps import step_label
from rectify_tui.reports.table import Column, Labelled, Table
from rectify_tui.store.escalations import Escalation, EscalationTarget

_MOST_NUMBERS = 8
"""Numbers and ranges of a cell, above which it says how many there are."""


def escalation_table(
    escalations: Iterable[Escalation], t: Language, *, today: date, full: bool = False
) -> Table:
    """Steps that were taken; `full` has a column for every field."""
    rows = [escalation_line(each, t, today) for each in escalations]
    short = ("step", "towards", "issued_on", "due_on", "state", "n_items", "cause")
    everything = (*short, "programmes", "items", "issuer", "minutes", "commitment", "answered_on",
                  "answer", "source")  # fmt: skip
    kinds = {"id": "count", "n_items": "count", "issued_on": "date", "due_on": "date",
             "answered_on": "date"}  # fmt: skip
    columns_shown = tuple(
        Column(key, t(f"escalation.column.{key}"), kinds.get(key, "text"))  # type: ignore[arg-type]  # all are kinds
        for key in ("id", *(everything if full else short))
    )
    notes = (t("escalation.count", n=len(rows), open=sum(not _closed(row) for row in rows)),)
    return Table(t("escalation.title"), columns_shown, rows, notes)


def _closed(row: dict[str, object]) -> bool:
    state = row["state"]
    return isinstance(state, Labelled) and state.value in ("answered", "taken")


def escalation_line(each: Escalation, t: Language, today: date) -> dict[str, object]:
    """A step as one line."""
    state = each.state(today)
    return {
        "id": each.id,
        "step": step_label(t, each.step),
        "towards": Labelled(each.unit or each.region, towards(each, t)),
        "region": labels.place(t, each.region, each.region_en),
        "unit": each.unit,
        "programmes": Labelled(list(each.programmes), ", ".join(each.programmes)),
        "items": references(list(each.items), t),
        "n_items": len(each.items) or None,
        "issued_on": Labelled(each.issued_on, each.issued_on or each.issued or ""),
        "due_on": each.due_on,
        "state": Labelled(state, t(f"escalation.state.{state}")),
        "cause": each.cause,
        "issuer": each.issuer,
        "minutes": each.minutes,
        "commitment": each.commitment,
        "answered_on": each.answered_on,
        "answer": each.answer,
        "source": each.source,
    }


def towards(each: Escalation, t: Language) -> str:
    """Whom a step was taken towards."""
    return each.unit or t.name(each.region, each.region_en)


def suggestion_table(
    suggestions: Sequence[tuple[EscalationTarget, Suggestion]], ladder: Ladder, t: Language, *,
    day: date,
) -> Table:  # fmt: skip
    """The steps that are due, each with its reason and the items that cause it."""
    rows = [
        {
            "towards": Labelled(target.name, t.name(target.name, target.name_en)),
            "step": step_label(t, suggestion.step),
            "behind": target.facts.behind,
            "not_completed": target.facts.not_completed,
            "weeks": weeks_behind(target.facts, day),
            "why": Labelled(None, why(suggestion, t)),
            "answer_by": answer_due(suggestion.step, ladder, day).day,
            "items": references([each.row.ref for each in target.items], t),
        }
        for target, suggestion in suggestions
    ]
    columns_shown = (
        Column("towards", t("escalation.column.towards")),
        Column("step", t("escalation.column.step"), "whole"),
        Column("behind", t("escalation.column.behind"), "count"),
        Column("why", t("escalation.column.why")),
        Column("answer_by", t("escalation.column.answer_by"), "whole"),
        Column("items", t("escalation.column.items")),
    )
    title = labels.dated(t, t("escalation.suggestions"), day)
    return Table(title, columns_shown, rows, (t("escalation.suggested", n=len(rows)),))


def references(refs: list[str], t: Language) -> Labelled:
    """References for people as ranges, and of very many the first; programs get each of them."""
    text = format_references(
        (code, number) for code, _, number in (ref.partition("/") for ref in refs)
    )
    numbers = text.split(",")
    if len(numbers) > _MOST_NUMBERS:
        text = t("escalation.refs", refs=",".join(numbers[:_MOST_NUMBERS]) + " …", n=len(refs))
    return Labelled(refs, text)


def why(suggestion: Suggestion, t: Language) -> str:
    """The reason for a step in one sentence."""
    grounds_in_words = []
    for ground in suggestion.grounds:
        params = dict(ground.params)
        if "step" in params:
            params["step"] = t(f"ladder.step.{params['step']}")
        grounds_in_words.append(t(ground.key, **params))
    return t("ladder.and").join(grounds_in_words)
