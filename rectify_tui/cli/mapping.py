"""`rectify mapping`: what the columns of tables were last time, to be seen and forgotten."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base

if TYPE_CHECKING:
    from rectify_tui.intake.mapping.remembered import RememberedMap

mapping = base.Group("mapping", help="mapping.help.group")


@mapping.command("list", help="mapping.help.list", example="rectify mapping list")
@base.format_option
@click.pass_context
def list_mappings(ctx: click.Context, output_format: base.Format) -> None:
    """Print which mappings are remembered."""
    from rectify_tui.intake.lines import columns
    from rectify_tui.intake.mapping.remembered import remembered_maps
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.labels import WHOLE
    from rectify_tui.reports.table import Labelled, Table

    t = base.language_of(ctx)
    shown = columns(t, ("mapping", WHOLE), "kind", ("used_on", "date"), "headings")
    rows = [
        {
            "mapping": each.name, "kind": Labelled(each.kind, t(f"intake.kind.{each.kind}")),
            "used_on": each.written_on, "headings": "、".join(each.headings),
        }
        for each in remembered_maps(config_folder())
    ]  # fmt: skip
    base.emit(ctx, Table(t("mapping.title"), shown, rows), output_format)


@mapping.command(
    "show", help="mapping.help.show", example="rectify mapping show items-0f3c9a7be2d41586"
)
@base.argument("name", help="mapping.help.name")
@click.pass_context
def show(ctx: click.Context, name: str) -> None:
    """Print a mapping as it stands in its file, which may be edited."""
    found = _named(name)
    base.note(ctx, "mapping.file.at", path=found.path)
    click.echo(found.path.read_text("utf-8"), nl=False)


@mapping.command(
    "forget", help="mapping.help.forget", example="rectify mapping forget items-0f3c9a7be2d41586"
)
@base.argument("name", help="mapping.help.name")
@click.pass_context
def forget(ctx: click.Context, name: str) -> None:
    """Forget a mapping: what the columns are is told from their headings again."""
    found = _named(name)
    found.path.unlink()
    base.say(ctx, "mapping.forgotten", name=found.name)


def _named(name: str) -> RememberedMap:
    from rectify_tui.intake.mapping.remembered import map_called
    from rectify_tui.paths import config_folder

    return map_called(config_folder(), name)
