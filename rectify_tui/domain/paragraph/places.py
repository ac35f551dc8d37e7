"""The places and bodies that numbers are of, by their names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rectify_tui.domain.region import Depth, Region

_ENDINGS = (
    r"特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|开发区|功能区|示范区|高新区|经开区|管委会|兵团"
    r"|街道|省|市|州|县|区|盟|旗|镇|乡"
)
_BODIES = r"厅|局|委|公司|集团"
_NAMED = re.compile(
    rf"(?:[一-鿿]{{1,6}}?(?:{_ENDINGS})(?![市县区旗级直属]))+(?:[一-鿿]{{2,8}}?(?:{_BODIES}))?"
    rf"|兵团|[省市县区][一-鿿]{{1,8}}?(?:{_BODIES})|[一-鿿]{{2,10}}?(?:厅|局|公司|集团)"
)
_NO_NAME = re.compile(
    r"^(?:[全我本该各两三几某省市县区第0-9]|.个|地级|设区|县级|省级|市级|有关|相关|上述|被督|所在|自治[区州县旗]|其他|多个|部分|沿江|[一二三四五六七八九十百]+[个省市县区州镇乡家大类座名])"
)
_BODY_OF = re.compile(rf"^[省市县区][一-鿿]{{1,8}}(?:{_BODIES})$")
_STEPS = tuple("省市州县盟旗")
_LISTS = frozenset("、和与及")
_COMMON = re.compile(
    r"(?:城市|地市|省市|县市|省区|市州|郊区|城区|片区|园区|库区|灌区|矿区|景区|林区|社区|[保护]区|[^一-鿿]区)$|[的了已将]|水[体源库质环污]|污|任务|问题|整改|督察"
    r"|[交转]办|移交|我[省市县区]|地方"
)


_PEOPLES = "壮|回|维吾尔|蒙古|藏|羌|彝|白|傣|景颇|傈僳|哈尼|苗|侗|布依|土家|朝鲜|哈萨克|柯尔克孜"
_ENDING = re.compile(
    rf"(?:(?:(?<=..)(?:(?:{_PEOPLES})族|蒙古|哈萨克|柯尔克孜|维吾尔))*自治[区州]|特别行政区|地区|省|市|盟)$"
)
_BY_ITSELF = (Depth.PROVINCE, Depth.CITY)
_SHORTEST = 2


class Places:
    """Names of places that are known, besides those that their ending tells.

    A known name may have no ending (福州), as running text often writes it.
    """

    def __init__(self, names: Iterable[str] = ()) -> None:
        self._by_head: dict[str, list[str]] = defaultdict(list)
        for name in sorted(set(names), key=len, reverse=True):
            self._by_head[name[:2]].append(name)

    def at_start(self, text: str) -> str:
        """The name that the text begins with, an enclosing one before it included; or empty."""
        end = 0
        while (known := self.known_at(text, end)) or (end and self._suffix(text, end)):
            end += len(known or self._suffix(text, end))
            follows = text[end : end + 1]
            end += bool(known) and follows in _STEPS and follows != known[-1]  # 潮州, then 市
        name = text[:end] or self._suffix(text, 0)
        return "" if text[len(name) : len(name) + 1] in _LISTS else name  # of several places

    def known_at(self, text: str, start: int) -> str:
        """The longest known name at a place of the text; empty where none is."""
        for name in self._by_head.get(text[start : start + 2], ()):
            if text.startswith(name, start):
                return name
        return ""

    def _suffix(self, text: str, start: int) -> str:
        return _by_ending(text[start : start + 40])


NOWHERE = Places()
"""No names but those that their ending tells."""


@lru_cache(4096)
def _by_ending(text: str) -> str:
    """What the text begins with if it ends as names of places and bodies do."""
    match = _NAMED.match(text)
    if match is None:
        return ""
    name = match[0]
    if _BODY_OF.match(name):
        return name
    return "" if _NO_NAME.match(name) or _COMMON.search(name) or len(name) < 2 else name


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
        regions: dict[int, Region] = {}
        for start in range(len(text)):
            for region in self._by_name.get(self.places.known_at(text, start), ()):
                full = text.startswith(region.name, start)
                if region.depth == Depth.PROVINCE or (full and region.depth == Depth.CITY):
                    regions[region.id] = region
        return list(regions.values())

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
