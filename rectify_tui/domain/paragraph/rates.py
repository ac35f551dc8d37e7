"""Percentages with the rate that they state."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.domain.paragraph.clauses import Clause
from rectify_tui.domain.paragraph.lexer import Sort, Token
from rectify_tui.domain.paragraph.model import Reason, What
from rectify_tui.domain.paragraph.phrases import Says
from rectify_tui.domain.paragraph.words import MOST_TOKENS, PERCENT_LINK

_LONGEST_LEAD = 120


@dataclass(frozen=True, slots=True)
class RateMention:
    """A percentage and the part it is the share of; `None` where no rate was named.

    `lead` is the plain text of the clause before the name of the rate.
    """

    token: Token
    clause: Clause
    says: Says | None
    lead: str = ""
    problem: Reason | None = None


def rates_in(text: str, clause: Clause) -> list[RateMention]:
    """The percentages of one clause."""
    if len(clause.tokens) > MOST_TOKENS:
        return [
            RateMention(token, clause, None, problem=Reason.UNCLEAR_RATE)
            for token in clause.tokens
            if token.sort is Sort.PERCENT
        ]
    found: list[RateMention] = []
    rate: Token | None = None
    for place, token in enumerate(clause.tokens):
        if token.sort is Sort.RATE:
            rate = token
        elif token.sort is Sort.PERCENT:
            found.append(_rate(text, clause, place, rate))
            rate = None
    return found


def _rate(text: str, clause: Clause, place: int, rate: Token | None) -> RateMention:
    """办结率达99% by its name, "44%已完成" by the word beside it."""
    token = clause.tokens[place]
    before = clause.tokens[place - 1] if place else None
    after = clause.tokens[place + 1] if place + 1 < len(clause.tokens) else None
    for name, left, right in ((rate, rate, token), (before, before, token), (after, token, after)):
        if name is None or left is None or right is None or name.says is None:
            continue
        named = name is rate or (name.sort is Sort.SAYS and isinstance(name.says, What))
        if named and PERCENT_LINK.fullmatch(_between(text, clause, left, right)):
            if text.startswith("的", token.end) and name is rate:  # 完成率100%的51个
                break
            end = min(name.start, token.start)
            lead = clause.plain(text, max(clause.start, end - _LONGEST_LEAD), end)
            if name.says is What.RATE:
                says = _share_of(text, clause, name)
                return RateMention(token, clause, says, problem=token.problem)
            return RateMention(token, clause, name.says, lead, token.problem)
    if clause.has(Sort.RATE):
        return RateMention(token, clause, None, problem=Reason.UNCLEAR_RATE)
    return RateMention(token, clause, None)


def _share_of(text: str, clause: Clause, name: Token) -> Says:
    """The part that "属实的占72%" names; `What.RATE` where the part was named before."""
    said = [t for t in clause.tokens if t.sort is Sort.SAYS and t.end <= name.start]
    if said and isinstance(said[-1].says, What):
        between = clause.plain(text, said[-1].end, name.start)
        return said[-1].says if between in ("", "的") else What.RATE
    return What.RATE


def _between(text: str, clause: Clause, left: Token, right: Token) -> str:
    """The words between two tokens; in "占总数50个的90%" the whole is passed over."""
    for token in clause.tokens:
        if token.sort is Sort.COUNT and left.end == token.start and left.says is What.RATE:
            return clause.plain(text, token.end, right.start).removeprefix("的")
    return clause.plain(text, left.end, right.start)
