"""Close-out as sentences and tables: the steps of an item, and the board of what waits.

    wait_days = 30      # for so many days an item may wait for somebody
    strike_days = 7     # and for striking off after its notice has run

That is what the file `closeout.toml` in the folder of settings may say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from rectify_tui.domain.closeout import USUAL_WAITS, Closure, Procedure, Stage, Waits
from rectify_tui.paths import config_folder
from rectify_tui.reports import labels
from rectify_tui.reports.settings_file import SettingsReader, read_toml
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.closings import Closing, closure_of

if TYPE_CHECKING:
    from rectify_tui.i18n import Language
    from rectify_tui.store.items import ItemRow

FILE = "closeout.toml"
_DAYS = {"wait_days": "somebody", "strike_days": "strike"}
_MOST = 3650


def read_waits(path: Path) -> Waits:
    """For how long an item may wait; what the file does not say is as usual.

    Raises `Problem` for what cannot be understood.
    """
    reader, data = SettingsReader(path), read_toml(path)
    for key in data:
        if key not in _DAYS:
            raise reader.wrong(key, "unknown", name=key, known=", ".join(_DAYS))
    days = {_DAYS[key]: reader.whole(data[key], key, least=0, most=_MOST) for key in data}
    return USUAL_WAITS._replace(**days)


def office_waits() -> Waits:
    """For how long an item may wait in this user's office. Raises `Problem` as `read_waits`."""
    return read_waits(config_folder() / FILE)


def step_label(each: Closing, t: Language) -> str:
    """A step in a few words, with its level where it has one."""
    step = t(f"closeout.step.{each.step}")
    if not each.level:
        return step
    return t("closeout.at_level", step=step, level=t(f"closeout.level.{each.level}"))


def closing_text(each: Closing, t: Language) -> str:
    """A step in one sentence."""
    text = t("closeout.told", on=each.acted_on, by=each.acted_by, step=step_label(each, t))
    if each.step == "publish" and each.notice_until:
        text += t("closeout.told_until", until=each.notice_until)
    if each.visit_id is not None:
        text += t("closeout.told_visit")
    return text + (t("closeout.told_reason", reason=each.reason) if each.reason else "")


def closing_table(found: Iterable[Closing], t: Language) -> Table:
    """The steps of an item, one line each."""
    rows = [
        vars(each)
        | {
            "closing": Labelled(each.step, step_label(each, t)),
            "closure": labels.closure(t, each.stage or Stage.NOT_APPLIED),
        }
        for each in found
    ]
    wanted = labels.columns(
        t, ("acted_on", "date"), ("closing", labels.WHOLE), "acted_by", ("closure", labels.WHOLE),
        ("notice_until", "date"), "reason",
    )  # fmt: skip
    return Table(t("closeout.title"), wanted, rows)


def closure_of_row(row: ItemRow) -> Closure:
    """How far an item of a list is."""
    return closure_of(
        {name: getattr(row, name) for name in
         ("closure", "closure_level", "closure_on", "notice_until")}
    )  # fmt: skip


def waits_for(closure: Closure, procedure: Procedure, day: date, t: Language) -> str:
    """What an item waits for, in a few words: whose turn it is, or how long the notice runs."""
    match closure.stage:
        case Stage.APPLIED:
            level = procedure.next_level(closure.level) or procedure.levels[-1]
            return t("closeout.waits.level", level=t(f"closeout.level.{level}"))
        case Stage.PUBLISHED:
            left = closure.days_left(day) or 0
            if left < 0:
                return t("closeout.waits.strike")
            return t("closeout.waits.notice", n=left) if left else t("closeout.waits.last_day")
    return t(f"closeout.waits.{closure.stage}")


def board_table(
    rows: Iterable[ItemRow], procedures: Mapping[int, Procedure], by_code: Mapping[str, int],
    day: date, t: Language,
) -> Table:  # fmt: skip
    """What stands where: a line for each item, its stage, what it waits for and for how long."""
    lines = [_board_line(row, procedures[by_code[row.programme]], day, t) for row in rows]
    wanted = labels.columns(
        t, ("ref", labels.WHOLE), ("closure", labels.WHOLE), ("waits_for", labels.WHOLE),
        ("closure_on", "date"), ("days_waited", "count"), ("notice_until", "date"), "region",
        "responsible", "problem",
    )  # fmt: skip
    notes = () if lines else (t("closeout.nothing"),)
    return Table(labels.dated(t, t("closeout.board"), day), wanted, lines, notes)


def _board_line(row: ItemRow, procedure: Procedure, day: date, t: Language) -> Mapping[str, object]:
    closure = closure_of_row(row)
    return {
        "ref": row.ref,
        "closure": labels.closure(t, closure.stage),
        "waits_for": Labelled(None, waits_for(closure, procedure, day, t)),
        "closure_on": row.closure_on,
        "days_waited": closure.days_waited(day),
        "days_left": closure.days_left(day),
        "notice_until": row.notice_until if closure.stage is Stage.PUBLISHED else None,
        "region": labels.place(t, row.region, row.region_en),
        "responsible": row.responsible,
        "problem": labels.marked(
            t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated
        ),
    }
