"""What a packed file is, and which of its parts are read.

An xlsx file says itself where its workbook lies, mostly in xl/, sometimes at the root; whatever
else is in the file (macros, queries, pictures, settings) is never read.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from rectify_tui.errors import Problem
from rectify_tui.intake.reading.archive import Archive, Part
from rectify_tui.intake.reading.elements import Attributes, go_through, local

ODS_CONTENT = "content.xml"

_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_RELATIONS = "_rels/.rels"
_MAIN = "xl/workbook.xml"
_KINDS = {
    "workbook.xml": "xlsx", "workbook.bin": "xlsb", "document.xml": "Word",
    "presentation.xml": "PowerPoint",
}  # fmt: skip
_FOLDERS = {"word/": "Word", "ppt/": "PowerPoint", "visio/": "Visio"}
_TABLES = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
_READ_WITH_SHEETS = ("/sharedStrings", "/styles")
_USUAL = ("sharedstrings.xml", "styles.xml")


class Package(NamedTuple):
    """A workbook's format, its parts by their names in lower case, and those that are read.

    `sheets` has the names of worksheets by the parts that hold them.
    """

    format: str
    parts: Mapping[str, Part]
    sheets: Mapping[str, str]
    read: frozenset[str]


class _Relation(NamedTuple):
    id: str
    type: str
    target: str


def package_of(archive: Archive) -> Package:
    """What a packed file is. Raises `Problem` for all that is no workbook that can be read."""
    parts = {part.name.lower(): part for part in archive.parts}
    if _is_ods(archive, parts):
        read = frozenset({"mimetype", "meta-inf/manifest.xml", ODS_CONTENT})
        return Package("ods", parts, {}, read)
    main = _main_part(archive, parts)
    if main is None:
        raise _other_kind(parts)
    return _xlsx(archive, parts, main)


def _is_ods(archive: Archive, parts: Mapping[str, Part]) -> bool:
    if "encrypted-package" in parts:
        raise Problem("reading.password")
    kind = parts.get("mimetype")
    if kind is None or not next(archive.pieces(kind), b"").startswith(_ODS):
        return False
    manifest = parts.get("meta-inf/manifest.xml")
    if manifest and b"encryption-data" in b"".join(archive.pieces(manifest)):
        raise Problem("reading.password")
    return True


def _main_part(archive: Archive, parts: Mapping[str, Part]) -> str | None:
    """The part that is the workbook, where there is one; `Problem` for that of another program."""
    named = (
        each.target
        for each in _relations(archive, parts, "")
        if each.type.endswith("/officeDocument")
    )
    main = next(named, _MAIN if any(name.startswith("xl/") for name in parts) else None)
    if main is None:
        return None
    kind = _KINDS.get(posixpath.basename(main), "xlsx" if main.startswith("xl/") else "")
    if "xl/workbook.bin" in parts:
        kind = "xlsb"
    if kind != "xlsx":
        raise Problem("reading.other_kind", kind=kind or "ZIP")
    return main


def _xlsx(archive: Archive, parts: Mapping[str, Part], main: str) -> Package:
    relations = list(_relations(archive, parts, main))
    targets = {each.id: each.target for each in relations}
    sheets: dict[str, str] = {}

    def sheet(name: str, attributes: Attributes) -> None:
        if local(name) == "sheet":
            ids = (value for key, value in attributes.items() if key.endswith(":id"))
            sheets[targets.get(next(ids, ""), "")] = attributes.get("name", "")

    if main in parts:
        go_through(archive.pieces(parts[main]), sheet)
    folder = posixpath.dirname(main)
    usual = (posixpath.join(folder, name) for name in _USUAL)  # read though nothing points to them
    with_sheets = (each.target for each in relations if each.type.endswith(_READ_WITH_SHEETS))
    read = frozenset({_RELATIONS, main, _relations_of(main), *sheets, *with_sheets, *usual})
    return Package("xlsx", parts, sheets, read)


def _relations(archive: Archive, parts: Mapping[str, Part], of: str) -> Iterator[_Relation]:
    """What a part draws on, with the names of these parts; of the whole file for no part."""
    part = parts.get(_relations_of(of))
    if part is None:
        return
    found: list[_Relation] = []

    def relation(name: str, attributes: Attributes) -> None:
        if local(name) == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            path = posixpath.normpath(posixpath.join("/", posixpath.dirname(of), target))
            name = path.lstrip("/").lower()
            found.append(_Relation(attributes.get("Id", ""), attributes.get("Type", ""), name))

    go_through(archive.pieces(part), relation)
    yield from found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}.rels")


def _other_kind(parts: Mapping[str, Part]) -> Problem:
    for folder, kind in _FOLDERS.items():
        if any(name.startswith(folder) for name in parts):
            return Problem("reading.other_kind", kind=kind)
    if any(name.endswith(_TABLES) for name in parts):
        return Problem("reading.zipped")
    return Problem("reading.other_kind", kind="ZIP")
