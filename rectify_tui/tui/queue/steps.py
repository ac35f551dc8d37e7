"""Taking a step about lines of the queue: what is proposed, towards whom, and its letter."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from rectify_tui.domain.ladder import EscalationStep
from rectify_tui.errors import Problem
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports.escalation.citing import Cited, cite, standings
from rectify_tui.reports.escalation.letter import Letter, write_letter
from rectify_tui.reports.escalation.settings import EscalationSettings, Wording
from rectify_tui.reports.escalation.tables import why
from rectify_tui.reports.weekly import settings as weekly
from rectify_tui.store.commands.escalations import Addressee, find_addressee, of_addressee
from rectify_tui.store.connection import Connection
from rectify_tui.tui.dialogs.escalate import Proposal
from rectify_tui.tui.queue.facts import Facts


@dataclass(frozen=True)
class Proposed:
    """What a dialog begins with, and whom it means by the name in it."""

    proposal: Proposal
    addressee: Addressee | None

    def meant(self, connection: Connection, name: str) -> Addressee:
        """The addressee that a name means. Raises `Problem` where none is known by it."""
        if self.addressee is not None and name == self.proposal.name:
            return self.addressee
        return find_addressee(connection, name)


def propose(facts: Facts, t: Language, concerns: Callable[[Addressee], bool]) -> Proposed:
    """The gravest step that is due about a line, towards somebody whom all chosen ones concern.

    Where none is due, the one after the last that was taken, towards its unit or place.
    """
    for target, suggestion in facts.suggestions:
        addressee = Addressee(target.name, target.region_id, target.unit_id)
        if concerns(addressee):
            name = t.name(target.name, target.name_en)
            return Proposed(Proposal(suggestion.step, name, why(suggestion, t)), addressee)
    step = _following(facts)
    for nearest in facts.addressees:
        if concerns(nearest.addressee):
            name = t.name(nearest.addressee.name, nearest.name_en)
            return Proposed(Proposal(step, name), nearest.addressee)
    return Proposed(Proposal(step, ""), None)


def _following(facts: Facts) -> EscalationStep:
    """The step after the gravest that was taken about a line."""
    steps = tuple(EscalationStep)
    ranks = [EscalationStep(escalation.step).rank for escalation in facts.escalations]
    return steps[min(max(ranks, default=-1) + 1, len(steps) - 1)]


def concerned(connection: Connection, ids: Sequence[int]) -> Callable[[Addressee], bool]:
    """Whether all these items have to do with somebody."""
    return lambda addressee: len(of_addressee(connection, addressee, list(ids))) == len(ids)


@dataclass(frozen=True)
class RecordedStep:
    """A step that was recorded, with all that its letter needs."""

    step: EscalationStep
    name: str
    cited: Cited
    day: date
    due_on: date | None
    cause: str
    assumed_years: tuple[int, ...] = ()


def cited_of(
    connection: Connection, ids: Sequence[int], step: EscalationStep, day: date, t: Language
) -> Cited:
    """What a step cites of the items chosen. Raises `Problem` where nothing stands against any."""
    cited = cite(connection, ids, step, day)
    if not cited.items:
        raise Problem("escalation.none_cited", items=standings(cited.left_out, t))
    return cited


def left_out_text(cited: Cited, t: Language) -> str:
    """What the letter leaves out and why, empty where it is nothing."""
    if not cited.left_out:
        return ""
    return t("escalation.left_out", items=standings(cited.left_out, t))


def letter(taken: RecordedStep, settings: EscalationSettings, t: Language) -> bytes:
    """The letter that goes with a step, as DOCX."""
    office = weekly.read_settings(config_folder() / weekly.FILE).office
    page = Letter(
        taken.step, taken.name, taken.day, taken.due_on, taken.cause, office, taken.cited.items
    )
    return write_letter(page, settings.wording.get(taken.step, Wording()), t)
