"""Freezing a report, finding frozen ones, and reading them back.

What is kept is the report in the language it was published in, word for word, so that it stays what
was published however the program's own words change. Its figures are kept beside it in no language:
the next report and every comparison read those.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.period import PeriodKind
from rectify_tui.errors import Problem, Refusal
from rectify_tui.i18n import Language
from rectify_tui.reports.history import author_text
from rectify_tui.reports.labels import moment
from rectify_tui.reports.weekly import figures as kept_figures
from rectify_tui.reports.weekly import settings as kept_settings
from rectify_tui.reports.weekly.build import Built, Request, build
from rectify_tui.reports.weekly.model import Anchor, Report
from rectify_tui.reports.weekly.render import digest, from_json
from rectify_tui.reports.weekly.render.json import as_data
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.checking import check
from rectify_tui.store.connection import Connection
from rectify_tui.store.labels import labels
from rectify_tui.store.ledger import Ledger, Receipt
from rectify_tui.store.merges import unresolved_merges
from rectify_tui.store.records import ITEM
from rectify_tui.store.reports import (
    KIND,
    FrozenReport,
    LedgerMoved,
    NewReport,
    frozen_reports,
    read_report,
    require_not_frozen,
    withdraw_report,
    write_report,
)
from rectify_tui.store.rollup_read import By

_NAMED = 5
_TRIES = 3


@dataclass(frozen=True)
class Frozen:
    """A report that was frozen just now, the receipt of its batch, and what was checked before."""

    report: Report
    receipt: Receipt
    checked: Problem


def freeze(
    ledger: Ledger, settings: Settings, t: Language, request: Request, *,
    on_behalf: str | None = None, reason: str | None = None,
) -> Frozen:  # fmt: skip
    """Make the report of a period and keep it for good.

    Raises what `build` raises, and `Refusal` where the period is not over or frozen already, a
    merged item has nothing that carries it on, a check of the store fails, or somebody changes the
    ledger meanwhile.
    """
    built = _ready(ledger, settings, t, request)
    checked = _require_sound(ledger, t)
    for tries_left in reversed(range(_TRIES)):
        report = _anchored(built)
        try:
            kept = _kept(built, report, settings)
            receipt = write_report(ledger, kept, on_behalf=on_behalf, reason=reason)
        except LedgerMoved:
            if not tries_left:
                raise
            built = _ready(ledger, settings, t, request)
        else:
            ledger.keep_head(KIND)
            return Frozen(report, receipt, checked)
    raise AssertionError


def _anchored(built: Built) -> Report:
    """The report with the place in history that it was made from, and with its digest."""
    report = built.report._replace(history=Anchor(*built.head))
    return report._replace(digest=digest(report))


def _ready(ledger: Ledger, settings: Settings, t: Language, request: Request) -> Built:
    """A report that may be frozen. Raises `Refusal` for one that may not."""
    connection = ledger.reader()
    with connection.snapshot():
        built = build(ledger, settings, t, request)
        period = built.period
        if not built.over:
            raise Refusal("weekly.not_over", cutoff=period.cutoff, today=ledger.today())
        require_not_frozen(
            connection, period.kind, built.figures.by, built.programme_id, period.cutoff
        )
        _require_carried(connection, period.cutoff, built.programme_id, t)
    return built


def _kept(built: Built, report: Report, settings: Settings) -> NewReport:
    seq, hash = built.head
    return NewReport(
        name=report.title,
        period=built.period.kind.value,
        first_on=built.period.first.isoformat(),
        cutoff=built.period.cutoff.isoformat(),
        programme_id=built.programme_id,
        lines_by=built.figures.by.value,
        settings=_compact(kept_settings.as_data(settings)),
        figures=_compact(kept_figures.as_data(built.figures)),
        body=_compact(as_data(report)),
        digest=report.digest or "",
        head_seq=seq,
        head_hash=hash,
    )


def _compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _require_carried(
    connection: Connection, day: date, programme_id: int | None, t: Language
) -> None:
    ids = unresolved_merges(connection, day, programme_id)
    if ids:
        names = [*labels(connection, ITEM, ids[:_NAMED]).values()]
        if len(ids) > _NAMED:
            names.append(f"… (+{len(ids) - _NAMED})")
        raise Refusal("weekly.no_target", refs=t("report.comma").join(names))


def _require_sound(ledger: Ledger, t: Language) -> Problem:
    """What was checked of the store. Raises `Refusal` where anything is wrong."""
    checked = check(ledger)
    for finding in checked.findings:
        if not finding.ok:
            raise Refusal(
                "weekly.check_failed", check=t(f"check.name.{finding.check}"),
                fault=finding.faults[0],
            )  # fmt: skip
    return checked.basis


# --- afterwards ---


def published(frozen: FrozenReport) -> Report:
    """A frozen report as it was published; one that was withdrawn since says so.

    Raises `Refusal` where it was tampered with.
    """
    report = from_json(frozen.body)
    if not report.digest or digest(report) != report.digest or report.digest != frozen.digest:
        raise Refusal("weekly.altered", cutoff=frozen.cutoff)
    return report if frozen.in_force else report._replace(withdrawn=_withdrawn(frozen, report))


def _withdrawn(frozen: FrozenReport, report: Report) -> str:
    t = Language(report.language)
    return t(
        "weekly.withdrawn_since", who=withdrawn_by(frozen, t),
        moment=moment(frozen.withdrawn_at or "").label, reason=frozen.withdrawn,
    )  # fmt: skip


def withdrawn_by(frozen: FrozenReport, t: Language) -> str:
    """Who withdrew it, and on whose behalf."""
    return author_text(t, frozen.withdrawn_by or "", frozen.withdrawn_on_behalf)


def withdraw(
    ledger: Ledger, frozen: FrozenReport, reason: str, *, on_behalf: str | None = None
) -> Receipt:
    """Withdraw a frozen report: it stays in the list, and its text says that it is withdrawn.

    Raises `Problem` without a reason, and `Refusal` where it was withdrawn already.
    """
    return withdraw_report(ledger, frozen.id, reason, on_behalf=on_behalf)


@dataclass(frozen=True)
class Which:
    """Which frozen report is meant; None leaves it open. `batch` is the one that froze it."""

    day: date
    programme: str | None = None
    by: By | None = None
    period: PeriodKind | None = None
    batch: int | None = None


def find_frozen(
    connection: Connection, which: Which, t: Language, *, withdrawn: bool = False
) -> FrozenReport:
    """The frozen report of the period that holds a day.

    Where several are left, the one on all programmes is meant. With `withdrawn` the newest that was
    withdrawn stands in where none is in force, or the one that the batch names. Raises `Refusal`
    where there is none or still more than one.
    """
    every = list(frozen_reports(connection))
    fitting = [each for each in every if _fits(each, which)]
    candidates = [each for each in fitting if each.in_force or (withdrawn and which.batch)]
    if withdrawn and not candidates:
        candidates = fitting[:1]
    every = [each for each in every if each.in_force]
    if len(candidates) > 1 and which.programme is None:
        candidates = [each for each in candidates if each.programme is None] or candidates
    if len(candidates) == 1:
        return read_report(connection, candidates[0].id)
    if not every:
        raise Refusal("weekly.none_frozen")
    known = t("report.semicolon").join(named(each, t) for each in (candidates or every)[:_NAMED])
    raise Refusal(
        "weekly.several_frozen" if candidates else "weekly.not_frozen", day=which.day, known=known
    )


def find_alike(
    connection: Connection, frozen: FrozenReport, day: date, t: Language
) -> FrozenReport:
    """The report of another day's period that was made like one at hand.

    Raises `Refusal` where there is none.
    """
    alike = [
        each for each in frozen_reports(connection)
        if each.in_force and _kind(each) == _kind(frozen)
    ]  # fmt: skip
    for each in alike:
        if _fits(each, Which(day)):
            return read_report(connection, each.id)
    known = t("report.semicolon").join(named(each, t) for each in alike[:_NAMED])
    raise Refusal("weekly.not_frozen", day=day, known=known)


def _kind(frozen: FrozenReport) -> tuple[str, str, int | None]:
    return frozen.period, frozen.lines_by, frozen.programme_id


def _fits(frozen: FrozenReport, which: Which) -> bool:
    code = which.programme.upper() if which.programme else None
    return (
        frozen.first_on <= which.day.isoformat() <= frozen.cutoff
        and code in (None, frozen.programme)
        and which.by in (None, frozen.lines_by)
        and which.period in (None, frozen.period)
        and which.batch in (None, frozen.batch)
    )


def named(frozen: FrozenReport, t: Language) -> str:
    """What a frozen report is called in a list."""
    return t(
        "weekly.frozen_one", cutoff=frozen.cutoff, scope=scope_of(frozen, t),
        period=t(f"weekly.kind.{frozen.period}"), by=t(f"weekly.by.{frozen.lines_by}"),
    )  # fmt: skip


def scope_of(frozen: FrozenReport, t: Language) -> str:
    """The programme's code, or that it is all of them."""
    return frozen.programme or t("weekly.all_programmes")


def all_frozen(connection: Connection) -> Iterator[FrozenReport]:
    """All frozen reports with their figures, the newest cut-off first."""
    for each in list(frozen_reports(connection)):
        yield read_report(connection, each.id)
