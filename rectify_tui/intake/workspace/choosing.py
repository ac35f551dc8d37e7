"""Deciding about many lines at once. All of it works on copies, so that it can run in a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rectify_tui.intake.model import ProposedLine, Verdict
from rectify_tui.intake.workspace.accepting import can_accept
from rectify_tui.intake.workspace.opened_file import OpenedFile

_OVERWRITING = frozenset({"conflict", "step_conflict"})

Rule = tuple[Verdict, str]
"""A verdict and the code of a finding; without a code every line of the verdict."""


def rules_of(line: ProposedLine) -> list[Rule]:
    """The rules that a line meets: its verdict as a whole, and each of its findings."""
    codes = dict.fromkeys(finding.code for finding in line.findings)
    return [(line.verdict, ""), *((line.verdict, code) for code in codes)]


@dataclass(frozen=True)
class Decided:
    """Files as they would be after a decision.

    Of `able` lines that it could be about, so many are accepted now, `accepted` by verdict.
    """

    files: tuple[OpenedFile, ...]
    able: int
    accepted: Counter[Verdict]


def turn_file(file: OpenedFile, find: Callable[[], Sequence[int]]) -> Decided:
    """Accept what is clean among lines of a file, then all of them, then none, in turn."""
    assert file.checked is not None
    lines = file.checked.lines
    able = [index for index in find() if can_accept(lines[index])]
    clean = [index for index in able if lines[index].verdict is Verdict.CLEAN]
    accepted = [index for index in able if file.accepts(index)]
    more = accepted == clean and len(accepted) < len(able)
    chosen = able if more else [] if accepted else clean
    file.decide(set(able).difference(chosen), False)
    file.decide(chosen, True)
    return Decided((file,), len(able), Counter(lines[index].verdict for index in chosen))


@dataclass(frozen=True)
class RuleCount:
    """A rule, how many lines it is about, and how many of them are accepted."""

    rule: Rule
    n: int
    accepted: int


def find_rules(files: Sequence[OpenedFile]) -> list[RuleCount]:
    """The rules that lines of files meet which can be accepted, by rising harm."""
    n: Counter[Rule] = Counter()
    accepted: Counter[Rule] = Counter()
    for file in files:
        for index, line in enumerate(file.checked.lines if file.checked else ()):
            if can_accept(line):
                rules = rules_of(line)
                n.update(rules)
                accepted.update(rules if file.accepts(index) else ())
    order = list(Verdict)
    rules = sorted(n, key=lambda rule: (order.index(rule[0]), rule[1]))
    return [RuleCount(rule, n[rule], accepted[rule]) for rule in rules]


def follow_rule(files: Sequence[OpenedFile], count: RuleCount) -> Decided:
    """Refuse all lines of a rule where all are accepted, else accept them."""
    accept = count.accepted < count.n
    n = 0
    for file in files:
        lines = file.checked.lines if file.checked else ()
        meant = (index for index, line in enumerate(lines) if count.rule in rules_of(line))
        n += file.decide(meant, accept)
    accepted: Counter[Verdict] = Counter({count.rule[0]: n}) if accept else Counter()
    return Decided(tuple(files), n, accepted)


def overwriting(files: Sequence[OpenedFile]) -> int:
    """How many lines are accepted although the ledger has moved on; nobody does so unasked."""
    return sum(_overwrites(file) for file in files)


def _overwrites(file: OpenedFile) -> int:
    if file.checked is None:
        return 0
    checked = file.checked
    indexes = (checked.indexes.get(name) for name in file.decisions)
    return sum(
        any(finding.code in _OVERWRITING for finding in checked.lines[index].findings)
        for index in indexes
        if index is not None and file.accepts(index)
    )
