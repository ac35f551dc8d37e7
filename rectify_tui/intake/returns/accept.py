"""Which lines of returns a person takes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rectify_tui.domain.reference import ItemReference, expand, format_reference, read_references
from rectify_tui.errors import Problem
from rectify_tui.intake.model import Proposal, ProposedLine, Verdict

Accept = Callable[[Proposal, ProposedLine], bool]

ALL, CLEAN = "all", "clean"


@dataclass(frozen=True)
class Words:
    """What a person named: `all` that can be taken, what is `clean`, and lines by reference."""

    all: bool = False
    clean: bool = False
    references: tuple[ItemReference, ...] = ()

    def __call__(self, proposal: Proposal, line: ProposedLine) -> bool:
        """Whether a line is taken."""
        if not line.verdict.applicable:
            return False
        if self.all or (self.clean and line.verdict in (Verdict.UNCHANGED, Verdict.CLEAN)):
            return True
        return line.ref in _named(self.references, {line.ref})

    def require(self, proposals: Iterable[Proposal]) -> None:
        """Raise `Problem` where a reference names no line, or one that nobody can take."""
        lines = [line for proposal in proposals for line in proposal.lines]
        known = {line.ref: line.verdict for line in lines}
        takable = {line.ref for line in lines if line.verdict.applicable}
        for ref in _named(self.references, known.keys()):
            if ref not in known:
                raise Problem("return_check.no_line", ref=ref)
            if ref not in takable:
                raise Problem("return_check.unreadable_line", ref=ref)


def accept_words(words: Iterable[str]) -> Words:
    """What words such as `all`, `clean` or `HLJ-2018/3-9,14` take.

    Raises `Problem` for a reference that cannot be read or names a whole programme.
    """
    words = list(words)
    plain = {word.strip().casefold() for word in words}
    others = [word for word in words if word.strip().casefold() not in (ALL, CLEAN)]
    references = read_references(others) if others else ()
    for reference in references:
        if not reference.ranges:
            raise Problem("item.programme_only", code=reference.programme)
    return Words(ALL in plain, CLEAN in plain, references)


def _named(references: Iterable[ItemReference], known: Iterable[str]) -> set[str]:
    """The references of single items; what looks like a range may be the number of a known one."""
    there = set(known)
    return {
        format_reference(reference.programme, number)
        for reference in references
        for number in expand(
            reference,
            lambda number, code=reference.programme: format_reference(code, number) in there,  # type: ignore[misc]
        )
    }
