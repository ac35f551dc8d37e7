"""What the ledger has that one can go to: programmes, regions, units, records by their numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from rectify_tui.domain.filter_text import replace_term
from rectify_tui.domain.pinyin import Speller
from rectify_tui.domain.region import Depth, Region
from rectify_tui.domain.text import clean
from rectify_tui.errors import Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.pictures.tile_map import short_name
from rectify_tui.store.connection import Connection
from rectify_tui.store.programmes import programmes
from rectify_tui.store.records import CASE
from rectify_tui.store.references import Numbered, numbered
from rectify_tui.store.regions import all_regions
from rectify_tui.store.undo import last_of_author, last_redoable
from rectify_tui.store.units import units
from rectify_tui.tui.palette.entry import Entry
from rectify_tui.tui.session import Session

_NUMBER = re.compile(r"(?:[A-Za-z][\w.-]*/)?[A-Za-z]{0,3}\d[\w.()-]*")

RECORD = "record:"
"""How the ids of entries begin that stand for records."""


@dataclass(frozen=True)
class Places:
    """What was read of a ledger at its newest `batch`: entries, and how names are spelled.

    `refusals` say by the ids of keys what the ledger does not let anybody do now.
    """

    batch: int
    language: str
    entries: tuple[Entry, ...]
    speller: Speller
    refusals: dict[str, Refusal]


def read_places(session: Session, before: Places | None) -> Places:
    """In a thread: what there is to go to; the same again where nothing was written since."""
    connection, t = session.ledger.reader(), session.t
    batch = session.ledger.newest_batch()
    if before is not None and (before.batch, before.language) == (batch, t.code):
        return before
    regions = all_regions(connection)
    entries = [*_programmes(session, connection), *_regions(session, regions)]
    entries += _units(session, connection)
    speller = Speller((region.name, region.name_en) for region in regions if region.name_en)
    for entry in entries:
        speller.spell(entry.text)
    return Places(batch, t.code, tuple(entries), speller, _refusals(session, connection))


def _refusals(session: Session, connection: Connection) -> dict[str, Refusal]:
    refusals = {}
    try:
        last_of_author(connection, session.ledger.who)
    except Refusal as refusal:
        refusals["app.undo"] = refusal
    if last_redoable(connection, session.ledger.who) is None:
        refusals["app.redo"] = Refusal("undo.nothing_to_redo")
    return refusals


def _listed(session: Session, field: str, value: str) -> Callable[[], None]:
    """Goes to the items of something; the filter is only put together where one does."""

    def go() -> None:
        session.open_list("items", replace_term("", field, value))

    return go


def _programmes(session: Session, connection: Connection) -> Iterator[Entry]:
    where = session.t("tui.palette.programme")
    for each in programmes(connection):
        name = clean(session.t.name(each.name, each.name_en))
        run = _listed(session, "programme", each.code)
        also = (each.name, each.name_en or "")
        yield Entry(f"programme:{each.code}", f"{each.code}  {name}", run, where, also=also)


def _regions(session: Session, regions: list[Region]) -> Iterator[Entry]:
    """Regions by their names, counties with the city they lie in: those share names."""
    t = session.t
    named = {region.id: t.name(region.name, region.name_en) for region in regions}
    for region in regions:
        if region.depth == Depth.NATION:
            continue
        above = named.get(region.parent_id or 0, "") if region.depth == Depth.COUNTY else ""
        ended = region.abolished_on and t("tui.palette.ended", on=region.abolished_on)
        where = t("tui.sign.step").join(filter(None, (t("tui.palette.region"), above, ended)))
        short = short_name(t, region.name, region.name_en)
        also = (region.name, region.name_en or "", region.code or "", short)
        key = region.name if region.depth < Depth.COUNTY else region.code or region.name
        yield Entry(
            f"region:{region.id}", clean(named[region.id]), _listed(session, "region", key),
            clean(where), also=also, quiet=True,
        )  # fmt: skip


def _units(session: Session, connection: Connection) -> Iterator[Entry]:
    t = session.t
    for unit in units(connection):
        region = t.name(unit.region, unit.region_en)
        where = t("tui.sign.step").join(filter(None, (t("tui.palette.unit"), region)))
        run = _listed(session, "unit", unit.name)
        yield Entry(f"unit:{unit.id}", clean(unit.name), run, clean(where), quiet=True)


def is_number(text: str) -> bool:
    """Whether a text may be the number of a record."""
    return _NUMBER.fullmatch(text.strip()) is not None


def read_numbered(session: Session, text: str) -> list[Entry]:
    """In a thread: the records with a number."""
    found = numbered(session.ledger.reader(), text)
    return [_record(session, session.t, record) for record in found]


def _record(session: Session, t: Language, record: Numbered) -> Entry:
    mode = "cases" if record.entity == CASE else "items"
    # Within its programme: that is short, and the row is sure to be there.
    filter_text = replace_term("", "programme", record.ref.rpartition("/")[0])
    run = partial(session.open_list, mode, filter_text, record.id)
    text = f"{record.ref}  {clean(record.text[:200])}"
    return Entry(f"{RECORD}{record.entity}:{record.id}", text, run, t(f"keys.app.{mode}"))
