"""What comes in: read, decided about, and written as one batch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from rectify_tui.domain.filter import replace_term
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.model import Kind, Verdict
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import programmes
from rectify_tui.tui.dialogs.apply import ApplyDialog, ApplyResult
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.intake_desk.apply import Applied, Order, apply_order
from rectify_tui.tui.intake_desk.choosing import overwriting
from rectify_tui.tui.intake_desk.meter import Meter
from rectify_tui.tui.intake_desk.paper import Paper
from rectify_tui.tui.screens.deciding import DecidingScreen
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.intake_words import NO_PROGRAMME

FILE_CHANGED = "intake_screen.file_changed"

LISTS = {Kind.RETURN: "items", Kind.ITEMS: "items", Kind.CASES: "cases"}
"""The list in which a record is to be found."""


@dataclass(frozen=True)
class Way:
    """One of the answers to the question whether to write."""

    key: str
    write: bool
    send_back: bool


WAYS = (Way("write", True, False), Way("both", True, True), Way("send_back", False, True))


class IntakeScreen(DecidingScreen):
    """Files are dropped in at one end, and come out as a batch at the other."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.writing = False

    # Files

    def action_add(self) -> None:
        """Ask for files."""
        self.ask_for_files()

    def action_watch(self) -> None:
        """Ask for a folder to watch, or stop watching."""
        self.turn_watch()

    def action_remove(self) -> None:
        """Take the file off the desk."""
        paper = self.paper()
        if paper is None:
            self.nothing_there()
            return
        self.desk.remove(paper.key)
        self.say(self.t("intake_screen.removed", name=clean(paper.name[:200])))
        self.show_desk()

    def action_choose_programme(self) -> None:
        """Ask which programme an imported file belongs to."""
        paper = self.paper()
        if paper is None:
            self.nothing_there()
            return
        if paper.reading is not None and paper.reading.proposal.kind is Kind.RETURN:
            self.session.tell(Refusal("intake_screen.return_has_programme"))
            return
        self._ask_programme(paper)

    def _ask_programme(self, paper: Paper) -> None:
        find = partial(_programmes, self.session.ledger.reader)

        def found(codes: list[tuple[str, str]]) -> None:
            options = [f"{code}  {name}" for code, name in codes]
            question = self.t("intake_screen.ask_programme", name=clean(paper.name[:200]))
            self.session.ask(ChoiceDialog(self.session, question, options), partial(chosen, codes))

        def chosen(codes: list[tuple[str, str]], place: int | None) -> None:
            if place is not None:
                paper.programme, paper.aged = codes[place][0], True
                self.read_next()

        self.session.read(find, found, "intake-decide")

    def action_open_record(self) -> None:
        """Show the record of the line under the cursor in the ledger."""
        found = self.line()
        if found is None:
            self.nothing_there()
            return
        paper, _, line = found
        assert paper.reading is not None
        mode = LISTS.get(paper.reading.proposal.kind)
        if mode is None or line.id is None:
            self.session.tell(Refusal("intake_screen.no_record"))
            return
        code = line.ref.rpartition("/")[0]
        self.session.open_list(mode, replace_term("", "programme", code or None), line.id)

    def cannot_read(self, paper: Paper, problem: Problem) -> None:
        """Ask for what is missing, where somebody waits for the file."""
        if not paper.asked:
            return
        if problem.key == NO_PROGRAMME and self.is_current:
            self._ask_programme(paper)
        else:
            self.session.tell(problem)

    # Writing

    def action_apply(self) -> None:
        """Ask whether what was taken is to be written, then write it."""
        if not len(self.desk):
            self.nothing_there()
            return
        if self.busy or self.writing:
            self.session.tell(Refusal("intake_screen.still_reading"))
            return
        papers = [paper.copy() for paper in self.desk.chosen(None)]
        counts = self.desk.tally(papers)
        n = sum(counts.values())
        refused = sum(paper.n_refused for paper in papers)
        awaited = sum(paper.awaited for paper in papers)
        if not (n or refused or awaited):
            self.session.tell(Refusal("intake_screen.nothing_taken"))
            return
        write = bool(n or awaited)
        ways = [way for way in WAYS if write >= way.write and bool(refused) >= way.send_back]
        ask = partial(self._ask_apply, papers, counts, ways, refused)
        self.session.read(partial(overwriting, papers), ask, "intake-decide")

    def _ask_apply(
        self, papers: list[Paper], counts: Counter[Verdict], ways: list[Way], refused: int,
        over: int,
    ) -> None:  # fmt: skip
        t, n = self.t, sum(counts.values())
        files = sum(bool(paper.n_taken) for paper in papers)
        awaited = sum(paper.awaited for paper in papers)
        if n:
            question = t("intake_screen.ask_apply", n=n, files=files)
        elif awaited:
            question = t("intake_screen.ask_received", n=awaited)
        else:
            question = t("intake_screen.ask_send_back", n=refused)
        told = [t("report.comma").join(self.counted(counts, Verdict))] if n else []
        if over:
            told.append(t("intake_screen.overwrites", n=over))
        if refused and (n or awaited):
            told.append(t("intake_screen.not_taken", n=refused))

        def attempt(result: ApplyResult) -> None:
            way = ways[result.place]
            order = Order(tuple(papers), way.write, way.send_back, result.reason or None)
            self._apply(dialog, order)

        options = [t(f"intake_screen.way.{way.key}", n=refused) for way in ways]
        dialog = ApplyDialog(self.session, question, told, options, attempt)
        self.session.ask(dialog)

    def _apply(self, dialog: ApplyDialog, order: Order) -> None:
        meter = self.meter = Meter(self.t("intake_screen.writing"))
        work = partial(apply_order, self.session.ledger, order, self.t, meter)

        def done(applied: Applied) -> None:
            dialog.close()
            self.meter, self.writing = None, False
            for path in applied.workbooks:
                if self.watching is not None:
                    self.watching.pass_over(path)
            self._tell(applied)
            self.session.look_again()
            self.renew()

        def refused(problem: Problem) -> None:
            self.meter, self.writing = None, False
            dialog.complain(problem)
            if problem.key == FILE_CHANGED:
                self.desk.reread()
            self.read_next()

        self.writing = True
        self.session.read(work, done, "intake-apply", refused=refused)

    def _tell(self, applied: Applied) -> None:
        """Say what it came to."""
        t = self.t
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
        self.say(t("intake_screen.gap").join(parts) or t("tui.nothing_changed"), error=bad)


def _programmes(reader: Callable[[], Connection]) -> list[tuple[str, str]]:
    """In a thread: codes and names. Raises `Refusal` where there is none."""
    found = [(each.code, clean(each.name)) for each in programmes(reader())]
    if not found:
        raise Refusal("intake_screen.no_programme")
    return found
