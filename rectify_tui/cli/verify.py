"""`rectify verify`: visits on site, what they found, and how they stand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, changing, named
from rectify_tui.cli.evidence import point_out
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter
from rectify_tui.domain.position import read_position
from rectify_tui.domain.status import Verification
from rectify_tui.domain.visits import RESULTS
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.evidence import evidence_rules
from rectify_tui.reports.visits import (
    FILE,
    needs_text,
    read_needs,
    team_table,
    verified_table,
    visit_table,
)
from rectify_tui.store.closings import closings
from rectify_tui.store.commands.evidence import read_files
from rectify_tui.store.commands.visits import VisitNote, complete_visit, record_visits
from rectify_tui.store.evidence import evidence_about, folder_of
from rectify_tui.store.items import ItemList
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.records import ITEM, VISIT
from rectify_tui.store.references import item_ids, programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.scope import Scope
from rectify_tui.store.visits import (
    VerifiedBy,
    Visit,
    incomplete_visits,
    team_visits,
    verified,
    visits,
    visits_by_id,
)

if TYPE_CHECKING:
    from rectify_tui.cli.changing import Change
    from rectify_tui.store.connection import Connection

verify = base.Group(
    "verify",
    help="visit.command.help",
    summary_keys="visit.summary",
    lazy={
        "draw": "rectify_tui.cli.verify_draw:draw_command",
        "sheet": "rectify_tui.cli.verify_sheet:sheet",
        "take": "rectify_tui.cli.verify_sheet:take",
    },
)

_RESULT_WORDS = {result.value: f"visit.result.{result}" for result in RESULTS}
programme_option = base.option("--programme", metavar="CODE", help="visit.option.programme")
under_option = base.option("--under", metavar="REGION", help="visit.option.under")


def scope_of(connection: Connection, programme: str | None, under: str | None) -> Scope:
    """What was asked about. Raises `Problem` for an unknown programme or region."""
    return Scope(
        programme_id(connection, programme) if programme else None,
        one_region(connection, under).id if under else None,
    )


@verify.command(
    "record",
    help="visit.command.record",
    example="rectify verify record HLJ-2018/12 --result refuted --on 2020-03-06 --by 李工"
    " --at 45.75,126.63 --note 管网未接通，污水仍直排 --evidence 现场.jpg\n"
    "rectify verify record HLJ-2018/3-9 --result 属实 --on 2020-03-06 --by 李工 --team 第二组\n"
    "rectify verify record HLJ-2018/12 --visit 7 --at 45.75,126.63 --evidence 现场.jpg",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="visit.option.ref")
@base.option(
    "--result", type=base.WordChoice(_RESULT_WORDS, _RESULT_WORDS), help="visit.option.result"
)
@base.option("--on", metavar="DATE", help="visit.option.on")
@base.option("--by", "person", metavar="NAME", default="", help="visit.option.by")
@base.option("--team", metavar="NAME", default="", help="visit.option.team")
@base.option("--at", metavar="LAT,LON", default="", help="visit.option.at")
@base.option("--note", metavar="TEXT", default="", help="visit.option.note")
@base.option(
    "--evidence", "paths", metavar="FILE", multiple=True, type=click.Path(path_type=Path),
    help="visit.option.evidence",
)  # fmt: skip
@base.option("--visit", "visit_id", type=int, metavar="N", help="visit.option.visit")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.format_option
@click.pass_context
def record(
    ctx: click.Context, refs: tuple[str, ...], result: str | None, on: str | None, person: str,
    team: str, at: str, note: str, paths: tuple[Path, ...], visit_id: int | None,
    reason: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Record a visit to each of some items, or add to one what it lacked."""
    needs = read_needs(config_folder() / FILE)
    if visit_id is None and result is None:
        raise Problem("visit.no_result")
    if visit_id is not None and not any((person, team, at, note, paths)):
        raise Problem("visit.nothing_to_add")
    position, files = read_position(at), read_files(paths, evidence_rules())
    with changing(ctx, "visit", VISIT, How(on, reason, None, output_format)) as change:
        ids = item_ids(change.connection, refs)
        told = VisitNote(
            Verification(result or Verification.UNVERIFIED), person, team, position, note, files,
            folder_of(change.ledger.address),
        )  # fmt: skip
        if visit_id is None:
            change.about(record_visits(change.draft, ids, told, needs=needs, on=change.on))
        else:
            change.about([_own_visit(change, ids, refs, visit_id)])
            complete_visit(change.draft, visit_id, told, needs=needs)
        if files:
            change.draft.flush()
            fresh = [each.id for id in change.ids
                     for each in evidence_about(change.connection, VISIT, id)]  # fmt: skip
            point_out(ctx, change.connection, fresh)
    if output_format == "table":
        tell_visits(ctx, list(change.ids))


def _own_visit(change: Change, ids: list[int], refs: tuple[str, ...], visit_id: int) -> int:
    """A visit to the one item that was named. Raises `Problem` for another."""
    if len(ids) != 1 or change.on is not None:
        raise Problem("visit.one_item")
    known = visits_by_id(change.connection, [visit_id])
    if not known or known[0].item_id != ids[0]:
        raise Problem("visit.not_found", ref=" ".join(refs), id=visit_id)
    return visit_id


def tell_visits(ctx: click.Context, ids: list[int]) -> None:
    """Say what recorded visits came to: what counts, what was taken back, what is missing."""
    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        recorded = visits_by_id(connection, ids)
        _tell_counted(ctx, connection, [visit for visit in recorded if visit.counts])
    lacking = [visit for visit in recorded if not visit.counts]
    if lacking:
        missing = dict.fromkeys(need for visit in lacking for need in visit.missing)
        words = needs_text(missing, t)
        base.say(ctx, "visit.recorded.lacking", n=len(lacking), missing=words)


def _tell_counted(ctx: click.Context, connection: Connection, counted: list[Visit]) -> None:
    from rectify_tui.store.items import item_rows

    if counted:
        base.say(ctx, "visit.recorded.counted", n=len(counted))
    refuted = {visit.item_id: visit for visit in counted if visit.result == Verification.REFUTED}
    back = [
        row.id
        for row in item_rows(connection, list(refuted))
        if row.since == refuted[row.id].visited_on and row.status != refuted[row.id].reported
    ]
    if back:
        refs = named(ctx, connection, ITEM, back)
        base.say(ctx, "visit.recorded.reopened", n=len(back), refs=refs)
    followed = {visit.id for visit in refuted.values()}
    out = [each.item_id for each in closings(connection, refuted) if each.visit_id in followed]
    if out:
        refs = named(ctx, connection, ITEM, out)
        base.say(ctx, "visit.recorded.sent_back", n=len(out), refs=refs)


@verify.command(
    "list",
    help="visit.command.list",
    example="rectify verify list\nrectify verify list region:大庆 visited>=2020-03\n"
    "rectify verify list --incomplete",
)
@base.argument("filter", metavar="FILTER...", nargs=-1, help="command.list.filter")
@base.option("--incomplete", is_flag=True, help="visit.option.incomplete")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_(
    ctx: click.Context, filter: tuple[str, ...], incomplete: bool, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print visits."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        asked = read_date(as_of, ledger)
        day = asked or ledger.today()
        wanted = parse_filter(" ".join(filter), ITEM_FIELDS, today=day)
        items = ItemList(ledger, ListQuery(wanted, as_of=asked))
        ids = list(items.ids(0, items.count()))
        found = (
            [visit for visit in incomplete_visits(connection, day, Scope())
             if visit.item_id in set(ids)]
            if incomplete
            else visits(connection, ids, day)
        )  # fmt: skip
        table = visit_table(found, base.language_of(ctx), day, incomplete=incomplete)
        base.emit(ctx, table, output_format)


_BY = (*VerifiedBy, "team", "draw")


@verify.command(
    "status",
    help="visit.command.status",
    example="rectify verify status\nrectify verify status --by team --programme CN-2018-WATER\n"
    "rectify verify status --by draw\nrectify verify status --by county --under 大庆市",
)
@base.option(
    "--by", type=base.WordChoice(_BY, "visit.by"), default="programme", show_default=True,
    help="visit.option.by_lines",
)  # fmt: skip
@programme_option
@under_option
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def status(
    ctx: click.Context, by: str, programme: str | None, under: str | None, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print the three numbers, what each team did, or how far draws have come."""
    from rectify_tui.reports.draws import draw_status_table
    from rectify_tui.store.draws import draws, part_states

    t = base.language_of(ctx)
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        scope = scope_of(connection, programme, under)
        if by == "draw":
            found = [
                (each, part_states(connection, each, day))
                for each in draws(connection, day)
                if each.within(scope)
            ]
            table = draw_status_table(found, t, day)
        elif by == "team":
            table = team_table(team_visits(connection, day, scope), t, day)
        else:
            lines = VerifiedBy(by)
            table = verified_table(verified(connection, day, scope, lines), lines, t, day)
        base.emit(ctx, table, output_format)
