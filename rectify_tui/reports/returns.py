"""Returns as tables: what was just made, and who has sent theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from rectify_tui.domain.period import Period, PeriodKind
from rectify_tui.i18n import Language
from rectify_tui.reports.labels import WHOLE
from rectify_tui.reports.table import Column, Kind, Labelled, Table
from rectify_tui.reports.weekly.prose import period_name
from rectify_tui.store.return_states import ReturnState


@dataclass(frozen=True)
class MadeFile:
    """A return that was written; `place` is whom it is for, in the language of the return."""

    path: Path
    code: str
    place: str
    n_items: int


def place_name(name: str, name_en: str | None, own: bool, t: Language) -> str:
    """What a place or a unit is called; `own` stands for what belongs to no city of it."""
    called = t.name(name, name_en)
    return t("region.own_level", name=called) if own else called


def state_name(state: ReturnState, t: Language) -> str:
    """What the recipient of a return is called."""
    return place_name(state.place, state.place_en, state.own, t)


def week_name(cutoff: date, t: Language) -> str:
    """What the week of a round is called, in words."""
    return period_name(Period(PeriodKind.WEEK, cutoff - timedelta(days=6), cutoff), t)


def made_table(files: Iterable[MadeFile], t: Language) -> Table:
    """The returns that were made."""
    rows = [
        {
            "place": each.place,
            "n_items": each.n_items,
            "code": each.code,
            "path": Labelled(str(each.path), each.path.name),
        }
        for each in files
    ]
    made_columns = _columns(t, "place", ("n_items", "count"), ("code", WHOLE), ("path", WHOLE))
    return Table(t("returns.made.title"), made_columns, rows)


def status_table(
    states: Sequence[ReturnState], t: Language, missed: Mapping[int, int] | None = None
) -> Table:
    """Who has sent their return and what it brought.

    `missed` counts the rounds before it that went without an answer, by the id of the return.
    """
    if not states:
        return Table(t("returns.status.none_title"), _status_columns(t), [], (_none(t),))
    several = len({each.programme for each in states}) > 1
    how = any(each.how for each in states)
    title = t("returns.status.title", day=states[0].cutoff)
    rows = [_status_row(each, t) | {"missed": (missed or {}).get(each.id)} for each in states]
    return Table(
        title,
        _status_columns(t, programme=several, how=how, missed=bool(missed)),
        rows,
        (_count(states, t),),
    )


def _none(t: Language) -> str:
    return t("returns.status.none")


def _count(states: Sequence[ReturnState], t: Language) -> str:
    """How many of how many came back."""
    n = Counter(each.state for each in states)
    return t(
        "returns.status.count", n=len(states), received=n["received"], waiting=n["waiting"],
        late=n["late"],
    )  # fmt: skip


def _status_row(each: ReturnState, t: Language) -> dict[str, object]:
    back = each.state == "received"
    return {
        "place": Labelled(each.place, state_name(each, t)),
        "programme": Labelled(each.programme, each.programme or t("weekly.all_programmes")),
        "n_items": each.n_items,
        "due_on": each.due_on,
        "state": Labelled(each.state, t(f"returns.state.{each.state}")),
        "received_on": each.received_on,
        "rows_taken": each.rows_taken if each.file else None,
        "rows_refused": each.rows_refused if each.file else None,
        "rows_missing": each.rows_missing,
        "file": each.file,
        "how": each.how if back and not each.file else None,
        "code": each.code,
        "cutoff": each.cutoff,
    }


def _status_columns(
    t: Language, *, programme: bool = False, how: bool = False, missed: bool = False
) -> tuple[Column, ...]:
    return _columns(
        t, "place", *(["programme"] if programme else []), ("n_items", "count"),
        ("due_on", "date"), ("state", WHOLE), *([_MISSED] if missed else []),
        ("received_on", "date"), ("rows_taken", "count"),
        ("rows_refused", "count"), ("rows_missing", "count"), "file", *(["how"] if how else []),
        ("code", WHOLE),
    )  # fmt: skip


_MISSED: tuple[str, Kind] = ("missed", "count")


def _columns(t: Language, *keys: str | tuple[str, Kind]) -> tuple[Column, ...]:
    named: Iterable[tuple[str, Kind]] = (
        (key, "text") if isinstance(key, str) else key for key in keys
    )
    return tuple(Column(key, t(f"returns.table.{key}"), kind) for key, kind in named)
