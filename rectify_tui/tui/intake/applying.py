"""Writing what was taken of files, as one batch, and sending the rest back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.model import Verdict
from rectify_tui.tui.dialogs.apply import ApplyDialog, ApplyResult
from rectify_tui.tui.intake.reading import DeskReader
from rectify_tui.tui.intake.state import counted
from rectify_tui.tui.intake_desk.apply import Applied, Order, apply_order
from rectify_tui.tui.intake_desk.choosing import overwriting
from rectify_tui.tui.intake_desk.meter import Meter
from rectify_tui.tui.intake_desk.paper import Paper
from rectify_tui.tui.session import Session

FILE_CHANGED = "intake_screen.file_changed"


@dataclass(frozen=True)
class Way:
    """One of the answers to the question whether to write."""

    key: str
    write: bool
    send_back: bool


WAYS = (Way("write", True, False), Way("both", True, True), Way("send_back", False, True))


class Applying:
    """Writes what was taken of the files that `reader` has read; `applied` is called afterwards."""

    def __init__(self, session: Session, reader: DeskReader, applied: Callable[[], None]) -> None:
        self.session = session
        self.reader = reader
        self.writing = False
        self._applied = applied

    def apply(self) -> None:
        """Ask whether what was taken is to be written, then write it."""
        desk = self.reader.desk
        if self.reader.busy or self.writing:
            self.session.tell(Refusal("intake_screen.still_reading"))
            return
        papers = [paper.copy() for paper in desk.chosen(None)]
        counts = desk.tally(papers)
        n = sum(counts.values())
        refused = sum(paper.n_refused for paper in papers)
        awaited = sum(paper.awaited for paper in papers)
        if not (n or refused or awaited):
            self.session.tell(Refusal("intake_screen.nothing_taken"))
            return
        write = bool(n or awaited)
        ways = [way for way in WAYS if write >= way.write and bool(refused) >= way.send_back]
        ask = partial(self._ask, papers, counts, ways, refused)
        self.session.read(partial(overwriting, papers), ask, "intake-decide")

    def _ask(
        self, papers: list[Paper], counts: Counter[Verdict], ways: list[Way], refused: int,
        over: int,
    ) -> None:  # fmt: skip
        t, n = self.session.t, sum(counts.values())
        files = sum(bool(paper.n_taken) for paper in papers)
        awaited = sum(paper.awaited for paper in papers)
        if n:
            question = t("intake_screen.ask_apply", n=n, files=files)
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
            way = ways[result.place]
            order = Order(tuple(papers), way.write, way.send_back, result.reason or None)
            self._apply(dialog, order)

        options = [t(f"intake_screen.way.{way.key}", n=refused) for way in ways]
        dialog = ApplyDialog(self.session, question, lines, options, attempt)
        self.session.ask(dialog)

    def _apply(self, dialog: ApplyDialog, order: Order) -> None:
        session, reader = self.session, self.reader
        meter = reader.meter = Meter(session.t("intake_screen.writing"))
        work = partial(apply_order, session.ledger, order, session.t, meter)

        def done(applied: Applied) -> None:
            dialog.close()
            reader.meter, self.writing = None, False
            for path in applied.workbooks:
                if reader.watching is not None:
                    reader.watching.pass_over(path)
            self._tell(applied)
            session.look_again()
            self._applied()

        def refused(problem: Problem) -> None:
            reader.meter, self.writing = None, False
            dialog.complain(problem)
            if problem.key == FILE_CHANGED:
                reader.desk.reread()
            reader.read_next()

        self.writing = True
        session.read(work, done, "intake-apply", refused=refused)

    def _tell(self, applied: Applied) -> None:
        """Say what it came to."""
        t = self.session.t
        parts = []
        if applied.batches:
            numbers = t("report.comma").join(map(str, applied.batches))
            undo = self.session.first_key("app.undo")
            key = "applied" if applied.taken else "received"
            parts.append(t(f"intake_screen.{key}", n=applied.taken, batch=numbers, undo=undo))
        if applied.left:
            parts.append(t("intake_screen.left", n=applied.left))
        if applied.workbooks:
            names = t("report.comma").join(clean(path.name) for path in applied.workbooks)
            parts.append(t("intake_screen.sent_back", names=names))
        if applied.problem is not None:
            parts.append(t.problem(applied.problem))
        bad = applied.problem is not None or not (applied.batches or applied.workbooks)
        sentence = t("intake_screen.gap").join(parts) or t("tui.nothing_changed")
        self.session.tell(sentence, error=bad)
