"""Showing single records: a sheet for people, one object for programs."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import click

from rectify_tui.cli import base
from rectify_tui.cli.layout import wrap
from rectify_tui.reports.history import entry_record, entry_table
from rectify_tui.reports.sheet import sheet_table
from rectify_tui.reports.table import Table
from rectify_tui.reports.words import Words
from rectify_tui.store.log import LogEntry


@dataclass(frozen=True)
class Sheet:
    """A record: its fields as people read them, further tables, its history.

    `record` is what programs get: all of it but the history.
    """

    ref: str
    title: str
    pairs: Iterable[tuple[str, str]]
    tables: tuple[Table, ...]
    history: list[LogEntry]
    record: Mapping[str, object]


def show_sheets(
    ctx: click.Context, sheets: list[Sheet], words: Words, output_format: base.Format
) -> None:
    """Print records one after the other; as JSON they are one array."""
    if output_format == "json":
        rows = [_object(sheet, words) for sheet in sheets]
        base.emit(ctx, Table("", (), rows), output_format)
        return
    separator = ""
    for sheet in sheets:
        for table in _tables(ctx, sheet, words):
            click.echo(separator, nl=False)
            base.emit(ctx, table, output_format)
            separator = "\n"


def _object(sheet: Sheet, words: Words) -> Mapping[str, object]:
    return {**sheet.record, "history": [entry_record(entry, words) for entry in sheet.history]}


def _tables(ctx: click.Context, sheet: Sheet, words: Words) -> Iterable[Table]:
    t = base.language_of(ctx)
    cells = base.terminal_width(sys.stdout)
    yield sheet_table(sheet.title, sheet.pairs, t, cells=cells, wrap=wrap)
    yield from sheet.tables
    title = t("report.history", ref=sheet.ref)
    several = len({(entry.entity, entry.entity_id) for entry in sheet.history}) > 1
    yield entry_table(sheet.history, words, title, with_record=several)
