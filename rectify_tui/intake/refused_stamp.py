"""What a workbook of refused lines says of itself: of which file and lines it is, and whether
somebody has saved it since."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from rectify_tui.intake.model import Proposal, ProposedLine

_PROPERTIES = "docProps/core.xml"
_LONGEST = 20_000
_STAMP = re.compile(r"rectify:([0-9a-f]{64}):([0-9a-f]{64})")
_UNTOUCHED = "2000-01-01T00:00:00Z"
_TIMES = re.compile(r"<dcterms:(?:created|modified)[^>]*>([^<]*)<")


class RefusedStamp(NamedTuple):
    """The digests of a file and of its refused lines."""

    file: str
    lines: str

    def __str__(self) -> str:
        return f"rectify:{self.file}:{self.lines}"


def stamp_of(proposal: Proposal, lines: Sequence[ProposedLine]) -> RefusedStamp:
    """The stamp of the workbook of some lines of a file."""
    told = "\n".join(f"{line.row}\t{line.verdict}\t{line.cells}" for line in lines)
    return RefusedStamp(proposal.origin.digest, hashlib.sha256(told.encode()).hexdigest())


class WrittenWorkbook(NamedTuple):
    """A workbook that was written earlier; `untouched` unless somebody has saved it since."""

    stamp: RefusedStamp
    untouched: bool


def written_workbook(path: Path) -> WrittenWorkbook | None:
    """What stands in a workbook that was written earlier, None for any other file."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open(_PROPERTIES) as part:
            text = part.read(_LONGEST).decode("utf-8", "replace")
    except (OSError, KeyError, zipfile.BadZipFile, RuntimeError, NotImplementedError):
        return None
    found = _STAMP.search(text)
    times = set(_TIMES.findall(text))
    return WrittenWorkbook(RefusedStamp(*found.groups()), times == {_UNTOUCHED}) if found else None
