"""Data that came from outside, read piece by piece."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeVar

from rectify_tui.errors import Problem

SCHEMA = "rectify-weekly/1"

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_T = TypeVar("_T")
_D = TypeVar("_D")


class Node:
    """A piece of data with its place. What it is read as raises `Problem` where it is not that."""

    def __init__(self, value: object, where: str) -> None:
        self.value = value
        self.where = where

    def wrong(self) -> Problem:
        """What is to be raised for what stands here."""
        return Problem("render.not_a_report", where=self.where, schema=SCHEMA)

    def at(self, key: str) -> Node:
        """A member that has to be there."""
        members = self.members()
        if key not in members:
            raise Node(None, f"{self.where}.{key}").wrong()
        return members[key]

    def members(self) -> dict[str, Node]:
        """All members of an object."""
        if not isinstance(self.value, Mapping):
            raise self.wrong()
        return {key: Node(one, f"{self.where}.{key}") for key, one in self.value.items()}

    def maybe(self, key: str, read: Callable[[Node], _T], otherwise: _D) -> _T | _D:
        """A member that need not be there."""
        members = self.members()
        return read(members[key]) if key in members else otherwise

    def all(self, read: Callable[[Node], _T]) -> tuple[_T, ...]:
        """Each of a list."""
        if not isinstance(self.value, list):
            raise self.wrong()
        return tuple(read(Node(one, f"{self.where}[{n}]")) for n, one in enumerate(self.value))

    def text(self) -> str:
        """A text."""
        if not isinstance(self.value, str):
            raise self.wrong()
        return self.value

    def number(self) -> float:
        """A number."""
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            raise self.wrong()
        return float(self.value)

    def yes(self) -> bool:
        """What is there only where it is true."""
        if self.value is not True:
            raise self.wrong()
        return True

    def count(self) -> int:
        """A whole number, 0 or more."""
        if isinstance(self.value, bool) or not isinstance(self.value, int) or self.value < 0:
            raise self.wrong()
        return self.value

    def one_of(self, choices: Mapping[object, _T] | Mapping[str, _T]) -> _T:
        """What one of the choices stands for."""
        for word, choice in choices.items():
            if self.value == word:
                return choice
        raise self.wrong()

    def day(self) -> date:
        """A day as an ISO text."""
        day = as_day(self.text())
        if day is None:
            raise self.wrong()
        return day


def as_day(text: str) -> date | None:
    """The day that a text in ISO is; None for any other."""
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None
