"""Evidence as tables and sentences, and what an office takes as such.

    types = ["jpg", "png", "pdf"]   # endings; none that a system would run can be allowed
    largest_mb = 20                 # of one file
    far_m = 500                     # from how many metres a photograph was taken elsewhere
    days_apart = 0                  # days by which it may be older or younger than stated

That is what the file `evidence.toml` in the folder of settings may say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from rectify_tui.domain.evidence import (
    SIGNATURES,
    Differs,
    EvidenceRules,
    differences,
    mib,
)
from rectify_tui.domain.position import Position
from rectify_tui.i18n import Language
from rectify_tui.paths import config_folder
from rectify_tui.reports import labels
from rectify_tui.reports.settings_file import SettingsReader, read_toml
from rectify_tui.reports.table import Kind, Labelled, Table
from rectify_tui.store.connection import Connection
from rectify_tui.store.evidence import Evidence, fresh_and_known

FILE = "evidence.toml"
_WHOLE = {"largest_mb": (1, 1024), "far_m": (1, 1_000_000), "days_apart": (0, 3650)}


def read_evidence_rules(path: Path) -> EvidenceRules:
    """What an office takes as evidence; what its file does not say is as usual.

    Raises `Problem` for what cannot be understood.
    """
    reader, data = SettingsReader(path), read_toml(path)
    usual = EvidenceRules()
    for key in data:
        if key not in ("types", *_WHOLE):
            known = ", ".join(("types", *_WHOLE))
            raise reader.wrong(key, "unknown", name=key, known=known)
    whole = {
        key: reader.whole(data[key], key, least=least, most=most)
        for key, (least, most) in _WHOLE.items()
        if key in data
    }
    return EvidenceRules(
        reader.names(data["types"], "types", SIGNATURES) if "types" in data else usual.types,
        whole["largest_mb"] * 2**20 if "largest_mb" in whole else usual.largest,
        whole.get("far_m", usual.far_m),
        whole.get("days_apart", usual.days_apart),
    )


def evidence_rules() -> EvidenceRules:
    """What this user's office takes as evidence. Raises `Problem` as `read_evidence_rules` does."""
    return read_evidence_rules(config_folder() / FILE)


_COLUMNS: tuple[str | tuple[str, Kind], ...] = (
    ("ref", labels.WHOLE), "file_name", ("size", "text"), ("evidence_day", "date"),
    ("added_on", "date"), ("taken_at", labels.WHOLE), "differs", "note", ("digest", "text"),
)  # fmt: skip


def evidence_table(
    found: Iterable[Evidence], rules: EvidenceRules, t: Language, *, full: bool = False
) -> Table:
    """Files, one line each; the whole digest and positions only where programs read it (`full`)."""
    rows = [_line(each, rules, t, full=full) for each in found]
    told = [column for column in _COLUMNS if full or _key(column) != "digest"]
    kept = [column for column in told if full or any(row[_key(column)] for row in rows)]
    notes = () if rows else (t("report.nothing"),)
    return Table(t("evidence.title"), labels.columns(t, *(kept or told)), rows, notes)


def _key(column: str | tuple[str, Kind]) -> str:
    return column if isinstance(column, str) else column[0]


def _line(each: Evidence, rules: EvidenceRules, t: Language, *, full: bool) -> Mapping[str, object]:
    differs = [differing(t, what, n) for what, n in _apart(each, rules).items()]
    return vars(each) | {
        "file_name": each.name, "evidence_day": each.day,
        "size": Labelled(each.size, f"{mib(each.size)} MB"),
        "differs": Labelled(list(_apart(each, rules)), labels.joined(t, differs)),
    }  # fmt: skip


def _apart(each: Evidence, rules: EvidenceRules) -> dict[Differs, int]:
    return differences(each.stated, each.says, rules)


def differing(t: Language, what: Differs, n: int) -> str:
    """A difference in words, such as the days between what is stated and what a photograph says."""
    return t(f"evidence.differs.{what}", n=n)


def evidence_text(each: Evidence, rules: EvidenceRules, t: Language) -> str:
    """A file in one line: its name, its day, when it was entered, and what does not fit."""
    parts = [each.name]
    if each.day:
        parts.append(t("evidence.told.day", day=each.day))
    parts.append(t("evidence.told.added", day=each.added_on))
    if each.says.position and not each.stated.position:
        parts.append(t("evidence.told.place", place=_place(each.says.position)))
    parts += [differing(t, what, n) for what, n in _apart(each, rules).items()]
    return labels.joined(t, [*parts, *([each.note] if each.note else [])])


def _place(position: Position) -> str:
    return f"{position.latitude:.5f},{position.longitude:.5f}"


def pointed_out(connection: Connection, ids: Iterable[int], t: Language) -> list[str]:
    """What has to be pointed out of evidence just entered, by the ids of its records."""
    fresh, known = fresh_and_known(connection, ids)
    return warnings(fresh, known, evidence_rules(), t)


def warnings(
    added: Iterable[Evidence], known: Iterable[Evidence], rules: EvidenceRules, t: Language
) -> list[str]:
    """What has to be pointed out of files just entered: used before, or not as was stated.

    `known` is all that was entered with the same contents.
    """
    fresh = list(added)
    ids = {each.id for each in fresh}
    before = [each for each in known if each.id not in ids]
    told: dict[str, None] = {}
    for each in fresh:
        for other in before:
            if other.digest == each.digest:
                told[t("evidence.used", name=each.name, ref=other.ref, day=other.added_on,
                       other=other.name)] = None  # fmt: skip
        for what, n in _apart(each, rules).items():
            told[t("evidence.warn", name=each.name, why=differing(t, what, n))] = None
    return list(told)
