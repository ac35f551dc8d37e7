"""Regions by the names that people write, looked up in memory."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import lru_cache

from rectify_tui.domain.region import NOW, Region, RegionKind, chain, of_their_day, out_of_time
from rectify_tui.domain.script import simplified
from rectify_tui.domain.text import clean, narrow
from rectify_tui.errors import Problem
from rectify_tui.store.regions import NATION_CODE

_BETWEEN = re.compile(r"[、,，;；/\n]+")
_AND = re.compile(r"(?<=[省市县区州盟旗])(?:以?及|和|与)(?=[一-鿿]{2})")
_STRETCHED = re.compile(r"(?<=[一-鿿])\s+(?=[一-鿿])")
_ROLE = re.compile(r"\((?:牵头|主办|主责|配合|协办|属地|责任)(?:单位|主体|市|县|区)?\)$")
_GOVERNMENT = re.compile(r"(?<=[省市县区州盟旗])(?:人民)?政府$")
_STEP = " ·>→-—"
_WHOLE = {
    RegionKind.NATION: ("全国",),
    RegionKind.PROVINCE: ("全省", "全区", "省级", "省本级", "省直", "本级"),
    RegionKind.CITY: ("全市", "市级", "市本级", "市直", "本级"),
    RegionKind.COUNTY: ("全县", "全区", "县级", "县本级", "区级", "区本级", "本级"),
}
_OWN_LEVEL = "本级"
_SHOWN = 6
_LONGEST = 100
_SHORTEST = 2
_SUFFIXES = ("省", "市", "州", "盟", "地区", "县", "区", "旗")
_CACHED = 10_000


class RegionIndex:
    """All regions of a ledger. A text is looked for below a region first, then everywhere.

    Of namesakes beside each other the one is meant that is there `on` a day (ISO text).
    """

    def __init__(self, regions: Iterable[Region], on: str = NOW) -> None:
        self._on = on
        self._by_id: dict[int, Region] = {}
        self._above: dict[int, int | None] = {}
        self._named: defaultdict[str, list[Region]] = defaultdict(list)
        self._longest = 0
        for region in regions:
            self._put(region)
        self.several = lru_cache(_CACHED)(self._several)
        """The regions in a cell, in their order, each once: `several(text, under)`.

        They stand with `、 , ; /` or line ends between. Raises `Problem` for what is none.
        """
        self.find = lru_cache(_CACHED)(self._find)
        """The region that a text stands for, below another one if there is any such.

        A code or a full name wins over a part of a name; of names that hold the text the highest
        wins, if it is alone on its step. `哈尔滨市南岗区` is the one below the other. Parts of
        names count only below. Raises `Problem` where nothing or too much fits.
        """

    @property
    def nation(self) -> int:
        """The region that holds all others. Raises `Problem` for a ledger without regions."""
        nation = next((id for id, above in self._above.items() if above is None), None)
        if nation is None:
            raise Problem("region.not_found", text=NATION_CODE)
        return nation

    def __getitem__(self, id: int) -> Region:
        return self._by_id[id]

    def add(self, region: Region) -> None:
        """Know one more region."""
        self._put(region)
        self.find.cache_clear()
        self.several.cache_clear()

    def _put(self, region: Region) -> None:
        self._by_id[region.id] = region
        self._above[region.id] = region.parent_id
        if len(region.name) > self._longest:
            self._longest = len(region.name)
        for name in {region.code, region.name, region.name_en}:
            if name:
                self._named[name.casefold()].append(region)

    def _several(self, text: str, under: int) -> tuple[Region, ...]:
        parts = filter(None, (part.strip() for part in _BETWEEN.split(clean(text, multiline=True))))
        return tuple(dict.fromkeys(each for part in parts for each in self._joined(part, under)))

    def _joined(self, text: str, under: int) -> list[Region]:
        """The region of a text, or those that it joins by a word: 郑州市和洛阳市, not 和平区."""
        try:
            return [self.find(text, under)]
        except Problem:
            parts = _AND.split(text)
            if len(parts) > 1:
                with suppress(Problem):
                    return [self.find(part, under) for part in parts]
            raise

    def common(self, regions: Iterable[Region]) -> Region:
        """The lowest region that holds all of them."""
        chains = [self.chain(region.id) for region in regions]
        shared = [ids[0] for ids in zip(*chains, strict=False) if len(set(ids)) == 1]
        return self._by_id[shared[-1]]

    def chain(self, id: int) -> tuple[int, ...]:
        """Ids from the nation down to a region."""
        return tuple(chain(id, self._above))

    def below(self, name: str, above: int) -> Region | None:
        """The region of that name right below another one."""
        namesakes = self._named.get(name.casefold(), ())
        return next((region for region in namesakes if region.parent_id == above), None)

    def leading(self, text: str, under: int) -> tuple[Region | None, str]:
        """The region below another one whose whole name a text begins with, and what follows.

        Of 哈尔滨市南岗区住建局 that is 南岗区. Raises `Problem` for the name of several regions.
        """
        region, rest = None, text[:_LONGEST]
        while start := self._start(rest, under):
            region = self._only(start[0], start[1])
            rest, under = rest[len(start[0]) :], region.id
        return region, rest

    def _start(self, text: str, under: int) -> tuple[str, list[Region]] | None:
        for length in range(min(len(text), self._longest), 1, -1):
            name = text[:length]
            namesakes = (each for each in self._named.get(name, ()) if each.name == name)
            if regions := self._within(namesakes, under):
                return name, regions
        return None

    def shortened(self, text: str, under: int) -> Region | None:
        """The region whose name a text is, but for 市, 县 and the like at its end."""
        if len(text) < _SHORTEST:
            return None
        names = (f"{text}{suffix}" for suffix in _SUFFIXES)
        regions = [region for name in names for region in self._named.get(name, ())]
        within = self._within(regions, under)
        return self._only(text, within) if within else None

    def out_of_time(self, region: Region) -> Problem | None:
        """That a region is not there on the day of the index, None where it is."""
        into = self._by_id.get(region.successor_id or 0)
        return out_of_time(region, into.name if into else None, self._on)

    def coded(self, code: str) -> Region | None:
        """The region with a code."""
        namesakes = self._named.get(code, ())
        return next((region for region in namesakes if region.code == code), None)

    def _find(self, text: str, under: int) -> Region:
        try:
            return self._as_written(text, under)
        except Problem as problem:
            for other in _other_writings(clean(text)):
                with suppress(Problem):
                    return self._as_written(other, under)
            raise problem from None

    def _as_written(self, text: str, under: int) -> Region:
        text = clean(text)
        if not text:
            raise Problem("region.no_name")
        if len(text) > _LONGEST:
            raise Problem("region.not_found", text=f"{text[:_LONGEST]}…")
        if text in _WHOLE.get(self._by_id[under].kind, ()):
            return self._by_id[under]
        full = self._named.get(text.casefold(), [])
        if full:
            return self._only(text, self._within(full, under) or full)
        holding = self._within(self._holding(text), under)
        if holding:
            return self._only(text, _highest(holding))
        ending = self._at_end(text, under)
        if not ending:
            raise Problem("region.not_found", text=text)
        return self._only(text, ending)

    def _only(self, text: str, candidates: Iterable[Region]) -> Region:
        """The one region that a text may stand for. Raises `Problem` where there are several."""
        regions = sorted(
            set(of_their_day(candidates, self._on)),
            key=lambda region: (region.depth, region.code or "", region.id),
        )
        if len(regions) > 1:
            names = (f"{region.name} {region.code or ''}".strip() for region in regions[:_SHOWN])
            shown = "、".join(names)
            raise Problem("region.ambiguous", text=text, found=shown)
        return regions[0]

    def _within(self, regions: Iterable[Region], under: int) -> list[Region]:
        return [region for region in regions if under in self.chain(region.id)]

    def _holding(self, text: str) -> Iterator[Region]:
        part = text.casefold()
        for name, regions in self._named.items():
            if part in name:
                yield from regions

    def _at_end(self, text: str, under: int) -> list[Region]:
        """What a text stands for that names the region above first, or says that all is meant."""
        if text.endswith(_OWN_LEVEL):
            rest = text.removesuffix(_OWN_LEVEL)
            return [self._find(rest, under)]
        for cut in range(len(text) - 1, 1, -1):
            rest = text[cut:].strip(_STEP)
            for above in self._named.get(text[:cut].strip(_STEP).casefold(), ()):
                on_the_way = under in self.chain(above.id) or above.id in self.chain(under)
                if not (rest and on_the_way):
                    continue
                named = self._within(self._named.get(rest.casefold(), ()), above.id)
                regions = named or self._within(self._at_end(rest, above.id), above.id)
                if regions:
                    return regions
        return []


def _other_writings(text: str) -> Iterator[str]:
    """A name stretched by spaces, in traditional characters, with a role, or of its government."""
    if len(text) > _LONGEST:
        return
    plain = simplified(_STRETCHED.sub("", text))
    without_role = _ROLE.sub("", narrow(plain))
    for other in (plain, without_role, _GOVERNMENT.sub("", without_role)):
        if other != text and len(other) >= _SHORTEST:
            yield other


def _highest(regions: Sequence[Region]) -> list[Region]:
    top = min(region.depth for region in regions)
    return [region for region in regions if region.depth == top]
