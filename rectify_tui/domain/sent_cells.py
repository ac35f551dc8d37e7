"""Cells as they were sent, in one text: a line for each, behind its heading or field's name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

_MARK = "："


def read_cells(text: object) -> dict[str, str]:
    """The cells in a text that `write_cells` made, by what stands before them."""
    lines = str(text).split("\n") if text else []
    return {name: cell for name, mark, cell in (line.partition(_MARK) for line in lines) if mark}


def write_cells(cells: Mapping[str, str]) -> str | None:
    """One text for cells by their headings or by the names of their fields, None where none is."""
    lines = (
        f"{_plain(name).replace(_MARK, ':')}{_MARK}{_plain(cell)}" for name, cell in cells.items()
    )
    return "\n".join(lines) or None


def without_cells(text: object, names: Iterable[str]) -> str | None:
    """The text without the cells of some names."""
    gone = set(names)
    return write_cells({name: cell for name, cell in read_cells(text).items() if name not in gone})


def begins_cell(name: str) -> str:
    """What stands in a text before the cell of a name."""
    return f"{name}{_MARK}"


def _plain(text: str) -> str:
    return " ".join(text.split())
