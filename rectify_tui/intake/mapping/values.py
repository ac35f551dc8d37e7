"""What words in the cells of a column mean: 状态:推进中=on_schedule."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from rectify_tui.domain.script import simplified
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.fields import FIELDS
from rectify_tui.intake.table.headings import fold
from rectify_tui.intake.table.model import Heading


class ValueRule(NamedTuple):
    """That a word in a column, by its heading or its field, means a value as commands take it."""

    column: str
    word: str
    means: str


def read_value_rule(text: str) -> ValueRule:
    """A rule as a person writes it. Raises `Problem` for what is none."""
    column, colon, rest = text.replace("：", ":").partition(":")
    word, equals, means = rest.rpartition("=")
    rule = ValueRule(clean(column), clean(word), clean(means))
    if not (colon and equals and rule.column and rule.word):
        raise Problem("mapping.bad_value", text=text)
    return rule


def fold_word(text: str) -> str:
    """A word of a cell in the form in which words are compared."""
    return "".join(simplified(narrow(clean(text)).casefold()).split())


def values_by_field(
    rules: Iterable[ValueRule], mapping: model.Mapping, headings: Sequence[Heading]
) -> dict[str, dict[str, str]]:
    """What words mean by the field of their column, those that the mapping knows included.

    Raises `Problem` for a column that the table does not have.
    """
    values = {field: dict(words) for field, words in mapping.values.items()}
    names = _names(mapping, headings)
    for rule in rules:
        field = names.get(fold(rule.column))
        if field is None:
            known = "、".join(
                heading.text for heading in headings if heading.index in mapping.fields
            )
            raise Problem("mapping.no_value_column", column=rule.column, known=known)
        values.setdefault(field, {})[fold_word(rule.word)] = rule.means
    return values


def _names(mapping: model.Mapping, headings: Sequence[Heading]) -> Mapping[str, str]:
    fields = {fold(name): name for name in FIELDS[mapping.kind] if name in mapping.fields.values()}
    return fields | {
        fold(text): mapping.fields[heading.index]
        for heading in reversed(headings)
        if heading.index in mapping.fields
        for text in (heading.last, heading.text)
    }
