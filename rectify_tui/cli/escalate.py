"""`rectify escalate`, `escalations` and `answer`: steps towards whoever lets lines fall behind."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import click

from rectify_tui.cli import base
from rectify_tui.cli.output_file import OutputFile, output_option
from rectify_tui.cli.stores import one_moment, open_store, read_date
from rectify_tui.domain.ladder import EscalationStep, answer_due
from rectify_tui.domain.workdays import read_term
from rectify_tui.errors import Problem, Refusal
from rectify_tui.store.references import item_ids, programme_id
from rectify_tui.store.regions import one_region
from rectify_tui.store.rollup_read import By

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.reports.escalation.citing import Cited
    from rectify_tui.reports.escalation.settings import EscalationSettings
    from rectify_tui.store.behind import BehindItem
    from rectify_tui.store.commands.escalations import Addressee
    from rectify_tui.store.connection import Connection
    from rectify_tui.store.escalations import Escalation

_BY = (By.PROVINCE, By.CITY, By.COUNTY, By.UNIT)


def _settings() -> EscalationSettings:
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.escalation.settings import FILE, read_escalation_settings

    return read_escalation_settings(config_folder() / FILE)


@click.command(
    "escalate",
    cls=base.Command,
    help="escalation.help.escalate",
    example="rectify escalate --suggest --by city\n"
    "rectify escalate 太原市 朔州市 --step summons --due 2020-01-20 -o letters/\n"
    "rectify escalate 大庆市水务局 --step letter --items HLJ-2018/58-60 --due 5个工作日",
)
@base.argument("addressees", nargs=-1, metavar="REGION|UNIT...", help="escalation.help.addressee")
@base.option("--step", metavar="STEP", help="escalation.help.step")
@base.option("--items", multiple=True, metavar="REF", help="escalation.help.items")
@base.option("--due", metavar="DATE", help="escalation.help.due")
@base.option("--on", metavar="DATE", help="command.option.on")
@base.option("--cause", metavar="TEXT", default="", help="escalation.help.cause")
@base.option("--issuer", metavar="NAME", default="", help="escalation.help.issuer")
@base.option("--who", "on_behalf", metavar="NAME", help="command.option.by")
@output_option("escalation.help.output", metavar="PATH")
@base.option("--suggest", is_flag=True, help="escalation.help.suggest")
@base.option(
    "--by", type=base.WordChoice(_BY, "report.by"), default=By.CITY.value,
    show_default=True, help="escalation.help.by",
)  # fmt: skip
@base.option("--programme", metavar="CODE", help="command.rollup.programme")
@base.option("--under", metavar="REGION", help="command.rollup.under")
@base.option("--as-of", metavar="DATE", help="command.option.as_of")
@base.format_option
@click.pass_context
def escalate_command(
    ctx: click.Context, addressees: tuple[str, ...], step: str | None, items: tuple[str, ...],
    due: str | None, on: str | None, cause: str, issuer: str, on_behalf: str | None,
    output: OutputFile | None,
    suggest: bool, by: str, programme: str | None, under: str | None, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Take a step, or list the steps that are due."""
    from rectify_tui.reports.escalation.steps import read_step

    if suggest:
        _suggest(ctx, By(by), programme, under, as_of, output_format)
        return
    if not addressees or step is None:
        raise base.Misuse(Problem("escalation.needs_target"), ctx)
    wanted = {"--programme": programme, "--under": under, "--as-of": as_of}
    if given := [name for name, value in wanted.items() if value]:
        raise base.Misuse(Problem("escalation.only_suggest", names=", ".join(given)), ctx)
    asked = _Asked(addressees, read_step(step), items, due, on, cause, on_behalf, issuer)
    _escalate(ctx, asked, output)


def _suggest(
    ctx: click.Context, by: By, programme: str | None, under: str | None, as_of: str | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    from rectify_tui.reports.escalation.tables import suggestion_table
    from rectify_tui.store.escalations import suggestions, targets

    ladder = _settings().ladder
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        day = read_date(as_of, ledger) or ledger.today()
        found = targets(
            connection, by, day,
            programme_id=programme_id(connection, programme) if programme else None,
            under_id=one_region(connection, under).id if under else None,
        )  # fmt: skip
        due = suggestions(found, ladder, day)
        table = suggestion_table(due, ladder, base.language_of(ctx), day=day)
        base.emit(ctx, table, output_format)


@dataclass(frozen=True)
class _Asked:
    """A step as the user asked for it."""

    addressees: tuple[str, ...]
    step: EscalationStep
    items: tuple[str, ...]
    due: str | None
    on: str | None
    cause: str
    on_behalf: str | None
    issuer: str


def _escalate(ctx: click.Context, asked: _Asked, output: OutputFile | None) -> None:
    from rectify_tui.reports.escalation.citing import standings
    from rectify_tui.store.behind import behind_items
    from rectify_tui.store.commands.escalations import escalate, find_addressee

    settings, t = _settings(), base.language_of(ctx)
    several = len(asked.addressees) > 1
    if output is not None and several and output.path.suffix:
        raise Problem("escalation.one_letter", n=len(asked.addressees))
    with open_store(ctx) as ledger:
        day = read_date(asked.on, ledger) or ledger.today()
        term = read_term(asked.due or "", day)
        if term is None and asked.due is None:
            term = answer_due(asked.step, settings.ladder, day)
        due = term.day if term else read_date(asked.due, ledger)
        assert due is not None
        taken: dict[int, tuple[Addressee, Cited]] = {}
        with ledger.batch(
            "escalate", on_behalf=asked.on_behalf, reason=asked.cause or None
        ) as writing:
            connection = writing.draft.connection
            behind = behind_items(connection, day)
            for text in asked.addressees:
                addressee = find_addressee(connection, text)
                cited = _cited(connection, asked, addressee, behind, day, t)
                id = escalate(
                    writing.draft, addressee, asked.step, cited.ids, due_on=due, cause=asked.cause,
                    on=day, issuer=asked.issuer,
                )  # fmt: skip
                taken[id] = addressee, cited
            letters = {
                _file_for(output, _called(addressee, t), asked.step, t):
                    _letter(ctx, asked, settings, addressee, cited, day, due)
                for addressee, cited in taken.values()
            } if output else {}  # fmt: skip
            for file in letters:  # no step is taken whose letter could not be written
                file.require_free()
        names = t("report.comma").join(_called(addressee, t) for addressee, _ in taken.values())
        base.say(
            ctx, "escalation.done", names=names, step=t(f"ladder.step.{asked.step}"),
            n=len({id for _, cited in taken.values() for id in cited.ids}),
            batch=writing.receipt.batch, ids=", ".join(map(str, taken)),
        )  # fmt: skip
        if not asked.items:
            _mention_past_due(ctx, ledger.reader(), taken.values(), day)
    if term and term.assumed_years:
        years = t("report.comma").join(map(str, term.assumed_years))
        base.note(ctx, "schedule.working.assumed", years=years)
    for left_out in {standings(cited.left_out, t) for _, cited in taken.values()} - {""}:
        base.note(ctx, "escalation.left_out", items=left_out)
    for file, content in letters.items():
        file.write(content)
        base.note(ctx, "escalation.written", path=file.path)


def _called(addressee: Addressee, t: Language) -> str:
    return t.name(addressee.name, addressee.name_en)


def _cited(
    connection: Connection, asked: _Asked, addressee: Addressee, behind: Sequence[BehindItem],
    day: date, t: Language,
) -> Cited:  # fmt: skip
    """What a step cites: of the items named, or of the addressee's, those it is about.

    Raises `Problem` where nothing stands against any that was named.
    """
    from rectify_tui.reports.escalation.citing import cite, standings
    from rectify_tui.store.commands.escalations import of_addressee

    named = item_ids(connection, asked.items) if asked.items else None
    ids = named or of_addressee(connection, addressee, [each.row.id for each in behind])
    cited = cite(connection, ids, asked.step, day, behind)
    if named and not cited.items:
        raise Problem("escalation.none_cited", items=standings(cited.left_out, t))
    return cited


def _mention_past_due(
    ctx: click.Context, connection: Connection, taken: Iterable[tuple[Addressee, Cited]], day: date
) -> None:
    """Say so where an addressee has more that only the schedule has behind."""
    from rectify_tui.domain.mark import Mark
    from rectify_tui.store.commands.escalations import of_addressee
    from rectify_tui.store.marked import marked_items

    past_due = [
        id for id, each in marked_items(connection, day).items() if Mark.PAST_DUE in each.marks
    ]
    for addressee, _ in taken:
        if n := len(of_addressee(connection, addressee, past_due)):
            name = _called(addressee, base.language_of(ctx))
            base.note(ctx, "escalation.more_past_due", name=name, n=n)


def _letter(
    ctx: click.Context, asked: _Asked, settings: EscalationSettings, addressee: Addressee,
    cited: Cited, day: date, due: date,
) -> bytes:  # fmt: skip
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.escalation.letter import Letter, write_letter
    from rectify_tui.reports.escalation.settings import Wording
    from rectify_tui.reports.weekly import settings as weekly

    office = asked.issuer or weekly.read_settings(config_folder() / weekly.FILE).office
    t = base.language_of(ctx)
    name = _called(addressee, t)
    letter = Letter(asked.step, name, day, due, asked.cause, office, cited.items)
    wording = settings.wording.get(asked.step, Wording())
    return write_letter(letter, wording, t)


def _file_for(output: OutputFile, name: str, step: EscalationStep, t: Language) -> OutputFile:
    """The file of one letter; without an ending the output is a folder."""
    from rectify_tui.part_file import make_folder
    from rectify_tui.reports.file_names import safe_name

    if output.path.suffix:
        return output
    named = f"{name}-{t(f'ladder.step.{step}')}"
    make_folder(output.path)
    return output.at(output.path / f"{safe_name(named)}.docx")


@click.command(
    "escalations",
    cls=base.Command,
    help="escalation.help.list",
    example="rectify escalations\nrectify escalations --open --format csv\n"
    "rectify escalations --step summons -o letters/",
)
@base.option("--open", "only_open", is_flag=True, help="escalation.help.open")
@base.option("--step", metavar="STEP", help="escalation.help.only_step")
@output_option("escalation.help.letters", metavar="FOLDER")
@base.format_option
@click.pass_context
def escalations_command(
    ctx: click.Context, only_open: bool, step: str | None, output: OutputFile | None,
    output_format: base.Format,
) -> None:  # fmt: skip
    """Print the steps that were taken, or write their letters."""
    from rectify_tui.reports.escalation.steps import read_step
    from rectify_tui.reports.escalation.tables import escalation_table
    from rectify_tui.store.escalations import escalations

    wanted = read_step(step) if step else None
    with open_store(ctx) as ledger, one_moment(ledger) as connection:
        today = ledger.today()
        found = [each for each in escalations(connection) if wanted in (None, each.step)]
        if only_open:
            found = [each for each in found if each.state(today) in ("waiting", "late")]
        if output is not None:
            _write_letters(ctx, connection, found, output)
            return
        full = output_format in ("json", "csv")
        table = escalation_table(found, base.language_of(ctx), today=today, full=full)
        base.emit(ctx, table, output_format)


def _write_letters(
    ctx: click.Context, connection: Connection, found: Sequence[Escalation], output: OutputFile
) -> None:
    """Write a letter for each step, into a folder where there are several."""
    from rectify_tui.paths import config_folder
    from rectify_tui.reports.escalation.tables import towards
    from rectify_tui.reports.escalation.taken import LettersTaken
    from rectify_tui.reports.weekly import settings as weekly

    if not found:
        raise Refusal("escalation.no_letters")
    if len(found) > 1 and output.path.suffix:
        raise Problem("escalation.one_letter", n=len(found))
    t = base.language_of(ctx)
    office = weekly.read_settings(config_folder() / weekly.FILE).office
    letters = LettersTaken(connection, _settings(), office, t)
    written = {
        _file_for(output, f"{each.id}-{towards(each, t)}", EscalationStep(each.step), t):
            letters.write(each)
        for each in found
    }  # fmt: skip
    for file in written:
        file.require_free()
    for file, content in written.items():
        file.write(content)
    base.say(ctx, "escalation.letters_written", n=len(written), path=output.path)


@click.command(
    "answer",
    cls=base.Command,
    help="escalation.help.answer",
    example="rectify answer 18 --text 设备已到货，四月底完工 --on 2020-03-20",
)
@base.argument("id", type=int, metavar="ID", help="escalation.help.id")
@base.option("--text", metavar="TEXT", help="escalation.help.text")
@base.option("--minutes", metavar="TEXT", default="", help="escalation.help.minutes")
@base.option("--commitment", metavar="TEXT", default="", help="escalation.help.commitment")
@base.option("--on", metavar="DATE", help="command.option.on")
@base.option("--who", "on_behalf", metavar="NAME", help="command.option.by")
@click.pass_context
def answer_command(
    ctx: click.Context, id: int, text: str | None, minutes: str, commitment: str, on: str | None,
    on_behalf: str | None,
) -> None:  # fmt: skip
    """Keep the answer to a step, or what was said and promised there."""
    from rectify_tui.store.commands.escalations import answer, keep_minutes

    said = minutes or commitment
    if text is None and not said:
        raise base.Misuse(Problem("escalation.nothing_said", id=id), ctx)
    with open_store(ctx) as ledger:
        with ledger.batch("answer", on_behalf=on_behalf) as writing:
            if text is not None:
                answer(writing.draft, id, text, on=read_date(on, ledger))
            if said:
                keep_minutes(writing.draft, id, minutes=minutes, commitment=commitment)
        key = "answered_now" if text is not None else "minutes_kept"
        base.say(ctx, f"escalation.{key}", id=id, batch=writing.receipt.batch)
