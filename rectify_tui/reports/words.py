"""Fields and values of history in the words that people use for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from rectify_tui.domain.timeline import Value, decode
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.store.connection import Connection
from rectify_tui.store.labels import label
from rectify_tui.store.records import CASE, ITEM, MEASURE, PROGRAMME, REGION, UNIT
from rectify_tui.store.regions import regions_by_id

_POINTS_TO = {
    "region_id": REGION, "parent_id": REGION, "responsible_id": UNIT, "lead_id": UNIT,
    "supervising_id": UNIT, "programme_id": PROGRAMME, "merged_programme_id": PROGRAMME,
    "merged_item_id": ITEM, "item_id": ITEM, "measure_id": MEASURE, "duplicate_of": CASE,
}  # fmt: skip
_LISTS = {"regions": REGION, "programmes": PROGRAMME}
_FLAGS = frozenset({"key_case", "reconstructed", "simulated"})
_TITLED_BY_ITS_NAME = {
    "region_id": "region", "responsible_id": "responsible", "lead_id": "lead",
    "supervising_id": "supervising", "programme_id": "programme", "parent_id": "under",
    "merged_item_id": "merged_into", "merged_programme_id": "merged_into", "item_id": "ref",
    "measure_id": "measure",
}  # fmt: skip
_CALLED = ("problem", "complaint", "name", "text", "what", "step")


class Words:
    """Translates one store's history; names of records are looked up once."""

    def __init__(self, connection: Connection, t: Language) -> None:
        self.connection = connection
        self.t = t
        self._names: dict[tuple[str, int], str] = {}

    def field(self, name: str) -> str:
        """The title of a field; its own name where no list has it."""
        try:
            return self.t(f"report.column.{_TITLED_BY_ITS_NAME.get(name, name)}")
        except KeyError:
            return name

    def value(self, entity: str, name: str, value: Value) -> str:
        """A field's value; empty where it is missing."""
        if value is None or value == "":
            return ""
        if name in _POINTS_TO:
            return self.record(_POINTS_TO[name], int(value))
        if name in _LISTS:
            ids = map(int, str(value).split(","))
            return labels.joined(self.t, [self.record(_LISTS[name], id) for id in ids])
        if name in _FLAGS:
            return labels.yes_no(self.t, bool(value)).label
        named = _NAMED.get((entity, name)) or _NAMED.get(("", name))
        return named(self.t, value) if named else str(value)

    def record(self, entity: str, id: int) -> str:
        """What a record is called."""
        if (entity, id) not in self._names:
            self._names[entity, id] = self._look_up(entity, id)
        return self._names[entity, id]

    def _look_up(self, entity: str, id: int) -> str:
        if entity == REGION and (found := regions_by_id(self.connection, [id])):
            return self.t.name(found[id].name, found[id].name_en)
        return label(self.connection, entity, id)

    def kept(self, entity: str, name: str, text: str | None) -> str:
        """A value as history keeps it; of a whole record its status and what it is called."""
        if name:
            return self.value(entity, name, decode(text))
        record: Mapping[str, Value] = json.loads(text) if text else {}
        parts = [self.value(entity, "status", record.get("status"))]
        parts += [str(record[key]) for key in _CALLED if record.get(key)][:1]
        return " · ".join(filter(None, parts))

    def values(self, entity: str, values: Mapping[str, Value]) -> str:
        """Several fields with their values, in one line."""
        missing = self.t("report.missing")
        return labels.joined(
            self.t,
            [
                self.t(
                    "report.pair",
                    name=self.field(name),
                    value=self.value(entity, name, value) or missing,
                )
                for name, value in values.items()
            ],
        )


def _choice(start: str) -> Callable[[Language, Value], str]:
    return lambda t, value: t(f"{start}.{value}")


_NAMED: Mapping[tuple[str, str], Callable[[Language, Value], str]] = {
    (ITEM, "status"): _choice("status.item"),
    (CASE, "status"): _choice("status.case"),
    (PROGRAMME, "kind"): _choice("programme.kind"),
    (REGION, "kind"): _choice("region.kind"),
    ("", "verification"): _choice("status.verification"),
    ("", "deadline_kind"): _choice("deadline.kind"),
    ("", "substantiated"): _choice("case.substantiated"),
    ("", "types"): lambda t, value: labels.pollution_types(t, str(value)).label,
    ("", "progress"): lambda t, value: f"{value}%",
    ("", "fined_yuan"): lambda t, value: labels.wan(int(value or 0)),
}
