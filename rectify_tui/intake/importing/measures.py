"""A cell of measures as numbered ones."""

from __future__ import annotations

import re

_MARK = re.compile(
    r"(?:^|(?<=[\n；;。]))\s*"
    r"(?:[(（](?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})[)）]|[0-9]{1,2}(?:[、．)）]|\.(?![0-9]))"
    r"|[①-⑳]|[一二三四五六七八九十]{1,3}(?:、|是))"
)


def numbered_measures(text: str) -> tuple[str, ...]:
    """The measures in a cell, without their numbers; a cell without any is one measure.

    A number stands at the beginning of the cell, of a line or of a sentence: `1.`, `（1）`, `①`,
    `一、`, `一是`. What stands before the first one is a measure of its own.
    """
    marks = list(_MARK.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    parts = (text[start:end].strip(" \n；;") for start, end in zip(starts, ends, strict=True))
    return tuple(filter(None, parts))
