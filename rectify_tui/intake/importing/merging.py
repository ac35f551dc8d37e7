"""Merged items: what their rows name as carrying them on."""

from __future__ import annotations

import re

from rectify_tui.domain.reference import read_number, read_references
from rectify_tui.domain.status import Status
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.record import Frame, Said
from rectify_tui.store.commands.intake import Numbered, merges

INTO = "into"
"""The field of a column that names what carries an item on."""

_MERGED_INTO = re.compile(
    r"(?:已?(?:并入|转入)|merged (?:in)?to)(?:到|至)?[:：]?\s*(.+)", re.IGNORECASE
)
_NUMBER_OF = re.compile(r"(.*?)(?:的?第)(.+?)[项条号]")
_TARGET = Problem("importing.expected_target")


def merged_into(text: str) -> str | None:
    """What follows the word in a status such as `并入 HLJ-2018/12`; None for any other text."""
    found = _MERGED_INTO.fullmatch(clean(text))
    return found[1] if found else None


class Merges:
    """Which item carries on which, in the ledger and by the rows read so far."""

    def __init__(self, frame: Frame) -> None:
        self.frame = frame
        self._pointers: dict[Numbered, Numbered] | None = None
        self._moved: dict[Numbered, Numbered | None] = {}

    def target(self, said: Said, text: str) -> int | Numbered:
        """What carries an item on: a programme's id, or an item's programme and number.

        Raises `Problem` for a text that names neither, and for what would carry itself on.
        """
        assert said.plan is not None
        text = clean(text)
        if whole := self.frame.plan_of(text):
            if whole.id == said.plan.id:
                raise Problem("merge.own_programme", ref=said.ref)
            return whole.id
        key = _numbered_target(self.frame, said, text)
        if key is None:
            raise Problem("importing.unknown_target", text=text)
        if key == said.key:
            raise Problem("merge.cycle", ref=said.ref)
        return key

    def check(self, said: Said, values: Values, now: Values | None) -> None:
        """See that a merged item is carried on by another one; what is wrong is found."""
        if values.get("status") != Status.MERGED:
            if "status" in values:
                self._moved[said.key] = None
            return
        if said.link is None and not values.get("merged_programme_id"):
            if now is not None and now["status"] == Status.MERGED:
                del values["status"]  # it says again what is known
            else:
                said.findings.append(
                    self.frame.finding("merge_without_target", "status", expected=_TARGET)
                )
        elif said.link is None or not self._goes_round(said.key, said.link[1]):
            self._moved[said.key] = said.link[1] if said.link else None
        else:
            again = Problem("merge.cycle", ref=said.ref)
            name = INTO if INTO in said.given else "status"
            said.findings.append(self.frame.finding("cell", name, said.link[1][1], again))

    def _goes_round(self, start: Numbered, at: Numbered) -> bool:
        """Whether the chain of merges that goes on at an item comes back to the start."""
        if self._pointers is None:
            self._pointers = merges(self.frame.connection)
        seen: set[Numbered] = set()
        following: Numbered | None = at
        while following is not None and following not in seen:
            if following == start:
                return True
            seen.add(following)
            pointers = self._moved if following in self._moved else self._pointers
            following = pointers.get(following)
        return False


def _numbered_target(frame: Frame, said: Said, text: str) -> Numbered | None:
    """The item that a text names: `HLJ-2018/12`, `12` or `第12项`, the last also after a plan."""
    assert said.plan is not None
    if named := _NUMBER_OF.fullmatch(text):
        plan = frame.plan_of(named[1].strip()) if named[1].strip() else said.plan
        return None if plan is None else (plan.id, read_number(named[2]))
    references = read_references(text)
    if len(references) != 1:
        return None
    found = references[0]
    if not found.ranges:
        number = read_number(text)
        return (said.plan.id, number) if any(map(str.isdecimal, number)) else None
    plan = frame.plan_of(found.programme)
    if plan is None or len(found.ranges) != 1:
        return None
    return plan.id, found.ranges[0].literal
