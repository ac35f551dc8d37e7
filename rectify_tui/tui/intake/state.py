"""What the line above the footer says of files: how far the reading is, what is accepted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.tui.intake.meter import ReadingMeter

_SHOWN = 200


def told_meter(t: Language, meter: ReadingMeter | None) -> list[str]:
    """What is being read, and how many of its rows are done."""
    if meter is None:
        return []
    name = clean(meter.name[:_SHOWN])
    if not meter.total:
        return [t("intake_screen.reading_file", name=name)]
    done, total = f"{meter.done:,}", f"{meter.total:,}"
    return [t("intake_screen.reading_rows", name=name, done=done, total=total)]


def told_totals(t: Language, files: Sequence[OpenedFile]) -> list[str]:
    """How many lines of files are accepted, and how many are doubtful."""
    tallies = [file.checked.counts for file in files if file.checked is not None]
    if not tallies:
        return []
    counts = {verdict: sum(tally[verdict] for tally in tallies) for verdict in Verdict}
    accepted = sum(file.n_accepted for file in files)
    held = sum(file.held_back for file in files)
    changing = sum(counts.values()) - counts[Verdict.UNCHANGED]
    doubtful = (verdict for verdict in Verdict if verdict not in (Verdict.UNCHANGED, Verdict.CLEAN))
    return [
        t("intake_screen.taken_of", n=f"{accepted:,}", total=f"{changing:,}"),
        *([t("intake_screen.missing.held_back", n=f"{held:,}")] if held else ()),
        *counted(t, counts, doubtful),
    ]


def counted(t: Language, counts: Mapping[Verdict, int], verdicts: Iterable[Verdict]) -> list[str]:
    """How many lines of each verdict there are, in words."""
    return [
        t(
            "intake_screen.count",
            what=t(f"return_check.verdict.{verdict}"),
            n=f"{counts[verdict]:,}",
        )
        for verdict in verdicts
        if counts[verdict]
    ]
