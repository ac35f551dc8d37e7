"""The office's own ladder: the file `escalation.toml` in the folder of settings.

    [steps.letter]             # or 函告
    weeks_behind = 3           # suggested after so many whole weeks behind
    not_completed = 5          # or with so many lines not completed
    answer_days = 10           # days to answer
    working_days = true        # which are working days, without holidays
    title = "关于抓紧整改的函"
    text = "截至{day}，你单位负责的整改任务中有{facts}（详见附表）。请于{due}前书面回复。"

    [steps.bulletin]
    use = false                # never suggested

What a file does not say stays as it is by default. Blanks: {name}, {day}, {n}, {due}, {cause}, and
{facts}, which says how many items are cited for what. Where a text of its own does not have it, and
not all items are reported behind, that follows as a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from typing import Any

from rectify_tui.domain.ladder import DEFAULT, EscalationStep, Ladder, Rung
from rectify_tui.errors import Problem
from rectify_tui.reports.escalation.steps import read_step
from rectify_tui.reports.settings_file import SettingsReader, read_toml

FILE = "escalation.toml"
BLANKS = ("name", "day", "n", "due", "cause", "facts")
"""What the wording of a letter may leave open."""

_MOST_WEEKS, _MOST_LINES, _MOST_DAYS = 520, 100_000, 366
_LONGEST_TEXT = 2_000
_KNOWN = ("use", "weeks_behind", "not_completed", "answer_days", "working_days", "title", "text")


@dataclass(frozen=True)
class Wording:
    """How a letter reads; None is the usual wording."""

    title: str | None = None
    text: str | None = None


@dataclass(frozen=True)
class EscalationSettings:
    """The ladder with its thresholds, and the wording of each step's letter."""

    ladder: Ladder = field(default_factory=lambda: dict(DEFAULT))
    wording: Mapping[EscalationStep, Wording] = field(default_factory=dict)


def read_escalation_settings(path: Path) -> EscalationSettings:
    """The settings of a file; the usual ones without one.

    Raises `Problem` that names the file and the place for everything that cannot be understood.
    """
    reader = SettingsReader(path)
    data = read_toml(path)
    tables = reader.table(data.pop("steps", {}), "steps")
    if data:
        raise reader.wrong(next(iter(data)), "unknown", name=next(iter(data)), known="steps")
    rungs: dict[EscalationStep, Rung | None] = dict(DEFAULT)
    wording = {}
    for name, value in tables.items():
        where = f"steps.{name}"
        step = _step(reader, name, where)
        table = reader.table(value, where)
        for key in table:
            if key not in _KNOWN:
                raise reader.wrong(f"{where}.{key}", "unknown", name=key, known=", ".join(_KNOWN))
        rungs[step] = _rung(reader, table, where, DEFAULT[step])
        wording[step] = read_wording(reader, table, where)
    ladder = {step: rung for step in EscalationStep if (rung := rungs[step]) is not None}
    return EscalationSettings(ladder, wording)


def _step(reader: SettingsReader, name: str, where: str) -> EscalationStep:
    try:
        return read_step(name)
    except Problem:
        return reader.choice(name, where, EscalationStep)


def _rung(reader: SettingsReader, table: Mapping[str, Any], where: str, usual: Rung) -> Rung | None:
    """The rung; one that names a threshold has no other, and one that is not used is none."""
    if not reader.flag(table.get("use", True), f"{where}.use"):
        return None

    def whole(key: str, most: int) -> int | None:
        if key not in table:
            return None
        return reader.whole(table[key], f"{where}.{key}", least=1, most=most)

    weeks, lines = whole("weeks_behind", _MOST_WEEKS), whole("not_completed", _MOST_LINES)
    rung = usual if weeks is None and lines is None else Rung(weeks, lines, usual.answer_days)
    return rung._replace(
        answer_days=whole("answer_days", _MOST_DAYS) or rung.answer_days,
        working=reader.flag(table.get("working_days", False), f"{where}.working_days"),
    )  # fmt: skip


def read_wording(reader: SettingsReader, table: Mapping[str, Any], where: str) -> Wording:
    """How a letter reads by a table. Raises `Problem` for a blank that nobody fills."""

    def text(key: str) -> str | None:
        if key not in table:
            return None
        place = f"{where}.{key}"
        wording = reader.text(table[key], place, multiline=key == "text", limit=_LONGEST_TEXT)
        _require_blanks(reader, wording, place)
        return wording

    return Wording(text("title"), text("text"))


def _require_blanks(reader: SettingsReader, text: str, where: str) -> None:
    """Raise `Problem` for a blank that nobody fills: `{0}`, `{day.year}` and the like included."""
    try:
        parts = [(name, spec, how) for _, name, spec, how in Formatter().parse(text)]
    except ValueError:
        parts = [("{", "", None)]
    for name, spec, how in parts:
        if name is not None and (name not in BLANKS or spec or how):
            known = ", ".join(f"{{{each}}}" for each in BLANKS)
            raise reader.wrong(where, "no_blank", name=name, known=known)
