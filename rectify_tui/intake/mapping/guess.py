"""Holds the headings of a table against the synonyms."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import NamedTuple

from rectify_tui.domain.text import shorten
from rectify_tui.errors import Problem
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.fields import (
    IGNORED,
    LEFT_OUT,
    NEEDS,
    NEVER_GUESSED,
    SERIAL,
    may_have,
)
from rectify_tui.intake.mapping.model import Certainty
from rectify_tui.intake.mapping.state_headings import asks_for_status, ticked_columns
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.table.headings import bare, fold
from rectify_tui.intake.table.model import Heading

_SHORTEST_ENDING = 3
_FILLING = re.compile("(?:名称|情况|要求|说明|内容|明细|详情|信息|描述|必填|选填|填写)$")
_TWO_THINGS = re.compile("[、/,，;；&]")
_CHANGES_MEANING = re.compile(
    "[和及与或]|配合|协助|协同|其他|其它|非|不|未|无|原|上次|上期|上周|上月|上年|往年|去年|拟|延期|调整|变更"
    "|申请|下步|下一步|下周|下月|累计|新增|合计|其中|第三方|建议|重复|关联|历史|曾"
)
_SHOWN = 120


class KnownHeadings(NamedTuple):
    """What folded headings mean in one kind of table.

    `first` has a field, and the place among its headings. `second` has the fields that a heading
    means where no better column does, with the order in which they are tried. `below` has what a
    lower line means below a heading of a field: 启动 under 整改时限 is the start.
    """

    first: Mapping[str, tuple[str, int]]
    second: Mapping[str, Sequence[tuple[str, int]]]
    below: Mapping[tuple[str, str], str] = {}

    @property
    def fields(self) -> frozenset[str]:
        """All fields that have headings."""
        return frozenset(field for field, _ in self.first.values())


class _Tier(IntEnum):
    """How well a heading fits; smaller is better."""

    AS_WRITTEN = 0
    WHOLE = 1
    LAST_LINE = 2
    SECOND = 3
    ENDING = 4
    FIRST_LINE = 5


_WEIGHT = {
    _Tier.AS_WRITTEN: 3,
    _Tier.WHOLE: 3,
    _Tier.LAST_LINE: 2,
    _Tier.SECOND: 1,
    _Tier.ENDING: 1,
    _Tier.FIRST_LINE: 1,
}


@dataclass(frozen=True, order=True, slots=True)
class _Claim:
    """That a column may be a field; the order is that in which claims are heard."""

    tier: _Tier
    position: int
    column: int
    field: str


def variants(heading: Heading) -> Iterator[tuple[_Tier, str]]:
    """The folded texts by which a heading may be known, the best first.

    Of several lines they are all together, without units and explanations, then the lowest line,
    alone and before those above it: 行政 under 拘留（人） is 行政拘留 too.
    """
    lines = heading.lines or (heading.text,)
    yield _Tier.AS_WRITTEN, fold("".join(lines))
    yield _Tier.WHOLE, fold("".join(map(bare, lines)))
    if len(lines) > 1:
        yield _Tier.LAST_LINE, fold("".join(map(bare, (lines[-1], *lines[:-1]))))
        yield _Tier.LAST_LINE, fold(lines[-1])
        yield _Tier.LAST_LINE, fold(bare(lines[-1]))


def ending(text: str, known: Container[str]) -> str | None:
    """The longest end of a heading that is known, folded, if that may be all that matters of it.

    Only Chinese puts the thing itself at the end; what stands before it must not change it, as in
    配合责任单位, nor name a second thing.
    """
    text = bare(text)
    if text.isascii() or _TWO_THINGS.search(text):
        return None
    text = fold(text)
    while True:
        for start in range(len(text) - _SHORTEST_ENDING + 1):
            if text[start:] in known:
                changed = text[start:].isascii() or _CHANGES_MEANING.search(text[:start])
                return None if changed else text[start:]
        less = _FILLING.sub("", text)
        if less == text:
            return None
        text = less


def guess_kind(
    headings: Sequence[Heading], names: Mapping[IntakeKind, KnownHeadings]
) -> model.Mapping:
    """The mapping of the kind of table that headings fit best; see `Synonyms.guess`."""
    fitting = []
    for kind, of_kind in names.items():
        if kind in NEVER_GUESSED:
            continue
        claims = sorted(_claims(headings, of_kind))
        mapping = _settled(headings, kind, claims)
        if not _missing(mapping):
            weights = {(c.column, c.field): _WEIGHT[c.tier] for c in reversed(claims)}
            score = sum(weights.get(column, 0) for column in mapping.fields.items())
            fitting.append((score, mapping))
    if not fitting:
        raise Problem("mapping.no_kind", headings=_shown(headings))
    top = max(score for score, _ in fitting)
    first, *others = [mapping for score, mapping in fitting if score == top]
    if others:
        one, other = (Problem(f"intake.kind.{each.kind}") for each in (first, others[0]))
        raise Problem("mapping.several_kinds", one=one, other=other, headings=_shown(headings))
    return first


def map_kind(
    headings: Sequence[Heading], kind: IntakeKind, names: Mapping[IntakeKind, KnownHeadings]
) -> model.Mapping:
    """The mapping of headings for a kind of table; see `Synonyms.guess`."""
    mapping = _settled(headings, kind, sorted(_claims(headings, names[kind])))
    if missing := _missing(mapping):
        raise Problem(
            "mapping.missing", kind=Problem(f"intake.kind.{kind}"), fields=" / ".join(missing[0]),
            headings=_shown(headings),
        )  # fmt: skip
    return mapping


def complete(
    headings: Sequence[Heading], given: model.Mapping, names: KnownHeadings
) -> model.Mapping:
    """A mapping that was given, with what is guessed of the other columns; see `Synonyms`."""
    return replace(_settled(headings, given.kind, sorted(_claims(headings, names)), given),
                   values=given.values)  # fmt: skip


def _missing(mapping: model.Mapping) -> list[tuple[str, ...]]:
    have = set(mapping.fields.values())
    return [names for names in NEEDS[mapping.kind] if not have & set(names)]


def _shown(headings: Iterable[Heading]) -> str:
    return shorten("、".join(filter(None, (each.text for each in headings))) or "—", _SHOWN)


def _claims(headings: Sequence[Heading], names: KnownHeadings) -> set[_Claim]:
    ticked = ticked_columns(headings)
    return {
        claim
        for heading in headings
        if heading.text
        for claim in _claims_of(heading, names)
        if may_have(claim.field, heading.unit)
        and (claim.field != "status" or heading.index not in ticked)
    }


def _claims_of(heading: Heading, names: KnownHeadings) -> Iterator[_Claim]:
    for tier, text in variants(heading):
        if text in names.first:
            field, position = names.first[text]
            yield _Claim(tier, position, heading.index, field)
        for field, position in names.second.get(text, ()):
            yield _Claim(_Tier.SECOND, position, heading.index, field)
    if end := ending(heading.last, names.first):
        yield _Claim(_Tier.ENDING, 0, heading.index, names.first[end][0])
    if "status" in names.fields and asks_for_status(heading.last):
        yield _Claim(_Tier.ENDING, 0, heading.index, "status")
    if group := group_of(heading.lines, names.first):
        below = fold(bare(heading.last))
        if (group, below) in names.below:
            yield _Claim(_Tier.LAST_LINE, 0, heading.index, names.below[group, below])
        elif not _CHANGES_MEANING.search(below):
            yield _Claim(_Tier.FIRST_LINE, 0, heading.index, group)
    elif not heading.lines and (inside := _of_one_line(fold(heading.text), names)):
        # in brackets it says more than the heading without them: 整改时限（启动）
        whole = fold(bare(heading.text)) == fold(heading.text)
        tier = _Tier.LAST_LINE if whole else _Tier.AS_WRITTEN
        yield _Claim(tier, 0, heading.index, inside)


def _of_one_line(text: str, names: KnownHeadings) -> str | None:
    """The field of a heading that has its group in front in one line: 整改时限 启动."""
    parts = ((text[:at], text[at:]) for at in range(len(text) - 1, 0, -1))
    fields = (
        names.below.get((names.first[group][0], below))
        for group, below in parts
        if group in names.first
    )
    return next(filter(None, fields), None)


def group_of(lines: Sequence[str], first: Mapping[str, tuple[str, int]]) -> str | None:
    """The field that the lines above the last one name; None where they name none."""
    texts = (fold("".join(map(bare, lines[:-1]))), *(fold(bare(line)) for line in lines[-2::-1]))
    return next((first[text][0] for text in texts if text in first), None)


def _settled(
    headings: Iterable[Heading], kind: IntakeKind, claims: Sequence[_Claim],
    given: model.Mapping | None = None,
) -> model.Mapping:  # fmt: skip
    """Give each field to the column with the best claim, and each column one field.

    What is `given` goes before every claim.
    """
    alike: dict[tuple[_Tier, int, str], set[int]] = defaultdict(set)
    for claim in claims:
        alike[claim.tier, claim.position, claim.field].add(claim.column)
    columns = _Settling()
    for index, name in given.fields.items() if given else ():
        columns.give(index, name, Certainty.GIVEN)
    columns.ignored.update(given.ignored if given else ())
    for claim in claims:
        rivals = alike[claim.tier, claim.position, claim.field] - columns.heard
        unsure = claim.tier in _UNSURE and len(rivals) > 1
        columns.hear(claim, unsure=unsure)
    if (
        kind is IntakeKind.ITEMS
        and not {"number", "ref"} & set(columns.columns)
        and columns.serials
    ):
        columns.give(min(columns.serials), "number", Certainty.LIKELY)
    indexes = [heading.index for heading in headings]
    unknown = [index for index in indexes if index not in columns.settled]
    return model.Mapping(
        kind, {index: columns.fields[index] for index in indexes if index in columns.fields},
        tuple(unknown), tuple(sorted(columns.ignored)), columns.certainty,
        {index: columns.rivals[index] for index in unknown if index in columns.rivals},
    )  # fmt: skip


_UNSURE = (_Tier.LAST_LINE, _Tier.ENDING, _Tier.FIRST_LINE)
"""Tiers in which two columns may mean the same field, and nothing tells which of them does."""


class _Settling:
    """The columns that have a field so far."""

    def __init__(self) -> None:
        self.fields: dict[int, str] = {}
        self.columns: dict[str, int] = {}
        self.certainty: dict[int, Certainty] = {}
        self.ignored: set[int] = set()
        self.passed: set[int] = set()
        self.serials: set[int] = set()
        self.rivals: dict[int, int] = {}

    @property
    def settled(self) -> set[int]:
        return self.ignored | set(self.fields)

    @property
    def heard(self) -> set[int]:
        """Columns of which it is known what they are, be it no field."""
        return self.settled | self.passed

    def hear(self, claim: _Claim, *, unsure: bool) -> None:
        column, field = claim.column, claim.field
        if column in self.heard:
            return
        if field == IGNORED:
            self.passed.add(column)
        elif field in (SERIAL, LEFT_OUT):
            self.ignored.add(column)
            if field == SERIAL:
                self.serials.add(column)
        elif field in self.columns:
            self.rivals.setdefault(column, self.columns[field])
        elif not unsure:
            certain = claim.tier <= _Tier.WHOLE
            self.give(column, field, Certainty.CERTAIN if certain else Certainty.LIKELY)

    def give(self, column: int, field: str, certainty: Certainty) -> None:
        self.ignored.discard(column)
        self.fields[column] = field
        self.columns[field] = column
        self.certainty[column] = certainty
