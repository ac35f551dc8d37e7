"""Names of files made of what people call things."""

from __future__ import annotations

from rectify_tui.domain.text import clean

_FORBIDDEN = str.maketrans(dict.fromkeys('/\\:*?"<>|', " "))
_LONGEST = 120  # bytes; most file systems take 255, of which an ending and a number need some


def safe_name(text: str) -> str:
    """A text as part of a file's name that every system takes; cut where it is long."""
    plain = clean(text.translate(_FORBIDDEN), limit=len(text) * 3 + 1)
    cut = plain.lstrip(" .-~").encode()[:_LONGEST].decode(errors="ignore")
    return cut.rstrip(" .") or "_"
