"""Which format a report is written in."""

from __future__ import annotations

from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.reports.formats import BY_ENDING, ReportFormat


def format_of(path: Path) -> ReportFormat:
    """The format that a file's ending tells. Raises `Problem` where it tells none."""
    format = BY_ENDING.get(path.suffix.lower())
    if format is None:
        raise Problem("weekly.no_suffix", name=path.name, known=" ".join(BY_ENDING))
    return format
