"""Traditional characters as simplified ones, for comparing words; never for storing names."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")


def simplified(text: str) -> str:
    """The text in simplified characters, one for each character, so that places stay the same.

    Uses the tables of OpenCC (t2s). Words of simplified characters alone stay as they are. In
    others a rare name may change that has a character of both scripts (乾务镇): keep names as they
    were written, and only compare them through this.
    """
    return text if text.isascii() else _HAN.sub(_simplified_run, text)


def _simplified_run(run: re.Match[str]) -> str:
    written = run[0]
    if _is_simplified(written):
        return written
    convert = _converter()
    whole = convert(written)
    if len(whole) == len(written):
        return whole
    return "".join(new if len(new := convert(old)) == 1 else old for old in written)


def _is_simplified(written: str) -> bool:
    """Whether GB 2312 has all of it; the converter would make 干县 of 乾县."""
    try:
        written.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def _converter() -> Callable[[str], str]:
    from opencc import OpenCC  # loads a library and its tables, which few texts need

    return OpenCC("t2s").convert
