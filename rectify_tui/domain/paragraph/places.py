"""The place or body that a number is of, by its name in front of what is counted."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

_ENDINGS = (
    r"特别行政区|自治区|自治州|自治县|自治旗|地区|林区|新区|开发区|功能区|示范区|高新区|经开区|管委会|兵团"
    r"|街道|省|市|州|县|区|盟|旗|镇|乡"
)
_BODIES = r"厅|局|委|公司|集团"
_NAMED = re.compile(
    rf"(?:[一-鿿]{{1,6}}?(?:{_ENDINGS})(?![市县区旗]))+(?:[一-鿿]{{2,8}}?(?:{_BODIES}))?"
    rf"|兵团|[省市县区][一-鿿]{{1,8}}?(?:{_BODIES})|[一-鿿]{{2,10}}?(?:厅|局|公司|集团)"
)
_NO_NAME = re.compile(
    r"^(?:[全我本该各两三几某省市县区0-9]|.个|地级|设区|县级|省级|市级|有关|相关|上述|被督|所在|其他|多个|部分|沿江|[一二三四五六七八九十百]+[个省市县区州镇乡家大类座名])"
)
_BODY_OF = re.compile(rf"^[省市县区][一-鿿]{{1,8}}(?:{_BODIES})$")
_LISTS = frozenset("、和与及")
_COMMON = re.compile(
    r"(?:城市|地市|省市|县市|省区|市州|郊区|城区|片区|园区|库区|灌区|矿区|景区|林区|社区|[保护]区|[^一-鿿]区)$|[的了已将]|水[体源库质环污]|污|任务|问题|整改|督察"
)


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
