"""Rows of the intake screen: the files that lie open, under the recipients that they come from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.text import clean, width
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.returns.status import Round
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.reports.returns import state_name
from rectify_tui.store.return_states import ReturnState
from rectify_tui.tui.sources.intake_words import SIGNS, problem_text, short_finding
from rectify_tui.tui.widgets.table.source import Cell, Column, Row

ALL = 0
"""The key of the row that stands for all files."""

_SHOWN = 200


def key_of_return(state: ReturnState) -> int:
    """The key of a recipient of whom no file lies open; those of files are above 0."""
    return -state.id


def file_columns(t: Language, *, round: bool) -> tuple[Column, ...]:
    """The columns of the list of files; of a `round` when each return was sent and came."""
    counts = [
        Column(verdict, title, max(4, width(title)), "right", priority=int(not i))
        for i, verdict in enumerate(Verdict)
        for title in [t(f"intake_screen.short.{verdict}")]
    ]
    column = "intake_screen.column"
    days = (
        Column("sent", t(f"{column}.sent"), 5, priority=3),
        Column("came", t(f"{column}.came"), 5, priority=2 if t.code == "zh" else 3),
    )
    kind = Column("kind", t(f"{column}.kind"), 4 if t.code == "zh" else 7, priority=2)
    name = t(f"{column}.{'recipient' if round else 'file'}")
    return (
        Column("file", name, 14 if round else 20, stretch=2 if round else 4),
        *(days if round else (kind,)),
        Column("taken", t(f"{column}.taken"), 6, "right"),
        *counts[1:],
        counts[0],
        Column("remark", t(f"{column}.{'state' if round else 'remark'}"), 10, stretch=3),
    )


@dataclass(frozen=True)
class DeskList:
    """The files that lie open, and the round whose recipients they come from, if there is one."""

    files: Sequence[OpenedFile]
    round: Round | None = None

    def state_of(self, file: OpenedFile) -> ReturnState | None:
        """The return that a file answers, as far as it is one of the round."""
        if self.round is None or file.checked is None or not file.checked.code:
            return None
        return self.round.of_code(file.checked.code)

    def open_states(self) -> dict[int, int]:
        """How many lines are doubtful of returns that lie open and are not taken in, by id."""
        return {
            state.id: file.checked.n_doubtful
            for file in self.files
            if file.checked is not None and file.awaited
            for state in [self.state_of(file)]
            if state is not None
        }

    def waiting(self) -> tuple[ReturnState, ...]:
        """Those of whom nothing has come, neither taken in nor lying open."""
        open_ = self.open_states()
        states = self.round.states if self.round else ()
        return tuple(each for each in states if each.state != "received" and each.id not in open_)

    def rows(self) -> Iterator[tuple[OpenedFile | None, ReturnState | None]]:
        """What comes from nobody of the round, then the recipients in administrative order."""
        by_code: dict[int, list[OpenedFile]] = {}
        for file in self.files:
            state = self.state_of(file)
            if state is None:
                yield file, None
            else:
                by_code.setdefault(state.id, []).append(file)
        for state in self.round.states if self.round else ():
            for file in by_code.get(state.id, ()):
                yield file, state
            if state.id not in by_code:
                yield None, state


class FileSource:
    """Files and recipients, with a first row for all of them where there are several files."""

    def __init__(
        self, listed: DeskList, t: Language, key: str, today: date, *, ascii: bool
    ) -> None:
        self.listed = listed
        self.files = list(listed.files)
        self.key = key
        self.t = t
        self.today = today
        self.ascii = ascii
        self.by_key: dict[int, tuple[OpenedFile | None, ReturnState | None]] = {}
        for file, state in listed.rows():
            if file is not None:
                self.by_key[file.key] = file, state
            elif state is not None:
                self.by_key[key_of_return(state)] = None, state
        self.keys = [ALL] * (len(self.files) > 1) + list(self.by_key)

    def count(self) -> int:
        """How many rows there are."""
        return len(self.keys)

    def position(self, key: int) -> int | None:
        """The index of a row."""
        return self.keys.index(key) if key in self.keys else None

    def rows(self, start: int, stop: int) -> Sequence[Row]:
        """Rows by index, as the table draws them."""
        return [self._row(key) if key else self._all() for key in self.keys[start:stop]]

    def _row(self, key: int) -> Row:
        file, state = self.by_key[key]
        if file is not None:
            return self._one(file, state)
        assert state is not None
        cells = self._of_return(state)
        tone = "window-table--muted" if state.state == "received" else ""
        missed = self.listed.round.missed.get(state.id, 0) if self.listed.round else 0
        told = state_text(self.t, state, self.today, missed)
        return Row(key, cells | {"remark": told}, tone)

    def _of_return(self, state: ReturnState) -> dict[str, str | Cell]:
        """Whose return it is, when it was sent and when it came."""
        return {
            "file": clean(state_name(state, self.t)[:_SHOWN]),
            "sent": state.sent_on[5:],
            "came": (state.received_on or "")[5:],
        }

    def _all(self) -> Row:
        cells: dict[str, str | Cell] = {
            "file": self.t("intake_screen.all_files", n=len(self.files))
        }
        return Row(ALL, cells | self._counts(self.files), "window-table--marked")

    def _one(self, file: OpenedFile, state: ReturnState | None) -> Row:
        cells: dict[str, str | Cell] = {"file": clean(file.name[:_SHOWN]), "remark": ""}
        if state is not None:
            cells |= self._of_return(state)
        if file.checked is not None:
            cells["kind"] = self.t(f"intake_screen.kind.{file.checked.proposal.kind}")
            cells |= self._counts([file])
        cells["remark"] = self._remark(file, state)
        return Row(file.key, cells)

    def _remark(self, file: OpenedFile, state: ReturnState | None) -> Cell:
        """What is to be said of a file; of a return, how far it has come."""
        said = remark(self.t, file, self.key)
        if state is None or file.checked is None or file.problem is not None:
            return said
        told = opened_text(self.t, file)
        if not said.text or said.tone == "muted" or not file.awaited:
            return told
        joined = self.t("report.comma").join((told.text, said.text))
        return Cell(joined, said.tone)

    def _counts(self, files: Sequence[OpenedFile]) -> dict[str, str | Cell]:
        counted = [file.checked.counts for file in files if file.checked is not None]
        counts = {verdict: sum(counts[verdict] for counts in counted) for verdict in Verdict}
        none = "." if self.ascii else "·"
        cells: dict[str, str | Cell] = {
            verdict: Cell(str(n), SIGNS[verdict][2]) if n else Cell(none, "muted")
            for verdict, n in counts.items()
        }
        return cells | {"taken": str(sum(file.n_accepted for file in files))}


def remark(t: Language, file: OpenedFile, key: str) -> Cell:
    """The most important thing to be said about a file, shortly.

    `key` is what one presses to choose a programme.
    """
    if file.problem is not None:
        return Cell(clean(problem_text(t, file.problem, key)[:_SHOWN]), "bad")
    if file.checked is None:
        return Cell(t("intake_screen.reading"), "muted")
    remarks = sorted(
        file.checked.proposal.remarks, key=lambda remark: list(Verdict).index(remark.verdict)
    )
    unread = sum(not field for _, field in file.checked.columns)
    if not remarks and unread:
        return Cell(t("intake_screen.columns_unread", n=unread), "muted")
    if remarks:
        worst = remarks[-1].verdict
        said = [each for each in remarks if each.verdict is worst and worst is not Verdict.CLEAN]
        kind = file.checked.proposal.kind
        words = [short_finding(t, kind, each) for each in said or remarks[-1:]]
        return Cell(t("report.comma").join(dict.fromkeys(words)), SIGNS[worst][2])
    return Cell("")


def opened_text(t: Language, file: OpenedFile) -> Cell:
    """How far a return that lies open has come: to be checked, to be written, or taken in."""
    assert file.checked is not None
    doubtful, waiting = file.checked.n_doubtful, file.n_accepted
    if file.awaited and doubtful:
        return Cell(t("intake_screen.state.to_check", n=doubtful), "warn")
    if file.awaited:
        return Cell(t("intake_screen.state.to_write", n=waiting), "good")
    if waiting or doubtful:
        return Cell(t("intake_screen.state.left", n=max(waiting, doubtful)), "warn")
    return Cell(t("intake_screen.state.taken"), "muted")


def state_text(t: Language, state: ReturnState, today: date, missed: int = 0) -> Cell:
    """How it stands with a return of which no file lies open; so many before it were `missed`."""
    if state.state == "received":
        how = t("intake_screen.state.by_file", n=state.rows_taken) if state.file else state.how
        return Cell(clean(" ".join(filter(None, (t("returns.state.received"), how)))), "muted")
    late = (today - date.fromisoformat(state.due_on)).days
    key, n = ("late", late) if state.state == "late" else ("waiting", state.n_items)
    text = t(f"intake_screen.state.{key}", n=n)
    if missed:
        text = t("intake_screen.state.again", text=text, n=missed + 1)
    return Cell(text, "bad" if late > 0 else "warn" if missed else "")
