"""What rows of items and of cases have in common: a programme, a number, a region."""

from __future__ import annotations

from collections.abc import Callable

from rectify_tui.domain.region import Region
from rectify_tui.domain.text import clean
from rectify_tui.domain.timeline import Values
from rectify_tui.errors import Problem
from rectify_tui.intake.importing.record import Frame, Said
from rectify_tui.intake.model import Finding
from rectify_tui.intake.reading.cells import Cell
from rectify_tui.intake.table import TableRow
from rectify_tui.store.commands.intake import Numbered, Plan, numbered
from rectify_tui.store.references import item_ref


class Numbers:
    """Which items or which cases there are, those that the file adds included."""

    def __init__(self, frame: Frame, entity: str) -> None:
        self._frame = frame
        self._entity = entity
        self._loaded: set[int] = set()
        self.ids: dict[Numbered, int | None] = {}
        """Ids by programme and number; None for a record that is new and not written yet."""

    def known(self, programme_id: int, number: str) -> bool:
        """Whether a programme has a number."""
        if programme_id not in self._loaded:
            self._loaded.add(programme_id)
            found = numbered(self._frame.connection, self._entity, programme_id)
            self.ids.update({(programme_id, one): id for one, id in found.items()})
        return (programme_id, number) in self.ids

    def id(self, key: Numbered) -> int | None:
        """The id of a record, None where there is none yet."""
        return self.ids.get(key) if self.known(*key) else None


class NumberedRows:
    """What rows of items and of cases do alike about the records they are."""

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.ids = numbers.ids

    def id_of(self, said: Said) -> int | None:
        """The record that a row is about."""
        return self.ids.get(said.key)

    def waits_for(self, said: Said) -> Numbered | None:
        """The record that this one points to, where it is not there yet."""
        return None if said.link is None or self.numbers.known(*said.link[1]) else said.link[1]

    def settled(self, said: Said, id: int | None) -> None:
        """Count with the record from now on."""
        self.ids[said.key] = id

    def follow_link(self, said: Said, values: Values) -> tuple[str, Numbered] | None:
        """Put the record that a row points to among its values; the link where it is not there."""
        if said.link is None:
            return None
        target = self.numbers.id(said.link[1])
        if target is None:
            return said.link
        values[said.link[0]] = target
        return None


def place_row(
    frame: Frame, said: Said, row: TableRow, numbers: Numbers, read_number: Callable[[Cell], str]
) -> None:
    """Find out which programme and which number a row is about; else that is found."""
    name = _number_column(frame, row)
    text = frame.cell(row, name)
    try:
        plan, written = _split(frame, text)
        number = read_number(written if plan else row.raw[frame.at[name]]) if text else ""
    except Problem as problem:
        said.findings.append(frame.finding("cell", name, text, problem))
        return
    if not text:
        said.findings.append(frame.finding("no_number", name))
    plan = _plan(frame, said, row, plan)
    if plan is None or not number:
        return
    said.plan = plan
    said.key = (plan.id, number)
    said.ref = item_ref(plan.code, number)
    numbers.known(plan.id, number)


def _split(frame: Frame, text: str) -> tuple[Plan | None, str]:
    """Programme and number of a full reference; a text without a programme is a number."""
    code, stroke, number = text.partition("/")
    return (frame.plan_of(code.strip()), number) if stroke and code.strip() else (None, text)


def _plan(frame: Frame, said: Said, row: TableRow, named: Plan | None) -> Plan | None:
    """The programme of a row: that of its reference, of its column, or the one asked for."""
    text = frame.cell(row, "programme")
    if named is not None and not text:
        return named
    plan = frame.plan_of(text)
    if plan is None:
        said.findings.append(_no_plan(frame, text))
    elif named is not None and named is not plan:
        two = Problem("importing.two_programmes", one=named.code, other=plan.code)
        said.findings.append(frame.finding("cell", "programme", text, two))
        return None
    return plan


def number_text(frame: Frame, row: TableRow) -> str:
    """The cell that tells the number, as text."""
    return frame.cell(row, _number_column(frame, row))


def _number_column(frame: Frame, row: TableRow) -> str:
    """The column that tells the number: that of numbers, or of references where it is empty."""
    names = [name for name in ("number", "ref") if name in frame.at]
    return next((name for name in names if frame.cell(row, name)), names[0])


def _no_plan(frame: Frame, text: str) -> Finding:
    if not text:
        expected = Problem("importing.name_programme", codes=frame.codes())
        return frame.finding("no_programme", "programme", expected=expected)
    unknown = Problem("programme.not_found", code=clean(text), codes=frame.codes())
    return frame.finding("cell", "programme", text, unknown)


def names_its_programme(frame: Frame, row: TableRow) -> bool:
    """Whether a row has a full reference."""
    return any(_split(frame, frame.cell(row, name))[0] for name in ("number", "ref"))


def check_day(frame: Frame, said: Said, changes: Values, now: Values) -> None:
    """See that the day of a new status is not that of the old one, left standing in its cell."""
    stale = said.state_on is not None and said.state_on == now["status_on"]
    if stale and "status" in changes:
        known = Problem("importing.day_of_old_status", on=said.state_on)
        said.findings.append(frame.finding("old_day", "on", str(said.state_on), known))


def regions_of(frame: Frame, said: Said, text: str) -> tuple[Region, ...]:
    """The regions in a cell; looked for below the region asked for, else the programme's."""
    under = frame.under
    if under is None and said.plan is not None:
        under = said.plan.region_id
    assert under is not None  # a row without a programme is not read any further
    if said.city_id is None:
        return frame.places.several(text, under)
    found = frame.places.several(text, said.city_id)
    if any(said.city_id not in frame.places.chain(region.id) for region in found):
        raise Problem("importing.not_in_city", text=text, city=frame.places[said.city_id].name)
    return found


def city_of(frame: Frame, said: Said, text: str) -> None:
    """Read a column of cities: the region of the row is looked for in that city from then on."""
    found = regions_of(frame, said, text)
    if len(found) == 1:
        said.city_id = found[0].id
