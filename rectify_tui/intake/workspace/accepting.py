"""Which lines are taken: by rule, as somebody names them, or by hand, as they were seen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rectify_tui.domain.reference import ItemReference, expand, format_reference, read_references
from rectify_tui.errors import Problem
from rectify_tui.intake.model import FieldChange, Origin, Proposal, ProposedLine, Verdict

Accept = Callable[[Origin, ProposedLine], bool]
"""Whether a line of a file is taken."""

ALL, CLEAN = "all", "clean"


def can_accept(line: ProposedLine) -> bool:
    """Whether a line may be taken: it can be read, and there is something to write."""
    if line.verdict is Verdict.UNCHANGED or not line.verdict.applicable:
        return False
    return line.new or bool(line.changes)  # a new record may say nothing but its number


def accepted_unasked(line: ProposedLine) -> bool:
    """Whether a line is taken where nobody has said anything: what is clean, and nothing else."""
    return line.verdict is Verdict.CLEAN and can_accept(line)


# --- by rule ---


@dataclass(frozen=True)
class AcceptWords:
    """What a person named: `all` that can be taken, what is `clean`, and lines by reference."""

    all: bool = False
    clean: bool = False
    references: tuple[ItemReference, ...] = ()

    def __call__(self, _: Origin, line: ProposedLine) -> bool:
        """Whether a line is taken."""
        if not line.verdict.applicable:
            return False
        if self.all or (self.clean and accepted_unasked(line)):
            return True
        return bool(self.references) and line.ref in _named(self.references, {line.ref})

    def require(self, proposals: Iterable[Proposal]) -> None:
        """Raise `Problem` where a reference names no line, or one that nobody can take."""
        lines = [line for proposal in proposals for line in proposal.lines]
        refs = {line.ref for line in lines}
        readable = {line.ref for line in lines if line.verdict.applicable}
        for ref in _named(self.references, refs):
            if ref not in refs:
                raise Problem("return_check.no_line", ref=ref)
            if ref not in readable:
                raise Problem("return_check.unreadable_line", ref=ref)


UNASKED = AcceptWords(clean=True)
"""What is taken where nobody has said anything."""


def accept_words(words: Iterable[str]) -> AcceptWords:
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
    return AcceptWords(ALL in plain, CLEAN in plain, references)


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


# --- by hand ---

SeenLine = tuple[Verdict, tuple[FieldChange, ...]]
"""What stood on the screen when something was decided."""

_Spot = tuple[int, str, int | None]
"""Where a line stands in its file: row, reference, record."""


def seen(line: ProposedLine) -> SeenLine:
    """What a person sees of a line before deciding."""
    return line.verdict, line.changes


@dataclass(frozen=True)
class SeenLines:
    """The lines that a person accepted, as they stood on the screen.

    A line that has become another one meanwhile, since the ledger has moved on, is none of them.
    """

    by_digest: Mapping[str, Mapping[_Spot, SeenLine]] = field(default_factory=dict)

    @classmethod
    def of(cls, files: Iterable[tuple[Origin, Iterable[ProposedLine]]]) -> SeenLines:
        """The lines that were accepted of files."""
        by_digest: dict[str, dict[_Spot, SeenLine]] = {}
        for origin, lines in files:
            known = by_digest.setdefault(origin.digest, {})
            known |= {_spot(line): seen(line) for line in lines}
        return cls(by_digest)

    def __len__(self) -> int:
        """How many lines there are; those of a file that is there twice count once."""
        return sum(map(len, self.by_digest.values()))

    def __call__(self, origin: Origin, line: ProposedLine) -> bool:
        """Whether a line was accepted, and is still what it was."""
        return self.by_digest.get(origin.digest, {}).get(_spot(line)) == seen(line)


def _spot(line: ProposedLine) -> _Spot:
    return line.row, line.ref, line.id
