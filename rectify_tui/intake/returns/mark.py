"""What is hidden in a return, so that it is known again however it comes back.

A hidden sheet says from which moment of which ledger the return was made; a hidden column says of
each row which item it is, and seals the cells that may not be changed. Programs save and convert
workbooks as they like, hence everything is text in which no program sees a number or a day, and
spaces and line ends count for nothing.

The fingerprint names a row of history, not a time: what came after it in the ledger is told from
what the unit changed, whatever the clocks say. Its hash tells a copy of the ledger, and one in
which history was rewritten, from the ledger that the return was made from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from itertools import islice

SHEET = "_rectify"
"""The name of the hidden sheet."""

VERSION = 1

# Marks of returns that are under way were computed over these cells in this order. Whatever is
# locked later stays out of them, or no mark that was sent before would be known again.
SEALED = ("ref", "problem", "region", "responsible", "lead", "supervising", "deadline")
"""The cells that the mark of a row seals, by the names of their columns."""

FIRST_OPEN = ("status", "progress", "on", "note", "reason", "next_step", "next_on")
"""What units could fill in before returns said which columns they have."""

_FORMAT = "rectify-return"
_MOST_ROWS = 50
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,39}")
_WHOLE = re.compile(r"[0-9]{1,18}")
_HASH = re.compile(r"[0-9a-f]{64}")
_MARK = re.compile(r"([1-9][0-9]{0,17})\.([a-p]{10})")
_LETTERS = str.maketrans("0123456789abcdef", "abcdefghijklmnop")


@dataclass(frozen=True)
class Fingerprint:
    """Where a return comes from.

    `code` is that of its record; `head_seq` and `head_hash` are the newest row of history that it
    shows. `digest` seals all of it together with the marks of its `rows`. `recipient` is whom it
    was sent to, for people. `columns` are those to be filled in, so that one that was added to the
    ledger since is not missed; nothing depends on them, and nothing seals them.
    """

    version: int
    code: str
    cutoff: date
    head_seq: int
    head_hash: str
    rows: int
    digest: str
    recipient: str = ""
    columns: tuple[str, ...] = FIRST_OPEN

    def seals(self, marks: Iterable[str]) -> bool:
        """Whether these are all of its marks, in whatever order, and nothing else was altered."""
        return self.digest == _digest(self, sorted(marks))


def make_fingerprint(
    code: str, cutoff: date, head: tuple[int, str], marks: Sequence[str], recipient: str,
    columns: Iterable[str] = FIRST_OPEN,
) -> Fingerprint:  # fmt: skip
    """The fingerprint of a return; `head` is sequence and hash of the newest row of history."""
    unsealed = Fingerprint(VERSION, code, cutoff, *head, len(marks), "", recipient, tuple(columns))
    return replace(unsealed, digest=_digest(unsealed, sorted(marks)))


def _digest(fingerprint: Fingerprint, marks: Sequence[str]) -> str:
    return _hash("\n".join((*_sealed(fingerprint), *marks)))


def _hash(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _sealed(fingerprint: Fingerprint) -> tuple[str, ...]:
    return (
        str(fingerprint.version), fingerprint.code, fingerprint.cutoff.isoformat(),
        str(fingerprint.head_seq), fingerprint.head_hash, str(fingerprint.rows),
    )  # fmt: skip


def fingerprint_rows(fingerprint: Fingerprint) -> list[tuple[str, str]]:
    """The rows of the hidden sheet: a name and a text each."""
    version, code, cutoff, head_seq, head_hash, rows = _sealed(fingerprint)
    return [
        (_FORMAT, version), ("code", code), ("place", fingerprint.recipient), ("cutoff", cutoff),
        ("head_seq", head_seq), ("head_hash", head_hash), ("rows", rows),
        ("digest", fingerprint.digest), ("columns", " ".join(fingerprint.columns)),
    ]  # fmt: skip


def read_fingerprint(rows: Iterable[Sequence[str]]) -> Fingerprint | None:
    """The fingerprint in the rows of the hidden sheet, None where they hold none that is whole."""
    texts: dict[str, str] = {}
    for row in islice(rows, _MOST_ROWS):
        filled = [text.strip() for text in row if text.strip()]
        if len(filled) < 2:
            continue
        name, value, *_ = filled
        if texts.setdefault(name, value) != value:
            return None
    numbers = [texts.get(name, "") for name in (_FORMAT, "head_seq", "rows")]
    hashes = [texts.get(name, "") for name in ("head_hash", "digest")]
    code, cutoff = texts.get("code", ""), _day(texts.get("cutoff", ""))
    if not (
        cutoff and _CODE.fullmatch(code)
        and all(map(_WHOLE.fullmatch, numbers)) and all(map(_HASH.fullmatch, hashes))
    ):  # fmt: skip
        return None
    version, head_seq, count = map(int, numbers)
    columns = tuple(texts.get("columns", "").split()) or FIRST_OPEN
    return Fingerprint(
        version, code, cutoff, head_seq, hashes[0], count, hashes[1], texts.get("place", ""),
        columns,
    )  # fmt: skip


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def row_mark(code: str, item_id: int, sealed: Sequence[str]) -> str:
    """The mark of a row: the item, and a checksum over code, item and the cells of `SEALED`."""
    text = "\x1f".join((code, str(item_id), *map(_plain, sealed)))
    return f"{item_id}.{_hash(text)[:10].translate(_LETTERS)}"


def step_mark(code: str, ref: str, measure_id: int, step_id: int | None) -> str:
    """The mark of a step's row: the step, its measure, and a checksum over them and the item."""
    step = str(step_id or 0)
    return f"{step}/{row_mark(code, measure_id, (ref, step))}"


def read_step_mark(code: str, ref: str, text: str) -> tuple[int, int | None] | None:
    """Measure and step of a mark, None for one that is not of this return and this item."""
    step, _, rest = text.strip().partition("/")
    read = read_mark(rest)
    if read is None or not _WHOLE.fullmatch(step):
        return None
    key = read[0], int(step) or None
    return key if step_mark(code, ref, *key) == text.strip() else None


def read_mark(text: str) -> tuple[int, str] | None:
    """Item and checksum of a mark, None for anything else."""
    mark = _MARK.fullmatch(text.strip())
    return (int(mark[1]), mark[2]) if mark else None


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFC", text).split())
