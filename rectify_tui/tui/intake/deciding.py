"""Taking and refusing what files propose: by line, by file, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.intake.model import Verdict
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.intake.lines_pane import LinesPane
from rectify_tui.tui.intake.state import counted
from rectify_tui.tui.intake_desk.choosing import (
    Ruled,
    Turned,
    find_rules,
    follow_rule,
    turn_file,
)
from rectify_tui.tui.intake_desk.listing import Rule, parts_of, read_key
from rectify_tui.tui.intake_desk.paper import can_take
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.intake_words import short_code, sign

DOUBTFUL = (Verdict.CONFLICT, Verdict.SUSPICIOUS)


class Deciding:
    """Decides about the lines of a pane. By default what is clean is taken, and nothing else.

    `nothing_there` is called where there is nothing that could be decided, `redraw` when something
    was.
    """

    def __init__(
        self, session: Session, pane: LinesPane, nothing_there: Callable[[], None],
        redraw: Callable[[], None],
    ) -> None:  # fmt: skip
        self.session = session
        self.pane = pane
        self.desk = pane.desk
        self._nothing_there = nothing_there
        self._redraw = redraw

    # One line

    def turn_line(self) -> None:
        """Take the line under the cursor, or refuse it; then go on to the next."""
        session, chosen = self.session, self.pane.line()
        if chosen is None:
            self._nothing_there()
            return
        paper, place, line = chosen
        if not can_take(line):
            session.tell(Refusal(f"intake_screen.cannot_take.{_why_not(line.verdict)}"))
            return
        paper.decide([place], not paper.is_taken(place))
        if paper.is_taken(place):
            for rival in self.desk.refuse_rivals(paper, place):
                ref, name = clean(line.ref), clean(rival.name[:200])
                sentence = session.t("intake_screen.rival_refused", ref=ref, name=name)
                session.tell(sentence, error=False)
        self._leave_line(len(parts_of(line)))
        self._redraw()

    def _leave_line(self, rows: int) -> None:
        """Go to the first row of the next line."""
        table = self.pane.table
        key = table.cursor_key
        for _ in range(rows - (read_key(key)[2] if key is not None else 0)):
            table.action_cursor_down()

    # A file

    def turn_file(self) -> None:
        """Take what is clean in a file, then everything, then nothing, in turn.

        Of a file of which only some lines are shown, these.
        """
        paper, loaded = self.pane.paper(), self.pane.loaded
        reading = loaded.readings.get(paper.key) if paper is not None and loaded else None
        if paper is None or loaded is None or reading is None:
            self._nothing_there()
            return

        def sentence(turned: Turned) -> str:
            return self.session.t(
                "intake_screen.file_turned", name=clean(paper.name[:200]), total=turned.able,
                n=turned.taken.total(), told=self._doubts(turned.taken),
            )  # fmt: skip

        if paper.reading is reading:
            find = partial(loaded.places, paper.key)
            self._decide(partial(turn_file, paper.copy(), find), sentence)

    def _doubts(self, counts: Counter[Verdict]) -> str:
        """What is doubtful among lines, in brackets; empty where nothing is."""
        t = self.session.t
        parts = counted(t, counts, DOUBTFUL)
        return t("tui.told", told=t("report.comma").join(parts)) if parts else ""

    def _decide(self, work: Callable[[], Turned], sentence: Callable[[Turned], str]) -> None:
        """Decide about many lines in a thread, then say what it came to."""

        def decided(turned: Turned) -> None:
            if not turned.able:
                self._nothing_there()
            elif self.desk.adopt(turned.papers):
                self.session.tell(sentence(turned), error=False)
            self._redraw()

        self.session.read(work, decided, "intake-decide")

    # A rule

    def by_rule(self) -> None:
        """Ask for a verdict or a rule, and take or refuse every line that it is about."""

        def found(rules: list[Ruled]) -> None:
            if rules:
                self._ask_rule(rules)
            else:
                self._nothing_there()

        self.session.read(partial(find_rules, self.pane.papers()), found, "intake-decide")

    def _ask_rule(self, rules: list[Ruled]) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._follow(rules[place])

        question = self.session.t("intake_screen.ask_rule")
        options = [self._rule_text(ruled) for ruled in rules]
        self.session.ask(ChoiceDialog(self.session, question, options), chosen)

    def _rule_text(self, ruled: Ruled) -> str:
        verdict, code = ruled.rule
        mark = "[x]" if ruled.taken == ruled.n else "[~]" if ruled.taken else "[ ]"
        key = "rule_line" if code else "rule_all"
        text = self.session.t(f"intake_screen.{key}", what=self._called(ruled.rule), n=ruled.n)
        return f"{mark} {sign(verdict, ascii=self.session.ascii)} {text}"

    def _called(self, rule: Rule) -> str:
        t, (verdict, code) = self.session.t, rule
        return short_code(t, code) if code else t(f"return_check.verdict.{verdict}")

    def _follow(self, ruled: Ruled) -> None:
        """Take or refuse the lines that a rule is about."""
        papers = [paper.copy() for paper in self.pane.papers()]

        def sentence(turned: Turned) -> str:
            key = "rule_taken" if turned.taken else "rule_refused"
            called = self._called(ruled.rule)
            return self.session.t(f"intake_screen.{key}", what=called, n=turned.able)

        self._decide(partial(follow_rule, papers, ruled), sentence)


def _why_not(verdict: Verdict) -> str:
    return str(verdict) if verdict in (Verdict.UNCHANGED, Verdict.UNREADABLE) else "nothing"
