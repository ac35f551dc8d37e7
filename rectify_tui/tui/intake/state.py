"""What the line above the footer says of the desk: how far the reading is, and what is taken."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.tui.intake_desk.meter import Meter
from rectify_tui.tui.intake_desk.paper import Paper

_SHOWN = 200


def told_meter(t: Language, meter: Meter | None) -> list[str]:
    """What is being read, and how many of its rows are done."""
    if meter is None:
        return []
    name = clean(meter.name[:_SHOWN])
    if not meter.total:
        return [t("intake_screen.reading_file", name=name)]
    done, total = f"{meter.done:,}", f"{meter.total:,}"
    return [t("intake_screen.reading_rows", name=name, done=done, total=total)]


def told_totals(t: Language, papers: Sequence[Paper]) -> list[str]:
    """How many lines of files are taken, and how many are doubtful."""
    readings = [paper.reading for paper in papers if paper.reading is not None]
    if not readings:
        return []
    counts = {verdict: sum(reading.counts[verdict] for reading in readings) for verdict in Verdict}
    taken = sum(paper.n_taken for paper in papers)
    changing = sum(counts.values()) - counts[Verdict.UNCHANGED]
    doubtful = (verdict for verdict in Verdict if verdict not in (Verdict.UNCHANGED, Verdict.CLEAN))
    return [
        t("intake_screen.taken_of", n=f"{taken:,}", total=f"{changing:,}"),
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
