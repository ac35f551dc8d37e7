"""What the checks of a store came to, as a table."""

from __future__ import annotations

from collections.abc import Iterable

from rectify_tui.i18n import Language
from rectify_tui.reports.labels import columns
from rectify_tui.reports.table import Labelled, Table
from rectify_tui.store.check import HISTORY, Finding
from rectify_tui.store.repair import Repaired


def check_table(
    findings: Iterable[Finding], t: Language, *, whole: bool = True, spell_out: bool = False
) -> Table:
    """A line for each check; faults stand below, or with `spell_out` in a column of their own.

    `whole` tells whether everything was looked at.
    """
    checked = list(findings)
    names = ["check", ("looked_at", "count"), "result", *(["faults"] if spell_out else [])]
    notes = [
        t("report.check.fault", check=t(f"check.name.{each.check}"), fault=fault)
        for each in checked
        for fault in _faults(each, t)
    ]
    notes += [
        t("report.check.fault", check=t(f"check.name.{each.check}"), fault=remark)
        for each in checked
        for remark in each.remarks
    ]
    notes.append(_verdict([each.check for each in checked if not each.ok], t, whole=whole))
    rows = [_line(each, t) for each in checked]
    return Table(t("report.check.title"), columns(t, *names), rows, tuple(notes))  # type: ignore[arg-type]  # "count" is a Kind


def _verdict(wrong: list[str], t: Language, *, whole: bool) -> str:
    if not wrong:
        return t("report.check.sound" if whole else "report.check.sound_since")
    if wrong == ["anchors"]:
        return t("report.check.heads")
    if wrong == ["evidence"]:
        return t("report.check.evidence")
    holds = HISTORY.isdisjoint(wrong)
    return t("report.check.derivable" if holds else "report.check.wrong", n=len(wrong))


def _line(finding: Finding, t: Language) -> dict[str, object]:
    count = len(finding.faults) + finding.more
    return {
        "check": Labelled(finding.check, t(f"check.name.{finding.check}")),
        "looked_at": finding.looked_at,
        "result": Labelled(
            "ok" if finding.ok else "wrong",
            t("report.check.ok") if finding.ok else t("report.check.faults", n=count),
        ),
        "faults": _faults(finding, t),
        "remarks": [t.problem(remark) for remark in finding.remarks],
        "count": count,
    }


def _faults(finding: Finding, t: Language) -> list[str]:
    sentences = [t.problem(fault) for fault in finding.faults]
    return [*sentences, t("report.check.more", n=finding.more)] if finding.more else sentences


def repair_table(repaired: Repaired, t: Language) -> Table:
    """A line for each part of the schema and each kind of row that was made anew."""
    lines: list[dict[str, object]] = [
        {"rebuilt": t("report.repair.part", kind=t(f"check.kind.{kind}"), name=name), "count": 1}
        for kind, name in repaired.parts
    ]
    lines += [
        {"rebuilt": Labelled(name, t(f"report.repair.{name}")), "count": n}
        for name, n in repaired.counts
    ]
    notes = [t("report.repair.copy", path=repaired.copy)] if repaired.copy else []
    if repaired.copy and not lines:
        notes.insert(0, t("report.repair.indexes"))
    titled = columns(t, "rebuilt", ("count", "count"))
    return Table(t("report.repair.title"), titled, lines, tuple(notes))
