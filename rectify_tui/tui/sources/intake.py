"""Rows of the intake desk: its files, and the lines of the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from rectify_tui.domain.text import clean, width
from rectify_tui.i18n import Language
from rectify_tui.intake.model import FileKind, Finding, ProposedLine, Verdict
from rectify_tui.intake.record_fields import field_title
from rectify_tui.tui.intake_desk.listing import (
    Part,
    Wanted,
    field_of,
    parts_of,
    places_of,
    read_key,
    rows_of,
)
from rectify_tui.tui.intake_desk.paper import Paper, Reading, can_take
from rectify_tui.tui.sources.intake_words import (
    SIGNS,
    mark,
    problem_text,
    short_finding,
    sign,
    value_text,
    verdict_text,
)
from rectify_tui.tui.sources.look import short_ref
from rectify_tui.tui.widgets.table.source import Cell, Column, Row


def _told(line: ProposedLine) -> str:
    """What is searched: the row as it came, and what the ledger has in its place."""
    before = (str(change.before) for change in line.changes if change.before is not None)
    return "\n".join((line.ref, *line.cells, *before))


ALL = 0
"""The key of the row that stands for all files."""

REF_CELLS = 12
_SHOWN = 200


def line_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of lines."""
    return (
        Column("sign", "", 1),
        Column("take", t("intake_screen.column.take"), 4),
        Column("ref", t("field.ref.short"), REF_CELLS, stretch=1),
        Column("field", t("intake_screen.column.field"), 10, stretch=1),
        Column("before", t("intake_screen.column.before"), 13, stretch=3),
        Column("after", t("intake_screen.column.after"), 14, stretch=4),
        Column("why", t("intake_screen.column.why"), 14, stretch=3),
    )


def file_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of files."""
    counts = [
        Column(verdict, title, max(4, width(title)), "right", priority=int(not i))
        for i, verdict in enumerate(Verdict)
        for title in [t(f"intake_screen.short.{verdict}")]
    ]
    return (
        Column("file", t("intake_screen.column.file"), 20, stretch=4),
        Column("kind", t("intake_screen.column.kind"), 4 if t.code == "zh" else 7, priority=2),
        Column("taken", t("intake_screen.column.taken"), 6, "right"),
        *counts[1:],
        counts[0],
        Column("remark", t("intake_screen.column.remark"), 10, stretch=3),
    )


@dataclass(frozen=True)
class _Listed:
    keys: Sequence[int]
    places: Mapping[int, int]


class LineSource:
    """The lines of some files. Finds out which when it is first asked, and then for good."""

    def __init__(
        self, papers: Sequence[Paper], wanted: Wanted, t: Language, *, ascii: bool
    ) -> None:
        self.papers = {paper.key: paper for paper in papers}
        self.readings: dict[int, Reading] = {
            paper.key: paper.reading for paper in papers if paper.reading is not None
        }
        self.wanted = wanted
        self.t = t
        self.ascii = ascii
        self._lock = Lock()
        self._found: _Listed | None = None

    def _listed(self) -> _Listed:
        with self._lock:
            if self._found is None:
                keys: list[int] = []
                for key, reading in self.readings.items():
                    keys += rows_of(key, reading, self.places(key))
                self._found = _Listed(keys, {key: index for index, key in enumerate(keys)})
            return self._found

    def places(self, key: int) -> list[int]:
        """The places of the lines that are shown of a file."""
        reading = self.readings[key]
        return places_of(reading, self.wanted, _told)

    def line(self, key: int) -> tuple[Paper, int, ProposedLine] | None:
        """The file, the place and the line of a row, as they were when this source was made."""
        paper, place, _ = read_key(key)
        reading = self.readings.get(paper)
        if reading is None or place >= len(reading.lines):
            return None
        return self.papers[paper], place, reading.lines[place]

    def count(self) -> int:
        """How many rows there are."""
        return len(self._listed().keys)

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return self._listed().places.get(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, as the table draws them."""
        return [self._row(key) for key in self._listed().keys[start:stop]]

    def _row(self, key: int) -> Row:
        number, place, at = read_key(key)
        reading, paper = self.readings[number], self.papers[number]
        line = reading.lines[place]
        part = parts_of(line)[at]
        cells = self._part(reading.proposal.kind, line, part)
        cells["ref"] = Cell(self._ref(line), "muted" if at else "")
        if at == 0:
            current = paper.reading is reading
            taken = current and paper.is_taken(place)
            cells["take"] = mark(line, taken=taken, able=can_take(line))
            cells["sign"] = Cell(sign(line.verdict, ascii=self.ascii), SIGNS[line.verdict][2])
        quiet = line.verdict is Verdict.UNCHANGED
        return Row(key, cells, "window-table--muted" if quiet else "")

    def _ref(self, line: ProposedLine) -> str:
        if not line.ref:
            return self.t("intake_screen.row", row=line.row) if line.row else ""
        return short_ref(clean(line.ref[:_SHOWN]), REF_CELLS, self.t("tui.sign.cut"))

    def _part(self, kind: FileKind, line: ProposedLine, part: Part) -> dict[str, str | Cell]:
        t = self.t
        if line.new:
            return self._new(kind, line, part)
        cells: dict[str, str | Cell] = {"field": self._field(kind, part)}
        if part.change is not None:
            cells["before"] = self._value(kind, part.field, part.change.before)
            cells["after"] = self._value(kind, part.field, part.change.after)
        elif part.findings:
            cells["after"] = clean(part.findings[0].holds[:_SHOWN])
        if part.findings:
            cells["why"] = self._why(kind, part.findings)
        elif part.change is None:
            cells["why"] = verdict_text(t, kind, line)
        return cells

    def _new(self, kind: FileKind, line: ProposedLine, part: Part) -> dict[str, str | Cell]:
        """A record that would be added: what it is called, in place of what changes."""
        t = self.t
        called = (change for change in line.changes if change.field in _CALLED)
        first = next(called, line.changes[0] if line.changes else None)
        return {
            "field": t("intake_screen.new"),
            "after": self._value(kind, first.field, first.after) if first else "",
            "why": self._why(kind, line.findings),
        }

    def _field(self, kind: FileKind, part: Part) -> str:
        if part.field:
            return field_title(self.t, kind, part.field)
        return clean(part.findings[0].heading[:_SHOWN]) if part.findings else ""

    def _why(self, kind: FileKind, findings: Sequence[Finding]) -> Cell:
        """What was found, shortly: what is about a cell first, of these the worst."""
        order = list(Verdict)
        ranked = sorted(findings, key=lambda each: (not field_of(each), -order.index(each.verdict)))
        said = [short_finding(self.t, kind, finding) for finding in ranked]
        tone = SIGNS[ranked[0].verdict][2] if ranked else ""
        return Cell(self.t("report.comma").join(dict.fromkeys(said)), tone)

    def _value(self, kind: FileKind, name: str, value: object) -> str:
        shown = value if isinstance(value, str | int | float) else None
        return value_text(self.t, kind, name, shown)[:_SHOWN].replace("\n", " ")


_CALLED = ("problem", "complaint", "name", "what", "text", "subject")
"""The fields that tell best what a record is."""


class FileSource:
    """The files of the desk, with a first row for all of them where there are several."""

    def __init__(self, papers: Sequence[Paper], t: Language, key: str, *, ascii: bool) -> None:
        self.papers = list(papers)
        self.key = key
        self.t = t
        self.ascii = ascii
        self.keys = [ALL] * (len(papers) > 1) + [paper.key for paper in papers]

    def count(self) -> int:
        """How many rows there are."""
        return len(self.keys)

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return self.keys.index(key) if key in self.keys else None

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, as the table draws them."""
        by_key = {paper.key: paper for paper in self.papers}
        return [self._one(by_key[key]) if key else self._all() for key in self.keys[start:stop]]

    def _all(self) -> Row:
        cells: dict[str, str | Cell] = {
            "file": self.t("intake_screen.all_files", n=len(self.papers))
        }
        return Row(ALL, cells | self._counts(self.papers), "window-table--marked")

    def _one(self, paper: Paper) -> Row:
        cells: dict[str, str | Cell] = {"file": clean(paper.name[:_SHOWN]), "remark": ""}
        if paper.reading is not None:
            cells["kind"] = self.t(f"intake_screen.kind.{paper.reading.proposal.kind}")
            cells |= self._counts([paper])
        cells["remark"] = remark(self.t, paper, self.key)
        return Row(paper.key, cells)

    def _counts(self, papers: Sequence[Paper]) -> dict[str, str | Cell]:
        readings = [paper.reading for paper in papers if paper.reading is not None]
        counts = {
            verdict: sum(reading.counts[verdict] for reading in readings) for verdict in Verdict
        }
        none = "." if self.ascii else "·"
        cells: dict[str, str | Cell] = {
            verdict: Cell(str(n), SIGNS[verdict][2]) if n else Cell(none, "muted")
            for verdict, n in counts.items()
        }
        return cells | {"taken": str(sum(sum(paper.tally.values()) for paper in papers))}


def remark(t: Language, paper: Paper, key: str) -> Cell:
    """The most important thing to be said about a file, shortly.

    `key` is what one presses to choose a programme.
    """
    if paper.problem is not None:
        return Cell(clean(problem_text(t, paper.problem, key)[:_SHOWN]), "bad")
    if paper.reading is None:
        return Cell(t("intake_screen.reading"), "muted")
    remarks = sorted(
        paper.reading.proposal.remarks, key=lambda each: list(Verdict).index(each.verdict)
    )
    unread = sum(not field for _, field in paper.reading.mapping)
    if not remarks and unread:
        return Cell(t("intake_screen.columns_unread", n=unread), "muted")
    if remarks:
        worst = remarks[-1]
        return Cell(short_finding(t, paper.reading.proposal.kind, worst), SIGNS[worst.verdict][2])
    return Cell("")
