"""Rows of regions: those without a code are added, those with one are checked."""

from __future__ import annotations

from dataclasses import dataclass

from rectify_tui.domain.region import ADDED_KINDS, Depth, Region, RegionKind
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.record import Frame, Said, differing
from rectify_tui.intake.model import Finding
from rectify_tui.intake.table import Table, TableRow
from rectify_tui.store.commands.intake import Entry, Numbered
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

    def __init__(self, frame: Frame, table: Table) -> None:
        self.frame = frame
        self.ids: dict[Numbered, int | None] = {}
        self.remarks: list[Finding] = []
        self.columns = frozenset({"name_en", "kind"})
        self._new = 0

    def read(self, row: TableRow) -> Said:
        """What a row says of a region."""
        said = self.frame.begin(row)
        try:
            if code := clean(self.frame.cell(row, "code")):
                self._read_coded(said, row, code)
            else:
                self._read_added(said, row)
        except _At as found:
            said.findings.append(
                self.frame.finding(
                    "cell", found.name, self.frame.cell(row, found.name), found.problem
                )
            )
        return said

    def _read_coded(self, said: Said, row: TableRow, code: str) -> None:
        region = self.frame.places.coded(code)
        if region is None:
            raise _At("code", Problem("importing.unknown_code", code=code))
        said.ref, said.key, said.id = region.key, code, region.id
        name = clean(self.frame.cell(row, "name"))
        if name and name != region.name:
            raise _At("name", Problem("importing.other_name", code=code, name=region.name))
        self._read_name_en(said, row)

    def _read_added(self, said: Said, row: TableRow) -> None:
        name = clean(self.frame.cell(row, "name"), limit=200)
        if not name:
            raise _At("name", Problem("region.no_name"))
        said.ref = name
        above = self._above(row)
        known = self.frame.places.below(name, above.id)
        said.key = (above.id, name)
        if known is not None:
            said.id = known.id
            if known.code:
                return
        if known is None:
            said.values |= {
                "code": None, "name": name, "parent_id": above.id, "depth": above.depth + 1,
            }  # fmt: skip
        self._read_kind(said, row, needed=known is None)
        self._read_name_en(said, row)
        if known is None and above.depth >= Depth.COUNTY:
            raise _At("under", Problem("region.below_county", name=above.name))

    def _above(self, row: TableRow) -> Region:
        text = self.frame.cell(row, "under")
        places, under = self.frame.places, self.frame.under
        if not text:
            if under is None:
                raise _At("under", Problem("importing.no_region_above"))
            return places[under]
        try:
            return places.find(text, self.frame.places.nation if under is None else under)
        except Problem as problem:
            raise _At("under", problem) from None

    def _read_kind(self, said: Said, row: TableRow, *, needed: bool) -> None:
        text = self.frame.cell(row, "kind")
        if not text and not needed:
            return
        try:
            kind = read_kind(text)
        except Problem as problem:
            raise _At("kind", problem) from None
        assert kind in ADDED_KINDS
        said.values["kind"] = kind.value

    def _read_name_en(self, said: Said, row: TableRow) -> None:
        if name_en := clean(self.frame.cell(row, "name_en"), limit=200):
            said.values["name_en"] = name_en

    def id_of(self, said: Said) -> int | None:
        """The region that a row is about."""
        return said.id

    def waits_for(self, said: Said) -> Numbered | None:
        """Nothing: what lies above stands in an earlier row."""
        return None

    def settled(self, said: Said, id: int | None) -> None:
        """Count with the region from now on; one that is not written gets an id of its own."""
        if said.id is not None:
            return
        self._new -= 1
        values = said.values
        above, name = said.key
        name_en = values.get("name_en")
        self.frame.places.add(
            Region(
                self._new if id is None else id, None, name, str(name_en) if name_en else None,
                RegionKind(str(values["kind"])), int(values["depth"] or 0), above,
            )
        )  # fmt: skip

    def entry(self, said: Said, id: int | None, now: Values | None) -> Entry:
        """The region to be added, or the names that differ."""
        return Entry(id, differing(said.values, now), said.on)


@dataclass
class _At(Exception):  # noqa: N818 - says which cell a problem is about, and never leaves this file
    name: str
    problem: Problem
