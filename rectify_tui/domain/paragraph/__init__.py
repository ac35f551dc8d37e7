"""Reader of published progress paragraphs in Chinese.

The pipeline, a module or two for each step:

- `folding`: full-width forms, stray spaces and quotes, with offsets kept
- `lexer`: numbers (`numerals`) with their units (`units`), and words (`phrases`)
- `clauses`: the stretches between commas, brackets set aside
- `words`, `pairing`, `rates`: each number with its word inside a clause
- `groups`, `lists`: what the clauses around add (`around`, `subjects`), 其中 and 分别
- `placing`: `totals` open scopes (`scopes`), `parts` join them (`nesting`, `state`)
- `sums`: parts against totals, and the definition behind a stated closure rate
"""

from rectify_tui.domain.paragraph.gazetteer import Gazetteer
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
