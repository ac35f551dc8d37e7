"""Visits and what they add up to, as tables and in sentences; what an office asks of a visit.

That is what the file `visit.toml` in the folder of settings may say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from rectify_tui.domain.position import position_at
from rectify_tui.domain.visits import CLOSED_LOOP, Need
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.settings_file import SettingsReader, read_toml
from rectify_tui.reports.table import Kind, Labelled, Table
from rectify_tui.store.visits import TeamVisits, Verified, VerifiedBy, Visit

FILE = "visit.toml"
_KEY = "needs"


def read_needs(path: Path) -> tuple[Need, ...]:
    """What a visit must have before it counts; everything where no file says otherwise.

    Raises `Problem` for what cannot be understood.
    """
    reader, data = SettingsReader(path), read_toml(path)
    for key in data:
        if key != _KEY:
            raise reader.wrong(key, "unknown", name=key, known=_KEY)
    names = data.get(_KEY, [need.value for need in CLOSED_LOOP])
    if not isinstance(names, list):
        raise reader.wrong(_KEY, "not_list")
    chosen = [reader.choice(name, f"{_KEY}[{n}]", Need) for n, name in enumerate(names, 1)]
    return tuple(need for need in Need if need in chosen)


def needs_text(missing: Iterable[str], t: Language) -> str:
    """What a visit lacks, in words."""
    return labels.joined(t, [t(f"visit.need.{need}") for need in missing])


def position_of(visit: Visit) -> str:
    """Where a visit was, empty where nobody said."""
    return str(position_at(visit.latitude, visit.longitude) or "")


def visit_table(
    visits: Sequence[Visit], t: Language, day: date, *, incomplete: bool = False
) -> Table:
    """Visits one by one, with what keeps those from counting that do not."""
    key = "visit.incomplete_title" if incomplete else "visit.title"
    wanted = labels.columns(
        t, ("visit", "count"), ("ref", labels.WHOLE), ("visit_on", "date"),
        ("visit_result", labels.WHOLE), "visit_state", "visit_person", "visit_team",
        ("visit_position", labels.WHOLE), "visit_reported", "visit_findings",
    )  # fmt: skip
    notes = () if visits else (t("report.nothing"),)
    return Table(labels.dated(t, t(key), day), wanted, [_line(v, t) for v in visits], notes)


def _line(visit: Visit, t: Language) -> Mapping[str, object]:
    return {
        "visit": visit.id, "ref": visit.ref, "visit_on": visit.visited_on,
        "visit_result": Labelled(visit.result, t(f"visit.result.{visit.result}")),
        "visit_state": Labelled(visit.counts, _state(visit, t)), "missing": list(visit.missing),
        "visit_person": visit.person, "visit_team": visit.team,
        "visit_position": position_of(visit) or None, "visit_findings": visit.findings,
        "visit_reported": labels.status(t, visit.reported), "said": visit.said,
    }  # fmt: skip


def _state(visit: Visit, t: Language) -> str:
    if visit.missing:
        return t("visit.lacks", missing=needs_text(visit.missing, t))
    counts = t("visit.counts")
    return labels.joined(t, [counts, t("visit.said")]) if visit.said else counts


def visit_text(visit: Visit, t: Language) -> str:
    """A visit in one sentence."""
    if visit.person and visit.team:
        who = t("visit.told.of_team", team=visit.team, person=visit.person)
    else:
        who = visit.person or visit.team or ("" if visit.said else t("visit.told.nobody"))
    reported = t(f"status.item.{visit.reported}")
    told = t(f"visit.told.{visit.result}", on=visit.visited_on, who=who, reported=reported)
    position = position_of(visit)
    parts = [
        told.replace(" :", ":"),
        t("visit.told.at", position=position) if position else "",
        visit.findings or "",
        _state(visit, t) if visit.missing or visit.said else "",
    ]
    return t("report.semicolon").join(filter(None, parts))


def verified_table(
    lines: Sequence[Verified], by: VerifiedBy, t: Language, day: date, *,
    notes: Iterable[str] = (),
) -> Table:  # fmt: skip
    """Reported, verified and refuted by line, and their sums over the lines."""
    counted: tuple[tuple[str, Kind], ...] = (
        ("verified_items", "count"), ("verified_reported", "count"),
        ("verified_confirmed", "count"), ("verified_refuted", "count"),
        ("verified_unvisited", "count"), ("verified_incomplete", "count"),
    )  # fmt: skip
    rows = [_numbers(labels.place(t, each.name, each.name_en), [each], by) for each in lines]
    if len(lines) > 1:
        rows.append(_numbers(Labelled(None, t("report.sum")), lines, by))
    said = sum(each.said for each in lines)
    incomplete = sum(each.incomplete for each in lines)
    reported = sum(each.reported for each in lines)
    confirmed = sum(each.verified for each in lines)
    told = [
        t("visit.status.note") if rows else t("report.nothing"),
        t("visit.status.said", n=said) if said else "",
        t("visit.status.incomplete", n=incomplete) if incomplete else "",
        t("visit.status.all_done", n=reported, verified=confirmed)
        if reported and reported == confirmed
        else "",
    ]
    wanted = labels.columns(t, by.value, *counted)
    title = labels.dated(t, t("visit.status.title"), day)
    return Table(title, wanted, rows, (*filter(None, told), *notes))


def _numbers(name: Labelled, lines: Sequence[Verified], by: VerifiedBy) -> Mapping[str, object]:
    def added(number: str) -> int:
        return sum(getattr(each, number) for each in lines)

    return {
        by.value: name, "verified_items": added("items"), "verified_reported": added("reported"),
        "verified_confirmed": added("verified"), "verified_refuted": added("refuted"),
        "verified_unvisited": added("unvisited"), "verified_incomplete": added("incomplete"),
    }  # fmt: skip


def team_table(teams: Sequence[TeamVisits], t: Language, day: date) -> Table:
    """What each team has visited, and what it found."""
    wanted = labels.columns(
        t, "team", ("people_count", "count"), ("verified_items", "count"),
        ("verified_confirmed", "count"), ("verified_refuted", "count"),
        ("verified_incomplete", "count"), ("visits_first", "date"), ("visits_last", "date"),
    )  # fmt: skip
    rows = [
        {
            "team": Labelled(each.team, each.team or t("visit.status.no_team")),
            "people_count": each.people, "verified_items": each.items,
            "verified_confirmed": each.confirmed, "verified_refuted": each.refuted,
            "verified_incomplete": each.incomplete, "visits_first": each.first_on,
            "visits_last": each.last_on,
        }
        for each in teams
    ]  # fmt: skip
    notes = () if rows else (t("report.nothing"),)
    return Table(labels.dated(t, t("visit.status.title"), day), wanted, rows, notes)
