"""Copies of a store: made while it is in use, and given their name once they are whole."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from rectify_tui.part_file import OWNER_ONLY, clear_left_behind, make_folder, part_beside, put_new
from rectify_tui.store.chain import GENESIS, head
from rectify_tui.store.connection import Address, engine

Head = tuple[int, str]
"""Number and hash of the newest row of history: how far a copy goes, and that it is this one."""


def backup_folder(address: Address) -> Path:
    """Where the copies of a store are kept: always a folder beside the store itself."""
    return address.parent / "backups"


@contextlib.contextmanager
def copied(source: Address, path: Path, rights: int = OWNER_ONLY) -> Iterator[Path]:
    """A copy of a store beside a path, to be put there; where it is not, nothing stays.

    Raises `Problem` where the engine cannot read the one or write the other, and `OSError`.
    """
    clear_left_behind(path)
    part, handle = part_beside(path, rights)
    os.close(handle)
    try:
        engine.copy_into(source, part)
        yield part
    except engine.UNREADABLE as error:
        raise engine.problem_of(error, path) from error
    finally:
        engine.discard(part)


def copy_before_migration(address: Address, migration: str | None) -> Path:
    """A copy of a store that had a migration last, with the rights of the store; returns where.

    Its name tells what it holds. So a migration that fails leaves one copy, however often it is
    tried, and of several who come at once all find the same.
    """
    number, hash = head_of(address) if migration else (0, GENESIS)
    name = f"{address.name}.{migration or 'empty'}.{number}-{hash[:8]}.bak"
    path = backup_folder(address) / name
    if not path.exists():
        with contextlib.suppress(FileExistsError):
            copy_as_it_is(address, path)
    return path


def copy_as_it_is(address: Address, path: Path) -> None:
    """Copy a store to a new file, with its rights and with whatever is wrong with it.

    Raises `FileExistsError`, and as `copied` does.
    """
    make_folder(path.parent)
    with copied(address, path, rights_of(address)) as part:
        put_new(part, path)


def put_filled(part: Path, path: Path) -> None:
    """Give a store that was filled beside its place its name, with all that its log holds.

    Closing it would say nothing where a full disk leaves that in the log. Raises `FileExistsError`,
    `Problem` and `OSError`.
    """
    try:
        engine.bring_to_rest(part)
        engine.wake(part)
    except engine.UNREADABLE as error:
        raise engine.problem_of(error, path) from error
    put_new(part, path)


def rights_of(address: Address) -> int:
    """Who may read and write a store; its owner alone where there is none yet."""
    return address.stat().st_mode & 0o777 if address.exists() else OWNER_ONLY


def head_of(address: Address) -> Head:
    """How far a store goes. Raises `Problem`, and `DatabaseError` where it cannot be read."""
    with contextlib.closing(engine.connect(address)) as connection:
        return head(connection)
