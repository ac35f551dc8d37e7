"""What the schedule says of an item on a day, beside what its unit reported.

What is reported, what the schedule says and what was verified on site are three facts that are
shown side by side (`domain.md`, Verification). This package derives the second one: `model` has
the words, `coming` what falls due next, `line` the straight line that progress is held against,
`deriving` the rules, and `comparing` where report and schedule disagree.
"""

from __future__ import annotations

from rectify_tui.domain.schedule.coming import Coming, coming
from rectify_tui.domain.schedule.comparing import Direction, Disagreement, disagreement
from rectify_tui.domain.schedule.deriving import counted_group, derive
from rectify_tui.domain.schedule.line import TOLERANCE
from rectify_tui.domain.schedule.model import LATE, Derived, Plan, State, Step

__all__ = [
    "LATE",
    "TOLERANCE",
    "Coming",
    "Derived",
    "Direction",
    "Disagreement",
    "Plan",
    "State",
    "Step",
    "coming",
    "counted_group",
    "derive",
    "disagreement",
]
