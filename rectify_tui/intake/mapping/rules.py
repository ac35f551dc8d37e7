"""Columns that somebody has told the field of, over what is guessed or remembered: I=deadline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import NamedTuple

from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.fields import FIELDS, present_name
from rectify_tui.intake.mapping.model import Certainty
from rectify_tui.intake.table.headings import fold
from rectify_tui.intake.table.model import Heading


class ColumnRule(NamedTuple):
    """That a column, by its letter or its heading, is a field; no field leaves it out."""

    column: str
    field: str


def read_column_rule(text: str) -> ColumnRule:
    """A rule as a person writes it: `I=deadline`, `备注=`. Raises `Problem` for what is none."""
    column, equals, field = text.rpartition("=")
    column, field = clean(column), clean(field)
    if not equals or not column:
        raise Problem("mapping.bad_column", text=text)
    return ColumnRule(column, str(present_name(field)))


def with_rules(
    mapping: model.Mapping, headings: Sequence[Heading], rules: Iterable[ColumnRule]
) -> model.Mapping:
    """A mapping in which the columns of rules are what these say; the later rule counts.

    A column that had the field before is then no field any more. Raises `Problem` for a column that
    the table does not have and for a field that there is not.
    """
    fields, ignored = dict(mapping.fields), set(mapping.ignored)
    certainty, rivals = dict(mapping.certainty), dict(mapping.rivals)
    for rule in rules:
        index = _index(rule, headings)
        if rule.field and rule.field not in FIELDS[mapping.kind]:
            known = ", ".join(FIELDS[mapping.kind])
            raise Problem("mapping.no_field", name=rule.field, known=known)
        fields = {at: name for at, name in fields.items() if at != index and name != rule.field}
        ignored.discard(index)
        rivals.pop(index, None)
        if rule.field:
            fields[index], certainty[index] = rule.field, Certainty.GIVEN
        else:
            ignored.add(index)
    unknown = [h.index for h in headings if h.index not in fields and h.index not in ignored]
    ordered = {heading.index: fields[heading.index] for heading in headings
               if heading.index in fields}  # fmt: skip
    return replace(
        mapping, fields=ordered, unknown=tuple(unknown), ignored=tuple(sorted(ignored)),
        certainty=certainty, rivals={at: of for at, of in rivals.items() if at in unknown},
    )  # fmt: skip


def _index(rule: ColumnRule, headings: Sequence[Heading]) -> int:
    letters = {heading.letter: heading.index for heading in headings}
    by_text = [each.index for each in headings if fold(each.text) == fold(rule.column)]
    if rule.column.upper() in letters:
        return letters[rule.column.upper()]
    if len(by_text) != 1:
        known = "、".join(f"{each.letter} {each.text}".strip() for each in headings)
        raise Problem("mapping.no_column", column=rule.column, known=known)
    return by_text[0]
