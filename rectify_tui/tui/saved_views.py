"""Views that have a name: a list with its filter, order and columns, kept in a file to share.

["滞后待核"]
place = "items"
filter = "分组:滞后 核实:no"
sort = "due"
columns = ["number", "due", "region", "problem"]
key = "0"
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from rectify_tui.errors import Problem
from rectify_tui.reports.new_file import write_whole
from rectify_tui.reports.settings_file import SettingsReader, read_toml
from rectify_tui.tui.keys import SCOPES, message, split_keys
from rectify_tui.tui.textual_private import key_name

if TYPE_CHECKING:
    from rectify_tui.domain.filter_fields import FieldSpec

FILE = "views.toml"
_LONGEST_FILTER = 1000
_KNOWN = frozenset({"place", "filter", "sort", "descending", "columns", "key"})


class Place(NamedTuple):
    """A list that views are of: what may be filtered, sorted by, and shown."""

    filter_fields: Mapping[str, FieldSpec]
    orders: Sequence[str]
    columns: Sequence[str]


@cache
def _places() -> Mapping[str, Place]:
    """The lists that there are; what they take is loaded where there are views of them."""
    from rectify_tui.domain.fields import CASE, ITEM
    from rectify_tui.domain.filter_fields import CASE_FIELDS, ITEM_FIELDS
    from rectify_tui.tui.sources.cases import CASE_COLUMNS
    from rectify_tui.tui.sources.items import ITEM_COLUMNS

    return {
        "items": Place(ITEM_FIELDS, tuple(ITEM.orders), tuple(each.key for each in ITEM_COLUMNS)),
        "cases": Place(CASE_FIELDS, tuple(CASE.orders), tuple(each.key for each in CASE_COLUMNS)),
    }


class SavedView(NamedTuple):
    """A list under a name. Without `columns` it has those that it always has."""

    name: str
    place: str
    filter: str = ""
    sort: str = "number"
    descending: bool = False
    columns: tuple[str, ...] = ()
    key: str = ""


def read_views(path: Path, today: date, keymap: Mapping[str, str]) -> list[SavedView]:
    """The views of a file, in its order; none where there is no file.

    Raises `Problem` that names the place of what cannot be used: an unknown word, a filter that
    cannot be read, a key that is taken.
    """
    reader = SettingsReader(path)
    taken = _taken(keymap)
    views = []
    for name, written in read_toml(path).items():
        view = _read_view(reader, reader.text(name, name), reader.table(written, name), today)
        if view.key and (other := taken.setdefault(key_name(view.key), name)) != name:
            raise reader.bad(f"{name}.key", Problem("tui.views.key_taken", key=view.key, by=other))
        views.append(view)
    return views


def _read_view(
    reader: SettingsReader, name: str, written: Mapping[str, Any], today: date
) -> SavedView:
    if unknown := written.keys() - _KNOWN:
        known = ", ".join(sorted(_KNOWN))
        raise reader.wrong(f"{name}.{min(unknown)}", "unknown", name=min(unknown), known=known)
    where = written.get("place", "items")
    (mode,) = reader.names([where], f"{name}.place", _places())
    place = _places()[mode]
    text = written.get("filter", "")
    if text:
        text = reader.text(text, f"{name}.filter", limit=_LONGEST_FILTER)
        from rectify_tui.domain.filter_text import parse_filter

        try:
            parse_filter(text, place.filter_fields, today=today)
        except Problem as problem:
            raise reader.bad(f"{name}.filter", problem) from problem
    (sort,) = reader.names([written.get("sort", "number")], f"{name}.sort", _set(place.orders))
    columns = written.get("columns")
    shown = reader.names(columns, f"{name}.columns", _set(place.columns)) if columns else ()
    descending = reader.flag(written.get("descending", False), f"{name}.descending")
    key = reader.text(written["key"], f"{name}.key") if written.get("key") else ""
    return SavedView(name, mode, text, sort, descending, shown, key)


def _set(names: Sequence[str]) -> Mapping[str, object]:
    return dict.fromkeys(names)


def _taken(keymap: Mapping[str, str]) -> dict[str, object]:
    """Every key that means something on some screen, with what that is."""
    keys = (key for scope in SCOPES.values() for key in scope)
    return {
        key_name(pressed): Problem(message(key.id)) for key in keys
        for pressed in split_keys(keymap.get(key.id, key.keys))
    }  # fmt: skip


def add_view(path: Path, view: SavedView, today: date, keymap: Mapping[str, str]) -> None:
    """Write a view at the end of the file; what stands there stays as it is, remarks too.

    Raises `Problem` for a name or a key that is taken, and where the file cannot be written.
    """
    if any(each.name == view.name for each in read_views(path, today, keymap)):
        raise Problem("tui.views.name_taken", name=view.name, path=path)
    if view.key and (by := _taken(keymap).get(key_name(view.key))):
        raise Problem("tui.views.key_taken", key=view.key, by=by)
    before = path.read_text("utf-8-sig").rstrip() + "\n\n" if path.exists() else ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, f"{before}{_written(view)}".encode(), force=True)
    except OSError as error:
        raise Problem("tui.weekly.cannot_write", path=path, error=error.strerror) from error


def _written(view: SavedView) -> str:
    """A view as TOML; its strings are written as in JSON."""
    values = {
        "place": view.place, "filter": view.filter, "sort": view.sort,
        "descending": view.descending, "columns": list(view.columns), "key": view.key,
    }  # fmt: skip
    lines = [f"{name} = {_json(value)}" for name, value in values.items() if value]
    return "\n".join((f"[{_json(view.name)}]", *lines, ""))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
