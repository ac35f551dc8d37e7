"""All that the page of a line tells, read in one go."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.ladder import Ladder, Suggestion, suggest
from rectify_tui.domain.patterns import Moves
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.escalation.settings import (
    FILE,
    EscalationSettings,
    read_escalation_settings,
)
from rectify_tui.store.connection import Connection
from rectify_tui.store.escalations import Escalation, EscalationTarget, targets_of
from rectify_tui.store.item_context import (
    Concerned,
    addressees_of,
    deadline_moves_of,
    escalations_about,
)
from rectify_tui.store.item_detail import ItemDetail, item_detail
from rectify_tui.store.log import LogEntry, item_log
from rectify_tui.store.queue import QueueEntry, QueueQuery, read_entries


@dataclass(frozen=True)
class Facts:
    """A line of the queue with its item, its deadline's moves, its steps and its history.

    `suggestions` are the steps that are due towards its unit, its county and its city;
    `addressees` are its unit and the regions it lies in. Where the office's ladder cannot be read,
    `trouble` says why, and nothing is suggested.
    """

    query: QueueQuery
    entry: QueueEntry
    detail: ItemDetail
    moves: Moves | None
    escalations: list[Escalation]
    suggestions: list[tuple[EscalationTarget, Suggestion]]
    addressees: list[Concerned]
    log: list[LogEntry]
    settings: EscalationSettings
    trouble: Problem | None = None


def _settings() -> tuple[EscalationSettings, Problem | None]:
    """The office's ladder, and what is wrong with the file that has it."""
    try:
        return read_escalation_settings(config_folder() / FILE), None
    except Problem as problem:
        return EscalationSettings(), problem


def _due(
    targets: Iterable[EscalationTarget], ladder: Ladder, day: date
) -> list[tuple[EscalationTarget, Suggestion]]:
    """The steps that are due, the gravest first; of equal ones the one that is nearest."""
    due = [(target, step) for target in targets if (step := suggest(target.facts, ladder, day))]
    return sorted(due, key=lambda suggested: -suggested[1].step.rank)


def read_facts(connection: Connection, query: QueueQuery, id: int) -> Facts | None:
    """Everything about a line, None where the item is gone. To be called in a thread."""
    day = query.as_of
    settings, trouble = _settings()
    ladder = settings.ladder if trouble is None else {}
    with connection.snapshot():
        entries = read_entries(connection, query, [id])
        detail = item_detail(connection, id, as_of=day)
        if not entries or detail is None:
            return None
        return Facts(
            query, entries[0], detail, deadline_moves_of(connection, id, day),
            escalations_about(connection, id, day),
            _due(targets_of(connection, id, day), ladder, day),
            addressees_of(connection, id), item_log(connection, id),
            settings, trouble,
        )  # fmt: skip
