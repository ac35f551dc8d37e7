"""Adding to the record of a visit what it lacked, so that it counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial

from rectify_tui.domain.position import read_position
from rectify_tui.domain.status import Verification
from rectify_tui.errors import Problem
from rectify_tui.paths import config_folder
from rectify_tui.reports.evidence import evidence_rules
from rectify_tui.reports.visits import FILE, read_needs, visit_text
from rectify_tui.store.commands.evidence import read_files
from rectify_tui.store.commands.visits import VisitNote, complete_visit
from rectify_tui.store.draft import Draft
from rectify_tui.store.evidence import evidence_about, folder_of
from rectify_tui.store.ledger import Receipt
from rectify_tui.store.records import VISIT
from rectify_tui.store.visits import Visit, visits_by_id
from rectify_tui.tui.dialogs.ask import AskDialog, Asked
from rectify_tui.tui.dialogs.evidence import typed_files
from rectify_tui.tui.odd_files import OddFiles
from rectify_tui.tui.session import Session


def complete(session: Session, id: int) -> None:
    """Ask for what a visit lacks, and add it."""

    def ask(visit: Visit) -> None:
        t, odd = session.t, OddFiles(session)

        def attempt(typed: Mapping[str, str]) -> None:
            try:
                added = _added(typed)
            except Problem as problem:
                dialog.complain(problem)
                return
            change = partial(_add, session, id, added, typed.get("files", ""), odd)
            session.change("visit", change, done=done, refused=dialog.complain)

        def done(_: Receipt) -> None:
            dialog.close()

        question = t("tui.visit.complete", ref=visit.ref, id=visit.id)
        dialog = AskDialog(
            session, question, _lines(session, visit), attempt, hint=t("tui.visit.hint"),
            about=visit_text(visit, t),
        )  # fmt: skip
        session.ask(dialog, odd.tell)

    session.read(lambda: visits_by_id(session.ledger.reader(), [id])[0], ask, "look-up")


def _add(
    session: Session, id: int, added: VisitNote, files: str, odd: OddFiles, draft: Draft
) -> None:
    """In a thread: add to the record, and keep the files."""
    kept = read_files(typed_files(files), evidence_rules())
    note = replace(added, files=kept, folder=folder_of(session.ledger.address))
    complete_visit(draft, id, note, needs=read_needs(config_folder() / FILE))
    if kept:
        draft.flush()
        odd.look_at(draft, [each.id for each in evidence_about(draft.connection, VISIT, id)])


def _lines(session: Session, visit: Visit) -> list[Asked]:
    """A line for each text that the record has not, and for files."""
    has = {
        "person": visit.person, "team": visit.team, "findings": visit.findings,
        "position": visit.latitude,
    }  # fmt: skip
    names = [name for name, value in has.items() if value is None]
    names += [] if session.served else ["files"]
    return [Asked(name, session.t(f"tui.visit.{name}")) for name in names]


def _added(typed: Mapping[str, str]) -> VisitNote:
    """What was typed. Raises `Problem` for nothing, and for what is no position."""
    if not any(typed.values()):
        raise Problem("tui.nothing_typed")
    return VisitNote(
        Verification.UNVERIFIED, typed.get("person", ""), typed.get("team", ""),
        read_position(typed.get("position", "")), typed.get("findings", ""),
    )  # fmt: skip
