"""A ledger whose returns went out: built once in a session, copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from moving_clock import Clock
from return_desk import build, send

from rectify_tui.store.ledger import Ledger

Returns = dict[str, Path]
"""Files by place."""


@pytest.fixture(scope="session")
def sent_out(regions_store: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Returns]:
    """A closed store, and the returns made from it. Copy them; never write to them."""
    folder = tmp_path_factory.mktemp("sent")
    path = Path(shutil.copy(regions_store, folder / "ledger.db"))
    ledger = Ledger(path, clock=Clock())
    build(ledger)
    files = send(ledger, folder / "out")
    ledger.close()
    return path, files


@pytest.fixture
def returns_out(
    sent_out: tuple[Path, Returns], tmp_path: Path, clock: Clock
) -> Iterator[tuple[Ledger, Returns]]:
    """A ledger of one's own, by the movable clock, and the returns that went out."""
    store, files = sent_out
    shutil.copytree(store.parent, tmp_path, dirs_exist_ok=True)
    ledger = Ledger(tmp_path / store.name, clock=clock)
    yield ledger, {place: tmp_path / "out" / path.name for place, path in files.items()}
    ledger.close()
