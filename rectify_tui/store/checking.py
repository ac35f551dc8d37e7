"""Checking a store: all of it, or what came since all of it was last found to be well.

A full check that found nothing is kept among the heads beside the store. For some days a check goes
on from there: what it cannot see is what was damaged since in what was there by then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from rectify_tui import __version__
from rectify_tui.errors import Problem
from rectify_tui.store import anchors, migrations
from rectify_tui.store.anchors import CHECK, FULL_CHECK, KeptHead, Outside, check_heads
from rectify_tui.store.chain import HASH, Head, head
from rectify_tui.store.check import (
    check_chain,
    check_ladders,
    check_merges,
    check_schema,
    run_checks,
)
from rectify_tui.store.connection import Connection, DatabaseError
from rectify_tui.store.derived import DAMAGE, Comparison
from rectify_tui.store.disagreement_sums import sums_hold
from rectify_tui.store.findings import Finding
from rectify_tui.store.kept import touched
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import ITEM, REGION
from rectify_tui.store.sums import totals_hold

FULL_CHECK_LASTS = 7
"""For how many days checks go on from a full one: to the same day of the next week, at any hour."""

_MUCH = 20_000
"""So many rows of history are looked at from a full check on, however few there were before."""

_SHARE = 4
"""One row in so many may be new: where more is, looking at everything takes little longer."""


@dataclass(frozen=True)
class Checked:
    """What a check came to: `whole` where everything was looked at, which `basis` says in words.

    `kept` tells whether its head stands beside the store now, as it does where nothing is wrong.
    """

    findings: tuple[Finding, ...]
    whole: bool
    basis: Problem
    kept: bool = True

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return all(finding.ok for finding in self.findings)


def check(
    ledger: Ledger, *, everything: bool = False, paper: tuple[KeptHead, ...] = (),
    also: Callable[[Connection], Iterable[Finding]] = lambda _: (),
) -> Checked:  # fmt: skip
    """Check a store from its last full check on, or all of it where that is not possible.

    `paper` are heads to be held against history besides. `also` has further checks, for a store of
    which nothing else is wrong. The head of one that is sound is kept.
    """
    connection, now = ledger.reader(), ledger.clock()
    outside = anchors.read(ledger.address).and_also(paper)
    with connection.sparing(), connection.snapshot():
        last = None if everything else last_full_check(connection, outside.heads, now)
        purpose, checked = FULL_CHECK, None
        if isinstance(last, FullCheck):
            checked, purpose = _since(connection, outside, last), CHECK
        if checked is None:
            checked, purpose = _everything(connection, outside, last), FULL_CHECK
        if checked.sound:
            checked = replace(checked, findings=(*checked.findings, *also(connection)))
        if checked.sound:
            version = _version() if purpose == FULL_CHECK else ""
            kept = anchors.keep(ledger.address, connection, purpose, now, version)
            checked = replace(checked, kept=kept)
    return checked


# --- from where on ---


@dataclass(frozen=True)
class FullCheck:
    """The last check that looked at everything and found it well: up to where, and on which day."""

    head: Head
    batch: int
    day: str


def last_full_check(
    connection: Connection, heads: Iterable[KeptHead], now: datetime
) -> FullCheck | Problem | None:
    """The full check from which one may go on, else why not; None where there was none.

    After a backup was put back there was none: it is another file.
    """
    last: KeptHead | None = None
    for each in heads:
        if each.name in (FULL_CHECK, anchors.RESTORE):
            last = each if each.name == FULL_CHECK else None
    if last is None:
        return None
    day = last.when[:10]
    if last.version != _version():
        return Problem("check.full.version", day=day)
    age = now.astimezone(UTC).date() - date.fromisoformat(day)
    if not 0 <= age.days <= FULL_CHECK_LASTS:
        return Problem("check.full.old", day=day, n=FULL_CHECK_LASTS)
    row = connection.execute(f"SELECT {HASH} FROM history WHERE seq = ?", [last.seq]).fetchone()
    if row != (last.hash,):
        return Problem("check.full.head", day=day, seq=last.seq)
    first = first_batch_since(connection, last.batch or 0)
    rows = _rows_since(connection, first) if first else 0
    if rows > max(_MUCH, last.seq // _SHARE):
        return Problem("check.full.much", day=day, n=rows)
    return FullCheck((last.seq, last.hash), last.batch or 0, day)


def _version() -> str:
    """What makes a difference to what a check looks at: this program, and the schema."""
    return f"{__version__}+{migrations.newest()}"


def first_batch_since(connection: Connection, last: int) -> int:
    """The first batch of the day on which the one after `last` became known; 0 for none.

    Figures tell the day of each difference, so that only whole days can be held against them.
    """
    (first,) = connection.execute(
        "SELECT MIN(id) FROM batch WHERE recorded_on >= (SELECT MAX(recorded_on) FROM batch"
        " WHERE id <= (SELECT MIN(id) FROM batch WHERE id > ?))",
        [last],
    ).fetchone()
    return int(first or 0)


def _rows_since(connection: Connection, batch: int) -> int:
    (n,) = connection.execute(
        "SELECT COUNT(*) FROM history WHERE batch_id >= ?", [batch]
    ).fetchone()
    return int(n)


# --- looking ---


def _everything(connection: Connection, outside: Outside, why: object) -> Checked:
    findings = [*run_checks(connection, outside)]
    if isinstance(why, Problem):
        findings[0] = replace(findings[0], remarks=(*findings[0].remarks, why))
    basis = Problem("check.basis.everything", seq=head(connection)[0])
    return Checked(tuple(findings), True, basis)


def _since(connection: Connection, outside: Outside, last: FullCheck) -> Checked | None:
    """What came since a full check. None where anything is wrong: then all is to be looked at."""
    newest = connection.execute("SELECT COALESCE(MAX(id), 0) FROM batch").fetchone()[0]
    since = {"day": last.day, "seq": last.head[0], "n": newest - last.batch}
    findings: list[Finding] = []
    try:
        with connection.attempt():
            for finding in _new(connection, outside, last):
                if finding is None or not finding.ok:
                    return None
                findings.append(finding)
    except (DatabaseError, *DAMAGE):
        return None
    findings[0] = replace(findings[0], remarks=(Problem("check.since", **since),))
    return Checked(tuple(findings), False, Problem("check.basis.since", **since))


def _new(connection: Connection, outside: Outside, last: FullCheck) -> Iterator[Finding | None]:
    """Each check of what is new; None where figures or records are not what history tells."""
    yield from check_chain(connection, last.head)
    yield from check_schema(connection)
    yield from check_heads(connection, outside, last.head[0])
    first = first_batch_since(connection, last.batch)
    kinds = touched(connection, first) if first else {}
    comparison = Comparison(connection, first)
    totals = totals_hold(connection) and sums_hold(connection)
    if not totals or (first and not comparison.holds()):
        yield None
    for name, count in (
        ("state", comparison.records), ("spans", comparison.records), ("rollup", comparison.lines),
    ):  # fmt: skip
        yield Finding(name, count, ())
    if REGION in kinds:
        yield from check_ladders(connection)
    if ITEM in kinds:
        yield from check_merges(connection)
