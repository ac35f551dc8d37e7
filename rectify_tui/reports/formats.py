"""The formats that tables and reports are written in, and the endings of their files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, NamedTuple, get_args

Format = Literal["table", "json", "csv", "md"]
"""What a single table can be written in."""

ReportFormat = Literal["table", "md", "csv", "json", "xlsx", "docx", "html"]
"""What a report with its sections can be written in."""

FORMATS: tuple[Format, ...] = get_args(Format)
REPORT_FORMATS: tuple[ReportFormat, ...] = get_args(ReportFormat)


class FileKind(NamedTuple):
    """The files of a format: their endings, the usual one first; `binary` is not for a terminal."""

    endings: tuple[str, ...]
    binary: bool = False


FILES: Mapping[str, FileKind] = {
    "table": FileKind((".txt",)),
    "md": FileKind((".md", ".markdown")),
    "csv": FileKind((".csv",)),
    "json": FileKind((".json",)),
    "xlsx": FileKind((".xlsx",), binary=True),
    "docx": FileKind((".docx",), binary=True),
    "html": FileKind((".html", ".htm")),
}
BY_ENDING: Mapping[str, ReportFormat] = {
    ending: format for format in REPORT_FORMATS for ending in FILES[format].endings
}
"""The format of a report that a file's ending tells."""

TABLE_BY_ENDING: Mapping[str, Format] = {FILES[format].endings[0]: format for format in FORMATS}
"""The format of a single table that a file's ending tells."""
