"""A paragraph with what came of each of its figures, and with the ledger's figures in its words."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from rectify_tui.domain.paragraph import Figure
from rectify_tui.domain.text import narrow
from rectify_tui.reports.reconcile.comparing import Reconciled

_NUMBER = re.compile(r"[0-9０-９]+(?:[,，][0-9０-９]{3})*(?:[.．][0-9０-９]+)?")
_CHINESE = re.compile("[零〇一二两三四五六七八九十百千]+")
_TEN_THOUSAND = 10_000


class Finding(StrEnum):
    """What came of a figure: the ledger says the same, something else, or nothing."""

    AGREES = "agrees"
    DIFFERS = "differs"
    ABSENT = "absent"


@dataclass(frozen=True)
class Passage:
    """Words of a paragraph; those of a figure with what came of it."""

    text: str
    finding: Finding | None = None


def finding(figure: Figure) -> Finding:
    """What came of a figure that was set beside the ledger."""
    if figure.agrees is None or figure.ledger is None:
        return Finding.ABSENT
    return Finding.AGREES if figure.agrees else Finding.DIFFERS


def passages(result: Reconciled) -> Iterator[Passage]:
    """The whole paragraph, in pieces."""
    yield from _pieces(result, lambda figure: figure.text)


def corrected(result: Reconciled) -> Iterator[Passage]:
    """The paragraph in the same words, with the ledger's number where that is another.

    A figure that is stated without a number (全部完成) stays as it is, and so does one that is a
    range or a share in words; what came of it says that it has to be written anew.
    """
    yield from _pieces(result, _with_ledger)


def _pieces(result: Reconciled, words: Callable[[Figure], str]) -> Iterator[Passage]:
    at = 0
    for figure in sorted(result.reading.figures, key=lambda figure: figure.start):
        if figure.start < at:  # two meanings of the same words
            continue
        yield Passage(result.text[at : figure.start])
        yield Passage(words(figure), finding(figure))
        at = figure.end
    yield Passage(result.text[at:])


def _with_ledger(figure: Figure) -> str:
    if finding(figure) is not Finding.DIFFERS or figure.ledger is None:
        return figure.text
    written = list(_NUMBER.finditer(figure.text))
    if len(written) == 1:
        (match,) = written
        number = _as_written(match[0], figure.text[match.end() :], figure.ledger)
        return f"{figure.text[: match.start()]}{number}{figure.text[match.end() :]}"
    if not written and len(_CHINESE.findall(figure.text)) == 1:
        return _CHINESE.sub(f"{figure.ledger:g}", figure.text, count=1)
    return figure.text


def _as_written(number: str, after: str, value: float) -> str:
    """A value with as many decimals as a number has, in 万 where that stands behind it."""
    if after.startswith(("万", "萬")):
        value = value / _TEN_THOUSAND
    _, point, decimals = narrow(number).partition(".")
    grouped = "," if "," in narrow(number) else ""
    return f"{value:{grouped}.{len(decimals) if point else 0}f}"
