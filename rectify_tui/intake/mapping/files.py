"""Maps: files in which a person says which column is which field.

    kind = "cases"

    [columns]
    "受理编号" = "number"
    "领导批示" = ""            # is left out

    [letters]
    F = "note"                # for columns whose heading is blank or stands there twice

    [values.status]
    "推进中" = "open"          # what a word in the cells of a field means; "" for nothing

Columns that it does not name are told from their headings. A map that was confirmed is remembered
in the folder of settings under the signature of the headings, in the same form, and serves every
later table with the same headings.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from rectify_tui.domain.text import shorten
from rectify_tui.errors import Problem
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.fields import FIELDS, present_name
from rectify_tui.intake.mapping.model import Certainty
from rectify_tui.intake.mapping.toml import bad, quoted
from rectify_tui.intake.mapping.values import fold_word
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.table.headings import fold, one_line
from rectify_tui.intake.table.model import Heading
from rectify_tui.reports.settings_file import read_toml

FOLDER = "maps"
"""The folder in that of the settings where maps are remembered."""

_SIGNATURE = 16
_SHOWN = 120


@dataclass(frozen=True)
class MapFile:
    """A map as it was written: fields by heading and by letter; an empty field leaves out."""

    path: Path
    kind: IntakeKind
    columns: Mapping[str, str]
    letters: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]]

    def knows(self, heading: str) -> bool:
        """Whether the map names a heading, or a line of one."""
        return fold(heading) in self._folded

    @cached_property
    def _folded(self) -> frozenset[str]:
        lines = (line for each in self.columns for line in (each, *each.split("/")))
        return frozenset(map(fold, lines)) - {""}

    def mapping(self, headings: Sequence[Heading]) -> model.Mapping:
        """The mapping of a table's headings.

        Raises `Problem` that names the file and the place for a heading that the table does not
        have or has twice, and for a field that two columns have.
        """
        fields: dict[int, str] = {}
        ignored: set[int] = set()
        for where, index, field in self._places(headings):
            if index in fields or index in ignored:
                raise bad(self.path, where, "column_twice", letter=headings[index].letter)
            if not field:
                ignored.add(index)
            elif field in fields.values():
                raise bad(self.path, where, "field_twice", field=field)
            else:
                fields[index] = field
        rest = [h.index for h in headings if h.index not in fields and h.index not in ignored]
        given = dict.fromkeys(fields, Certainty.GIVEN)
        values = {field: dict(words) for field, words in self.values.items()}
        return model.Mapping(
            self.kind, fields, tuple(rest), tuple(sorted(ignored)), given, values=values
        )

    def _places(self, headings: Sequence[Heading]) -> Iterator[tuple[str, int, str]]:
        for text, field in self.columns.items():
            where = f"columns.{quoted(text)}"
            yield where, self._named(where, text, headings), field
        for letter, field in self.letters.items():
            indexes = [each.index for each in headings if each.letter == letter.upper()]
            if not indexes:
                known = ", ".join(each.letter for each in headings)
                raise bad(self.path, f"letters.{letter}", "no_column", letter=letter, known=known)
            yield f"letters.{letter}", indexes[0], field

    def _named(self, where: str, text: str, headings: Sequence[Heading]) -> int:
        exact = [each.index for each in headings if each.text == one_line(text)]
        indexes = exact or [each.index for each in headings if fold(each.text) == fold(text)]
        if not indexes:
            known = shorten("、".join(filter(None, (each.text for each in headings))), _SHOWN)
            raise bad(self.path, where, "no_such_heading", heading=text, known=known)
        if len(indexes) > 1:
            letters = ", ".join(headings[index].letter for index in indexes)
            raise bad(self.path, where, "heading_twice", heading=text, letters=letters)
        return indexes[0]


def read_map_file(path: Path) -> MapFile:
    """A map as it stands in a file. Raises `Problem` that names the file and the place."""
    data = read_toml(path, required=True)
    kind = next((each for each in FIELDS if each == data.get("kind")), None)
    if kind is None:
        known = ", ".join(FIELDS)
        raise bad(path, "kind", "no_kind", name=data.get("kind", ""), known=known)
    for name in data.keys() - {"kind", *_TABLES, _VALUES}:
        raise bad(path, name, "unknown", name=name)
    columns, letters = (_fields(path, name, data.get(name, {}), kind) for name in _TABLES)
    values = _values(path, data.get(_VALUES, {}), kind)
    if not (columns or letters or values):
        raise bad(path, "columns", "no_columns")
    return MapFile(path, kind, columns, letters, values)


_TABLES = ("columns", "letters")
_VALUES = "values"


def _values(path: Path, table: object, kind: IntakeKind) -> dict[str, dict[str, str]]:
    """What words mean, by field and by the words folded."""
    if not isinstance(table, dict):
        raise bad(path, _VALUES, "no_table")
    values: dict[str, dict[str, str]] = {}
    for name, words in table.items():
        where = f"{_VALUES}.{name}"
        if name not in FIELDS[kind]:
            raise bad(path, where, "no_field", name=name, known=", ".join(FIELDS[kind]))
        if not isinstance(words, dict):
            raise bad(path, where, "no_table")
        for word, means in words.items():
            if not isinstance(means, str):
                raise bad(path, f"{where}.{quoted(word)}", "no_word")
        values[name] = {fold_word(word): means for word, means in words.items()}
    return values


def _fields(path: Path, where: str, table: object, kind: IntakeKind) -> dict[str, str]:
    if not isinstance(table, dict):
        raise bad(path, where, "no_table")
    fields = {heading: present_name(field) for heading, field in table.items()}
    for name, field in fields.items():
        if field != "" and field not in FIELDS[kind]:
            known = ", ".join(FIELDS[kind])
            raise bad(path, f"{where}.{quoted(name)}", "no_field", name=field, known=known)
    return {heading: str(field) for heading, field in fields.items()}


def read_map(path: Path, headings: Sequence[Heading]) -> model.Mapping:
    """What a map says of the headings of a table.

    Raises `Problem` that names the file and the place for whatever in it cannot be understood or
    does not fit the table.
    """
    return read_map_file(path).mapping(headings)


def signature(headings: Sequence[Heading]) -> str:
    """What stands for headings in the name of a remembered map: the same as long as they are."""
    texts = "\x1f".join(fold(heading.text) for heading in headings)
    return hashlib.sha256(texts.encode()).hexdigest()[:_SIGNATURE]


def map_name(headings: Sequence[Heading], kind: IntakeKind) -> str:
    """What a remembered map is called."""
    return f"{kind}-{signature(headings)}"


def remembered(
    folder: Path, headings: Sequence[Heading], kind: IntakeKind | None = None
) -> model.Mapping | None:
    """The map that was remembered for headings, if there is one.

    Where no kind is given and maps of several kinds are remembered, there is none. `folder` is that
    of the settings. Raises `Problem` where somebody has edited the file and it cannot be read.
    """
    kinds = FIELDS if kind is None else (kind,)
    paths = [path for each in kinds if (path := _path(folder, headings, each)).is_file()]
    return read_map(paths[0], headings) if len(paths) == 1 else None


def remember(folder: Path, headings: Sequence[Heading], mapping: model.Mapping) -> Path:
    """Keep a mapping for tables with the same headings; returns the file that was written.

    `folder` is that of the settings. Raises `Problem` where it cannot be written.
    """
    path = _path(folder, headings, mapping.kind)
    text = "\n".join(_lines(headings, mapping)) + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".toml")
        try:
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                file.write(text)
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    except OSError as error:
        raise Problem("mapping.file.unwritable", path=path, error=error.strerror) from None
    return path


def _path(folder: Path, headings: Sequence[Heading], kind: IntakeKind) -> Path:
    return folder / FOLDER / f"{map_name(headings, kind)}.toml"


def _lines(headings: Sequence[Heading], mapping: model.Mapping) -> Iterator[str]:
    times = Counter(fold(heading.text) for heading in headings)
    single = {each.index for each in headings if fold(each.text) and times[fold(each.text)] == 1}
    settled = {*mapping.fields, *mapping.ignored}
    yield f"# {' '.join(FIELDS[mapping.kind])}"
    yield f"kind = {quoted(mapping.kind)}"
    for table, inside in zip(_TABLES, (True, False), strict=True):
        chosen = [each for each in headings if (each.index in single) is inside]
        if chosen:
            yield ""
            yield f"[{table}]"
        for each in chosen:
            key = quoted(each.text) if inside else each.letter
            open_ = "" if each.index in settled else "# "  # unknown today, and known one day
            yield f"{open_}{key} = {quoted(mapping.fields.get(each.index, ''))}"
    for field, words in mapping.values.items():
        yield ""
        yield f"[{_VALUES}.{field}]"
        for word, means in words.items():
            yield f"{quoted(word)} = {quoted(means)}"
