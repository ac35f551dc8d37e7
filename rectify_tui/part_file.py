"""Files that are filled beside the place where they belong, and put there once they are whole.

So that nothing half made passes for a file: a report, the copy of a ledger, a new ledger.
"""

from __future__ import annotations

import contextlib
import os
import time
from pathlib import Path

OWNER_ONLY = 0o600
"""Rights of what names complainants and officials: its owner's until the owner shares it."""

_PART = ".part"
_LEFT_BEHIND = 3600.0
"""Seconds after which a part that nobody finished is taken for one of a run that was killed."""

_BESIDE = ("-wal", "-shm", "-journal")
"""What an engine keeps beside a part that is a store, as long as it is open."""


def part_beside(path: Path, rights: int | None = None) -> tuple[Path, int]:
    """A new file beside another and a handle to it; its name cannot be known beforehand.

    It has the given rights, or else those of the other file, or else what is usual.
    """
    part = part_name(path)
    if rights is None and path.exists():
        rights = path.stat().st_mode & 0o777
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    try:
        usual = 0o666 if rights is None else rights
        handle = os.open(part, flags | getattr(os, "O_NOFOLLOW", 0), usual)
        if rights is not None and hasattr(os, "fchmod"):
            os.fchmod(handle, rights)  # what the user takes from new files stays where it was given
        return part, handle
    except OSError as error:
        error.filename = str(path)  # nobody knows the part
        raise


def part_name(path: Path) -> Path:
    """A name beside another that nobody can know beforehand."""
    import secrets

    return path.with_name(f"{_beginning(path)}{os.getpid()}-{secrets.token_hex(8)}{_PART}")


def missing_folders(folder: Path) -> list[Path]:
    """A folder and those above it, as far as they are not there, the outermost first."""
    return [path for path in (folder, *folder.parents) if not path.exists()][::-1]


def make_folder(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for its owner alone."""
    for path in missing_folders(folder):
        path.mkdir(mode=0o700, exist_ok=True)


def put_in_place(part: Path, path: Path) -> None:
    """Give a part the name it was made for, and replace what has it; both are on the disk then."""
    _sync(part, os.O_RDWR)
    part.replace(path)
    _sync_folder(path.parent)


def put_new(part: Path, path: Path) -> None:
    """Give a part the name it was made for. Raises `FileExistsError` where something has it."""
    _sync(part, os.O_RDWR)
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links
        if path.exists():
            raise FileExistsError(path) from None
        part.replace(path)
    part.unlink(missing_ok=True)
    _sync_folder(path.parent)


def clear_left_behind(path: Path) -> None:
    """Remove the parts that killed runs left beside a file, with what belongs to them."""
    for part in path.parent.glob(f".*{_PART}"):
        with contextlib.suppress(OSError):
            if part.name.startswith(_beginning(path)) and _is_left_behind(part):
                for ending in (*_BESIDE, ""):
                    part.with_name(part.name + ending).unlink(missing_ok=True)


def _beginning(path: Path) -> str:
    return f".{path.name[:60]}."


def _is_left_behind(part: Path) -> bool:
    if time.time() - part.stat().st_mtime > _LEFT_BEHIND:
        return True
    process = part.name.removesuffix(_PART).rpartition(".")[2].partition("-")[0]
    if os.name == "nt" or not process.isdecimal() or "-" not in part.name:
        return False  # to ask for a process with a signal would end it on Windows
    try:
        os.kill(int(process), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def _sync(path: Path, flags: int) -> None:
    handle = os.open(path, flags)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    """See that the new name is on the disk too, where the system can open a folder."""
    with contextlib.suppress(OSError):
        _sync(folder, os.O_RDONLY)
