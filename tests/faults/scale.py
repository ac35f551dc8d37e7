"""How much of the campaign is run: RECTIFY_FAULTS=0.05 is a twentieth, 1 all of it."""

from __future__ import annotations

import os

SCALE = float(os.environ.get("RECTIFY_FAULTS", "1"))


def scaled(count: int, least: int = 2) -> int:
    """So many of so many, but never fewer than make sense."""
    return max(round(count * SCALE), least)
