"""Writing files for people: whole or not at all, never over a ledger, over another only if told.

Every export, letter, workbook of rejected rows and chart goes through here.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from rectify_tui.errors import Problem
from rectify_tui.part_file import OWNER_ONLY, clear_left_behind, part_beside, put_in_place
from rectify_tui.store.connection import engine


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
            part, handle = part_beside(path.resolve())
            os.close(handle)
            part.unlink()


def write_whole(
    path: Path, content: bytes | Iterator[bytes], *, force: bool = False, private: bool = False
) -> None:
    """Write a file so that it is never seen half written, and is on the disk when this returns.

    A long content may come in pieces, which are asked for as they are written.
    A link is followed to what it names. A new file is `private` to its owner where it holds what a
    ledger holds; made for others, it has the usual rights. Raises as `require_free` does.
    """
    require_free(path, force=force)
    pieces = [content] if isinstance(content, bytes) else content
    with _named(path):
        if path.exists() and not path.is_file():  # a pipe or a device takes it as it comes
            with path.open("wb") as file:
                file.writelines(pieces)
            return
        rights = OWNER_ONLY if private and not path.exists() else None
        _replace(path.resolve(), pieces, rights)


def _replace(path: Path, pieces: Iterable[bytes], rights: int | None) -> None:
    clear_left_behind(path)
    part, handle = part_beside(path, rights)
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(pieces)
        put_in_place(part, path)
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def _named(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        error.filename = str(path)
        raise
