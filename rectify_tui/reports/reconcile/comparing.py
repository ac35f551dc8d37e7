"""Which programme, region and day each figure of a paragraph is set beside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from rectify_tui.domain.figures import Tally
from rectify_tui.domain.paragraph import Figure, Reading, What, beside_ledger, read_paragraph
from rectify_tui.domain.paragraph.programme import programme_of
from rectify_tui.domain.region import Region
from rectify_tui.reports.reconcile.books import CASES, Books, KnownProgramme, number_of
from rectify_tui.store.connection import Connection
from rectify_tui.store.figures import PublishedFigure

_OUR_CITY = re.compile(r"[我全本][市县]")
_BREAK = re.compile("[，。；、,;]")
_LAGGING = re.compile("滞后(?!于)")
_PARTS_OF_BEHIND = frozenset({What.NOT_COMPLETED, What.NOT_STARTED})
_BATCH = re.compile(r"(?<!前)第[0-9一二三四五六七八九十百]+批(?!整改|督察|方案)|本批")


@dataclass(frozen=True)
class Compared:
    """What a figure was set beside: a programme, whole or in a region, on a day.

    `programme` is None where no one programme fits. `unknown_place` is set where the figure is of
    a place that the ledger has nothing of. `published` is what somebody else printed of the same.
    """

    programme: str | None
    region: str | None
    on: date
    unknown_place: str = ""
    published: PublishedFigure | None = None


@dataclass(frozen=True)
class Reconciled:
    """A reading with the ledger's numbers, and what each figure was set beside."""

    text: str
    reading: Reading
    compared: tuple[Compared, ...]
    as_of: date

    @property
    def programmes(self) -> tuple[str | None, ...]:
        """The programme that each figure was set beside."""
        return tuple(each.programme for each in self.compared)

    @property
    def differs(self) -> bool:
        """Whether a figure is not what the ledger says, or the paragraph's own parts exceed it."""
        wrong = any(figure.agrees is False for figure in self.reading.figures)
        return wrong or any(total.unaccounted < 0 for total in self.reading.sums)


def reconcile(
    connection: Connection, text: str, as_of: date, *, programme_id: int | None = None
) -> Reconciled:
    """Set every figure of a paragraph beside the ledger as of a day.

    A day that the text names for a figure (2017年6月底，…) goes before `as_of`. A figure of a place
    is set beside that place alone. With `programme_id` all figures are taken to be that
    programme's; otherwise a figure is set beside the programme whose name fits its subject, and
    beside none where none fits alone or the text is about another region.
    """
    books = Books(connection)
    reading = _with_groups(text, read_paragraph(text, books.gazetteer.places, today=as_of))
    matching = _Matching(books, reading, text, as_of, programme_id)
    compared = tuple(matching.beside(index) for index in range(len(reading.figures)))
    figures = tuple(
        beside_ledger(figure, matching.number(index))
        for index, figure in enumerate(reading.figures)
    )
    return Reconciled(text, replace(reading, figures=figures), compared, as_of)


def _with_groups(text: str, reading: Reading) -> Reading:
    """A reading in which 滞后 is what tables call so, unless its parts are told apart."""
    apart = {(each.place, each.on) for each in reading.figures if each.what in _PARTS_OF_BEHIND}

    def told(figure: Figure) -> Figure:
        if figure.what is not What.BEHIND or figure.also or (figure.place, figure.on) in apart:
            return figure
        before, after = text[: figure.start], text[figure.end :]
        clause = _BREAK.split(before)[-1] + _BREAK.split(after, maxsplit=1)[0]
        return replace(figure, what=What.LAGGING) if _LAGGING.search(clause) else figure

    return replace(reading, figures=tuple(map(told, reading.figures)))


def _regions_spoken_of(books: Books, reading: Reading, text: str) -> list[Region]:
    """The regions that a text names, but those that only divide one of its figures."""
    divide = [figure.place for figure in reading.figures if figure.within is not None]
    own = [figure.place for figure in reading.figures if figure.within is None]
    parts = {region.id for name in set(divide) - set(own) if (region := books.gazetteer.find(name))}
    named = books.gazetteer.named_in(re.sub(r"\s", "", text))
    return [region for region in named if region.id not in parts]


class _Matching:
    """Finds for every figure the programme and the region that it is of."""

    def __init__(
        self, books: Books, reading: Reading, text: str, as_of: date, given: int | None
    ) -> None:
        self._books = books
        self._reading = reading
        self._as_of = as_of
        self._given = None if given is None else books.programme(given)
        self._named = _regions_spoken_of(books, reading, text)
        self._of_city = bool(_OUR_CITY.search(text))
        self._known: dict[int, tuple[KnownProgramme | None, Region | None]] = {}

    def beside(self, index: int) -> Compared:
        """What the figure at a position is set beside."""
        figure = self._reading.figures[index]
        programme, region = self._match(index)
        day = self._day(figure)
        name = figure.place or ("" if region is None else region.name)
        code = None if programme is None else programme.code
        published = self._published(programme, region, figure, day)
        if name and (programme is None or self._tally(programme, region, day) is None):
            return Compared(None, None, day, name, published)
        return Compared(code, None if region is None else region.name, day, "", published)

    def _published(
        self, programme: KnownProgramme | None, region: Region | None, figure: Figure, day: date
    ) -> PublishedFigure | None:
        """What was published of the same place, day and meaning."""
        if figure.also is not None or figure.closeout is not None:
            return None
        region_name = region.name if region else self._books.home_of(programme)
        code = None if programme is None else programme.code
        what = What.BEHIND if figure.what is What.LAGGING else figure.what
        return self._books.published(code, region_name, what, day) if region_name else None

    def number(self, index: int) -> int | float | None:
        """The ledger's number for the figure at a position; None where it has none."""
        figure = self._reading.figures[index]
        programme, region = self._match(index)
        if programme is None or self._is_part_nowhere_kept(index):
            return None
        tally = self._tally(programme, region, self._day(figure))
        return None if tally is None else number_of(tally, figure)

    def _day(self, figure: Figure) -> date:
        return figure.on or self._as_of

    def _tally(self, programme: KnownProgramme, region: Region | None, day: date) -> Tally | None:
        return self._books.tally(programme.id, day, None if region is None else region.id)

    def _is_part_nowhere_kept(self, index: int) -> bool:
        """Whether the figure is a part of a part, or of one batch of cases only."""
        step: int | None = index
        while step is not None:
            if _BATCH.search(self._reading.figures[step].subject):
                return True
            step = self._reading.figures[step].within
        return self._reading.narrowed(self._reading.figures[index])

    def _match(self, index: int) -> tuple[KnownProgramme | None, Region | None]:
        if index not in self._known:
            self._known[index] = (None, None)  # should figures ever contain each other
            self._known[index] = self._matched(self._reading.figures[index])
        return self._known[index]

    def _matched(self, figure: Figure) -> tuple[KnownProgramme | None, Region | None]:
        if not figure.place:
            return self._of_whole(figure)
        region = self._books.gazetteer.find(figure.place, self._near(figure))
        if region is None:
            return None, None
        host = None if figure.within is None else self._match(figure.within)[0]
        programme = self._given or host or self._of_place(figure, region)
        if programme is not None and programme.region_id in self._books.gazetteer.path(region.id):
            return programme, None if programme.region_id == region.id else region
        return programme, region

    def _near(self, figure: Figure) -> set[int]:
        """Regions in which a place of the figure is looked for first."""
        host = None if figure.within is None else self._match(figure.within)[0]
        known = [each.region_id for each in (self._given, host) if each is not None]
        return {*known, *(region.id for region in self._named)} - self._books.nation

    def _of_place(self, figure: Figure, region: Region) -> KnownProgramme | None:
        """The programme that a figure of a place is of, among those that have something there."""
        here = [
            each
            for each in self._books.candidates
            if self._tally(each, region, self._day(figure)) is not None
        ]
        return self._fitting(figure, here, region)

    def _of_whole(self, figure: Figure) -> tuple[KnownProgramme | None, Region | None]:
        if self._given is not None:
            return self._given, None
        if not self._named:
            fit = [each for each in self._books.candidates if self._may_be_ours(each)]
            return self._fitting(figure, fit, None), None
        named = {region.id for region in self._named}
        programme = self._fitting(
            figure, [each for each in self._books.candidates if each.region_id in named], None
        )
        if programme is not None or len(self._named) != 1:
            return programme, None
        region = self._named[0]
        wider = [each for each in self._books.candidates if self._is_wider(each, region)]
        return self._fitting(figure, wider, region, alone=False), region

    def _may_be_ours(self, programme: KnownProgramme) -> bool:
        """Whether the text can speak of a programme's region; 我市 is no province."""
        return not self._of_city or self._books.is_of_city(programme)

    def _is_wider(self, programme: KnownProgramme, region: Region) -> bool:
        return programme.region_id in self._books.gazetteer.path(region.id)

    def _fitting(
        self,
        figure: Figure,
        candidates: Sequence[KnownProgramme],
        region: Region | None,
        *,
        alone: bool = True,
    ) -> KnownProgramme | None:
        """The candidate whose name fits; else the only one, where one `alone` is enough."""
        of_cases = figure.what in CASES or figure.rate_of in CASES
        if of_cases:
            candidates = [each for each in candidates if self._has_cases(each, region, figure)]
        named = programme_of(figure.subject, candidates)
        if named is None and alone and len(candidates) == 1:
            named = candidates[0]
        return None if named is None else self._books.programme(named.id)

    def _has_cases(self, programme: KnownProgramme, region: Region | None, figure: Figure) -> bool:
        tally = self._tally(programme, region, self._day(figure))
        return tally is not None and tally.cases_total > 0
