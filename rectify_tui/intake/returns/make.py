"""Making returns: a workbook for each region or unit that has open items, and the record of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.period import PeriodKind, period_of
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.intake.returns.book import Imprint
from rectify_tui.intake.returns.columns import OPEN_FIELDS
from rectify_tui.intake.returns.locked import locked_cells
from rectify_tui.intake.returns.outbox import Outbox
from rectify_tui.intake.returns.sheet import ReturnSheet, SheetLine, return_bytes
from rectify_tui.intake.returns.step_lines import step_lines
from rectify_tui.reports.file_names import safe_name
from rectify_tui.reports.returns import MadeFile, place_name, week_name
from rectify_tui.store.chain import head
from rectify_tui.store.commands.returns import KIND, record_return
from rectify_tui.store.connection import Connection
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.store.milestones import measures_of
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.returns import (
    NewReturn,
    OpenItem,
    Recipient,
    SentTo,
    Slice,
    idle_recipients,
    next_return_id,
    open_slices,
    open_without_unit,
)
from rectify_tui.store.scope import Scope

__all__ = ["Made", "MadeFile", "MakeRequest", "make_returns", "week_asked"]


@dataclass(frozen=True)
class MakeRequest:
    """Which returns are wanted. None stands for all programmes, and for the whole country.

    `cutoff` ends the week, `due_on` is the last day for sending them back, `office` signs them.
    """

    by: SentTo
    programme: str | None
    under: str | None
    cutoff: date
    due_on: date
    office: str = ""


@dataclass(frozen=True)
class Made:
    """What was made, and for whom not.

    `idle` are the recipients with nothing open; `without_unit` counts open items that are in
    no return since no unit is responsible for them; `numbered` counts the files that got a number,
    as another of their name was there.
    """

    receipt: Receipt
    files: tuple[MadeFile, ...]
    idle: tuple[str, ...] = ()
    without_unit: int = 0
    numbered: int = 0


def week_asked(
    day: date | None, due_on: date | None, today: date, week_ends_on: int
) -> tuple[date, date]:
    """The cut-off of the week that holds a day (None: today), and the day returns are due.

    Returns are due at the cut-off unless told otherwise, or today where that is past.
    """
    cutoff = period_of(day or today, PeriodKind.WEEK, week_ends_on).cutoff
    return cutoff, due_on or max(cutoff, today)


def make_returns(
    ledger: Ledger, settings: MakeRequest, folder: Path, t: Language, on_behalf: str | None = None
) -> Made:
    """Write a return for each region or unit that has open items, and record them in one batch.

    All files are there and all are recorded, or neither. Somebody else may change the ledger
    meanwhile: a return shows one moment, and says which. Raises `Problem` for an unknown programme
    or region and for a day that is past, `Refusal` where nothing is open, and `OSError`.
    """
    if settings.due_on < ledger.today():
        raise Problem("returns.due_past", due=settings.due_on, today=ledger.today())
    connection = ledger.reader()
    with connection.snapshot():
        scope = _scope(connection, settings)
        slices = open_slices(connection, settings.by, scope)
        idle = idle_recipients(connection, settings.by, scope)
        without = open_without_unit(connection, scope) if settings.by == "unit" else 0
        newest, first_id = head(connection), next_return_id(connection)
        asked = [item.id for each in slices for item in each.items]
        measures = measures_of(connection, asked)
    if not slices:
        raise Refusal("returns.nothing_open_of_units" if without else "returns.nothing_open")
    names = _names([each.recipient for each in slices], t)
    codes = [f"R{settings.cutoff:%Y%m%d}-{first_id + n:03}" for n in range(len(slices))]
    with Outbox(folder) as outbox:
        file_names = [_file_name(name, settings.cutoff, t) for name in names]
        for each, name, code, file in zip(slices, names, codes, file_names, strict=True):
            sheet = _sheet(each, name, code, settings, newest, t)
            items = [(item.ref, item.id) for item in each.items]
            sheet = replace(sheet, steps=step_lines(code, items, measures))
            outbox.add(file, return_bytes(sheet, t))
        with ledger.batch(KIND, on_behalf=on_behalf) as writing:
            for each, code in zip(slices, codes, strict=True):
                record_return(writing.draft, _record(each, code, settings, scope, newest))
            writing.draft.flush()  # what can fail in the store fails before any file is there
            paths = outbox.deliver()
    ledger.keep_head(KIND)
    files = tuple(map(MadeFile, paths, codes, names, (len(each.items) for each in slices)))
    numbered = sum(path.name != file for path, file in zip(paths, file_names, strict=True))
    return Made(writing.receipt, files, tuple(_names(idle, t)), without, numbered)


def _scope(connection: Connection, settings: MakeRequest) -> Scope:
    return Scope(
        programme_id(connection, settings.programme) if settings.programme else None,
        one_region(connection, settings.under).id if settings.under else None,
    )


def _names(recipients: Sequence[Recipient], t: Language) -> list[str]:
    """What recipients are called, with what is above those that are called the same."""
    names = [place_name(each.name, each.name_en, each.own, t) for each in recipients]
    often = Counter(names)
    above = [t.name(each.above, each.above_en) for each in recipients]
    return [
        t("returns.of", name=name, above=upper) if often[name] > 1 and upper else name
        for name, upper in zip(names, above, strict=True)
    ]


def _file_name(recipient: str, cutoff: date, t: Language) -> str:
    period = week_name(cutoff, t)
    return t("returns.file", recipient=safe_name(recipient), period=period) + ".xlsx"


def _record(
    each: Slice, code: str, settings: MakeRequest, scope: Scope, newest: tuple[int, str]
) -> NewReturn:
    to_unit = settings.by == "unit"
    return NewReturn(
        code=code,
        programme_id=scope.programme_id,
        region_id=None if to_unit else each.recipient.id,
        unit_id=each.recipient.id if to_unit else None,
        cutoff=settings.cutoff,
        due_on=settings.due_on,
        item_ids=tuple(item.id for item in each.items),
        head_seq=newest[0],
        head_hash=newest[1],
    )


def _sheet(
    each: Slice, recipient: str, code: str, settings: MakeRequest, newest: tuple[int, str],
    t: Language,
) -> ReturnSheet:  # fmt: skip
    imprint = Imprint(
        code=code,
        recipient=recipient,
        period=week_name(settings.cutoff, t),
        cutoff=settings.cutoff,
        due_on=settings.due_on,
        office=settings.office,
    )
    return ReturnSheet(imprint, newest, tuple(_lines(each.items, t)))


def _lines(items: Iterable[OpenItem], t: Language) -> Iterable[SheetLine]:
    for item in items:
        refuted = bool(item.refuted)
        yield SheetLine(item.id, _cells(item, refuted, t), refuted)


def _cells(item: OpenItem, refuted: bool, t: Language) -> dict[str, str | int | None]:
    locked = locked_cells(
        t, item.ref, (item.region, item.region_en), item.values, refuted=refuted,
        reconstructed=bool(item.reconstructed), simulated=bool(item.simulated),
    )  # fmt: skip
    return {**locked, **{field.name: _open_cell(field, item, t) for field in OPEN_FIELDS}}


def _open_cell(field: Field, item: OpenItem, t: Language) -> str | int | None:
    value = item.values[field.name]
    if field.kind is FieldKind.STATUS:
        return t(f"status.item.{value}")
    return int(value) if isinstance(value, float) else value
