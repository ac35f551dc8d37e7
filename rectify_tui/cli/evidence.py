"""`rectify evidence`: files that show what was done, kept with the ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from rectify_tui.cli import base
from rectify_tui.cli.changing import How, change_options, changing
from rectify_tui.cli.errors import REFUSED
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.dates import read_day
from rectify_tui.domain.evidence import Seen
from rectify_tui.domain.position import read_position
from rectify_tui.reports.check import check_table
from rectify_tui.reports.evidence import evidence_rules, evidence_table, pointed_out
from rectify_tui.store import evidence as files
from rectify_tui.store.commands.evidence import Given, add_evidence, read_files
from rectify_tui.store.records import EVIDENCE
from rectify_tui.store.references import item_ids

if TYPE_CHECKING:
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.ledger import Ledger

_F = TypeVar("_F", bound=Callable[..., Any])

evidence = base.Group("evidence", help="evidence.help.group")


def stated_options(function: _F) -> Callable[..., Any]:
    """Give a command what is stated of files: `--day`, `--at` and `--note`, together as `stated`.

    It gets them as typed; `read_given` reads them.
    """

    @wraps(function)
    def bundled(*, day: str | None, at: str | None, note: str, **rest: Any) -> Any:
        return function(stated=(day, at, note), **rest)

    command: Callable[..., Any] = bundled
    for decorate in (
        base.option("--note", default="", metavar="TEXT", help="evidence.help.note"),
        base.option("--at", metavar="LAT,LON", help="evidence.help.at"),
        base.option("--day", metavar="DATE", help="evidence.help.day"),
    ):
        command = decorate(command)
    return command


def read_given(
    paths: Sequence[Path], stated: tuple[str | None, str | None, str], ledger: Ledger
) -> Given:
    """Files and what is stated of them. Raises `Problem` for what cannot be read or taken."""
    day, at, note = stated
    seen = Seen(read_day(day, today=ledger.today()) if day else None, read_position(at or ""))
    return Given(read_files(paths, evidence_rules()), seen, note)


def point_out(ctx: click.Context, connection: Connection, ids: Iterable[int]) -> None:
    """Say what is odd of evidence just entered: the same used before, another day or place."""
    for warning in pointed_out(connection, ids, base.language_of(ctx)):
        base.note(ctx, "evidence.note", text=warning)


@evidence.command(
    "add",
    help="evidence.help.add",
    example="rectify evidence add HLJ-2018/12 现场.jpg 验收意见.pdf --day 2020-03-05\n"
    "rectify evidence add HLJ-2018/12 现场.jpg --day 2020-03-05 --at 46.58,125.10",
)
@base.argument("ref", metavar="REF", help="command.item.ref")
@base.argument(
    "paths", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path),
    help="evidence.help.files",
)  # fmt: skip
@stated_options
@change_options
@click.pass_context
def add(
    ctx: click.Context, ref: str, paths: tuple[Path, ...],
    stated: tuple[str | None, str | None, str], how: How,
) -> None:  # fmt: skip
    """Keep files as evidence of an item."""
    with changing(ctx, "evidence", EVIDENCE, how) as change:
        given = read_given(paths, stated, change.ledger)
        folder = files.folder_of(change.ledger.address)
        ids = item_ids(change.connection, (ref,))
        added = change.about(add_evidence(change.draft, folder, ids, given, on=change.on))
        change.draft.flush()
        point_out(ctx, change.connection, added)


@evidence.command(
    "list",
    help="evidence.help.list",
    example="rectify evidence list\nrectify evidence list HLJ-2018/12 --format json",
)
@base.argument("refs", metavar="REF...", nargs=-1, help="command.item.ref")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def list_(
    ctx: click.Context, refs: tuple[str, ...], as_of: str | None, output_format: base.Format
) -> None:
    """Print what evidence there is."""
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        found = files.evidence_of(
            connection, _ids(connection, refs), read_date(as_of, ledger) or ledger.today()
        )
        full = output_format in ("json", "csv")
        base.emit(
            ctx,
            evidence_table(found, evidence_rules(), base.language_of(ctx), full=full),
            output_format,
        )


def _ids(connection: Connection, refs: tuple[str, ...]) -> list[int]:
    if refs:
        return item_ids(connection, refs)
    return files.items_with_evidence(connection)


@evidence.command(
    "save",
    help="evidence.help.save",
    example="rectify evidence save HLJ-2018/12 -o 佐证",
)
@base.argument("refs", metavar="REF...", nargs=-1, required=True, help="command.item.ref")
@base.option(
    "-o", "--output", required=True, metavar="FOLDER", type=click.Path(path_type=Path),
    help="evidence.help.output",
)  # fmt: skip
@click.pass_context
def save(ctx: click.Context, refs: tuple[str, ...], output: Path) -> None:
    """Write the files of items into a folder, each proved to be what was entered."""
    from rectify_tui.part_file import make_folder
    from rectify_tui.reports.file_names import safe_name
    from rectify_tui.reports.new_file import write_whole

    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        found = files.evidence_of(connection, item_ids(connection, refs))
        folder = files.folder_of(ledger.address)
        for each in found:
            content = files.read(folder, each.digest)
            make_folder(output)
            name = f"{each.ref.replace('/', '-')}_{each.id}_{each.name}"
            write_whole(output / safe_name(name), content, force=False)
    base.say(ctx, "evidence.saved", n=len(found), path=output)


@evidence.command(
    "check", help="evidence.help.check", example="rectify evidence check",
)  # fmt: skip
@base.format_option
@click.pass_context
def check(ctx: click.Context, output_format: base.Format) -> None:
    """Read every file and hold it against its digest; leave with 1 where one is off."""
    with open_store(ctx) as ledger:
        finding = files.check_evidence(ledger.reader(), files.folder_of(ledger.address), whole=True)
    table = check_table([finding], base.language_of(ctx), spell_out=output_format == "csv")
    base.emit(ctx, table, output_format)
    if not finding.ok:
        ctx.exit(REFUSED)
