"""The first page of a document: all that somebody sees who turns no page.

Title, cut-off, the paragraph, the table with its picture, and what to look at first share one page.
Its height is dealt out: the rows of the table and one line for each thing to look at come first,
then the largest letters for the paragraph that leave room for both, then higher rows, and what is
left goes to more lines of what to look at.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from rectify_tui.domain.text import shorten, width
from rectify_tui.reports.weekly.model import Point, Section
from rectify_tui.reports.weekly.render import paper, words
from rectify_tui.reports.weekly.render.bars import shares
from rectify_tui.reports.weekly.render.docx_bars import BarTable, named_tones
from rectify_tui.reports.weekly.render.tones import tones

if TYPE_CHECKING:
    from rectify_tui.reports.weekly.render.docx import Writer

# Heights in points.
_TITLE, _SUBTITLE, _GAP, _POINT = 44.0, 24.0, 5.0, 15.0
_LEAST_ROW, _COMMON_ROW, _MOST_ROW = 11.4, 16.0, 19.0
_SPARE = 16.0  # what programs take more than was counted
_LEAST_TITLE = 15.0
_NARROWER = 0.1
_MOST_LINES = 3  # of one thing to look at
_MOST_ITEMS = 3


@dataclass(frozen=True)
class _Text:
    """A style of the paragraph, with the size of its letters and the height of its lines."""

    style: str
    size: float
    line: float


_TEXTS = (
    _Text("Large Front Text", paper.NUMBER, 24.0), _Text("Front Text", paper.FRONT, 20.0),
    _Text("Dense Front Text", paper.TABLE, 16.0),
)  # fmt: skip


class FrontPage:
    """Writes the first page through the writer of a document."""

    def __init__(self, writer: Writer, section: Section) -> None:
        self.writer = writer
        self.t = writer.t
        self.report = writer.report
        self.room = paper.text_width(landscape=False)
        self.wide = self.room / paper.TWIPS_A_POINT
        self.table, _ = words.printed(section)
        self.rows = max(len(list(self.table.rows)), 1)
        self.paragraphs = words.paragraphs(self.report)
        self.subtitles = self._subtitles()

    def write(self) -> None:
        """All of the page."""
        text, high, lines = self._dealt()
        self._title()
        for each in self.paragraphs:
            self.writer.say(each, text.style)
        table = self._drawn(high)
        self.writer.draw(table)
        self._legend(table)
        for point, n in zip(self.report.points, lines, strict=True):
            self._point(point, n)

    # --- how high each part is ---

    def _dealt(self) -> tuple[_Text, float, list[int]]:
        """The style of the paragraph, the height of the rows, the lines of each point."""
        room = paper.text_height() - _TITLE - _SUBTITLE * len(self.subtitles) - _GAP - _SPARE
        table = self._drawn(_LEAST_ROW)
        room -= table.heading_high + _POINT * len(self.report.points)
        room -= 0 if table.names_its_tones else _POINT
        common = self.rows * min(_COMMON_ROW, max(_LEAST_ROW, 480 / self.rows))
        text = next((each for each in _TEXTS if room - self._high(each) >= common), _TEXTS[-1])
        free = room - self._high(text)
        needed = [self._lines(point) for point in self.report.points]
        for_points = _POINT * sum(n - 1 for n in needed)
        high = min(_MOST_ROW, max(_LEAST_ROW, (free - for_points) / self.rows))
        return text, int(high * 20) / 20, _shared(needed, (free - high * self.rows) / _POINT)

    def _high(self, text: _Text) -> float:
        """How high the paragraph is in letters of a size."""
        cells = self.wide / (text.size / 2) - 1
        return text.line * sum(ceil((_cells(each) + 4) / cells) for each in self.paragraphs)

    @property
    def _room(self) -> float:
        """How many cells a line of a point has."""
        return self.wide / (paper.TABLE / 2) - 2

    def _lines(self, point: Point) -> int:
        """How many lines a point takes with all of its items that are told."""
        text = words.point(self.t, point, _MOST_ITEMS)
        return min(_MOST_LINES, ceil(_cells(text) / self._room))

    # --- the parts ---

    def _subtitles(self) -> list[str]:
        """Period and cut-off, in one line where they fit."""
        t, report = self.t, self.report
        period, cutoff = words.period(t, report), words.cutoff(t, report)
        if report.withdrawn:
            cutoff = t("render.between").join((t("render.withdrawn"), cutoff))
        together = t("render.between").join((period, cutoff))
        fits = _cells(together) * paper.FRONT / 2 <= self.wide
        return [together] if fits else [period, cutoff]

    def _title(self) -> None:
        """A title that would break is set smaller."""
        text = words.line(self.report.title)
        title = self.writer.say(text, "Title")
        fitting = self.wide / max(_cells(text) / 2, 1)
        if fitting < paper.TITLE:
            for run in title.runs:
                run.font.size = Pt(max(_LEAST_TITLE, int(fitting * 2) / 2))
        for line in self.subtitles:
            self.writer.say(line, "Front Subtitle")

    def _drawn(self, high: float) -> BarTable:
        chart = self.report.chart
        series = chart.series if chart else ()
        legend = [(one.name, tone) for one, tone in zip(series, tones(series), strict=True)]
        return BarTable(
            self.table, self.room, self.t("render.nothing"),
            bars=shares(chart, self.table), legend=legend, high=high,
        )  # fmt: skip

    def _legend(self, table: BarTable) -> None:
        """What the parts of the bars are, where their heading has no room to say so."""
        if table.bars and not table.names_its_tones:
            legend = self.writer.say("", "Front Note")
            legend.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            legend._p.extend(named_tones(table.legend))
        else:
            self.writer.say("", "Front Gap")

    def _point(self, point: Point, lines: int) -> None:
        """A thing to look at with as many items as fit, its heading in bold."""
        room = self._room * lines
        texts = (words.point(self.t, point, most) for most in range(_MOST_ITEMS, 0, -1))
        text = next((each for each in texts if _cells(each) <= room), None)
        text = text or shorten(words.point(self.t, point, 1), int(room))
        heading = words.line(point.heading)
        paragraph = self.writer.say("", "Front Note")
        paragraph.add_run(heading).bold = True
        paragraph.add_run(text.removeprefix(heading))


def _cells(text: str) -> float:
    """How wide a text is in halves of a Chinese character, of which letters take a little less."""
    letters = sum(character.isascii() and not character.isdigit() for character in text)
    return width(text) - _NARROWER * letters


def _shared(needed: list[int], lines: float) -> list[int]:
    """The lines of each point: one, and of those left over as many as it wants, in turn."""
    dealt = [1] * len(needed)
    while lines >= 1 and (short := [at for at, n in enumerate(needed) if dealt[at] < n]):
        at = min(short, key=dealt.__getitem__)
        dealt[at] += 1
        lines -= 1
    return dealt
