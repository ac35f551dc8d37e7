"""An office at work: a ledger with real regions, and what its people do to it."""

from __future__ import annotations

from datetime import date

from moving_clock import Clock

from rectify_tui.domain.timeline import Later
from rectify_tui.i18n import Language
from rectify_tui.reports.weekly.build import Built, Request, build
from rectify_tui.reports.weekly.freeze import Frozen, freeze
from rectify_tui.reports.weekly.model import Report, Section
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.commands.cases import add_case, set_cases
from rectify_tui.store.commands.items import add_item, merge_items, set_items
from rectify_tui.store.commands.places import NewProgramme, add_programme
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.references import case_ids, item_ids, programme_id, target
from rectify_tui.store.regions import one_region

ZH, EN = Language("zh"), Language("en")
OFFICE = Settings(office="某省整改办")


class Office:
    """Changes to one ledger, each in a batch of its own, by the movable clock."""

    def __init__(self, ledger: Ledger, clock: Clock) -> None:
        self.ledger = ledger
        self.clock = clock

    def at(self, day: str) -> Office:
        self.clock.set(date.fromisoformat(day))
        return self

    def programme(self, code: str, region: str, *, simulated: bool = False) -> None:
        with self.ledger.batch("add") as writing:
            place = one_region(writing.draft.connection, region).id
            new = NewProgramme(code, f"{code}方案", place, 2020, simulated=simulated)
            add_programme(writing.draft, new)

    def item(self, ref: str, on: str | None = None, **fields: str) -> None:
        code, _, number = ref.partition("/")
        with self.ledger.batch("add") as writing:
            id = programme_id(writing.draft.connection, code)
            add_item(writing.draft, id, number, fields, on=_day(on))

    def put(
        self, refs: str, on: str | None = None, reason: str | None = None, *,
        why: str | None = None, **fields: str,
    ):  # fmt: skip
        """Set fields; `reason` is that of the change, `why` the one that the unit gives."""
        if why is not None:
            fields["reason"] = why
        with self.ledger.batch("set", who="王五", reason=reason) as writing:
            set_items(
                writing.draft, self.ids(refs), fields, on=_day(on), later=Later.UNTIL_NEXT,
                correction=True,
            )  # fmt: skip
        return writing.receipt.batch

    def merge(self, refs: str, into: str, on: str | None = None):
        with self.ledger.batch("merge") as writing:
            connection = writing.draft.connection
            merge_items(writing.draft, self.ids(refs), target(connection, into), on=_day(on))
        return writing.receipt.batch

    def case(self, ref: str, on: str | None = None, **fields: str) -> None:
        code, _, number = ref.partition("/")
        with self.ledger.batch("add") as writing:
            id = programme_id(writing.draft.connection, code)
            add_case(writing.draft, id, number, fields, on=_day(on))

    def close_case(self, ref: str, on: str | None = None) -> None:
        with self.ledger.batch("set") as writing:
            ids = case_ids(writing.draft.connection, [ref])
            set_cases(writing.draft, ids, {"status": "已办结"}, on=_day(on))

    def ids(self, refs: str) -> list[int]:
        return item_ids(self.ledger.reader(), [refs])

    def build(self, *, settings: Settings = OFFICE, t: Language = ZH, **asked) -> Built:
        return build(self.ledger, settings, t, _request(asked))

    def report(self, **asked) -> Report:
        return self.build(**asked).report

    def freeze(self, *, settings: Settings = OFFICE, t: Language = ZH, **asked) -> Frozen:
        return freeze(self.ledger, settings, t, _request(asked), on_behalf="李四")


def _request(asked: dict) -> Request:
    return Request(_day(asked.get("day")), asked.get("programme"), asked.get("by"))


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def section(report: Report, key: str) -> Section:
    return next(each for each in report.sections if each.key == key)


def keys(report: Report, key: str) -> list[str]:
    """The columns of a section."""
    return [column.key for column in section(report, key).table.columns]


def raw(report: Report, key: str, *names: str) -> list[tuple]:
    """Values of the rows of a section, as programs get them."""
    return [
        tuple(getattr(row.get(name), "value", row.get(name)) for name in names)
        for row in section(report, key).table.rows
    ]
