"""Breaking sentences into lines, for screens."""

from __future__ import annotations

from rectify_tui.domain.wrapping import wrapped

__all__ = ["wrapped"]
