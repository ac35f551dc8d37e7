"""The one kind of error that is meant for the user."""

from __future__ import annotations


class Problem(Exception):  # noqa: N818 - it is the user's problem, not a fault in the program
    """Something the user can understand and mend.

    `key` names a message in `rectify_tui/i18n/messages`; `params` fill its blanks.
    The core raises it without knowing any language; a face translates it.
    """

    def __init__(self, key: str, /, **params: object) -> None:
        super().__init__(key, params)
        self.key = key
        self.params = params

    def __str__(self) -> str:
        return f"{self.key} {self.params}"


class Refusal(Problem):
    """The request was well formed, and the answer is no (exit code 1)."""
