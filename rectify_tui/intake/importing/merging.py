"""Merged items: what their rows name as carrying them on."""

from __future__ import annotations

import re

from rectify_tui.domain.reference import read_number, read_references
from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow
from rectify_tui.store.commands.intake import Numbered, merges

MERGED_INTO = "merged_into"
"""The field of a column that names what carries an item on."""

_MERGED_INTO = re.compile(
    r"(?:已?(?:并入|转入)|merged (?:in)?to)(?:到|至)?[:：]?\s*(.+)", re.IGNORECASE
)
_NUMBER_OF = re.compile(r"(.*?)(?:的?第)(.+?)[项条号]")
_TARGET = Problem("importing.expected_target")


def merged_into(text: str) -> str | None:
    """What follows the word in a status such as `并入 HLJ-2018/12`; None for any other text."""
    match = _MERGED_INTO.fullmatch(clean(text))
    return match[1] if match else None


class Merges:
    """Which item carries on which, in the ledger and by the rows read so far."""

    def __init__(self, context: ImportContext) -> None:
        self.context = context
        self._pointers: dict[Numbered, Numbered] | None = None
        self._moved: dict[Numbered, Numbered | None] = {}

    def target(self, parsed: ParsedRow, text: str) -> int | Numbered:
        """What carries an item on: a programme's id, or an item's programme and number.

        Raises `Problem` for a text that names neither, and for what would carry itself on.
        """
        assert parsed.programme is not None
        text = clean(text)
        if whole := self.context.programme_of(text):
            if whole.id == parsed.programme.id:
                raise Problem("merge.own_programme", ref=parsed.ref)
            return whole.id
        key = _numbered_target(self.context, parsed, text)
        if key is None:
            raise Problem("importing.unknown_target", text=text)
        if key == parsed.key:
            raise Problem("merge.circle", ref=parsed.ref)
        return key

    def check(self, parsed: ParsedRow, values: Values, now: Values | None) -> None:
        """See that a merged item is carried on by another one; what is wrong is found."""
        if values.get("status") != Status.MERGED:
            if "status" in values:
                self._moved[parsed.key] = None
            return
        if parsed.link is None and not values.get("merged_programme_id"):
            if now is not None and now["status"] == Status.MERGED:
                del values["status"]  # it says again what is known
            else:
                parsed.findings.append(
                    self.context.finding("merge_without_target", "status", expected=_TARGET)
                )
        elif parsed.link is None or not self._goes_round(parsed.key, parsed.link[1]):
            self._moved[parsed.key] = parsed.link[1] if parsed.link else None
        else:
            again = Problem("merge.circle", ref=parsed.ref)
            name = MERGED_INTO if MERGED_INTO in parsed.given else "status"
            parsed.findings.append(self.context.finding("cell", name, parsed.link[1][1], again))

    def _goes_round(self, start: Numbered, at: Numbered) -> bool:
        """Whether the chain of merges that goes on at an item comes back to the start."""
        if self._pointers is None:
            self._pointers = merges(self.context.connection)
        seen: set[Numbered] = set()
        following: Numbered | None = at
        while following is not None and following not in seen:
            if following == start:
                return True
            seen.add(following)
            pointers = self._moved if following in self._moved else self._pointers
            following = pointers.get(following)
        return False


def _numbered_target(context: ImportContext, parsed: ParsedRow, text: str) -> Numbered | None:
    """The item that a text names: `HLJ-2018/12`, `12` or `第12项`, the last also after a plan."""
    assert parsed.programme is not None
    if named := _NUMBER_OF.fullmatch(text):
        programme = context.programme_of(named[1].strip()) if named[1].strip() else parsed.programme
        return None if programme is None else (programme.id, read_number(named[2]))
    references = read_references(text)
    if len(references) != 1:
        return None
    reference = references[0]
    if not reference.ranges:
        number = read_number(text)
        return (parsed.programme.id, number) if any(map(str.isdecimal, number)) else None
    programme = context.programme_of(reference.programme)
    if programme is None or len(reference.ranges) != 1:
        return None
    return programme.id, reference.ranges[0].literal
