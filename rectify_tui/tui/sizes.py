"""Sizes from which on screens are laid out in another way, or leave something out."""

from __future__ import annotations

WIDE = 110
"""From this many cells on, a page stands beside its list."""

VERY_WIDE = 160
"""From this many cells on, a page stands beside lines that have many columns."""

TALL = 32
"""From this many lines on, there is room for what can be left out."""

SHORT = 18
"""Below this many lines, there is room for the main list alone."""

NARROWEST = 40
"""Cells for which a report is laid out at least."""

SENTENCE = 2000
"""Characters of a sentence or a question that are shown."""
