"""A province whose thirteen cities all have open items, as an office has it on a Monday."""

from __future__ import annotations

from datetime import date, timedelta

from rectify_tui.domain.region import Depth
from rectify_tui.store.commands.items import add_item
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.regions import one_region

PROBLEMS = ("秸秆露天焚烧时有发生", "黑臭水体整治后返黑返臭", "畜禽粪污资源化利用设施闲置")
STATUSES = ("on_schedule", "behind", "on_schedule", "not_started", "completed")


def cities(ledger: Ledger) -> list[str]:
    """The thirteen cities of Heilongjiang, in administrative order."""
    rows = ledger.reader().execute(
        "SELECT r.name FROM region r JOIN region p ON p.id = r.parent_id"
        " WHERE p.name = '黑龙江省' AND r.depth = ? AND r.code IS NOT NULL ORDER BY r.code",
        [int(Depth.CITY)],
    )
    return [name for (name,) in rows][:13]


def build(ledger: Ledger, per_city: int = 4) -> None:
    """Programme HLJ-2026 with so many items in each city, some of them behind."""
    today = ledger.today()
    with ledger.batch("add", who="甲") as writing:
        draft = writing.draft
        region = one_region(draft.connection, "黑龙江").id
        programme = add_programme(draft, NewProgramme("HLJ-2026", "整改方案", region, today.year))
        number = 0
        for city in cities(ledger):
            for place in range(per_city):
                number += 1
                status = STATUSES[(number + place) % len(STATUSES)]
                fields = {
                    "problem": PROBLEMS[number % 3], "region": city, "status": status,
                    "progress": str(number % 9 * 10), "deadline": f"{today.year}年底前",
                }  # fmt: skip
                on = min(today, date(today.year, 1, 10)) - timedelta(days=3)
                add_item(draft, programme, str(number), fields, on=on)
