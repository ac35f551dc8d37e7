"""Amounts of money in cells, in yuan or in 万元, as offices write them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from rectify_tui.domain.text import clean, narrow, shorten
from rectify_tui.errors import Problem

YUAN_IN: Mapping[str, int] = {
    "元": 1, "千元": 1_000, "万元": 10_000, "百万元": 1_000_000, "亿元": 100_000_000,
}  # fmt: skip
"""How many yuan a unit of money is."""

Yuan = int | Decimal
"""Whole yuan, or yuan with fen: never a float, which holds no 0.1."""

MOST_YUAN = 10**15
"""What lies beyond is a slip of the hand, and would not fit into the store."""

_FEN = 100
"""So many are one yuan."""

_NOTHING = frozenset({"", "/", "\\", "无", "n/a", "na", "none", "nil"})
_SHOWN = 40
_SPACE = re.compile("(?<![0-9]) | (?![0-9])")
_DASHES = re.compile("[-‐‑‒–—―−─]+")
_AMOUNT = re.compile(
    r"(?:人民币|rmb|cny)?[¥￥]?"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
    r"(?P<unit>百万元|[千万亿]元|[万亿]|元|yuan|rmb|cny)?(?:人民币)?整?"
)


def read_amount(text: str, unit: str | None) -> Yuan | None:
    """An amount in yuan, exact to the fen; None for an empty cell, a dash, a slash or 无.

    `unit` is what the heading says, one of `YUAN_IN`; a unit in the cell itself goes before it.
    Full-width digits, commas between thousands and the sign of the yuan are understood. Without
    any unit only zero can be read: whether 3.5 is yuan or 万元 is never guessed.

    Raises `Problem` for words around the number (约3万元, 3至5万元), for negative amounts, for
    parts of a fen, and for what is too large to be true.
    """
    shown = shorten(clean(text), _SHOWN)
    plain = _SPACE.sub("", narrow(clean(text)).casefold())
    if plain in _NOTHING or _DASHES.fullmatch(plain):
        return None
    amount = _AMOUNT.fullmatch(plain)
    if not amount:
        raise Problem("table_finding.amount.unreadable", text=shown)
    number = Decimal(amount["number"].replace(",", ""))
    yuan = number * _yuan_in(amount["unit"], unit, shown) if number else Decimal(0)
    if yuan > MOST_YUAN:
        raise Problem("table_finding.amount.too_large", text=shown)
    if yuan * _FEN != int(yuan * _FEN):
        raise Problem("table_finding.amount.parts_of_fen", text=shown)
    return _shortest(yuan)


def in_columns(yuan: Yuan | None) -> tuple[int | None, int | None]:
    """Whole yuan and the fen beyond them, as the store keeps an amount; no fen are None."""
    if yuan is None:
        return None, None
    return int(yuan), int(yuan * _FEN) % _FEN or None


def from_fen(fen: int | None) -> Yuan | None:
    """An amount in yuan."""
    return None if fen is None else _shortest(Decimal(fen) / _FEN)


def _shortest(yuan: Decimal) -> Yuan:
    return int(yuan) if yuan == int(yuan) else yuan.quantize(Decimal(1) / _FEN)


def _yuan_in(own: str | None, heading: str | None, shown: str) -> int:
    if own:
        name = own if own.endswith("元") else {"万": "万元", "亿": "亿元"}.get(own, "元")
        return YUAN_IN[name]
    if heading is None:
        raise Problem("table_finding.amount.no_unit", text=shown)
    if heading not in YUAN_IN:
        raise Problem("table_finding.amount.no_money", text=shown, unit=heading)
    return YUAN_IN[heading]
