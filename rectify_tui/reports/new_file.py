"""Writing files for people: whole or not at all, never over a ledger, over another only if told.

Every export, letter, workbook of rejected rows and chart goes through here.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.store.connection import engine

_PART = ".part"
_LEFT_BEHIND = 3600.0
"""Seconds after which a part that nobody finished is taken for one of a run that was killed."""


class FileExists(Problem):
    """There is such a file, and nobody said that it may go."""

    def __init__(self, path: Path) -> None:
        super().__init__("new_file.exists", path=path)


def require_free(path: Path, *, force: bool = False) -> None:
    """See that a file may be written there, before anything is done that it is to hold.

    Raises `Problem` for a ledger or what belongs to one, whatever its name and whether or not
    `force` is given; `FileExists` for any other file without `force`; `OSError` that names the
    path where nothing can be written.
    """
    if engine.holds_store(path):
        raise Problem("new_file.is_ledger", path=path)
    if path.is_file() and not force:
        raise FileExists(path)
    with _named(path):
        if path.is_dir():
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if path.exists() and not os.access(path, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        if not path.exists() or path.is_file():
            part, handle = _part_beside(path.resolve())
            os.close(handle)
            part.unlink()


def write_whole(path: Path, content: bytes, *, force: bool = False) -> None:
    """Write a file so that it is never seen half written, and is on the disk when this returns.

    A link is followed to what it names. Raises as `require_free` does.
    """
    require_free(path, force=force)
    with _named(path):
        if path.exists() and not path.is_file():  # a pipe or a device takes it as it comes
            path.write_bytes(content)
            return
        _replace(path.resolve(), content)


def _replace(path: Path, content: bytes) -> None:
    _clear_left_behind(path)
    part, handle = _part_beside(path)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        _sync_folder(path.parent)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def _part_beside(path: Path) -> tuple[Path, int]:
    """A new file beside another, with its rights; its name cannot be known beforehand."""
    part = path.with_name(f".{path.name[:80]}.{secrets.token_hex(8)}{_PART}")
    rights = path.stat().st_mode & 0o777 if path.exists() else 0o666
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    return part, os.open(part, flags | getattr(os, "O_NOFOLLOW", 0), rights)


def _clear_left_behind(path: Path) -> None:
    for part in path.parent.glob(f".*{_PART}"):
        with contextlib.suppress(OSError):
            if (
                part.name.startswith(f".{path.name[:80]}.")
                and time.time() - part.stat().st_mtime > _LEFT_BEHIND
            ):
                part.unlink()


def _sync_folder(folder: Path) -> None:
    """See that the new name is on the disk too, where the system can open a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise
