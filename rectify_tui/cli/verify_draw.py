"""`rectify verify draw`: freezing a population, drawing from it, and making a draw anew."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import emit_receipt
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.stores import one_moment, open_store
from rectify_tui.cli.verify import programme_option, scope_of, under_option
from rectify_tui.domain.sampling import CONFIDENCE, TOLERABLE, read_share
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.draws import drawn_table
from rectify_tui.store.commands.draws import DrawPlan, announce, freeze
from rectify_tui.store.draws import Draw, draws, find_draw
from rectify_tui.store.items import item_rows

if TYPE_CHECKING:
    from rectify_tui.store.ledger import Ledger
    from rectify_tui.store.scope import Scope


@click.command(
    "draw",
    cls=base.Command,
    help="visit.command.draw",
    example="rectify verify draw --programme HLJ-2018\n"
    'rectify verify draw --programme HLJ-2018 --seed-nonce "福彩3D 2020-03-06 481"\n'
    "rectify verify draw --under 大庆市 --tolerable 2% --confidence 99%\n"
    "rectify verify draw --programme CN-2018-WATER --all\n"
    "rectify verify draw --again 核实表.xlsx\n"
    "rectify verify draw --again 名册.csv --head 6f1d… --seed-nonce 481",
)
@programme_option
@under_option
@base.option("--tolerable", metavar="SHARE", help="visit.option.tolerable")
@base.option("--confidence", metavar="SHARE", help="visit.option.confidence")
@base.option("--seed-nonce", "nonce", metavar="TEXT", help="visit.option.nonce")
@base.option("--all", "whole", is_flag=True, help="visit.option.all")
@base.option("--again", metavar="FILE", type=click.Path(path_type=Path), help="visit.option.again")
@base.option("--head", metavar="HASH", help="visit.option.head")
@base.option("--by", "on_behalf", metavar="NAME", help="command.option.by")
@base.option("--reason", metavar="TEXT", help="command.option.reason")
@base.format_option
@click.pass_context
def draw_command(
    ctx: click.Context, programme: str | None, under: str | None, tolerable: str | None,
    confidence: str | None, nonce: str | None, whole: bool, again: Path | None, head: str | None,
    on_behalf: str | None, reason: str | None, output_format: base.Format,
) -> None:  # fmt: skip
    """Freeze, draw, or draw again."""
    shares = [read_share(text) if text else None for text in (tolerable, confidence)]
    if again is not None:
        from rectify_tui.intake.visits.again import Given

        _draw_again(ctx, again, Given(head, nonce, *shares), output_format)
        return
    if nonce is not None and (whole or any(shares)):
        raise Problem("draw.fixed")
    with open_store(ctx) as ledger:
        scope = scope_of(ledger.reader(), programme, under)
        kind = "draw_freeze" if nonce is None else "draw"
        with ledger.batch(kind, on_behalf=on_behalf, reason=reason) as writing:
            if nonce is None:
                plan = DrawPlan(scope, shares[0] or TOLERABLE, shares[1] or CONFIDENCE, whole)
                id = freeze(writing.draft, plan)
            else:
                id = _waiting(ledger, scope).id
                announce(writing.draft, id, nonce)
        ledger.keep_head(kind)
        drawn = next(each for each in draws(ledger.reader(), ledger.today()) if each.id == id)
        _tell(ctx, ledger, drawn, writing.receipt.batch, output_format)


def _waiting(ledger: Ledger, scope: Scope) -> Draw:
    """The draw that the nonce is for. Raises `Refusal` where none waits, or several do."""
    found = [
        each
        for each in draws(ledger.reader(), ledger.today())
        if each.nonce is None and each.within(scope)
    ]
    if not found:
        raise Refusal("draw.none_waiting")
    if len(found) > 1:
        raise Refusal("draw.several_waiting", known=", ".join(each.code for each in found))
    return found[0]


def _tell(
    ctx: click.Context, ledger: Ledger, drawn: Draw, batch: int | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Say what was frozen and has to be published, or print what was drawn."""
    if drawn.sample is None:
        if output_format != "table":
            emit_receipt(
                ctx, output_format, batch=batch, draw=drawn.code, draw_size=len(drawn.lines),
                head_hash=drawn.head, digest=drawn.digest,
            )  # fmt: skip
            return
        base.say(ctx, "draw.frozen", n=len(drawn.lines), code=drawn.code, batch=batch)
        base.say(ctx, "draw.publish", head=drawn.head, digest=drawn.digest)
        return
    with one_moment(ledger) as connection:
        ids = [drawn.ids[ref] for ref in drawn.sample.refs]
        rows = {row.ref: row for row in item_rows(connection, ids)}
    base.emit(ctx, drawn_table(drawn, rows, base.language_of(ctx)), output_format)
    if output_format == "table":
        base.note(ctx, "draw.made", code=drawn.code, size=len(drawn.lines), n=len(ids), batch=batch)


def find(ledger: Ledger, code: str | None) -> Draw:
    """The draw with a code, or the newest. Raises `Problem` where it is not there or not drawn."""
    found = find_draw(ledger.reader(), code, ledger.today())
    if found.sample is None:
        raise Problem("visit.sheet.waits", code=found.code)
    return found


def _draw_again(ctx: click.Context, path: Path, given: object, output_format: base.Format) -> None:
    """Print a draw that was made anew; leave with 1 where it is not what the file says."""
    from rectify_tui.intake.visits.again import Given, draw_again
    from rectify_tui.reports.draws import again_table

    assert isinstance(given, Given)
    made = draw_again(path, given)
    t = base.language_of(ctx)
    table = again_table(made.lines, made.sample, made.digest, path.name, t)
    base.emit(ctx, table, output_format)
    if made.altered:
        base.note(ctx, "draw.again.digest")
    if made.told is not None and made.told != frozenset(made.sample.refs):
        refs = set(made.sample.refs)
        more, fewer = sorted(made.told - refs), sorted(refs - made.told)
        comma = t("report.comma")
        base.note(
            ctx, "draw.again.other", more=comma.join(more[:8]) or "0",
            fewer=comma.join(fewer[:8]) or "0",
        )  # fmt: skip
    elif made.told is not None and not made.altered:
        base.note(ctx, "draw.again.same", n=len(made.sample.refs))
    if not made.same:
        ctx.exit(REFUSED)
