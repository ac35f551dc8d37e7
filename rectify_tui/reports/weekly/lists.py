"""The lists of items: those that are behind, and those that changed."""

from __future__ import annotations

from collections import Counter
from datetime import date

from rectify_tui.domain.remark import read_remark
from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import NOT_STARTED_DUE
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Labelled
from rectify_tui.reports.weekly.changes import Change, ChangeKind
from rectify_tui.reports.weekly.model import Section
from rectify_tui.reports.weekly.parts import Body, Row, columns, section, sum_name, wanted
from rectify_tui.reports.weekly.settings import Settings
from rectify_tui.store.behind import BehindItem
from rectify_tui.store.items import ItemRow


def _item(row: ItemRow, t: Language) -> Row:
    return {
        "ref": row.ref,
        "programme": row.programme,
        "number": row.number,
        "problem": labels.marked(
            t, row.problem, reconstructed=row.reconstructed, simulated=row.simulated
        ),
        "region": labels.place(t, row.region, row.region_en),
        "responsible": row.responsible,
        "lead": row.lead,
        "supervising": row.supervising,
        "deadline": row.deadline or row.due_on,
        "due_on": _day(row.due_on),
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def status_label(t: Language, status: str | None) -> Labelled:
    """A status as figures count it."""
    if status == NOT_STARTED_DUE:
        return Labelled(status, t("weekly.not_started_due"))
    return Labelled(status, "") if status is None else labels.status(t, status)


def behind(body: Body, settings: Settings, t: Language) -> Section:
    """What is behind, since when, and why."""
    rows = [_behind_row(each, body.cutoff, t) for each in body.behind]
    spread = columns("behind", wanted("behind", settings), t)
    notes = [t("weekly.note.behind")] if rows else [t("weekly.note.none_behind")]
    heading = t("weekly.section.behind", n=len(rows))
    return section("behind", heading, spread, rows, notes)


def _behind_row(item: BehindItem, cutoff: date, t: Language) -> Row:
    row, since, due = item.row, _day(item.since), _day(item.row.due_on)
    noted_reason, next_step = read_remark(row.note)
    return _item(row, t) | {
        "status": status_label(t, item.status),
        "since": since,
        "days_behind": (cutoff - since).days if since else None,
        "days_overdue": (cutoff - due).days if due and due < cutoff else None,
        "note": row.note,
        "reason": row.reason or item.reason or noted_reason,
        "next_step": row.next_step or next_step,
    }


def changes(body: Body, settings: Settings, t: Language) -> Section:
    """What changed since the report before, with a last line that counts it."""
    rows = [change_row(change, t) for change in body.changes]
    spread = columns("changes", wanted("changes", settings), t)
    counts: Counter[ChangeKind] = Counter()
    for change in body.changes:
        counts[change.kind] += change.n
    total = sum(counts.values())
    notes = [t("weekly.note.no_changes")]
    if total:
        told = [t("weekly.count", name=t(f"weekly.change.{kind}"), n=counts[kind])
                for kind in ChangeKind if counts[kind]]  # fmt: skip
        notes = [t("weekly.note.changes", n=total, parts=t("report.comma").join(told))]
        rows.append({"change": sum_name(t),
                     "ref": Labelled(total, t("weekly.items", n=total))}
                    | {f"n_{kind}": counts[kind] for kind in ChangeKind})  # fmt: skip
    late = sum(_is_late(change, body.first) for change in body.changes)
    if late:
        notes.append(t("weekly.note.late", n=late))
    return section("changes", t("weekly.section.changes", n=total), spread, rows, notes)


def _is_late(change: Change, first: date) -> bool:
    """Whether an item's status holds from before the period, so that it was learned afterwards."""
    return change.said is not None and change.said.on < first.isoformat()


def change_row(change: Change, t: Language) -> Row:
    """A change with everything a list of them may show."""
    row: Row = {"change": Labelled(change.kind.value, t(f"weekly.change.{change.kind}"))}
    row |= {"ref": change.ref, "n": change.n}
    if change.move is None:
        return row | {"problem": Labelled(change.n, t("weekly.whole_programme", n=change.n))}
    row |= _item(change.row, t) if change.row else {}
    after = status_label(t, change.move.after)
    if change.move.after == Status.MERGED and change.row and change.row.merged_into:
        into = t("weekly.merged_into", name=after.label, ref=change.row.merged_into)
        after = Labelled(after.value, into)
        row["merged_into"] = change.row.merged_into
    row |= {"before": status_label(t, change.move.before), "after": after}
    if change.move.after == NOT_STARTED_DUE and change.row:
        row["effective_on"] = _day(change.row.start_on)
    if change.said is not None:
        row |= {
            "effective_on": _day(change.said.on), "recorded_on": _day(change.said.recorded_on),
            "who": change.said.who, "reason": change.said.reason,
        }  # fmt: skip
    return row
