"""Taking and refusing what files propose: by line, by file, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.intake.model import Verdict
from rectify_tui.intake.workspace.accepting import can_accept
from rectify_tui.intake.workspace.choosing import (
    Decided,
    Rule,
    RuleCount,
    find_rules,
    follow_rule,
    turn_file,
)
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.intake.deadlines import ask_deadlines
from rectify_tui.tui.intake.lines_pane import LinesPane
from rectify_tui.tui.intake.missing import ask_missing
from rectify_tui.tui.intake.state import counted
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.intake_rows import parts_of, read_key
from rectify_tui.tui.sources.intake_words import short_code, sign

DOUBTFUL = (Verdict.CONFLICT, Verdict.SUSPICIOUS)
CLEAN: Rule = (Verdict.CLEAN, "")


class Deciding:
    """Decides about the lines of a pane. By default what is clean is taken, and nothing else.

    `nothing_there` is called where there is nothing that could be decided, `redraw` when something
    was, `read_on` when a file has to be held against the ledger anew.
    """

    def __init__(
        self, session: Session, pane: LinesPane, nothing_there: Callable[[], None],
        redraw: Callable[[], None], read_on: Callable[[], None],
    ) -> None:  # fmt: skip
        self.session = session
        self.pane = pane
        self.workspace = pane.workspace
        self._nothing_there = nothing_there
        self._redraw = redraw
        self._read_on = read_on

    # One line

    def turn_line(self) -> None:
        """Take the line under the cursor, or refuse it; then go on to the next.

        On the row that stands for all clean lines, take or refuse these.
        """
        if self.pane.on_fold:
            self._turn_clean()
            return
        session, chosen = self.session, self.pane.line()
        if chosen is None:
            self._nothing_there()
            return
        file, index, line = chosen
        if line.new and ask_missing(session, [file], self._redraw):
            return
        if ask_deadlines(session, file, line, self._read_on):
            return
        if not can_accept(line):
            session.tell(Refusal(f"intake_screen.cannot_take.{_why_not(line.verdict)}"))
            return
        file.decide([index], not file.accepts(index))
        if file.accepts(index):
            for rival in self.workspace.refuse_rivals(file, index):
                ref, name = clean(line.ref), clean(rival.name[:200])
                sentence = session.t("intake_screen.rival_refused", ref=ref, name=name)
                session.tell(sentence, error=False)
        self._leave_line(len(parts_of(line)))
        self._redraw()

    def _turn_clean(self) -> None:
        """Take all clean lines of the returns that are shown, or refuse them."""
        files = [file.copy() for file in self.pane.chosen() if file.received is not None]

        def work() -> Decided:
            rules = (each for each in find_rules(files) if each.rule == CLEAN)
            ruled = next(rules, RuleCount(CLEAN, 0, 0))
            return follow_rule(files, ruled)

        self._decide(work, partial(self._rule_sentence, CLEAN))

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
        file, loaded = self.pane.file(), self.pane.loaded
        checked = loaded.checked.get(file.key) if file is not None and loaded else None
        if file is None or loaded is None or checked is None:
            self._nothing_there()
            return
        if ask_missing(self.session, [file], self._redraw):
            return

        def sentence(decided: Decided) -> str:
            return self.session.t(
                "intake_screen.file_turned", name=clean(file.name[:200]), total=decided.able,
                n=decided.accepted.total(), told=self._doubts(decided.accepted),
            )  # fmt: skip

        if file.checked is checked:
            find = partial(loaded.indexes, file.key)
            self._decide(partial(turn_file, file.copy(), find), sentence)

    def _doubts(self, counts: Counter[Verdict]) -> str:
        """What is doubtful among lines, in brackets; empty where nothing is."""
        t = self.session.t
        parts = counted(t, counts, DOUBTFUL)
        return t("tui.told", told=t("report.comma").join(parts)) if parts else ""

    def _decide(self, work: Callable[[], Decided], sentence: Callable[[Decided], str]) -> None:
        """Decide about many lines in a thread, then say what it came to."""

        def done(decided: Decided) -> None:
            if not decided.able:
                self._nothing_there()
            elif self.workspace.adopt(decided.files):
                self.session.tell(sentence(decided), error=False)
            self._redraw()

        self.session.read(work, done, "intake-decide")

    # A rule

    def by_rule(self) -> None:
        """Ask for a verdict or a rule, and take or refuse every line that it is about."""
        if ask_missing(self.session, self.pane.chosen(), self._redraw):
            return

        def ask(rules: list[RuleCount]) -> None:
            if rules:
                self._ask_rule(rules)
            else:
                self._nothing_there()

        find = partial(find_rules, self.pane.chosen())
        self.session.read(find, ask, "intake-decide", asks=True)

    def _ask_rule(self, rules: list[RuleCount]) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._follow(rules[place])

        question = self.session.t("intake_screen.ask_rule")
        options = [self._rule_text(ruled) for ruled in rules]
        self.session.ask(ChoiceDialog(self.session, question, options), chosen)

    def _rule_text(self, ruled: RuleCount) -> str:
        verdict, code = ruled.rule
        mark = "[x]" if ruled.accepted == ruled.n else "[~]" if ruled.accepted else "[ ]"
        key = "rule_line" if code else "rule_all"
        text = self.session.t(f"intake_screen.{key}", what=self._called(ruled.rule), n=ruled.n)
        return f"{mark} {sign(verdict, ascii=self.session.ascii)} {text}"

    def _called(self, rule: Rule) -> str:
        t, (verdict, code) = self.session.t, rule
        return short_code(t, code) if code else t(f"return_check.verdict.{verdict}")

    def _follow(self, ruled: RuleCount) -> None:
        """Take or refuse the lines that a rule is about."""
        files = [file.copy() for file in self.pane.chosen()]
        self._decide(partial(follow_rule, files, ruled), partial(self._rule_sentence, ruled.rule))

    def _rule_sentence(self, rule: Rule, decided: Decided) -> str:
        key = "rule_taken" if decided.accepted else "rule_refused"
        return self.session.t(f"intake_screen.{key}", what=self._called(rule), n=decided.able)


def _why_not(verdict: Verdict) -> str:
    return str(verdict) if verdict in (Verdict.UNCHANGED, Verdict.UNREADABLE) else "nothing"
