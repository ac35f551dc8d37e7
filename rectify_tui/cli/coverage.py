"""`rectify coverage`: programmes that are counted by place, "n of N"."""

from __future__ import annotations

import click

from rectify_tui.cli import base
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.region import Depth
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.references import programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By

coverage = base.Group("coverage", help="coverage.help.group")

_STEPS = {By.PROVINCE: Depth.PROVINCE, By.CITY: Depth.CITY, By.COUNTY: Depth.COUNTY}


@coverage.command("list", help="coverage.help.list", example="rectify coverage list")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_coverage(ctx: click.Context, as_of: str | None, output_format: base.Format) -> None:
    """Print every programme of coverage in one line."""
    from rectify_tui.reports.coverage import programmes_table
    from rectify_tui.store.coverage import all_coverage

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        found = all_coverage(connection, day)
        base.emit(ctx, programmes_table(found, day, base.language_of(ctx)), output_format)


@coverage.command(
    "show", help="coverage.help.show",
    example="rectify coverage show CN-ZONING\nrectify coverage show CN-PERMITS --format csv",
)  # fmt: skip
@base.argument("code", metavar="CODE", help="coverage.help.code")
@base.option("--by", type=base.WordChoice(tuple(_STEPS), "report.by"), help="coverage.help.by")
@base.option("--under", metavar="REGION", help="command.rollup.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def show(
    ctx: click.Context, code: str, by: str | None, under: str | None, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print one programme of coverage by place."""
    from rectify_tui.reports.coverage import coverage_table
    from rectify_tui.store.coverage import read_coverage
    from rectify_tui.store.programmes import get_programme

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        programme = get_programme(connection, programme_id(connection, code))
        found = read_coverage(
            connection, programme, day, depth=_STEPS[By(by)] if by else None,
            under=one_region(connection, under) if under else None,
        )  # fmt: skip
        if found is None:
            raise Refusal("coverage.nothing_stated", code=programme.code, day=day)
        base.emit(ctx, coverage_table(found, base.language_of(ctx)), output_format)


@coverage.command(
    "set", help="coverage.help.set",
    example="rectify coverage set CN-ZONING 江苏省 --done 1 --due 1 --on 2020-06-21",
)  # fmt: skip
@base.argument("code", metavar="CODE", help="coverage.help.code")
@base.argument("region", metavar="REGION", help="coverage.help.region")
@base.option("--done", type=click.IntRange(0), metavar="N", help="coverage.help.done")
@base.option("--due", type=click.IntRange(0), metavar="N", help="coverage.help.due")
@base.option("--on", metavar="DATE", help="command.option.on")
@base.option("--note", metavar="TEXT", default="", help="coverage.help.note")
@base.option("--source", metavar="TEXT", default="", help="coverage.help.source")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@click.pass_context
def set_coverage(
    ctx: click.Context, code: str, region: str, done: int | None, due: int | None, on: str | None,
    note: str, source: str, on_behalf: str | None,
) -> None:  # fmt: skip
    """State how far a place has come."""
    from rectify_tui.domain.coverage import Stated
    from rectify_tui.reports.coverage import said
    from rectify_tui.store.commands.coverage import Statement, require_inside, state_coverage

    t = base.language_of(ctx)
    with open_store(ctx) as ledger:
        day = read_date(on, ledger) or ledger.today()
        with ledger.batch("coverage", on_behalf=on_behalf) as writing:
            connection = writing.draft.connection
            programme = programme_id(connection, code)
            place = one_region(connection, region)
            require_inside(connection, programme, place.id)
            state_coverage(
                writing.draft, programme, place.id, Statement(done, due, note, source), on=day
            )
        receipt = writing.receipt
        name = t.name(place.name, place.name_en)
        if not receipt.changed:
            raise Refusal("coverage.unchanged", code=code, region=name, day=day)
        base.say(
            ctx, "coverage.stated", code=code, region=name, day=day, batch=receipt.batch,
            said=said(Stated(done, due), t),
        )  # fmt: skip


@coverage.command(
    "target", help="coverage.help.target",
    example="rectify coverage target CN-ZONING --on 2020-12-31 --share 100%",
)  # fmt: skip
@base.argument("code", metavar="CODE", help="coverage.help.code")
@base.option("--on", metavar="DATE", required=True, help="coverage.help.target_on")
@base.option("--share", metavar="PERCENT", required=True, help="coverage.help.share")
@base.option("--region", metavar="REGION", help="coverage.help.target_region")
@base.option("--source", metavar="TEXT", default="", help="coverage.help.source")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@click.pass_context
def target(
    ctx: click.Context, code: str, on: str, share: str, region: str | None, source: str,
    on_behalf: str | None,
) -> None:  # fmt: skip
    """Set a target."""
    from rectify_tui.store.commands.coverage import add_target, require_inside

    with open_store(ctx) as ledger:
        day = read_date(on, ledger)
        assert day is not None
        percent = _percent(share)
        with ledger.batch("coverage", on_behalf=on_behalf) as writing:
            connection = writing.draft.connection
            programme = programme_id(connection, code)
            place = one_region(connection, region).id if region else None
            if place is not None:
                require_inside(connection, programme, place)
            add_target(writing.draft, programme, day, percent, region_id=place, source=source)
        base.say(
            ctx, "coverage.target_set", code=code, day=day, percent=percent,
            batch=writing.receipt.batch,
        )  # fmt: skip


def _percent(text: str) -> int:
    """A share such as 90% or 90. Raises `Problem` for anything else."""
    digits = text.strip().removesuffix("%").removesuffix("％")
    if not digits.isdecimal():
        raise Problem("coverage.no_share", percent=text)
    return int(digits)
