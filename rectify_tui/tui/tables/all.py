"""All tables, in the order of their names."""

from __future__ import annotations

from rectify_tui.tui.tables import coverage, draft, figures, units, visits, work
from rectify_tui.tui.tables.model import TablePage
from rectify_tui.tui.tables.names import NAMES

BY_NAME = {
    page.name: page
    for kind in (draft, figures, coverage, work, units, visits)
    for page in kind.PAGES
}
PAGES: tuple[TablePage, ...] = tuple(BY_NAME[name] for name in NAMES)
