"""What has to be done: days that come, steps that were taken and are due, deadlines that moved."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.filter_fields import ITEM_FIELDS
from rectify_tui.domain.filter_text import parse_filter, replace_term
from rectify_tui.domain.reference import format_references
from rectify_tui.paths import config_folder
from rectify_tui.reports.calendar import OPEN, by_day, calendar, calendar_table, entries
from rectify_tui.reports.escalation.settings import FILE, read_escalation_settings
from rectify_tui.reports.escalation.tables import escalation_table, suggestion_table
from rectify_tui.reports.extensions import ExtensionsBy, extension_table
from rectify_tui.reports.windows import read_rows, row_ids
from rectify_tui.store import chain
from rectify_tui.store.commands.escalations import answer
from rectify_tui.store.draft import Draft
from rectify_tui.store.escalations import (
    Escalation,
    EscalationTarget,
    escalations,
    suggestions,
    targets,
)
from rectify_tui.store.extensions import extensions
from rectify_tui.store.items import ItemList, item_rows
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.listing import ListQuery
from rectify_tui.store.milestones import open_steps
from rectify_tui.store.rollup_read import By
from rectify_tui.tui.dialogs.answer import AnswerDialog, AnswerResult, step_text
from rectify_tui.tui.session import Session
from rectify_tui.tui.tables.model import Asked, Goes, Shown, TablePage, about_row

ICS = ".ics"

_STEPS = ("open", "all")


def _items(asked: Asked, more: str = "", as_of: date | None = None) -> ItemList:
    """The items of the programme that is shown, or of all of them."""
    text = replace_term(more, "programme", asked.programme) if asked.programme else more
    wanted = parse_filter(text, ITEM_FIELDS, today=asked.day)
    return ItemList(asked.session.ledger, ListQuery(wanted, as_of=as_of))


def _calendar(asked: Asked) -> Shown:
    """Days on which something is due, of what is still open."""
    ledger, connection, t = asked.session.ledger, asked.connection, asked.t
    ids = row_ids(_items(asked, OPEN))
    steps = open_steps(connection, ids.tolist())
    rows = read_rows(connection, item_rows, ids, None)
    found = by_day(entries(rows, steps))
    goes = tuple(Goes("items", key=each.row.id) for each in found)
    origin = chain.origin(connection)
    files = {ICS: lambda: calendar(found, t, ledger=origin, now=ledger.clock())}
    today = asked.session.today
    begin = sum(each.day < today for each in found)
    begin = begin if begin < len(found) else 0
    return Shown(calendar_table(found, t, today), goes=goes, files=files, begin=begin)


def _escalations(asked: Asked) -> Shown:
    """Steps that were taken, the newest first."""
    today = asked.session.today
    found = [
        each
        for each in escalations(asked.connection)
        if asked.programme is None or asked.programme in each.programmes
        if asked.kind == "all" or each.state(today) in ("waiting", "late")
    ]
    table = escalation_table(found, asked.t, today=today, full=True)
    return Shown(table, goes=tuple(map(_cited, found)), ids=tuple(each.id for each in found))


def _cited(each: Escalation) -> Goes | None:
    """The items that a step is about, or all of the place or unit it was taken towards."""
    refs = (ref.partition("/")[::2] for ref in each.items)
    if each.items:
        return Goes("items", replace_term("", "ref", format_references(refs).split(" ")))
    field, name = ("unit", each.unit) if each.unit else ("region", each.region)
    return Goes("items", replace_term("", field, name or ""))


def answer_step(session: Session, id: int) -> None:
    """Ask what came back on a step, and keep it."""

    def find() -> Escalation:
        return escalations(session.ledger.reader(), [id])[0]

    def ask(step: Escalation) -> None:
        def attempt(result: AnswerResult) -> None:
            def change(draft: Draft) -> None:
                answer(draft, id, result.text, on=result.on)

            session.change("answer", change, done=done, refused=dialog.complain)

        def done(_: Receipt) -> None:
            dialog.close()

        t = session.t
        about = step.answer and t("tables.answered", day=step.answered_on, answer=step.answer)
        question = t("queue_screen.ask_answer", what=f"#{id}")
        dialog = AnswerDialog(session, question, about or "", [step_text(t, step)], attempt)
        session.ask(dialog)

    session.read(find, ask, "look-up", asks=True)


def _due(asked: Asked) -> Shown:
    """Steps that the office's ladder says are due."""
    ladder = read_escalation_settings(config_folder() / FILE).ladder
    found = targets(asked.connection, By(asked.kind), asked.day, programme_id=asked.programme_id)
    due = suggestions(found, ladder, asked.day)
    table = suggestion_table(due, ladder, asked.t, day=asked.day)
    return Shown(table, goes=tuple(_behind(target) for target, _ in due))


def _behind(target: EscalationTarget) -> Goes:
    """What of a place or unit waits in the queue."""
    field = "region" if target.unit_id is None else "responsible"
    return Goes("queue", replace_term("", field, target.name))


def _extensions(asked: Asked) -> Shown:
    """Deadlines that somebody allowed to move, or the days granted added up."""
    ids = row_ids(_items(asked, as_of=asked.session.as_of)).tolist()
    found = extensions(asked.connection, ids, asked.day)
    by = ExtensionsBy(asked.kind)
    goes = tuple(Goes("items", key=each.item_id) for each in found)
    table = extension_table(found, by, asked.t, asked.day)
    return Shown(table, goes=goes if by is ExtensionsBy.ITEM else ())


PAGES = (
    TablePage("calendar", _calendar, keep=("days_left", "ref")),
    TablePage(
        "escalations", _escalations, kinds=_STEPS, keep=("step", "towards", "state"),
        acts=dict.fromkeys(_STEPS, about_row(answer_step)),
    ),
    TablePage(
        "due", _due, kinds=(By.CITY.value, By.PROVINCE.value, By.COUNTY.value, By.UNIT.value),
        keep=("step", "behind"),
    ),
    TablePage("extensions", _extensions, kinds=tuple(ExtensionsBy), keep=("decision", "due_on")),
)  # fmt: skip
