"""Reason and next step, where the note of an item names them."""

from __future__ import annotations

import re

_REASON = r"(?:滞后原因|未完成原因|原因|reason)"
_NEXT = r"(?:下一步(?:措施|工作|打算|计划)?|next steps?)"
_PART = re.compile(
    rf"(?:(?P<reason>{_REASON})|(?P<next>{_NEXT}))\s*[:：]\s*"
    rf"(?P<text>.+?)(?=\s*(?:{_REASON}|{_NEXT})\s*[:：]|$)",
    re.IGNORECASE | re.DOTALL,
)
_ENDING = " \n。；;，,."


def read_remark(note: str | None) -> tuple[str | None, str | None]:
    """The reason and the next step that a note gives under these words, None where it does not.

    `原因：设备未到。下一步：催货。` and `Reason: …; next step: …` are read. Nothing is
    guessed from a note that names neither.
    """
    reason, following = None, None
    for part in _PART.finditer(note or ""):
        text = part["text"].strip(_ENDING) or None
        if part["reason"]:
            reason = reason or text
        else:
            following = following or text
    return reason, following
