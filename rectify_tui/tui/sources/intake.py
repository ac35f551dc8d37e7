"""Rows of the intake screen: files that lie open, and their lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from rectify_tui.domain.text import clean
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Finding, IntakeKind, ProposedLine, Verdict
from rectify_tui.intake.record_fields import field_title
from rectify_tui.intake.workspace.accepting import can_accept
from rectify_tui.intake.workspace.checked_file import CheckedFile
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.tui.sources.intake_rows import (
    LineFilter,
    LinePart,
    about_field,
    indexes_of,
    parts_of,
    read_key,
    rows_of,
)
from rectify_tui.tui.sources.intake_words import (
    SIGNS,
    mark,
    short_finding,
    sign,
    value_text,
    verdict_text,
)
from rectify_tui.tui.sources.look import short_ref
from rectify_tui.tui.widgets.table.source import Cell, Column, Row


def _searched(line: ProposedLine) -> str:
    """What is searched: the row as it came, and what the ledger has in its place."""
    before = (str(change.before) for change in line.changes if change.before is not None)
    return "\n".join((line.ref, *line.cells, *before))


FOLD = 1
"""The key of the row that stands for the clean lines of returns while they are folded."""

FOLDED_FROM = 6
"""From so many clean lines on they are folded: fewer take no room from those that are doubtful."""

REF_CELLS = 12
_SHOWN = 200


def line_columns(t: Language) -> tuple[Column, ...]:
    """The columns of the list of lines."""
    return (
        Column("sign", "", 1),
        Column("take", t("intake_screen.column.take"), 4),
        Column("ref", t("field.ref.short"), REF_CELLS, stretch=1),
        Column("field", t("intake_screen.column.field"), 10 if t.code == "zh" else 12, stretch=1),
        Column("before", t("intake_screen.column.before"), 13, stretch=3),
        Column("after", t("intake_screen.column.after"), 14, stretch=4),
        Column("why", t("intake_screen.column.why"), 14, stretch=3),
    )


@dataclass(frozen=True)
class _Listed:
    keys: Sequence[int]
    positions: Mapping[int, int]


class LineSource:
    """The lines of some files. Finds out which when it is first asked, and then for good."""

    def __init__(
        self, files: Sequence[OpenedFile], shown: LineFilter, t: Language, *, ascii: bool
    ) -> None:
        self.files = {file.key: file for file in files}
        self.checked: dict[int, CheckedFile] = {
            file.key: file.checked for file in files if file.checked is not None
        }
        self.shown = shown
        self.t = t
        self.ascii = ascii
        self._lock = Lock()
        self._list: _Listed | None = None

    def _listed(self) -> _Listed:
        with self._lock:
            if self._list is None:
                keys = self._keys()
                self._list = _Listed(keys, {key: index for index, key in enumerate(keys)})
            return self._list

    def _keys(self) -> list[int]:
        """The rows in their order: of returns what is doubtful, then what is clean, folded."""
        doubtful: list[int] = []
        folded: list[int] = []
        unchanged: list[int] = []
        for key, checked in self.checked.items():
            indexes = self.indexes(key)
            if checked.proposal.kind is not IntakeKind.RETURN or not self.folds:
                doubtful += rows_of(key, checked, indexes)
                continue
            for index in indexes:
                verdict = checked.lines[index].verdict
                rows = {Verdict.CLEAN: folded, Verdict.UNCHANGED: unchanged}.get(verdict, doubtful)
                rows += rows_of(key, checked, [index])
        if self.folds:
            folded = [FOLD] if self.shown.folded else [FOLD, *folded]
        return doubtful + folded + unchanged

    @property
    def folds(self) -> bool:
        """Whether there are so many clean lines of returns that one row stands for them."""
        return not self.shown.text and self.n_clean >= FOLDED_FROM

    @property
    def n_clean(self) -> int:
        """How many clean lines of returns there are."""
        returns = (
            each for each in self.checked.values() if each.proposal.kind is IntakeKind.RETURN
        )
        return sum(each.counts[Verdict.CLEAN] for each in returns)

    @property
    def n_taken(self) -> int:
        """How many of those are taken."""
        returns = [self.files[key] for key, each in self.checked.items()
                   if each.proposal.kind is IntakeKind.RETURN]  # fmt: skip
        return sum(file.tally[Verdict.CLEAN] for file in returns)

    def indexes(self, key: int) -> list[int]:
        """The indexes of the lines that are shown of a file."""
        return indexes_of(self.checked[key], self.shown, _searched)

    def line(self, key: int) -> tuple[OpenedFile, int, ProposedLine] | None:
        """The file, the index and the line of a row, as they were when this source was made."""
        file, index, _ = read_key(key)
        checked = self.checked.get(file)
        if checked is None or index >= len(checked.lines):
            return None
        return self.files[file], index, checked.lines[index]

    def count(self) -> int:
        """How many rows there are."""
        return len(self._listed().keys)

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return self._listed().positions.get(key)

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, as the table draws them."""
        return [self._row(key) for key in self._listed().keys[start:stop]]

    def _row(self, key: int) -> Row:
        if key == FOLD:
            return self._fold()
        number, index, at = read_key(key)
        checked, file = self.checked[number], self.files[number]
        line = checked.lines[index]
        part = parts_of(line)[at]
        cells = self._part(checked.proposal.kind, line, part)
        cells["ref"] = Cell(self._ref(line), "muted" if at else "")
        if at == 0:
            accepted = file.checked is checked and file.accepts(index)
            cells["take"] = mark(line, accepted=accepted, able=can_accept(line))
            cells["sign"] = Cell(sign(line.verdict, ascii=self.ascii), SIGNS[line.verdict][2])
        quiet = line.verdict is Verdict.UNCHANGED
        return Row(key, cells, "window-table--muted" if quiet else "")

    def _fold(self) -> Row:
        """The row of all clean lines: how many there are and how many are taken."""
        n, taken = self.n_clean, self.n_taken
        mark = "[x]" if taken == n else "[~]" if taken else "[ ]"
        key = "folded" if self.shown.folded else "unfolded"
        cells: dict[str, str | Cell] = {
            "sign": Cell(sign(Verdict.CLEAN, ascii=self.ascii), SIGNS[Verdict.CLEAN][2]),
            "take": mark,
            "ref": self.t("intake_screen.fold.lines", n=f"{n:,}"),
            "after": self.t("intake_screen.fold.taken", n=f"{taken:,}"),
            "why": Cell(self.t(f"intake_screen.fold.{key}"), "muted"),
        }
        return Row(FOLD, cells)

    def _ref(self, line: ProposedLine) -> str:
        if not line.ref:
            return self.t("intake_screen.row", row=line.row) if line.row else ""
        return short_ref(clean(line.ref[:_SHOWN]), REF_CELLS, self.t("tui.sign.cut"))

    def _part(self, kind: IntakeKind, line: ProposedLine, part: LinePart) -> dict[str, str | Cell]:
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

    def _new(self, kind: IntakeKind, line: ProposedLine, part: LinePart) -> dict[str, str | Cell]:
        """A record that would be added: what it is called, in place of what changes."""
        t = self.t
        called = (change for change in line.changes if change.field in _CALLED)
        first = next(called, line.changes[0] if line.changes else None)
        return {
            "field": t("intake_screen.new"),
            "after": self._value(kind, first.field, first.after) if first else "",
            "why": self._why(kind, line.findings),
        }

    def _field(self, kind: IntakeKind, part: LinePart) -> str:
        if part.field:
            return field_title(self.t, kind, part.field)
        return clean(part.findings[0].heading[:_SHOWN]) if part.findings else ""

    def _why(self, kind: IntakeKind, findings: Sequence[Finding]) -> Cell:
        """What was found, shortly: what is about a cell first, of these the worst."""
        order = list(Verdict)
        ranked = sorted(
            findings,
            key=lambda finding: (not about_field(finding), -order.index(finding.verdict)),
        )
        words = [short_finding(self.t, kind, finding) for finding in ranked]
        noted = not ranked or ranked[0].verdict is Verdict.CLEAN  # what is only noted is no praise
        tone = "" if noted else SIGNS[ranked[0].verdict][2]
        return Cell(self.t("report.comma").join(dict.fromkeys(words)), tone)

    def _value(self, kind: IntakeKind, name: str, value: object) -> str:
        shown = value if isinstance(value, str | int | float) else None
        return value_text(self.t, kind, name, shown)[:_SHOWN].replace("\n", " ")


_CALLED = ("problem", "complaint", "name", "what", "text", "subject")
"""The fields that tell best what a record is."""
