"""A small program on the base of the command line: `python sample_app.py item show 太原`."""

from __future__ import annotations

import signal
from pathlib import Path

import click

from rectify_tui.cli import base
from rectify_tui.cli import main as program
from rectify_tui.errors import Problem, Refusal
from rectify_tui.reports.table import Column, Table

KEY = "cli.option.db"

app = base.Group(
    "rectify",
    help="cli.about",
    example="rectify item show 太原",
    lazy={"item": "sample_app:item", "case": "no_such_module:case"},
    summary_keys="cli.command",
    default="sample_app:start",
)
item = base.Group("item", help="cli.command.item")


@click.command("start", cls=base.Command, help=KEY, example="rectify")
@click.pass_context
def start(ctx):
    click.echo(f"started with {base.options_of(ctx).db}")


@item.command("show", help="cli.about", example="rectify item show 太原\nrectify item show 大同")
@base.argument("place", help=KEY)
@base.argument("rest", help=KEY, required=False)
@base.option("--count", type=click.IntRange(1, 5), default=3, show_default=True, help=KEY)
@base.option("--rate", type=float, help=KEY)
@base.option("--whole", type=int, help=KEY)
@base.option("--day", type=click.DateTime(), help=KEY)
@base.option("--file", type=click.Path(exists=True, dir_okay=False), help=KEY)
@base.option("--kind", type=click.Choice(["水", "大气"]), multiple=True, help=KEY)
@base.format_option
@click.pass_context
def show(ctx, place, output_format, **_):
    options = base.options_of(ctx)
    assert ctx.find_root().obj is options
    row = {
        "place": place,
        "db": str(options.db) if options.db else None,
        "lang": options.language.code,
        "ascii": options.ascii,
    }
    columns = (Column("place", "地方"), Column("lang", "语言"))
    base.emit(ctx, Table("表", columns, [row]), output_format)
    base.note(ctx, "store.busy")


@item.command("need", help=KEY, example="rectify item need --kind air")
@base.option("--kind", type=click.Choice(["water", "air"]), required=True, help=KEY)
def need(kind):
    click.echo(kind)


@item.command("rows", help=KEY, example="rectify item rows")
@base.format_option
@click.pass_context
def rows(ctx, output_format):
    many = ({"n": n} for n in range(200_000))
    base.emit(ctx, Table("t", (Column("n", "n", "count"),), many), output_format)


@item.command("end", help=KEY, example="rectify item end problem")
@base.argument("how", help=KEY)
@click.pass_context
def end(ctx, how):
    if how == "problem":
        raise Problem("status.unknown", word="\x1b[31m推进中\u202e")
    if how == "refusal":
        raise Refusal("status.unknown", word="推进中")
    if how.endswith("store"):
        from rectify_tui.store.sqlite.driver import sqlite3
    if how == "store":
        sqlite3.connect(":memory:").execute("select * from item")
    if how == "no_store":
        sqlite3.connect("/nonexistent/store.db")
    if how == "file":
        Path("/nonexistent/report.csv").read_text()
    if how == "folder":
        Path("/").read_text()
    if how == "interrupt":
        raise KeyboardInterrupt
    if how == "interrupt_in_text":
        exec("raise KeyboardInterrupt")
    if how == "prompt":
        click.confirm("?", abort=True)
    if how == "fault":
        raise ZeroDivisionError("\x1b[2Jboom")
    if how == "leave":
        ctx.exit(7)
    if how == "wait":
        click.echo("ready")
        signal.pause()


if __name__ == "__main__":
    program.cli = app
    program.main()
