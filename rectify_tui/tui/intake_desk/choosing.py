"""Deciding about many lines at once. All of it works on copies, so that it can run in a thread."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rectify_tui.intake.model import Verdict
from rectify_tui.tui.intake_desk.listing import Rule, fits, rules_of
from rectify_tui.tui.intake_desk.paper import Paper, can_take


@dataclass(frozen=True)
class Turned:
    """Files as they would be after a decision.

    Of `able` lines that it could be about, so many are taken now, `taken` by verdict.
    """

    papers: tuple[Paper, ...]
    able: int
    taken: Counter[Verdict]


def turn_file(paper: Paper, find: Callable[[], Sequence[int]]) -> Turned:
    """Take what is clean among lines of a file, then all of them, then none, in turn."""
    assert paper.reading is not None
    lines = paper.reading.lines
    able = [place for place in find() if can_take(lines[place])]
    plain = [place for place in able if lines[place].verdict is Verdict.CLEAN]
    taken = [place for place in able if paper.is_taken(place)]
    more = taken == plain and len(taken) < len(able)
    wanted = able if more else [] if taken else plain
    paper.decide(set(able).difference(wanted), False)
    paper.decide(wanted, True)
    return Turned((paper,), len(able), Counter(lines[place].verdict for place in wanted))


@dataclass(frozen=True)
class Ruled:
    """A rule, how many lines it is about, and how many of them are taken."""

    rule: Rule
    n: int
    taken: int


def find_rules(papers: Sequence[Paper]) -> list[Ruled]:
    """The rules that lines of files meet which can be taken, by rising harm."""
    n: Counter[Rule] = Counter()
    taken: Counter[Rule] = Counter()
    for paper in papers:
        for place, line in enumerate(paper.reading.lines if paper.reading else ()):
            if can_take(line):
                rules, yes = rules_of(line), paper.is_taken(place)
                n.update(rules)
                taken.update(rules if yes else ())
    order = list(Verdict)
    rules = sorted(n, key=lambda rule: (order.index(rule[0]), rule[1]))
    return [Ruled(rule, n[rule], taken[rule]) for rule in rules]


def follow_rule(papers: Sequence[Paper], ruled: Ruled) -> Turned:
    """Refuse all lines of a rule where all are taken, else take them."""
    take = ruled.taken < ruled.n
    n = 0
    for paper in papers:
        lines = paper.reading.lines if paper.reading else ()
        n += paper.decide(
            (place for place, line in enumerate(lines) if fits(line, ruled.rule)), take
        )
    taken: Counter[Verdict] = Counter({ruled.rule[0]: n}) if take else Counter()
    return Turned(tuple(papers), n, taken)


def overwriting(papers: Sequence[Paper]) -> int:
    """How many lines are taken although the ledger has moved on; nobody takes them unasked."""
    n = 0
    for paper in papers:
        reading = paper.reading
        for name in paper.decisions if reading is not None else ():
            place = reading.places.get(name) if reading is not None else None
            if reading is not None and place is not None and paper.is_taken(place):
                n += any(each.code == "conflict" for each in reading.lines[place].findings)
    return n
