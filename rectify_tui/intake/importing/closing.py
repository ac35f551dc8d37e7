"""How far the close-out of an item is, where a file tells it."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.closeout import Closure, Stage, is_completed
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.intake.model import Verdict
from rectify_tui.store.commands.closure_fields import closure_values


def settle_closure(
    context: ImportContext, parsed: ParsedRow, values: Values, now: Values | None
) -> None:
    """Take over the stage that a row tells, but only further: the ledger may know it better.

    A row is doubtful that says something is open which is in close-out, or the reverse.
    """
    told, held = values.pop("closure", None), now.get("closure") if now else None
    status = values.get("status", now["status"] if now else None)
    if held and "status" in values and not is_completed(status):
        out = Problem("closeout.leaves", stage=Problem(f"closeout.stage.{held}"))
        parsed.findings.append(
            context.finding("out_of_closeout", "status", expected=out, verdict=Verdict.SUSPICIOUS)
        )
    elif told and (status is None or not is_completed(status)):
        parsed.findings.append(
            context.finding("closure_or_not", "closure", verdict=Verdict.SUSPICIOUS)
        )
    elif told and told != held and (held is None or told == Stage.STRUCK):
        day = date.fromisoformat(parsed.state_on or parsed.on)
        values |= closure_values(Closure(Stage(str(told)), since=day))
