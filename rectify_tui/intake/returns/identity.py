"""The locked cells of a return as they were sent, by which altered ones are recognised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from rectify_tui.domain.status import Verification
from rectify_tui.domain.timeline import Value, Values
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.returns.columns import IDENTITY
from rectify_tui.intake.returns.mark import row_mark
from rectify_tui.reports.labels import marked
from rectify_tui.store.commands.items import UNITS
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import Names, Sides, names_for

_TRIED = 20


@dataclass
class Identities:
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
        whole = [cells.get(name, self.cells(id).get(name, "")) for name in IDENTITY]
        return row_mark(self.code, id, whole) == text

    def _mark(self, language: str, id: int) -> str:
        texts = self.texts[language].get(id)
        if texts is None:
            return ""
        key = language, id
        if key not in self._marks:
            self._marks[key] = row_mark(self.code, id, [texts[name] for name in IDENTITY])
        return self._marks[key]


def same_text(one: str, other: str) -> bool:
    """Whether cells hold the same text; other programs change spaces and line ends."""
    return "".join(one.split()) == "".join(other.split())


def read_identities(connection: Connection, code: str, sides: Mapping[int, Sides]) -> Identities:
    """The locked cells of items as they were sent, in every language."""
    sent = {id: (side.ref, side.sent) for id, side in sides.items() if side.sent is not None}
    names = names_for(connection, [values for _, values in sent.values()])
    return Identities(
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
    t: Language, *, ref: str, problem: str, region: tuple[str, str | None],
    units: Mapping[str, str | None], deadline: str | None, refuted: bool, reconstructed: bool,
    simulated: bool,
) -> dict[str, str]:  # fmt: skip
    """The locked cells of an item, by column. `units` are names by column.

    A completion that was refuted on site, and a line that is reconstructed or simulated, say so
    before the problem.
    """
    shown = marked(t, problem, reconstructed=reconstructed, simulated=simulated).label
    return {
        "ref": ref,
        "problem": t("returns.refuted", problem=shown).strip() if refuted else shown,
        "region": t.name(*region),
        **{name: unit or "" for name, unit in units.items()},
        "deadline": deadline or "",
    }


def _texts(ref: str, values: Values, names: Names, t: Language) -> dict[str, str]:
    return locked_cells(
        t,
        ref=ref,
        problem=str(values["problem"] or ""),
        region=names.regions.get(_id(values["region_id"]), ("", None)),
        units={name: names.units.get(_id(values[key])) for name, key in UNITS.items()},
        deadline=str(values["deadline"] or ""),
        refuted=values["verification"] == Verification.REFUTED,
        reconstructed=bool(values["reconstructed"]),
        simulated=names.simulated.get(_id(values["programme_id"]), False),
    )


def _id(value: Value) -> int:
    return int(value or 0)
