"""Days without a year, where the start of the row tells which year is meant.

They lie in the year of the programme, unless that would have an item due before it begins.
"""

from __future__ import annotations

from rectify_tui.domain.deadline import read_deadline
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.measures import planned_steps
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.intake.model import Verdict


def settle_years(context: ImportContext, parsed: ParsedRow, steps: str) -> None:
    """Read deadline and steps anew in the year of a later start; `steps` is the text of the cell.

    What is read so is told. A row is doubtful whose deadline names a year and lies before the start
    all the same.
    """
    start = str(parsed.values.get("start_on") or "")
    if not start or parsed.programme is None:
        return
    year = max(int(start[:4]), parsed.programme.year)
    if steps and year != parsed.programme.year:
        parsed.year, parsed.steps = year, planned_steps(steps, year)
    due = str(parsed.values.get("due_on") or start)
    if due < start:
        _settle_deadline(context, parsed, start, year)


def _settle_deadline(context: ImportContext, parsed: ParsedRow, start: str, year: int) -> None:
    text = str(parsed.values["deadline"])
    for each in (year, year + 1):
        due = read_deadline(text, default_year=each).due_on
        if due is not None and due.isoformat() >= start:
            parsed.values["due_on"] = due.isoformat()
            finding = context.finding(
                "year_of_start", "deadline", text, verdict=Verdict.CLEAN, due=due
            )
            break
    else:
        finding = context.finding(
            "due_before_start", "deadline", text, verdict=Verdict.SUSPICIOUS, start=start
        )
    parsed.findings.append(finding)
