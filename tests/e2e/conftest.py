"""A seeded store for the journeys."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest


@pytest.fixture
def store(seed_store: Path, tmp_path: Path) -> Path:
    """A seeded store of one's own."""
    path = tmp_path / "journey.db"
    shutil.copy(seed_store, path)
    return path
