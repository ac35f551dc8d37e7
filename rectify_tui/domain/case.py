"""What a complaint case is about, and by when it is to be handled."""

from __future__ import annotations

from enum import StrEnum

USUAL_DAYS = 10
"""Days within which a case is to be handled once it was passed on, where nothing else was said."""


class PollutionType(StrEnum):
    """What a complaint is about; one case may have several (`domain.md`, Cases)."""

    WATER = "water"
    AIR = "air"
    SOIL = "soil"
    ECOLOGY = "ecology"
    NOISE = "noise"
    RADIATION = "radiation"
    MARINE = "marine"
    SOLID_WASTE = "solid_waste"
    COOKING_FUMES = "cooking_fumes"
    DUST = "dust"
    OTHER = "other"
