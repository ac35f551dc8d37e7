"""Heads of the chain that were kept, and whether each still stands in history.

A head, the number and the hash of a row, seals all that came before it. Whoever can write to a
store can write its history anew and chain it again; then a head that was kept elsewhere no longer
stands. Frozen reports and returns keep one inside the store, paper and files keep the same, and a
file beside the store keeps more: a line for each freeze, return, backup and clean check. That of a
full check says too with which version it was made, since later checks go on from it.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem
from rectify_tui.part_file import OWNER_ONLY, part_beside, put_in_place
from rectify_tui.store.chain import GENESIS, HASH, head
from rectify_tui.store.connection import Address, Connection, engine, fetch_chunks, marks
from rectify_tui.store.findings import Faults, Finding
from rectify_tui.store.records import REPORT, RETURN_SHEET

RESTORE = "restore"
"""What a head is kept for when an older copy came back: heads beyond it are given up with it."""

CHECK, FULL_CHECK = "check", "full_check"
"""What a head is kept for when a check found nothing wrong, in what was new or in everything."""

PURPOSES = ("freeze", "return_make", "backup", CHECK, FULL_CHECK, "repair", RESTORE)
"""What heads in the file are kept for."""

LEAST_DIGITS = 8
"""How much of a hash has to be told, so that no other head is likely to begin the same."""

_SHOWN_DIGITS = 12
_ON_PAPER = re.compile(
    rf"\D*?(\d{{1,18}})(?![0-9a-f]).*?(?<![0-9a-f])([0-9a-f]{{{LEAST_DIGITS},64}})\W*", re.DOTALL
)
_LINE = re.compile(r"(\d{1,18})\t([0-9a-f]{64})\t(\d{1,18})\t([\dT:Z-]{10,30})\t([^\t]*)")


@dataclass(frozen=True)
class KeptHead:
    """A head, or the beginning of its hash, and where it is kept; `batch` is the newest then.

    `source` is `report`, `return`, `file` or `paper`; `name` is the cut-off, the code or the
    purpose, `version` what made a full check. `when` is UTC text, '' where nobody knows.
    """

    seq: int
    hash: str
    source: str
    name: str = ""
    when: str = ""
    batch: int | None = None
    version: str = ""

    def told(self) -> Problem:
        """Where it is kept, as a piece of a sentence."""
        name: object = self.name
        if self.source == "file":
            name = Problem(f"check.purpose.{name}") if name in PURPOSES else clean(str(name))
        return Problem(f"check.kept.{self.source}", name=name, day=self.when[:10])


@dataclass(frozen=True)
class Outside:
    """Heads that are kept outside the store, and what is to be said of the file they stand in."""

    heads: tuple[KeptHead, ...] = ()
    remarks: tuple[Problem, ...] = ()

    def and_also(self, heads: tuple[KeptHead, ...]) -> Outside:
        """These heads, and others that were read from paper."""
        return Outside((*self.heads, *heads), self.remarks)


NOTHING = Outside()


# --- the file beside the store ---


def anchor_file(address: Address) -> Path:
    """Where the heads of a store's history are kept outside of it."""
    return engine.anchor_file(address)


def keep(
    address: Address, connection: Connection, purpose: str, now: datetime, version: str = ""
) -> bool:
    """Add the newest head to the file; whether it stands there now.

    A file that cannot be written stops nothing: the next check says that the head is not there.
    """
    with connection.snapshot():
        seq, hash = head(connection)
        (batch,) = connection.execute("SELECT COALESCE(MAX(id), 0) FROM batch").fetchone()
    when = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    kept = KeptHead(seq, hash, "file", purpose, when, batch, version)
    if _says_nothing_new(kept, next(reversed(read(address).heads), None)):
        return True
    told = f"{purpose} {version}" if version else purpose
    line = f"{seq}\t{hash}\t{batch}\t{when}\t{clean(told)}\n"
    with contextlib.suppress(OSError):
        _append(anchor_file(address), line)
        return True
    return False


def _says_nothing_new(kept: KeptHead, last: KeptHead | None) -> bool:
    """Whether a clean check found on the same day what the last line says too."""
    if last is None or kept.name not in (CHECK, FULL_CHECK):
        return False
    same = (kept.seq, kept.hash, kept.when[:10]) == (last.seq, last.hash, last.when[:10])
    return same and (kept.name == CHECK or (kept.name, kept.version) == (last.name, last.version))


def _append(path: Path, line: str) -> None:
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
    try:
        os.write(handle, line.encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def read(address: Address) -> Outside:
    """What the file beside a store keeps. That it is missing or damaged is told, and no error."""
    path = anchor_file(address)
    try:
        lines = path.read_text("utf-8", errors="replace").splitlines()
    except FileNotFoundError:
        return Outside((), (Problem("check.anchors_missing", path=path),))
    except OSError as error:
        return Outside((), (Problem("check.anchors_unreadable", path=path, error=error),))
    matches = [_LINE.fullmatch(line) for line in lines]
    heads = [_read(line) for line in matches if line]
    remarks = []
    if unreadable := matches.count(None):
        remarks.append(Problem("check.anchors_lines", path=path, n=unreadable))
    standing, given_up = _after_restores(heads)
    if given_up:
        remarks.append(given_up)
    return Outside(tuple(standing), tuple(remarks))


def _read(line: re.Match[str]) -> KeptHead:
    seq, hash, batch, when, told = line.groups()
    purpose, _, version = told.partition(" ") if told.startswith(FULL_CHECK) else (told, "", "")
    return KeptHead(int(seq), hash, "file", purpose, when, int(batch), version)


def _after_restores(heads: Sequence[KeptHead]) -> tuple[list[KeptHead], Problem | None]:
    """The heads that must stand, and what is to be said of those given up with a restored copy."""
    standing: list[KeptHead] = []
    restored = None
    for each in heads:
        if each.name == RESTORE:
            kept = [other for other in standing if other.seq <= each.seq]
            if len(kept) < len(standing):
                n = max(other.batch or 0 for other in standing) - (each.batch or 0)
                restored = Problem("check.restored", day=each.when[:10], seq=each.seq, n=n)
            standing = kept
        standing.append(each)
    return standing, restored


def kept_of(address: Address) -> bool:
    """Whether there is such a file."""
    return anchor_file(address).exists()


def copy(address: Address, to: Address) -> None:
    """Give one store the file of another, if there is any, in the place of its own."""
    source, target = anchor_file(address), anchor_file(to)
    if not source.exists():
        return
    part, handle = part_beside(target, OWNER_ONLY)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(source.read_bytes())
        put_in_place(part, target)
    finally:
        part.unlink(missing_ok=True)


def discard(address: Address) -> None:
    """Remove the file, of which there is a copy."""
    anchor_file(address).unlink(missing_ok=True)


def set_aside(address: Address) -> None:
    """Give the file of an earlier store at the same place another name: it tells of that one."""
    path = anchor_file(address)
    if path.exists():
        count = 1
        while (aside := path.with_name(f"{path.name}.{count}.bak")).exists():
            count += 1
        path.rename(aside)


# --- on paper ---


def read_paper(text: str) -> KeptHead:
    """A head as people copy it: `128:3f5a09c2`, full width or not, or the printed sentence.

    Raises `Problem` where there is no number with at least eight digits of a hash after it.
    """
    match = _ON_PAPER.fullmatch(narrow(clean(text)).casefold())
    if match is None:
        raise Problem("check.no_anchor", text=clean(text), n=LEAST_DIGITS)
    return KeptHead(int(match[1]), match[2], "paper")


# --- holding them against history ---


def check_heads(connection: Connection, outside: Outside, after: int = 0) -> Iterator[Finding]:
    """Hold every head that was kept, inside and outside of the store, against history.

    Of those inside, the ones that were kept after a row of history.
    """
    heads = [*_inside(connection, after), *outside.heads]
    newest = head(connection)
    hashes = _hashes(connection, heads)
    faults, remarks = Faults(), list(outside.remarks)
    standing = [each for each in heads if hashes.get(each.seq, "").startswith(each.hash)]
    beyond = [each for each in heads if each.seq > newest[0]]
    fallen = set(heads).difference(standing, beyond)
    wrong = [each for each in heads if each in fallen]
    for each in wrong:
        other = _other(each, hashes)
        faults.add(other.key, **other.params)
    if beyond:
        short = _shortened(connection, beyond, newest[0], rewritten=bool(wrong))
        faults.add(short.key, **short.params)
    if wrong:
        remarks.append(_parting(standing, min(each.seq for each in wrong)))
    remarks += [_stands(connection, each) for each in standing if each.source == "paper"]
    yield replace(faults.finding("anchors", len(heads)), remarks=tuple(remarks))


def contradiction(connection: Connection, address: Address) -> Problem | None:
    """The first head in a store's file that has another hash in this history; None for none.

    Of those beyond its end nothing is said: an older copy lacks them.
    """
    newest = head(connection)[0]
    heads = [each for each in read(address).heads if each.seq <= newest]
    hashes = _hashes(connection, heads)
    for each in heads:
        if hashes.get(each.seq) != each.hash:
            return _other(each, hashes)
    return None


def _other(kept: KeptHead, hashes: dict[int, str]) -> Problem:
    return Problem(
        "check.head_other", kept=kept.told(), seq=kept.seq, hash=kept.hash[:_SHOWN_DIGITS],
        found=hashes.get(kept.seq, "")[:_SHOWN_DIGITS],
    )  # fmt: skip


def _inside(connection: Connection, after: int) -> Iterator[KeptHead]:
    """Heads that reports and returns keep, of whatever was ever there since a row of history."""
    names = {REPORT: ("report", "cutoff"), RETURN_SHEET: ("return", "code")}
    rows = connection.execute(
        "SELECT h.entity, h.new, b.recorded_at FROM history h JOIN batch b ON b.id = h.batch_id"
        f" WHERE h.entity IN ({marks(names)}) AND h.seq > ? AND h.field = '' AND h.old IS NULL"
        " ORDER BY h.seq",
        [*names, after],
    )
    for entity, text, when in rows:
        values = json.loads(text)
        source, called = names[entity]
        kept = KeptHead(values["head_seq"], values["head_hash"], source, values[called], when)
        yield kept
        printed = json.loads(values["body"]).get("history") if entity == REPORT else None
        if printed and (printed["seq"], printed["hash"]) != (kept.seq, kept.hash):
            yield replace(kept, seq=printed["seq"], hash=printed["hash"])


def _hashes(connection: Connection, heads: Sequence[KeptHead]) -> dict[int, str]:
    query = f"SELECT seq, {HASH} FROM history WHERE seq IN ({{marks}})"
    rows = fetch_chunks(connection, query, sorted({each.seq for each in heads}))
    return {0: GENESIS, **dict(rows)}


def _shortened(
    connection: Connection, beyond: Sequence[KeptHead], newest: int, *, rewritten: bool
) -> Problem:
    """History ends before heads that were kept: an older copy, or its newest rows cut away."""
    last = max(beyond, key=lambda each: (each.seq, each.batch or 0))
    row = connection.execute(
        "SELECT id, recorded_on FROM batch ORDER BY id DESC LIMIT 1"
    ).fetchone()
    batch, since = row or (0, "—")
    key = "check.head_missing" if last.batch is None else "check.shortened"
    judged = Problem("check.also_rewritten" if rewritten else "check.older_copy")
    return Problem(
        key, kept=last.told(), seq=last.seq, newest=newest, n=(last.batch or 0) - batch,
        since=since, judged=judged,
    )  # fmt: skip


def _parting(standing: Sequence[KeptHead], first_wrong: int) -> Problem:
    """Up to where history is still the one that was kept.

    A head seals all before it: where a later one stands, it is the earlier one that is mistaken.
    """
    last = max(standing, key=lambda each: each.seq, default=None)
    if last is None or last.seq == 0:
        return Problem("check.none_stands")
    key = "check.later_stands" if last.seq >= first_wrong else "check.stands_until"
    return Problem(key, seq=last.seq, kept=last.told())


def _stands(connection: Connection, paper: KeptHead) -> Problem:
    row = connection.execute(
        "SELECT b.id, b.recorded_on FROM history h JOIN batch b ON b.id = h.batch_id"
        " WHERE h.seq = ?", [paper.seq],
    ).fetchone()  # fmt: skip
    batch, day = row or (0, "—")
    return Problem("check.stands", seq=paper.seq, hash=paper.hash, batch=batch, day=day)
