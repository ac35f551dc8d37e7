"""What was seen on site: the three numbers by line, teams, draws, records that lack something."""

from __future__ import annotations

from rectify_tui.reports.draws import draw_status_table
from rectify_tui.reports.visits import team_table, verified_table, visit_table
from rectify_tui.store.draws import draws, part_states
from rectify_tui.store.scope import Scope
from rectify_tui.store.visits import VerifiedBy, incomplete_visits, team_visits, verified
from rectify_tui.tui.tables.completing import complete
from rectify_tui.tui.tables.model import Asked, Goes, Shown, TablePage, about_row
from rectify_tui.tui.tables.sampling import go_on

_TEAM, _DRAW, _INCOMPLETE = "team", "draw", "incomplete"


def _verification(asked: Asked) -> Shown:
    """Reported, verified and refuted by line; or the visits of teams; or the draws."""
    connection, t, day = asked.connection, asked.t, asked.day
    scope = Scope(asked.programme_id)
    if asked.kind == _DRAW:
        found = [each for each in draws(connection, day) if each.within(scope)]
        states = [(each, part_states(connection, each, day)) for each in found]
        ids = tuple(each.id for each, parts in states for _ in range(max(1, len(parts))))
        return Shown(draw_status_table(states, t, day), ids=ids, empty=t("draw.none"))
    if asked.kind == _TEAM:
        return Shown(team_table(team_visits(connection, day, scope), t, day))
    if asked.kind == _INCOMPLETE:
        lacking = incomplete_visits(connection, day, scope)
        table = visit_table(lacking, t, day, incomplete=True)
        goes = tuple(Goes("items", key=each.item_id) for each in lacking)
        return Shown(table, goes=goes, ids=tuple(each.id for each in lacking))
    by = VerifiedBy(asked.kind)
    return Shown(verified_table(verified(connection, day, scope, by), by, t, day))


PAGES = (
    TablePage(
        "verification", _verification,
        kinds=(VerifiedBy.PROGRAMME.value, VerifiedBy.CITY.value, VerifiedBy.COUNTY.value, _TEAM,
               _DRAW, _INCOMPLETE),
        acts={_DRAW: go_on, _INCOMPLETE: about_row(complete)},
        keep=("verified_reported", "verified_confirmed", "verified_refuted", "draw_says", "ref",
              "visit_state"),
    ),
)  # fmt: skip
