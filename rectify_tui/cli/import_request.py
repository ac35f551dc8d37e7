"""What the options of `rectify import` ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from rectify_tui.domain.timeline import Later
    from rectify_tui.intake.importing.request import ImportRequest, OtherDeadlines

DEADLINES = ("extension", "correction")
"""What may have become of deadlines that a file tells otherwise."""


def import_request(
    kind: str | None, sheet: str | None, programme: str | None, under: str | None,
    on: date | None, map_: Path | None, columns: Sequence[str], values: Sequence[str],
    without: Sequence[str],
    days: str | None, later: Later | None, deadlines: OtherDeadlines | None,
) -> ImportRequest:  # fmt: skip
    """The request that the options of a command make."""
    from rectify_tui.domain.day_order import Order
    from rectify_tui.intake.importing.request import ImportRequest
    from rectify_tui.intake.mapping import read_column_rule, read_value_rule
    from rectify_tui.intake.model import IntakeKind
    from rectify_tui.paths import config_folder

    asked = IntakeKind(kind) if kind else None
    rules = tuple(map(read_value_rule, values))
    order = Order(days.replace("-", "_")) if days else None
    return ImportRequest(
        config_folder(), asked, sheet, programme, under, on, map_,
        tuple(map(read_column_rule, columns)), rules, order, frozenset(without), later, deadlines,
    )  # fmt: skip


def other_deadlines(
    what: str | None, asked_by: str, allowed_by: str, reason: str, document: str
) -> OtherDeadlines | None:
    """What becomes of other deadlines; whoever allowed it allowed an extension."""
    from rectify_tui.intake.importing.request import OtherDeadlines
    from rectify_tui.store.commands.extensions import Request

    if what is None and not allowed_by:
        return None
    request = Request("", asked_by, allowed_by, reason, document)
    return OtherDeadlines(what == DEADLINES[1], request)
