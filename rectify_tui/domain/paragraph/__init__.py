"""Reader of published progress paragraphs in Chinese.

The pipeline, a module for each step:

- `folding`: traditional characters, full-width forms, stray spaces and quotes, offsets kept
- `lexer`: numbers with their units (`numbers`), and words (`phrases`)
- `clauses`: the stretches between commas, brackets set aside, and what their words say
- `mentions`: each number with its word inside a clause
- `context`: what the clauses around add (`subjects`, `places`)
- `lists`: 其中, 分别, lists of places
- `placing`: `totals` open scopes, `parts` join them, places divide them (`state`)
- `cutoff`: the days that figures are of
- `sums`: parts against totals, and the definition behind a stated closure rate

`programme` tells which programme of a ledger the subject of a figure names.
"""

from rectify_tui.domain.paragraph.model import (
    TOTALS,
    Axis,
    Closeout,
    Figure,
    Ignored,
    Kind,
    RateDefinition,
    Reading,
    Reason,
    Sum,
    Unplaced,
    What,
)
from rectify_tui.domain.paragraph.places import Gazetteer
from rectify_tui.domain.paragraph.reading import Lookup, beside_ledger, compare, read_paragraph

__all__ = [
    "TOTALS",
    "Axis",
    "Closeout",
    "Figure",
    "Gazetteer",
    "Ignored",
    "Kind",
    "Lookup",
    "RateDefinition",
    "Reading",
    "Reason",
    "Sum",
    "Unplaced",
    "What",
    "beside_ledger",
    "compare",
    "read_paragraph",
]
