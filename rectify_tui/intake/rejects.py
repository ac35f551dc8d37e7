"""A workbook of what was not taken, with the reason beside each row."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any

from rectify_tui.domain.text import clean, shorten, width
from rectify_tui.i18n import LANGUAGES, Language
from rectify_tui.intake.lines import line_sentences
from rectify_tui.intake.model import Finding, Proposal, ProposedLine, Verdict
from rectify_tui.reports.new_file import write_whole

_NEVER = datetime(2000, 1, 1)
"""When workbooks are said to be made: a program that saves one says when it was changed."""

_NUMBER = re.compile(r" \([0-9]+\)$")
_FORBIDDEN_IN_NAMES = re.compile(r"[\[\]:*?/\\\n]")
_LONGEST_NAME = 31
_LONGEST_TEXT = 32_767
_NARROWEST, _WIDEST, _REASON = 6, 40, 60
_MEASURED = 200
"""How many rows tell how wide a column should be."""

_FORMULA = ("=", "+", "-", "@")


def refused_paths(file: Path, folder: Path | None, t: Language) -> Iterator[Path]:
    """Where the lines of a file may go that are sent back: beside it unless a folder is given."""
    name = t("refused.file", name=file.stem)
    path = (folder or file.parent) / f"{name}.xlsx"
    yield path
    for n in count(2):
        yield path.with_name(f"{name} ({n}).xlsx")


def is_named_like_refused(stem: str, others: Collection[str]) -> bool:
    """Whether a file is named like the lines that were sent back of one of the others."""
    plain = _NUMBER.sub("", stem)
    ends = (Language(code)("refused.file", name="") for code in LANGUAGES)
    return any(plain.endswith(end) and plain.removesuffix(end) in others for end in ends)


def has_refused_titles(headings: Collection[str]) -> bool:
    """Whether headings are those of a workbook of lines that were sent back, in some language."""
    return any({t("refused.row"), t("refused.why")} <= set(headings) for t in _languages())


def refused_titles() -> list[str]:
    """The headings that such a workbook has before those of the file, in all languages."""
    return [t(key) for t in _languages() for key in ("refused.row", "refused.why")]


def _languages() -> Iterator[Language]:
    return (Language(code) for code in LANGUAGES)


def write_refused(
    path: Path, proposals: Sequence[tuple[Proposal, Sequence[ProposedLine]]], t: Language,
    stamp: str = "", *, again: bool = False,
) -> None:  # fmt: skip
    """Write the lines of files that were not taken, a sheet for each file, each line with its row.

    Every cell is text, as it was in the file: nothing in it is a formula. Files without such lines
    are left out. `stamp` is kept among the properties of the workbook, where `refused_stamp` finds
    it. What is there is replaced only where it is written `again`. Raises `OSError` that names the
    path.
    """
    import xlsxwriter  # type: ignore[import-untyped]  # it says nothing about its types

    out = BytesIO()
    workbook = xlsxwriter.Workbook(
        out,
        {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )  # fmt: skip
    if stamp:
        workbook.set_properties({"created": _NEVER, "keywords": stamp})
    looks = _Looks(workbook, t("render.font"))
    names: set[str] = {"history"}  # which Excel keeps for itself
    for proposal, lines in proposals:
        if lines:
            sheet = workbook.add_worksheet(_name(proposal.origin.name, names))
            _write_sheet(sheet, looks, proposal, lines, t)
    if not workbook.worksheets():
        workbook.add_worksheet()
    workbook.close()
    write_whole(path, out.getvalue(), force=again, private=True)


def reason(line: ProposedLine, t: Language) -> str:
    """Why a line was not taken, in sentences that name row and column."""
    return line_sentences(line, t) or line_sentences(_declined(line), t)


def _declined(line: ProposedLine) -> ProposedLine:
    """A line that nothing is wrong with and that somebody did not want."""
    finding = Finding("declined", Verdict.CLEAN)
    return ProposedLine(line.row, line.ref, line.id, line.verdict, (), (finding,), line.cells)


class _Looks:
    def __init__(self, workbook: Any, font: str) -> None:
        common = {
            "font_name": font, "font_size": 11, "valign": "top", "text_wrap": True, "border": 1,
            "border_color": "#A6B0BA", "num_format": "@",
        }  # fmt: skip
        self.heading = workbook.add_format(
            {**common, "bold": True, "bg_color": "#E4EBF2", "valign": "vcenter"}
        )
        self.text = workbook.add_format(common)
        self.formula = workbook.add_format({**common, "quote_prefix": True})
        self.reason = workbook.add_format({**common, "font_color": "#9C2B1F"})

    def of(self, text: str) -> Any:
        """A text like a formula keeps being a text when somebody edits its cell."""
        return self.formula if text.startswith(_FORMULA) else self.text


def _write_sheet(
    sheet: Any, looks: _Looks, proposal: Proposal, lines: Sequence[ProposedLine], t: Language
) -> None:
    titles = [t("refused.row"), t("refused.why"), *proposal.headings]
    for at, wide in enumerate(_widths(titles, lines)):
        sheet.set_column(at, at, wide)
    sheet.freeze_panes(1, 2)
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    for at, title in enumerate(titles):
        sheet.write_string(0, at, _cut(title), looks.heading)
    for at, line in enumerate(lines, 1):
        sheet.write_string(at, 0, str(line.row or ""), looks.text)
        sheet.write_string(at, 1, _cut(reason(line, t)), looks.reason)
        for column, cell in enumerate(line.cells, 2):
            sheet.write_string(at, column, _cut(cell), looks.of(cell))
    sheet.autofilter(0, 0, len(lines), len(titles) - 1)


def _widths(titles: Sequence[str], lines: Sequence[ProposedLine]) -> Iterator[int]:
    yield width(titles[0]) + 2
    yield _REASON
    for column, title in enumerate(titles[2:]):
        cells = (line.cells[column] for line in lines[:_MEASURED] if column < len(line.cells))
        parts = (part for text in (title, *cells) for part in text.split("\n"))
        yield min(max(_NARROWEST, *(width(part[:_WIDEST]) + 2 for part in parts)), _WIDEST)


def _cut(text: str) -> str:
    text = clean(text, multiline=True, limit=max(len(text), 1) * 3)
    return shorten(text, _LONGEST_TEXT) if len(text) > _LONGEST_TEXT // 2 else text


def _name(wished: str, taken: set[str]) -> str:
    """A name that a sheet may have and no other has."""
    plain = _FORBIDDEN_IN_NAMES.sub(" ", Path(wished).stem).strip(" '") or "-"
    name, n = plain[:_LONGEST_NAME].rstrip(" '"), 1
    while name.casefold() in taken:
        n += 1
        end = f" ({n})"
        name = plain[: _LONGEST_NAME - len(end)].rstrip(" '") + end
    taken.add(name.casefold())
    return name
