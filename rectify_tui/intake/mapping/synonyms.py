"""The headings that offices use: those that come with the program, and the office's own.

An office's file `synonyms.toml` in the folder of settings has the form of the one in the program:

    [items]
    status = ["办理状态"]

    [items.second]
    note = ["领导批示"]

    [items.below.deadline]
    start = ["动工"]

What it says of a heading goes before what the program knows of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.mapping import model
from rectify_tui.intake.mapping.fields import (
    FIELDS,
    IGNORED,
    LEFT_OUT,
    NEVER_GUESSED,
    SERIAL,
    present_name,
)
from rectify_tui.intake.mapping.guess import (
    KnownHeadings,
    complete,
    ending,
    group_of,
    guess_kind,
    map_kind,
    variants,
)
from rectify_tui.intake.mapping.state_headings import asks_for_status
from rectify_tui.intake.mapping.toml import bad
from rectify_tui.intake.model import IntakeKind
from rectify_tui.intake.record_fields import RECORDS
from rectify_tui.intake.rejects import refused_titles
from rectify_tui.intake.table.headings import LONGEST_HEADING, bare, fold
from rectify_tui.intake.table.model import Heading
from rectify_tui.reports.settings_file import read_toml

FILE = "synonyms.toml"
"""The name of the office's file."""

_SECOND = "second"
_BELOW = "below"
_MOST_REMEMBERED = 20_000


@dataclass
class _Words:
    """Headings by field: those that mean it, and those that mean it where no better one does.

    `below` has those that mean it below a heading of another field, by that field.
    """

    first: dict[str, list[str]] = field(default_factory=dict)
    second: dict[str, list[str]] = field(default_factory=dict)
    below: dict[str, dict[str, list[str]]] = field(default_factory=dict)


class Synonyms:
    """What headings mean, by kind of table."""

    def __init__(self, names: Mapping[IntakeKind, KnownHeadings]) -> None:
        self._names = names
        guessed = [each for kind, each in names.items() if kind not in NEVER_GUESSED]
        self._first = frozenset(text for each in guessed for text in each.first)
        self._second = frozenset(text for each in guessed for text in each.second)
        self._known: dict[str, bool] = {}

    def knows(self, heading: str, kind: IntakeKind | None = None) -> bool:
        """Whether a heading means anything in some kind of table that is guessed, or in that one.

        Words that head a table of another kind may be values: 已完成 is a status, too.
        """
        if len(heading) > LONGEST_HEADING:
            return False
        if kind in NEVER_GUESSED and fold(bare(heading)) in self._names[kind].first:
            return True
        if heading not in self._known:
            if len(self._known) >= _MOST_REMEMBERED:
                self._known.clear()
            self._known[heading] = self._means(heading)
        return self._known[heading]

    def names(self, heading: str, field: str, kind: IntakeKind) -> bool:
        """Whether a heading, just as it is written, means a field in a kind of table."""
        means = self._names[kind].first.get(fold(heading))
        return means is not None and means[0] == field

    def guess(self, headings: Sequence[Heading], kind: IntakeKind | None = None) -> model.Mapping:
        """The kind of a table, unless it is given, and the field of each of its columns.

        A heading that is a synonym goes before one whose lower line is, both before a synonym of
        the second choice, and all before a heading that only ends in a synonym. Where two columns
        want a field in the same uncertain way, neither gets it.

        Raises `Problem` where the headings fit no kind or two kinds alike, or where those that the
        kind cannot do without are missing.
        """
        if kind is None:
            return guess_kind(headings, self._names)
        return map_kind(headings, kind, self._names)

    def complete(self, headings: Sequence[Heading], given: model.Mapping) -> model.Mapping:
        """A mapping that somebody gave, with what is guessed of the columns that it leaves open."""
        return complete(headings, given, self._names[given.kind])

    def _means(self, heading: str) -> bool:
        lines = Heading(0, 0, "", heading, None, tuple(heading.split("/")))
        if any(text in self._first or text in self._second for _, text in variants(lines)):
            return True
        known = ending(heading, self._first) is not None or self._means_below(lines)
        return known or asks_for_status(lines.last)

    def _means_below(self, heading: Heading) -> bool:
        below = fold(bare(heading.last))
        return any(
            (group_of(heading.lines, names.first), below) in names.below
            for names in self._names.values()
        )


def read_synonyms(path: Path | None) -> Synonyms:
    """The synonyms of the program together with those of an office's file, if there is one.

    Raises `Problem` that names the file and the place for whatever in it cannot be understood.
    """
    of_office = read_toml(path) if path is not None else {}
    if path is None or not of_office:
        return _packaged_alone()
    words = {kind: _copy(each) for kind, each in _packaged().items()}
    for kind, own in _read(path, of_office).items():
        for table in (own.first, own.second):  # of its own tables an office knows best
            if IGNORED in table:
                table[LEFT_OUT] = table.pop(IGNORED)
        _give_way(words[kind], own)
        for mine, theirs in ((words[kind].first, own.first), (words[kind].second, own.second)):
            for name, texts in theirs.items():
                mine[name] = [*texts, *mine.get(name, [])]
        words[kind].below = {**words[kind].below, **own.below}
    return Synonyms({kind: _names(each) for kind, each in words.items()})


@cache
def _packaged_alone() -> Synonyms:
    return Synonyms({kind: _names(each) for kind, each in _packaged().items()})


@cache
def _packaged() -> Mapping[IntakeKind, _Words]:
    import tomllib

    text = files(__package__).joinpath(FILE).read_text("utf-8")
    words = _read(Path(FILE), tomllib.loads(text))
    for kind, own in words.items():
        derived = own.second[LEFT_OUT] = list(_derived_titles(kind))
        ours = set(map(fold, derived))
        own.first[IGNORED] = [text for text in own.first[IGNORED] if fold(text) not in ours]
    return words


def _derived_titles(kind: IntakeKind) -> Iterator[str]:
    """What the program's own tables call fields that follow from others: they bring nothing."""
    languages = [Language(code) for code in LANGUAGES]
    yield from refused_titles()
    derived = [field for field in RECORDS[kind].values() if not field.imported and field.shown]
    yield from (t(f"{field.title_key}.title") for field in derived for t in languages)


def _copy(words: _Words) -> _Words:
    return _Words(dict(words.first), dict(words.second), dict(words.below))


def _give_way(words: _Words, own: _Words) -> None:
    """Take out of the program's headings those that the office says something else of."""
    own_texts = (*own.first.values(), *own.second.values())
    claimed = {fold(text) for texts in own_texts for text in texts}
    for table in (words.first, words.second):
        for name, texts in table.items():
            table[name] = [text for text in texts if fold(text) not in claimed]


def _names(words: _Words) -> KnownHeadings:
    first: dict[str, tuple[str, int]] = {}
    second: dict[str, list[tuple[str, int]]] = {}
    for name, texts in words.first.items():
        for position, text in enumerate(texts):
            first.setdefault(fold(text), (name, position))
    places = enumerate((name, text) for name, texts in words.second.items() for text in texts)
    for position, (name, text) in places:
        second.setdefault(fold(text), []).append((name, position))
    below = {
        (group, fold(text)): name
        for group, fields in words.below.items()
        for name, texts in fields.items()
        for text in texts
    }
    return KnownHeadings(first, second, below)


def _read(path: Path, data: Mapping[str, Any]) -> dict[IntakeKind, _Words]:
    words = {kind: _Words() for kind in FIELDS}
    kinds = ", ".join(FIELDS)
    for name, table in data.items():
        kind = next((each for each in FIELDS if each == name), None)
        if kind is None:
            raise bad(path, name, "no_kind", name=name, known=kinds)
        own = _table(path, name, table)
        second = _table(path, f"{name}.{_SECOND}", own.pop(_SECOND, {}))
        below = _table(path, f"{name}.{_BELOW}", own.pop(_BELOW, {}))
        words[kind].first = dict(_fields(path, name, own, kind))
        words[kind].second = dict(_fields(path, f"{name}.{_SECOND}", second, kind))
        words[kind].below = {
            group: dict(_below(path, f"{name}.{_BELOW}.{group}", table, kind))
            for group, table in below.items()
        }
        _refuse_doubles(path, name, words[kind].first)
    return words


def _table(path: Path, where: str, value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise bad(path, where, "no_table")
    return dict(value)


def _fields(
    path: Path, where: str, table: Mapping[str, object], kind: IntakeKind
) -> Iterator[tuple[str, list[str]]]:
    allowed = (*FIELDS[kind], SERIAL, IGNORED)
    for written, value in table.items():
        name, at = str(present_name(written)), f"{where}.{written}"
        if name not in allowed:
            raise bad(path, at, "no_field", name=name, known=", ".join(allowed))
        if not isinstance(value, list):
            raise bad(path, at, "no_list")
        for n, text in enumerate(value, 1):
            if not isinstance(text, str) or not fold(text) or len(text) > LONGEST_HEADING:
                raise bad(path, f"{at}[{n}]", "no_heading")
        yield name, value


def _below(
    path: Path, where: str, table: object, kind: IntakeKind
) -> Iterator[tuple[str, list[str]]]:
    group = where.rpartition(".")[2]
    if group not in FIELDS[kind]:
        raise bad(path, where, "no_field", name=group, known=", ".join(FIELDS[kind]))
    yield from _fields(path, where, _table(path, where, table), kind)


def _refuse_doubles(path: Path, where: str, table: Mapping[str, Sequence[str]]) -> None:
    fields: dict[str, str] = {}
    for name, texts in table.items():
        for text in texts:
            other = fields.setdefault(fold(text), name)
            if other != name:
                raise bad(path, f"{where}.{name}", "twice", heading=text, other=other)
