"""The maps of earlier imports that are remembered in the folder of settings."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from rectify_tui.errors import Problem, Refusal
from rectify_tui.intake.mapping.files import FOLDER, read_map_file


@dataclass(frozen=True)
class RememberedMap:
    """A remembered map: its name, its file, when that was written, and headings that it names.

    `kind` and `headings` are empty where somebody has edited the file and it cannot be read.
    """

    name: str
    path: Path
    written_on: date
    kind: str
    headings: tuple[str, ...]


def remembered_maps(folder: Path) -> list[RememberedMap]:
    """All maps that are remembered in a folder of settings, the newest first."""
    paths = sorted((folder / FOLDER).glob("[!.]*.toml"))
    maps = [_map(path) for path in paths]
    return sorted(maps, key=lambda each: each.written_on, reverse=True)


def map_called(folder: Path, name: str) -> RememberedMap:
    """The map of a name, or of the only one that begins so. Raises `Refusal` for any other name."""
    maps = [each for each in remembered_maps(folder) if each.name.startswith(name)]
    exact = [each for each in maps if each.name == name]
    if len(exact or maps) != 1:
        raise Refusal("mapping.no_such", name=name)
    return (exact or maps)[0]


def _map(path: Path) -> RememberedMap:
    written_on = datetime.fromtimestamp(path.stat().st_mtime).date()
    try:
        read = read_map_file(path)
    except Problem:
        return RememberedMap(path.stem, path, written_on, path.stem.partition("-")[0], ())
    return RememberedMap(path.stem, path, written_on, read.kind, tuple(read.columns))
