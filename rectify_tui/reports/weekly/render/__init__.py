"""A report written as a file of any format, from its data alone.

The same report gives the same bytes, whether it was just built or read back from its JSON.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.reports.formats import REPORT_FORMATS as FORMATS
from rectify_tui.reports.formats import ReportFormat as Format
from rectify_tui.reports.weekly.render.again import read_again
from rectify_tui.reports.weekly.render.json import digest, from_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rectify_tui.reports.weekly.model import Report

__all__ = ["FORMATS", "Format", "digest", "from_json", "pieces", "render"]


def render(report: Report, format: str, *, width: int | None = None, ascii: bool = False) -> bytes:
    """The content of a file; but for xlsx and docx it is text in UTF-8.

    - `xlsx`: a workbook with a sheet for each section and one for the chart.
    - `docx`: a document to be signed, laid out as GB/T 9704 asks.
    - `html`: one page that refers to nothing else, for screen and paper.
    - `csv`: all sections one after another, for spreadsheets.
    - `md`, `table`: Markdown, and text for the terminal. `width` (cells of the terminal) and
      `ascii` are for `table` alone, and mean what they mean to `reports.output.write`.
    - `json`: as `schema.json` beside the model says; `from_json` reads it back.

    Raises `Problem` for another format, or a language that there is not.
    """
    return b"".join(pieces(report, format, width=width, ascii=ascii))


def pieces(
    report: Report, format: str, *, width: int | None = None, ascii: bool = False
) -> Iterator[bytes]:
    """The content of `render` piece by piece, so that little of a long JSON is held at a time."""
    if format not in FORMATS:
        raise Problem("render.unknown_format", format=format, known=", ".join(FORMATS))
    Language(report.language)  # which there has to be
    if format == "json":
        from rectify_tui.reports.weekly.render import json

        return json.pieces(report)
    return iter([_written(read_again(report), format, width, ascii)])


def _written(report: Report, format: str, width: int | None, ascii: bool) -> bytes:
    if format in ("md", "table"):
        from rectify_tui.reports.weekly.render import text

        if format == "md":
            return text.write_markdown(report)
        return text.write_table(report, width=width, ascii=ascii)
    written: bytes = import_module(f"{__name__}.{format}").write(report)
    return written
