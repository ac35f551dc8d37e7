"""Fields and values of history in the words that people use for them."""

from __future__ import annotations

import json
from collections.abc import Mapping

from rectify_tui.domain.timeline import Value, decode
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports import fields, labels
from rectify_tui.store.connection import Connection
from rectify_tui.store.labels import called
from rectify_tui.store.records import (
    CLOSING,
    DECLARED,
    ESCALATION,
    EXTENSION,
    REGION,
    VISIT,
    read_ids,
    target_of,
)
from rectify_tui.store.regions import regions_by_id

_TITLED = {
    column: field
    for entity in reversed(list(DECLARED))
    for column, field in DECLARED[entity].told_by.items()
}
"""Fields by the columns that history speaks of; records that share a column share its title."""

_OF_STEPS = {"item_id": "ref", "measure_id": "measure"}
_CHOSEN = {
    (ESCALATION, "step"): "ladder.step", (CLOSING, "step"): "closeout.step",
    (CLOSING, "level"): "closeout.level", (CLOSING, "stage"): "closeout.stage",
    (VISIT, "result"): "visit.result", (VISIT, "reported"): "status.item",
}  # fmt: skip
"""Columns whose values are words of the program and that no field declares, with their messages."""
_MAIN = ("status", "result")
"""What stands first of a whole record."""

_CALLED = ("problem", "complaint", "name", "text", "what", "step")


class Words:
    """Translates one store's history; names of records are looked up once."""

    def __init__(self, connection: Connection, t: Language) -> None:
        self.connection = connection
        self.t = t
        self._names: dict[tuple[str, int], str] = {}

    def field(self, name: str) -> str:
        """The title of a column; its own name where no list has it."""
        if name in _TITLED:
            return fields.title(_TITLED[name], self.t)
        try:
            return labels.title(self.t, _OF_STEPS.get(name, name))
        except KeyError:
            return name

    def value(self, entity: str, name: str, value: Value) -> str:
        """A column's value; empty where it is missing."""
        if value is None or value == "":
            return ""
        target = target_of(entity, name)
        if target is not None:
            ids = read_ids(str(value))
            return labels.joined(self.t, [self.record(target, id) for id in ids])
        field = DECLARED[entity].told_by.get(name) if entity in DECLARED else None
        if field is not None:
            return fields.words(field, value, self.t)
        words = _CHOSEN.get((entity, name))
        return self.t(f"{words}.{value}") if words else str(value)

    def record(self, entity: str, id: int) -> str:
        """What a record is called."""
        if (entity, id) not in self._names:
            self._names[entity, id] = self._look_up(entity, id)
        return self._names[entity, id]

    def _look_up(self, entity: str, id: int) -> str:
        if entity == REGION and (regions := regions_by_id(self.connection, [id])):
            return self.t.name(regions[id].name, regions[id].name_en)
        name = called(self.connection, entity, id)
        if isinstance(name, Problem):
            return self.t.problem(name)
        if entity == EXTENSION:
            from rectify_tui.store.extensions import was_refused

            if was_refused(self.connection, id):
                return self.t("history.refused", what=name)
        return name

    def kept(self, entity: str, name: str, text: str | None) -> str:
        """A value as history keeps it; of a whole record its status and what it is called."""
        if name:
            return self.value(entity, name, decode(text))
        record: Mapping[str, Value] = json.loads(text) if text else {}
        parts = [self.value(entity, key, record.get(key)) for key in _MAIN]
        parts += [self.value(entity, key, record[key]) for key in _CALLED if record.get(key)][:1]
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
