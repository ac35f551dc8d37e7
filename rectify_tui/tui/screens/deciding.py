"""Taking and refusing what files propose: by line, by file, by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial

from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.intake.model import Verdict
from rectify_tui.tui.dialogs.choice import ChoiceDialog
from rectify_tui.tui.intake_desk.choosing import (
    Ruled,
    Turned,
    find_rules,
    follow_rule,
    turn_file,
)
from rectify_tui.tui.intake_desk.listing import Rule, parts_of, read_key
from rectify_tui.tui.intake_desk.paper import can_take
from rectify_tui.tui.screens.lines import LinesScreen
from rectify_tui.tui.sources.intake_words import short_code, sign

DOUBTFUL = (Verdict.CONFLICT, Verdict.SUSPICIOUS)


class DecidingScreen(LinesScreen):
    """Decides about lines. By default what is clean is taken, and nothing else."""

    def action_turn_line(self) -> None:
        """Take the line under the cursor, or refuse it; then go on to the next."""
        found = self.line()
        if found is None:
            self.nothing_there()
            return
        paper, place, line = found
        if not can_take(line):
            self.session.tell(Refusal(f"intake_screen.cannot_take.{self._why_not(line.verdict)}"))
            return
        paper.decide([place], not paper.is_taken(place))
        if paper.is_taken(place):
            for rival in self.desk.refuse_rivals(paper, place):
                name = clean(rival.name[:200])
                self.say(self.t("intake_screen.rival_refused", ref=clean(line.ref), name=name))
        self._leave_line(len(parts_of(line)))
        self.redraw()

    def _why_not(self, verdict: Verdict) -> str:
        return str(verdict) if verdict in (Verdict.UNCHANGED, Verdict.UNREADABLE) else "nothing"

    def _leave_line(self, rows: int) -> None:
        """Go to the first row of the next line."""
        table = self.main_table()
        key = table.cursor_key
        for _ in range(rows - (read_key(key)[2] if key is not None else 0)):
            table.action_cursor_down()

    def action_turn_file(self) -> None:
        """Take what is clean in a file, then everything, then nothing, in turn.

        Of a file of which only some lines are shown, these.
        """
        paper, listed = self.paper(), self.listed()
        reading = listed.readings.get(paper.key) if paper is not None and listed else None
        if paper is None or listed is None or reading is None:
            self.nothing_there()
            return

        def told(turned: Turned) -> str:
            return self.t(
                "intake_screen.file_turned", name=clean(paper.name[:200]), total=turned.able,
                n=turned.taken.total(), told=self._doubts(turned.taken),
            )  # fmt: skip

        if paper.reading is reading:
            self._decide(partial(turn_file, paper.copy(), partial(listed.places, paper.key)), told)

    def _decide(self, work: Callable[[], Turned], told: Callable[[Turned], str]) -> None:
        """Decide about many lines in a thread, then say what it came to."""

        def decided(turned: Turned) -> None:
            if not turned.able:
                self.nothing_there()
            elif self.desk.adopt(turned.papers):
                self.say(told(turned))
            self.redraw()

        self.session.read(work, decided, "intake-decide")

    def _doubts(self, counts: Counter[Verdict]) -> str:
        """What is doubtful among lines, in brackets; empty where nothing is."""
        parts = self.counted(counts, DOUBTFUL)
        return self.t("tui.told", told=self.t("report.comma").join(parts)) if parts else ""

    def counted(self, counts: Counter[Verdict], verdicts: Iterable[Verdict]) -> list[str]:
        """How many lines of each verdict there are, in words."""
        return [
            self.t("intake_screen.count", what=self.t(f"return_check.verdict.{v}"), n=counts[v])
            for v in verdicts
            if counts[v]
        ]

    def action_by_rule(self) -> None:
        """Ask for a verdict or a rule, and take or refuse every line that it is about."""

        def found(rules: list[Ruled]) -> None:
            if rules:
                self._ask_rule(rules)
            else:
                self.nothing_there()

        self.session.read(partial(find_rules, self.chosen_papers()), found, "intake-decide")

    def _ask_rule(self, rules: list[Ruled]) -> None:
        def chosen(place: int | None) -> None:
            if place is not None:
                self._follow(rules[place])

        options = [self._rule_text(each) for each in rules]
        self.session.ask(
            ChoiceDialog(self.session, self.t("intake_screen.ask_rule"), options), chosen
        )

    def _rule_text(self, ruled: Ruled) -> str:
        verdict, code = ruled.rule
        mark = "[x]" if ruled.taken == ruled.n else "[~]" if ruled.taken else "[ ]"
        key = "rule_line" if code else "rule_all"
        text = self.t(f"intake_screen.{key}", what=self._called(ruled.rule), n=ruled.n)
        return f"{mark} {sign(verdict, ascii=self.session.ascii)} {text}"

    def _called(self, rule: Rule) -> str:
        verdict, code = rule
        return short_code(self.t, code) if code else self.t(f"return_check.verdict.{verdict}")

    def _follow(self, ruled: Ruled) -> None:
        """Take or refuse the lines that a rule is about."""
        papers = [paper.copy() for paper in self.chosen_papers()]

        def told(turned: Turned) -> str:
            key = "rule_taken" if turned.taken else "rule_refused"
            return self.t(f"intake_screen.{key}", what=self._called(ruled.rule), n=turned.able)

        self._decide(partial(follow_rule, papers, ruled), told)
