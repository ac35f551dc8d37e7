"""Moved deadlines as tables, and who may allow them.

    may_allow = ["王局长", "李主任"]    # without it anybody may, but nobody for themselves

That is what the file `extension.toml` in the folder of settings may say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from enum import StrEnum
from pathlib import Path

from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.settings_file import SettingsReader, read_toml
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.extensions import Extension

FILE = "extension.toml"
_KEY = "may_allow"


def read_may_allow(path: Path) -> tuple[str, ...]:
    """Who may allow that a deadline is moved; nobody in particular where no file says so.

    Raises `Problem` for what cannot be understood.
    """
    reader, data = SettingsReader(path), read_toml(path)
    for key in data:
        if key != _KEY:
            raise reader.wrong(key, "unknown", name=key, known=_KEY)
    names = data.get(_KEY, [])
    if not isinstance(names, list):
        raise reader.wrong(_KEY, "not_list")
    return tuple(reader.text(name, f"{_KEY}[{n}]") for n, name in enumerate(names, 1))


class ExtensionsBy(StrEnum):
    """What the lines of a table of extensions are."""

    ITEM = "item"
    CITY = "city"
    UNIT = "unit"


def extension_table(found: Sequence[Extension], by: ExtensionsBy, t: Language, day: date) -> Table:
    """Extensions one by one, or the days granted added up."""
    title = labels.dated(t, t("extension.title"), day)
    notes = () if found else (t("report.nothing"),)
    if by is ExtensionsBy.ITEM:
        wanted = labels.columns(
            t, ("ref", labels.WHOLE), ("decided_on", "date"), ("decision", labels.WHOLE),
            ("due_from", "date"), ("due_on", "date"), ("days_granted", "count"), "asked_by",
            "decided_by", "reason", "document",
        )  # fmt: skip
        return Table(title, wanted, [_line(each, t) for each in found], notes)
    wanted = labels.columns(
        t, by.value, ("items", "count"), ("allowed", "count"), ("refused", "count"),
        ("days_granted", "count"),
    )  # fmt: skip
    return Table(title, wanted, _added_up(found, by, t), notes)


def _line(each: Extension, t: Language) -> Mapping[str, object]:
    decision = "refused" if each.refused else "allowed"
    return {
        **{name: value for name, value in vars(each).items() if name != "place_en"},
        "decision": Labelled(decision, t(f"extension.decision.{decision}")),
        "days_granted": each.days,
    }  # fmt: skip


def _added_up(
    found: Iterable[Extension], by: ExtensionsBy, t: Language
) -> list[Mapping[str, object]]:
    """A line for each city or unit, those with most days first, and the sum of several."""
    named: Callable[[Extension], Labelled] = (
        (lambda each: labels.place(t, each.place, each.place_en))
        if by is ExtensionsBy.CITY
        else (lambda each: Labelled(each.unit, each.unit or t("region.no_unit")))
    )
    groups: dict[Labelled, list[Extension]] = {}
    for each in found:
        groups.setdefault(named(each), []).append(each)
    lines: list[Mapping[str, object]] = [
        {by.value: name, **_sums(of_group)} for name, of_group in groups.items()
    ]
    lines.sort(key=lambda line: -int(str(line["days_granted"])))
    if len(lines) > 1:
        every = [each for of_group in groups.values() for each in of_group]
        lines.append({by.value: t("report.sum"), **_sums(every)})
    return lines


def _sums(found: Sequence[Extension]) -> Mapping[str, object]:
    refused = sum(each.refused for each in found)
    return {
        "items": len({each.item_id for each in found}), "allowed": len(found) - refused,
        "refused": refused, "days_granted": sum(each.days for each in found),
    }  # fmt: skip


def extension_text(each: Extension, t: Language) -> str:
    """An extension in one sentence."""
    key = "refused" if each.refused else "allowed"
    told = t(
        f"extension.told.{key}", on=each.decided_on, asked=each.asked_by, by=each.decided_by,
        due=each.due_from, to=each.due_on, n=each.days, reason=each.reason,
    )  # fmt: skip
    return told + (t("extension.told.document", document=each.document) if each.document else "")
