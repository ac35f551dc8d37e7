"""A draft paragraph beside the ledger: what came of each figure, and the paragraph put right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from rich.text import Text

from rectify_tui.domain.text import clean
from rectify_tui.domain.wrapping import wrapped
from rectify_tui.i18n import Language
from rectify_tui.reports.reconcile import (
    Finding,
    Passage,
    corrected,
    passages,
    reconcile,
    reconcile_tables,
)
from rectify_tui.reports.table import Table
from rectify_tui.tui.sizes import WIDE
from rectify_tui.tui.tables.model import MARGINS, Asked, Shown, TablePage

LIMIT = 100_000
"""Characters of a text that is read at once."""

_CLOSING = "!"
"""A sign that begins no line."""

_STYLES = {
    Finding.AGREES: "underline",
    Finding.DIFFERS: "bold reverse",
    Finding.ABSENT: "italic underline",
}


def _reconcile(asked: Asked) -> Shown:
    """The figures one by one, below the draft and the same words with the ledger's figures."""
    t = asked.t
    if not asked.given:
        return Shown(Table(t("tables.draft.title"), (), ()))
    result = reconcile(asked.connection, asked.given, asked.day, programme_id=asked.programme_id)
    figures, *more = reconcile_tables(result, t)
    empty = t("reconcile.no_figures")
    if asked.kind == "unplaced":
        figures = more[0] if more else replace(figures, rows=(), notes=())
        empty = t("tables.draft.all_placed")
    count = Counter(each.finding for each in passages(result) if each.finding)
    legend = t("tui.sign.dot").join(
        t("tables.draft.counted", sign=_sign(found, t), what=t(f"tables.draft.{found}"), n=n)
        for found in Finding
        if (n := count[found])
    )
    head = t("tables.draft.as_written", legend=legend) if legend else t("reconcile.no_figures")
    beside = count[Finding.DIFFERS] and asked.cells >= WIDE - MARGINS
    cells = asked.cells // 2 - 2 if beside else asked.cells
    above = [_marked(head, passages(result), t, cells)]
    if count[Finding.DIFFERS]:
        above.append(_marked(t("tables.draft.put_right"), corrected(result), t, cells))
    return Shown(figures, tuple(above), empty=empty)


def _sign(found: Finding, t: Language) -> str:
    return t(f"tables.draft.sign.{found}")


def _marked(head: str, parts: Iterable[Passage], t: Language, cells: int) -> Text:
    """Words under a heading, each figure in the style and with the sign of what came of it."""
    words, styles = "", []
    for part in parts:
        text = clean(part.text, multiline=True, limit=LIMIT)
        if part.finding is not None:
            text += _sign(part.finding, t)
            styles.append((_STYLES[part.finding], len(words), len(words) + len(text)))
        words += text
    marked = Text(words)
    for style, start, end in styles:
        marked.stylize(style, start, end)
    whole = Text(wrapped(head, cells), "bold").append("\n", "not bold")
    return Text().append_text(whole).append_text(_in_lines(marked, t, cells))


def _in_lines(text: Text, t: Language, cells: int) -> Text:
    """The text broken into lines, where no sign parts from its figure."""
    signs = str.maketrans({_sign(found, t): _CLOSING for found in Finding})
    plain = text.plain.translate(signs)
    breaks, at = [], 0
    for line in wrapped(plain, cells).split("\n"):
        at = plain.index(line, at) + len(line)
        breaks.append(at)
    lines = text.divide(breaks[:-1])
    return Text("\n").join(line[_spaces(line.plain) if n else 0 :] for n, line in enumerate(lines))


def _spaces(text: str) -> int:
    return len(text) - len(text.lstrip())


PAGES = (
    TablePage(
        "draft", _reconcile, asks="text", kinds=("figures", "unplaced"),
        keep=("value", "ledger", "verdict"),
    ),
)  # fmt: skip
