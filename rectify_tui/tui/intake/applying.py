"""Writing what was taken of files, as one batch, and sending the rest back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.workspace.applying import (
    FILE_CHANGED,
    IntakeOrder,
    IntakeResult,
    apply_order,
)
from rectify_tui.intake.workspace.choosing import overwriting
from rectify_tui.intake.workspace.opened_file import OpenedFile
from rectify_tui.intake.workspace.send_back import SentBack, refused_now, send_back
from rectify_tui.paths import shown_path
from rectify_tui.store.ledger import Ledger
from rectify_tui.tui.dialogs.apply import ApplyDialog, ApplyResult
from rectify_tui.tui.intake.meter import ReadingMeter
from rectify_tui.tui.intake.missing import ask_missing
from rectify_tui.tui.intake.reading import DeskReader
from rectify_tui.tui.intake.state import counted
from rectify_tui.tui.session import Session


@dataclass(frozen=True)
class Way:
    """One of the answers to the question whether to write."""

    key: str
    write: bool
    send_back: bool


WAYS = (Way("write", True, False), Way("both", True, True), Way("send_back", False, True))


class Applying:
    """Writes what was taken of the files that `reader` has read; `applied` is called afterwards.

    `decided` is called where that was asked about what is missing.
    """

    def __init__(
        self, session: Session, reader: DeskReader, applied: Callable[[], None],
        decided: Callable[[], None],
    ) -> None:  # fmt: skip
        self._decided = decided
        self.session = session
        self.reader = reader
        self.writing = False
        self._applied = applied

    def apply(self) -> None:
        """Ask whether what was taken is to be written, then write it."""
        workspace = self.reader.workspace
        if self.reader.busy or self.writing:
            self.session.tell(Refusal("intake_screen.still_reading"))
            return
        if not ask_missing(self.session, workspace.chosen(), self._confirmed, self._apply_rest):
            self._apply_rest()

    def _confirmed(self) -> None:
        self._decided()
        self._apply_rest()

    def _apply_rest(self) -> None:
        """Ask about what is taken by now."""
        workspace = self.reader.workspace
        files = [file.copy() for file in workspace.chosen()]
        counts = workspace.tally(files)
        n = sum(counts.values())
        refused = sum(file.n_refused for file in files)
        awaited = sum(file.awaited for file in files)
        if not (n or refused or awaited):
            self.session.tell(Refusal("intake_screen.nothing_taken"))
            return
        write = bool(n or awaited)
        ways = [way for way in WAYS if write >= way.write and bool(refused) >= way.send_back]
        ask = partial(self._ask, files, counts, ways, refused)
        self.session.read(partial(overwriting, files), ask, "intake-decide", asks=True)

    def _ask(
        self, files: list[OpenedFile], counts: Counter[Verdict], ways: list[Way], refused: int,
        over: int,
    ) -> None:  # fmt: skip
        t, n = self.session.t, sum(counts.values())
        awaited = sum(file.awaited for file in files)
        if n:
            n_files = sum(bool(file.n_accepted) for file in files)
            question = t("intake_screen.ask_apply", n=n, files=n_files)
        elif awaited:
            question = t("intake_screen.ask_received", n=awaited)
        else:
            question = t("intake_screen.ask_send_back", n=refused)
        lines = [t("report.comma").join(counted(t, counts, Verdict))] if n else []
        if over:
            lines.append(t("intake_screen.overwrites", n=over))
        if refused and (n or awaited):
            lines.append(t("intake_screen.not_taken", n=refused))

        def attempt(result: ApplyResult) -> None:
            order = IntakeOrder(tuple(files), reason=result.reason or None)
            self._apply(dialog, order, ways[result.place])

        options = [t(f"intake_screen.way.{way.key}", n=refused) for way in ways]
        dialog = ApplyDialog(self.session, question, lines, options, attempt)
        self.session.ask(dialog)

    def _apply(self, dialog: ApplyDialog, order: IntakeOrder, way: Way) -> None:
        session, reader = self.session, self.reader
        meter = reader.meter = ReadingMeter(session.t("intake_screen.writing"))
        work = partial(_carry_out, session.ledger, order, way, session.t, meter)

        def done(outcome: tuple[IntakeResult, Sequence[SentBack]]) -> None:
            dialog.close()
            reader.meter, self.writing = None, False
            for workbook in outcome[1]:
                if reader.watching is not None:
                    reader.watching.pass_over(workbook.path)
            self._tell(*outcome)
            session.look_again()
            self._applied()

        def refused(problem: Problem) -> None:
            reader.meter, self.writing = None, False
            dialog.complain(problem)
            if problem.key == FILE_CHANGED:
                reader.workspace.reread()
            reader.read_next()

        self.writing = True
        session.read(work, done, "intake-apply", refused=refused)

    def _tell(self, result: IntakeResult, workbooks: Sequence[SentBack]) -> None:
        """Say what it came to."""
        t, batch = self.session.t, result.receipt.batch
        parts = []
        if batch is not None:
            undo = self.session.first_key("app.undo")
            key = "applied" if result.n_written else "received"
            parts.append(t(f"intake_screen.{key}", n=result.n_written, batch=batch, undo=undo))
        if result.n_out_of_time:
            parts.append(t("importing.out_of_time", n=result.n_out_of_time))
        if result.n_lost_cells and batch is not None:
            parts.append(t("importing.lost_cells", n=result.n_lost_cells))
        if result.left:
            parts.append(t("intake_screen.left", n=result.left))
        written = [workbook for workbook in workbooks if workbook.error is None]
        if written:
            names = t("report.comma").join(clean(workbook.path.name) for workbook in written)
            parts.append(t("intake_screen.sent_back", names=names))
        lost = [_lost(t, workbook) for workbook in workbooks if workbook.error is not None]
        sentence = t("intake_screen.gap").join([*parts, *lost]) or t("tui.nothing_changed")
        self.session.tell(sentence, error=bool(lost) or not (batch or written))


def _lost(t: Language, workbook: SentBack) -> str:
    """Why a workbook could not be written."""
    error = workbook.error and workbook.error.strerror
    return t("intake_screen.cannot_write", path=shown_path(workbook.path), error=error)


def _carry_out(
    ledger: Ledger, order: IntakeOrder, way: Way, t: Language, meter: ReadingMeter
) -> tuple[IntakeResult, Sequence[SentBack]]:
    """In a thread: write what is accepted, put the rest into workbooks, or both."""
    result = apply_order(ledger, order, meter) if way.write else refused_now(order.files)
    return result, send_back(result, t) if way.send_back else ()
