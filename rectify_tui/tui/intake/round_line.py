"""A line above the files: how many returns have come, are to be checked, and are awaited."""

from __future__ import annotations

from datetime import date

from textual.content import Content
from textual.widgets import Static

from rectify_tui.domain.text import shorten
from rectify_tui.intake.returns.status import Round
from rectify_tui.intake.workspace.workspace import IntakeWorkspace
from rectify_tui.reports.returns import week_name
from rectify_tui.tui.session import Session
from rectify_tui.tui.sources.intake_files import DeskList


class RoundLine(Static):
    """Tells how the round stands, the files that lie open counted in."""

    def __init__(self, session: Session, workspace: IntakeWorkspace) -> None:
        super().__init__(id="round")
        self.session = session
        self.workspace = workspace
        self._round: Round | None = None
        self._earlier = False

    def show(self, found: Round | None, *, earlier: bool) -> None:
        """Tell of another round, or of none; an `earlier` one says how to come back."""
        self._round, self._earlier = found, earlier
        self.set_class(found is not None, "there")
        self.draw()

    def draw(self) -> None:
        """Write the line anew."""
        if self._round is None:
            return
        t = self.session.t
        text = t("tui.sign.dot").join(self._parts(self._round))
        room = max(0, self.screen.size.width - 2)
        text = shorten(text, room, t("tui.sign.cut"))
        if text != str(self.content):
            self.update(Content(text), layout=False)

    def _parts(self, found: Round) -> list[str]:
        t = self.session.t
        listed = DeskList(self.workspace.chosen(None), found)
        open_, waiting = listed.open_states(), listed.waiting()
        come = sum(each.state == "received" for each in found.states)
        parts = [t("intake_screen.round.title", week=week_name(found.cutoff, t),
                   n=len(found.states))]  # fmt: skip
        if self._earlier:
            key = self.session.first_key("intake.rounds")
            parts.append(t("intake_screen.round.earlier", key=key))
        parts.append(t("intake_screen.round.come", n=come))
        if open_:
            lines = sum(open_.values())
            parts.append(t("intake_screen.round.open", n=len(open_), lines=lines))
        if waiting:
            parts.append(t("intake_screen.round.awaited", n=len(waiting)))
            parts.append(self._due(min(each.due_on for each in waiting)))
        return parts

    def _due(self, text: str) -> str:
        days = (date.fromisoformat(text) - self.session.today).days
        key = "due" if days > 0 else "past" if days < 0 else "due_today"
        return self.session.t(f"intake_screen.round.{key}", due=text[5:], days=abs(days))
