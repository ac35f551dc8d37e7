"""Which numbers after 其中, in brackets or after a due number divide the figure before them."""

from __future__ import annotations

from decimal import Decimal

from rectify_tui.domain.paragraph.groups import Item
from rectify_tui.domain.paragraph.model import What
from rectify_tui.domain.paragraph.pairing import Mention
from rectify_tui.domain.paragraph.scopes import Draft

_FAR = 80


def nested_after(items: list[Item], index: int, host: Draft) -> list[int]:
    """Positions from `index` on of the numbers that are part of `host`.

    In brackets all of them are. After 其中 the first is; more follow it while they have the status
    of the host, or if together they make up the host exactly. After a due number they are only if
    they make it up exactly.
    """
    run = _run(items, index)
    if not run:
        return []
    first = items[run[0]]
    if first.aside is not None:
        return run
    if host.what is What.DUE:
        return _making_up(items, run, host.value) or []
    if (first.count.token.value or 0) > host.value:
        return []
    if not isinstance(first.count.says, What):
        return _while(items, run, None)
    if first.count.says is host.what:
        return _while(items, run, host.what)
    return _making_up(items, run, host.value) or run[:1]


def _run(items: list[Item], index: int) -> list[int]:
    run: list[int] = []
    for place in range(index, min(index + _FAR, len(items))):
        item, start = items[place], items[index]
        if (item.group, item.aside) != (start.group, start.aside):
            if item.aside is not None and start.aside is None:
                continue
            break
        if isinstance(item.mention, Mention):
            run.append(place)
    return run


def _while(items: list[Item], run: list[int], what: What | None) -> list[int]:
    kept: list[int] = []
    for place in run:
        says = items[place].count.says
        if isinstance(says, What) and says is not what:
            break
        kept.append(place)
    return kept


def _making_up(items: list[Item], run: list[int], whole: Decimal) -> list[int] | None:
    total = Decimal(0)
    for length, place in enumerate(run, 1):
        mention = items[place].count
        if not isinstance(mention.says, What) and not mention.rest:
            return None
        total += mention.token.value or 0
        if total == whole:
            return run[:length]
    return None
