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
from rectify_tui.store.connection import Connection
from rectify_tui.store.returned import Names, Sides, names_for

_TRIED = 20
_UNITS = {"responsible": "responsible_id", "lead": "lead_id", "supervising": "supervising_id"}


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


def _texts(ref: str, values: Values, names: Names, t: Language) -> dict[str, str]:
    region = names.regions.get(_id(values["region_id"]), ("", None))
    return {
        "ref": ref,
        "problem": _problem(values, names, t),
        "region": t.name(*region),
        **{name: names.units.get(_id(values[key]), "") for name, key in _UNITS.items()},
        "deadline": str(values["deadline"] or ""),
    }


def _problem(values: Values, names: Names, t: Language) -> str:
    simulated = names.simulated.get(_id(values["programme_id"]), False)
    text = str(values["problem"] or "")
    shown = marked(t, text, reconstructed=bool(values["reconstructed"]), simulated=simulated).label
    if values["verification"] != Verification.REFUTED:
        return shown
    return t("returns.refuted", problem=shown).strip()


def _id(value: Value) -> int:
    return int(value or 0)
