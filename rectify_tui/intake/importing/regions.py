"""Rows of regions: those without a code are added, those with one are checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rectify_tui.domain.region import ADDED_KINDS, Depth, Region, RegionKind
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.context import ImportContext
from rectify_tui.intake.importing.parsed_row import ParsedRow, differing
from rectify_tui.intake.model import Finding
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.intake import Numbered, RecordEntry
from rectify_tui.store.records import REGION

_KINDS = {
    RegionKind.ZONE: ("开发区", "高新区", "经开区", "园区", "development zone"),
    RegionKind.NEW_AREA: ("新区", "new area"),
    RegionKind.CORPS: ("兵团", "生产建设兵团"),
    RegionKind.ENTERPRISE: ("中央企业", "央企", "central enterprise"),
    RegionKind.DEPARTMENT: ("省直部门", "省直单位", "部门", "provincial department"),
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in (kind.value, *words)}


def read_kind(text: str) -> RegionKind:
    """What an added region is. Raises `Problem` for a word that is in no list."""
    word = clean(text).casefold()
    if word not in _KIND_OF:
        raise Problem("region.bad_kind", kind=text, kinds="、".join(w[0] for w in _KINDS.values()))
    return _KIND_OF[word]


class RegionRows:
    """Rows of regions. A region may lie below one that the same file adds before it."""

    entity = REGION
    chunk = 1

    def __init__(self, context: ImportContext, table: Table) -> None:
        self.context = context
        self.ids: dict[Numbered, int | None] = {}
        self.remarks: list[Finding] = []
        self.columns = frozenset({"name_en", "kind"})
        self._new = 0

    def read(self, row: TableRow) -> ParsedRow:
        """What a row says of a region."""
        parsed = self.context.begin(row)
        try:
            if code := clean(self.context.cell(row, "code")):
                self._read_coded(parsed, row, code)
            else:
                self._read_added(parsed, row)
        except _At as found:
            parsed.findings.append(
                self.context.finding(
                    "cell", found.name, self.context.cell(row, found.name), found.problem
                )
            )
        return parsed

    def _read_coded(self, parsed: ParsedRow, row: TableRow, code: str) -> None:
        region = self.context.regions.coded(code)
        if region is None:
            raise _At("code", Problem("importing.unknown_code", code=code))
        parsed.ref, parsed.key, parsed.id = region.key, code, region.id
        name = clean(self.context.cell(row, "name"))
        if name and name != region.name:
            raise _At("name", Problem("importing.other_name", code=code, name=region.name))
        self._read_name_en(parsed, row)

    def _read_added(self, parsed: ParsedRow, row: TableRow) -> None:
        name = clean(self.context.cell(row, "name"), limit=200)
        if not name:
            raise _At("name", Problem("region.no_name"))
        parsed.ref = name
        above = self._above(row)
        known = self.context.regions.below(name, above.id)
        parsed.key = (above.id, name)
        if known is not None:
            parsed.id = known.id
            if known.code:
                return
        if known is None:
            parsed.values |= {
                "code": None, "name": name, "parent_id": above.id, "depth": above.depth + 1,
            }  # fmt: skip
        self._read_kind(parsed, row, needed=known is None)
        self._read_name_en(parsed, row)
        if known is None and above.depth >= Depth.COUNTY:
            raise _At("under", Problem("region.below_county", name=above.name))

    def _above(self, row: TableRow) -> Region:
        text = self.context.cell(row, "under")
        regions, under = self.context.regions, self.context.under
        if not text:
            if under is None:
                raise _At("under", Problem("importing.no_region_above"))
            return regions[under]
        try:
            return regions.find(text, self.context.regions.nation if under is None else under)
        except Problem as problem:
            raise _At("under", problem) from None

    def _read_kind(self, parsed: ParsedRow, row: TableRow, *, needed: bool) -> None:
        text = self.context.cell(row, "kind")
        if not text and not needed:
            return
        try:
            kind = read_kind(text)
        except Problem as problem:
            raise _At("kind", problem) from None
        assert kind in ADDED_KINDS
        parsed.values["kind"] = kind.value

    def _read_name_en(self, parsed: ParsedRow, row: TableRow) -> None:
        if name_en := clean(self.context.cell(row, "name_en"), limit=200):
            parsed.values["name_en"] = name_en

    def id_of(self, parsed: ParsedRow) -> int | None:
        """The region that a row is about."""
        return parsed.id

    def waits_for(self, parsed: ParsedRow) -> Numbered | None:
        """What lies above a region has to stand in an earlier row."""
        return None

    def settled(self, parsed: ParsedRow, id: int | None) -> None:
        """Count with the region from now on; one that is not written gets an id of its own."""
        if parsed.id is not None:
            return
        self._new -= 1
        values = parsed.values
        above, name = parsed.key
        name_en = values.get("name_en")
        self.context.regions.add(
            Region(
                self._new if id is None else id, None, name, str(name_en) if name_en else None,
                RegionKind(str(values["kind"])), int(values["depth"] or 0), above,
            )
        )  # fmt: skip

    def look_up(self, ids: Sequence[int]) -> None:
        """Nothing else has to be known."""

    def entry(self, parsed: ParsedRow, id: int | None, now: Values | None) -> RecordEntry:
        """The region to be added, or the names that differ."""
        return RecordEntry(id, differing(parsed.values, now), parsed.on)


@dataclass
class _At(Exception):  # noqa: N818 - says which cell a problem is about, and never leaves this file
    name: str
    problem: Problem
