"""The first screens as they are read, cell by cell, kept as text; REWRITE_GOLDEN=1 writes anew."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from desk import LARGE, SMALL, desk

GOLDEN = Path(__file__).parent / "golden"
REWRITE = bool(os.environ.get("REWRITE_GOLDEN"))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("size", [SMALL, LARGE], ids=["80x24", "120x40"])
async def test_the_first_screens_look_as_they_did(province, language, size):
    async with desk(province, size, language) as at:
        for name, key in (("overview", "1"), ("items", "2"), ("queue", "6")):
            await at.press(key)
            text = at.text().rstrip() + "\n"
            path = GOLDEN / f"{name}-{size[0]}x{size[1]}-{language}.txt"
            if REWRITE:
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, "utf-8")
            assert text == path.read_text("utf-8"), path.name
