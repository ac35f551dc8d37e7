"""The files of a store: what lies beside it, and moving it as a whole, while nobody has it open."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from rectify_tui.store.sqlite.driver import Address

_ANCHORS = ".anchors"
"""Ending of the file beside a store that keeps heads of its history."""

_LOG_FILES = ("-wal", "-shm", "-journal")
"""Endings of the files beside a store without which SQLite cannot tell all that it holds."""

_BESIDE = (*_LOG_FILES, _ANCHORS)
"""Endings of all files beside a store that belong to it."""

_DATABASE = b"SQLite format 3\0"
_LOGS = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83", b"\xd9\xd5\x05\xf9")
"""How a database begins, and how the two kinds of a write-ahead log and a journal do."""


def exists(address: Address) -> bool:
    """Whether there is anything at an address."""
    return address.exists()


def log_size(address: Address) -> int:
    """Bytes in the log that lies beside a store; 0 where there is none."""
    log = address.with_name(address.name + "-wal")
    return log.stat().st_size if log.exists() else 0


def anchor_file(address: Address) -> Path:
    """The file that keeps heads of a store's history, outside of the store."""
    return address.with_name(address.name + _ANCHORS)


def discard(address: Address) -> None:
    """Remove a store and whatever lies beside it."""
    for ending in ("", *_BESIDE):
        address.with_name(address.name + ending).unlink(missing_ok=True)


def holds_store(path: Path) -> bool:
    """Whether a file is a database, ours or another's, or what lies beside one while it is in use.

    Its content tells, so that another name or a hard link makes no difference.
    """
    with contextlib.suppress(OSError):
        if path.is_file():
            with path.open("rb") as file:
                head = file.read(16)
            if head == _DATABASE or head[:4] in _LOGS:
                return True
        for ending in _BESIDE:
            owner = path.with_name(path.name.removesuffix(ending))
            if owner.name and owner != path and holds_store(owner):
                return True
    return False


def anything_of(address: Address) -> bool:
    """Whether there is a store at an address, or a log that was left beside one that is gone."""
    return any(address.with_name(address.name + ending).exists() for ending in ("", *_LOG_FILES))


def set_aside(address: Address, to: Address) -> None:
    """Keep a store with its log under another name, in the same file system, for another to come.

    It has its own name too until then, so that there is a store at every moment; its log has not.
    """
    if address.exists():
        try:
            os.link(address, to)
        except OSError:  # a disk that knows no links
            address.rename(to)
    _move_log(address, to)


def take_back(address: Address, kept: Address) -> None:
    """Undo what `set_aside` did, as far as it came about."""
    _move_log(kept, address)
    if address.exists():
        kept.unlink(missing_ok=True)
    elif kept.exists():
        kept.rename(address)


def _move_log(address: Address, to: Address) -> None:
    for ending in _LOG_FILES:
        path = address.with_name(address.name + ending)
        if path.exists():
            path.rename(to.with_name(to.name + ending))
