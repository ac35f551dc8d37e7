"""Taking the bytes of a file, once, from nothing but a regular file."""

from __future__ import annotations

import os
import stat
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.reading.limits import MAX_FILE, MIB

_NAME = 255


class Source(NamedTuple):
    """A file's clean name, its bytes, and their SHA-256."""

    name: str
    data: bytes
    digest: str


def take(path: Path) -> Source:
    """All bytes of a file.

    Raises `Problem` for what is missing, not to be read, no regular file, empty, or too big. A pipe
    or a device is never waited for.
    """
    name = file_name(path)
    try:
        data = _bytes(path, name)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise Problem("reading.not_found", file=name) from error
    except PermissionError as error:
        raise Problem("reading.no_permission", file=name) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise Problem("reading.cannot_open", file=name, error=reason) from error
    if not data:
        raise Problem("reading.empty", file=name)
    return Source(name, data, sha256(data).hexdigest())


def file_name(path: Path) -> str:
    """The last part of a path, as it may be shown."""
    return clean(path.name[:_NAME]) or "?"


def _bytes(path: Path, name: str) -> bytes:
    _checked_size(path.stat(), name)  # before opening: to open a device can have effects
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(path, flags), "rb") as file:
        size = _checked_size(os.fstat(file.fileno()), name)
        data = file.read(size + 1)
    if len(data) != size:
        raise Problem("reading.changing", file=name)
    return data


def _checked_size(status: os.stat_result, name: str) -> int:
    if stat.S_ISDIR(status.st_mode):
        raise Problem("reading.folder", file=name)
    if not stat.S_ISREG(status.st_mode):
        raise Problem("reading.not_a_file", file=name)
    if status.st_size > MAX_FILE:
        size = -(-status.st_size // MIB)
        raise Problem("reading.too_big", file=name, size=size, limit=MAX_FILE // MIB)
    return status.st_size
