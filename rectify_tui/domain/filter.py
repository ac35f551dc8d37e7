"""What a list is filtered by: terms that must all be met, which know no table and no column.

How filters are typed is told in `filter_text`, and what may be asked for in `filter_fields`; the
store makes a query of a `Filter`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from datetime import date
    from enum import Enum

    from rectify_tui.domain.reference import ItemReference, NumberRange


class Op(StrEnum):
    """How a field is compared.

    `IS` is the field's own way: text contains the value, days and figures lie within it, anything
    else equals it. `EXACTLY` (text only) means the whole text. The others order days and figures.
    """

    IS = ":"
    EXACTLY = "="
    LT = "<"
    LE = "<="
    GT = ">"
    GE = ">="


class Between(NamedTuple):
    """Days or figures from the first to the last, both included."""

    first: date | float
    last: date | float


Value: TypeAlias = "str | bool | float | date | Between | Enum | NumberRange | ItemReference | None"
"""A value of a term; None stands for a missing value."""


class Term(NamedTuple):
    """A field that has any of the values.

    A negated term is met by every record that does not meet the term, those without a value
    included. Days and figures are `Between` with `IS`, and one bare value with `LT` to `GE`.
    """

    field: str
    op: Op
    values: tuple[Value, ...]
    negated: bool = False


class Words(NamedTuple):
    """Free text, any of which must occur in the texts that a list is searched by."""

    values: tuple[str, ...]
    negated: bool = False


class Filter(NamedTuple):
    """Terms that must all be met, in the order typed."""

    terms: tuple[Term | Words, ...] = ()

    @property
    def names_place(self) -> bool:
        """Whether all that meets it is of some programmes or places, which are named."""
        return any(
            isinstance(term, Term) and not term.negated and term.field in ("programme", "region")
            for term in self.terms
        )
