"""The regions of a ledger by the names that running text has for them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator

from rectify_tui.domain.paragraph.places import Places
from rectify_tui.domain.region import Depth, Region

_PEOPLES = "壮|回|维吾尔|蒙古|藏|羌|彝|白|傣|景颇|傈僳|哈尼|苗|侗|布依|土家|朝鲜|哈萨克|柯尔克孜"
_ENDING = re.compile(
    rf"(?:(?:(?<=..)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|维吾尔))*自治[区州]|特别行政区|地区|省|市|盟)$"
)
_BY_ITSELF = (Depth.PROVINCE, Depth.CITY)
_SHORTEST = 2


class Gazetteer:
    """Finds regions by written names: 福州市 or 福州, 广东潮州, 恩施州, 长乐区."""

    def __init__(self, regions: Iterable[Region]) -> None:
        self._parents: dict[int, int | None] = {}
        self._by_name: dict[str, list[Region]] = defaultdict(list)
        for region in regions:
            self._parents[region.id] = region.parent_id
            if region.depth != Depth.NATION:
                for name in set(_names(region)):
                    self._by_name[name].append(region)
        self.places = Places(self._by_name)

    def find(self, written: str, near: Iterable[int] = ()) -> Region | None:
        """The region that a name stands for; None for a body, an unknown or an ambiguous name.

        Of several regions of one name the one inside a region of the name before it is meant
        (广东潮州), else one inside a region of `near`, else the highest.
        """
        above = set(near)
        regions: list[Region] = []
        for part in self._parts(written):
            regions = self._by_name.get(part, [])
            inside = [region for region in regions if above & set(self.path(region.id))]
            regions = inside or regions
            above = {region.id for region in regions}
        highest = [r for r in regions if r.depth == min(region.depth for region in regions)]
        return highest[0] if len(highest) == 1 else None

    def named_in(self, text: str) -> list[Region]:
        """The provinces and cities that a text names, provinces also without their ending."""
        found: dict[int, Region] = {}
        for start in range(len(text)):
            for region in self._by_name.get(self.places.known_at(text, start), ()):
                full = text.startswith(region.name, start)
                if region.depth == Depth.PROVINCE or (full and region.depth == Depth.CITY):
                    found[region.id] = region
        return list(found.values())

    def path(self, id: int) -> Iterator[int]:
        """The region itself, then all that it lies in."""
        step: int | None = id
        while step is not None:
            yield step
            step = self._parents.get(step)

    def _parts(self, written: str) -> Iterator[str]:
        """The names that a written one is made of; an unknown part makes it unknown as a whole."""
        start = 0
        while start < len(written):
            name = self.places.known_at(written, start)
            if not name:
                yield ""
                return
            yield name
            start += len(name)


def _names(region: Region) -> Iterator[str]:
    yield region.name
    short = _ENDING.sub("", region.name)
    if region.depth in _BY_ITSELF and len(short) >= _SHORTEST:
        yield short
        if region.name.endswith("自治州"):
            yield short + "州"
