"""The locked cells of a return as they were sent, by which altered ones are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from rectify_tui.domain.fields import Field, FieldKind
from rectify_tui.domain.status import Verification
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.returns.columns import LOCKED_FIELDS
from rectify_tui.intake.returns.mark import SEALED, row_mark
from rectify_tui.reports.labels import marked
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import ItemSides, LinkedNames, names_for

_TRIED = 20


@dataclass
class LockedCells:
    """What the locked cells of a return say of each item, and the marks that seal them.

    `code` is that of the return; `texts` has the cells by language, item and column.
    """

    code: str
    texts: Mapping[str, Mapping[int, Mapping[str, str]]]
    _marks: dict[tuple[str, int], str] = field(default_factory=dict)
    _language: str = "zh"

    def cells(self, id: int) -> Mapping[str, str]:
        """The cells that were sent of an item, by column."""
        return self.texts[self._language].get(id, {})

    def mark(self, id: int) -> str:
        """The mark that was sent of an item."""
        return self._mark(self._language, id)

    def settle(self, rows: Iterable[tuple[int, Mapping[str, str]]]) -> None:
        """Find the language in which the return was made, by the cells of items."""
        alike: Counter[str] = Counter()
        for id, cells in islice(rows, _TRIED):
            for language in LANGUAGES:
                sent = self.texts[language].get(id, {})
                alike[language] += sum(same_text(cells[name], sent.get(name, "")) for name in cells)
        if alike:
            self._language = alike.most_common(1)[0][0]

    def seals(self, id: int, text: str, cells: Mapping[str, str]) -> bool:
        """Whether a mark is that of an item with these cells; a missing one is taken as sent."""
        whole = [cells.get(name, self.cells(id).get(name, "")) for name in SEALED]
        return row_mark(self.code, id, whole) == text

    def _mark(self, language: str, id: int) -> str:
        texts = self.texts[language].get(id)
        if texts is None:
            return ""
        key = language, id
        if key not in self._marks:
            self._marks[key] = row_mark(self.code, id, [texts[name] for name in SEALED])
        return self._marks[key]


def same_text(one: str, other: str) -> bool:
    """Whether cells hold the same text; other programs change spaces and line ends."""
    return "".join(one.split()) == "".join(other.split())


def read_locked(connection: Connection, code: str, sides: Mapping[int, ItemSides]) -> LockedCells:
    """The locked cells of items as they were sent, in every language."""
    sent = {id: (side.ref, side.sent) for id, side in sides.items() if side.sent is not None}
    names = names_for(connection, [values for _, values in sent.values()])
    return LockedCells(
        code,
        {
            language: {
                id: _texts(ref, values, names, Language(language))
                for id, (ref, values) in sent.items()
            }
            for language in LANGUAGES
        },
    )


def locked_cells(
    t: Language, ref: str, region: tuple[str, str | None], values: Mapping[str, Value], *,
    refuted: bool, reconstructed: bool, simulated: bool,
) -> dict[str, str]:  # fmt: skip
    """The locked cells of an item, by column. `values` are by field; of units, their names.

    A completion that was refuted on site, and a line that is reconstructed or simulated, say so
    before the problem.
    """
    problem = marked(
        t, str(values["problem"] or ""), reconstructed=reconstructed, simulated=simulated
    ).label
    own = {
        "ref": ref,
        "region": t.name(*region),
        "problem": t("returns.refuted", problem=problem).strip() if refuted else problem,
    }
    rest = {
        field.name: str(values[field.name] or "")
        for field in LOCKED_FIELDS
        if field.name not in own
    }
    return own | rest


def _texts(ref: str, values: Values, names: LinkedNames, t: Language) -> dict[str, str]:
    return locked_cells(
        t,
        ref,
        names.regions.get(_id(values["region_id"]), ("", None)),
        {field.name: _value(field, values, names) for field in LOCKED_FIELDS if field.kept_in},
        refuted=values["verification"] == Verification.REFUTED,
        reconstructed=bool(values["reconstructed"]),
        simulated=names.simulated.get(_id(values["programme_id"]), False),
    )


def _value(field: Field, values: Values, names: LinkedNames) -> Value:
    """A value by field; a field that is younger than what history says of the item is empty."""
    value = values.get(field.column)
    return names.units.get(_id(value)) if field.kind is FieldKind.UNIT else value


def _id(value: Value) -> int:
    return int(value or 0)
