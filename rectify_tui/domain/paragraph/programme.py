"""Which programme a paragraph speaks of, by the words with which it names what it counts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

_COMMON = frozenset(
    {
        "整改", "改任", "任务", "改方", "方案", "问题", "项目", "工程", "全省", "全市", "全国",
        "督察", "环保", "保督", "中央", "央环", "生态", "态环", "环境",
    }
)  # fmt: skip
"""Pairs of characters that nearly every programme's name has, so that they tell nothing."""

_LOOK_BACK = "回头看"
_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")


@dataclass(frozen=True)
class Candidate:
    """A programme that a paragraph may speak of."""

    id: int
    name: str
    kind: str
    year: int


def programme_of(subject: str, candidates: Sequence[Candidate]) -> Candidate | None:
    """The one programme that the words fit best, None where none does or two do equally."""
    scored = sorted(((_score(subject, each), each.id) for each in candidates), reverse=True)
    if not scored or scored[0][0] <= 0 or (len(scored) > 1 and scored[0][0] == scored[1][0]):
        return None
    return next(each for each in candidates if each.id == scored[0][1])


def _score(subject: str, candidate: Candidate) -> int:
    text, name = _folded(subject), _folded(candidate.name)
    score = len((_pairs(text) & _pairs(name)) - _COMMON)
    look_back = _LOOK_BACK in text
    if look_back != (candidate.kind == "look_back"):
        score -= 4 if look_back or not _YEAR.search(text) else 0
    elif look_back:
        score += 4
    years = {int(year) for year in _YEAR.findall(text)}
    if years:
        score += 3 if candidate.year in years else -3
    return score


def _pairs(text: str) -> set[str]:
    return {text[i : i + 2] for i in range(len(text) - 1)}


def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", text)
    return re.sub(r"[\s“”\"'《》「」]+", "", text)
