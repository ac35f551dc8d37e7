"""What files propose, in the words of the user."""

from __future__ import annotations

from collections.abc import Mapping

from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Value
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.intake.lines import finding_sentence, outcome
from rectify_tui.intake.lines import value_text as told_value
from rectify_tui.intake.model import Finding, IntakeKind, ProposedLine, Verdict
from rectify_tui.intake.returns.lines import finding_text as return_finding
from rectify_tui.tui.plain import is_ascii, plain
from rectify_tui.tui.widgets.table.source import Tone

SIGNS: Mapping[Verdict, tuple[str, str, Tone]] = {
    Verdict.UNCHANGED: ("=", "=", "muted"),
    Verdict.CLEAN: ("✓", "+", "good"),
    Verdict.CONFLICT: ("≠", "#", "warn"),
    Verdict.SUSPICIOUS: ("?", "?", "warn"),
    Verdict.UNREADABLE: ("✗", "X", "bad"),
}
"""The sign of a verdict, its ASCII form, and its tone."""

NO_PROGRAMME = "importing.no_programme"
"""The problem of a file that does not say which programme its rows belong to."""

_TAKEN, _REFUSED, _CANNOT, _NOTHING = "[x]", "[ ]", "[-]", ""
_SHOWN = 4000


def sign(verdict: Verdict, *, ascii: bool) -> str:
    """The sign of a verdict."""
    return SIGNS[verdict][1 if ascii else 0]


def mark(line: ProposedLine, *, accepted: bool, able: bool) -> str:
    """Whether a line is accepted, as a mark."""
    if accepted:
        return _TAKEN
    if able:
        return _REFUSED
    return _NOTHING if line.verdict is Verdict.UNCHANGED else _CANNOT


def value_text(t: Language, kind: IntakeKind, name: str, value: Value) -> str:
    """A value as people read it, a sign where there is none."""
    text = told_value(t, kind, name, value)[:_SHOWN]
    return clean(text, multiline=True) or t("tui.sign.none")


def verdict_text(t: Language, kind: IntakeKind, line: ProposedLine) -> str:
    """What becomes of a line; of an import, whether it adds or changes something."""
    if kind is IntakeKind.RETURN:
        return t(f"return_check.verdict.{line.verdict}")
    return outcome(line, kind, t).label


def short_finding(t: Language, kind: IntakeKind, finding: Finding) -> str:
    """What a finding says, in a word or two; where there is no such word, the sentence."""
    try:
        return t(f"intake_screen.rule.{finding.code}")
    except KeyError:
        expected = finding.expected
        alone = t.problem(expected) if isinstance(expected, Problem) else None
        return clean(alone[:_SHOWN]) if alone else finding_text(t, kind, finding)


def short_code(t: Language, code: str) -> str:
    """What a rule is called."""
    try:
        return t(f"intake_screen.rule.{code}")
    except KeyError:
        return clean(code.replace("_", " "))


def problem_text(t: Language, problem: Problem, key: str) -> str:
    """Why a file was not read; `key` is what one presses where it lacks a programme."""
    if problem.key == NO_PROGRAMME:
        return t("intake_screen.which_programme", key=key)
    return t.problem(problem)


def finding_text(t: Language, kind: IntakeKind, finding: Finding) -> str:
    """What a finding says, in full."""
    text = return_finding(finding, t) if kind is IntakeKind.RETURN else finding_sentence(finding, t)
    text = clean(text[:_SHOWN], multiline=True)
    return plain(text) if is_ascii(t) else text
