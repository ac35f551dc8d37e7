"""The campaign of faults: a ledger to hurt, and a table of what came of it."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

for _folder in ("store", "e2e"):
    sys.path.append(str(Path(__file__).parent.parent / _folder))

Tally = Counter[str]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed ledger. Copy it; never write to it."""
    from operations import build

    path = tmp_path_factory.mktemp("faults") / "template.db"
    build(path)
    return path


@pytest.fixture
def tally(record_property: Callable[[str, object], None]) -> Iterator[Tally]:
    """Counts what a test tried and what came of it, for the table."""
    counts: Tally = Counter()
    yield counts
    record_property("faults", json.dumps(counts))


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print the table after the run, from whichever process the counts come."""
    reports = [report for each in terminalreporter.stats.values() for report in each]
    failed = {report.nodeid for report in terminalreporter.stats.get("failed", [])}
    told = {
        report.nodeid: json.loads(counts)
        for report in reports
        for name, counts in getattr(report, "user_properties", ())
        if name == "faults"
    }
    if told:
        terminalreporter.section("faults")
    for nodeid, counts in sorted(told.items()):
        outcome = "FAILED" if nodeid in failed else "held"
        line = ", ".join(f"{n} {name}" for name, n in counts.items())
        terminalreporter.write_line(f"{nodeid.partition('::test_')[2]:42} {outcome:7} {line}")
