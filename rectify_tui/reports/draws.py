"""Draws as tables: how far each has come and what it says, and what was drawn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction

from rectify_tui.domain.sampling import (
    Line,
    Part,
    Sample,
    clopper_pearson,
    false_limit,
    misses,
    most_false,
)
from rectify_tui.i18n import Language
from rectify_tui.reports import labels
from rectify_tui.reports.table import Labelled, Table, shown
from rectify_tui.store.draws import Draw, PartState
from rectify_tui.store.items import ItemRow


def draw_status_table(
    found: Sequence[tuple[Draw, Sequence[PartState]]], t: Language, day: date
) -> Table:
    """The parts of draws, newest draw first: how many to visit, what was found, what follows."""
    wanted = labels.columns(
        t, ("draw", labels.WHOLE), "draw_scope", "draw_part", ("draw_size", "count"),
        ("draw_taken", "count"), ("verified_confirmed", "count"), ("verified_refuted", "count"),
        ("draw_outstanding", "count"), "draw_says",
    )  # fmt: skip
    rows = [line for each, states in found for line in _lines(each, states, t)]
    notes = (t("draw.note.bound"),) if rows else (t("draw.none"),)
    return Table(labels.dated(t, t("draw.title"), day), wanted, rows, notes)


def _lines(each: Draw, states: Sequence[PartState], t: Language) -> Iterator[Mapping[str, object]]:
    first = {
        "draw": each.code, "draw_scope": scope_text(each, t), "frozen_on": each.frozen_on,
        "drawn_on": each.drawn_on, "head_hash": each.head, "digest": each.digest,
        "nonce": each.nonce,
    }  # fmt: skip
    if not states:
        waits = Labelled("waiting", t("draw.state.waiting"))
        yield first | {"draw_size": len(each.lines), "draw_says": waits}
    for state in states:
        part = state.part
        yield first | {
            "draw_part": Labelled(part.county or ("whole" if part.whole else "rest"),
                                  part_text(part, t)),
            "draw_size": part.size, "draw_taken": len(part.taken),
            "verified_confirmed": state.confirmed, "verified_refuted": state.refuted,
            "draw_outstanding": state.outstanding, **_says(each, state, t),
        }  # fmt: skip


def scope_text(each: Draw, t: Language) -> str:
    """Of what a draw was made."""
    place = t.name(each.region, each.region_en) if each.region else ""
    return labels.joined(t, list(filter(None, (each.programme, place)))) or t("draw.whole_country")


def part_text(part: Part, t: Language) -> str:
    """What a part of a draw is."""
    if part.whole:
        return t("draw.part.whole")
    return t("draw.part.county", county=part.county) if part.county else t("draw.part.rest")


def _says(each: Draw, state: PartState, t: Language) -> Mapping[str, object]:
    """What a part says of the share of false completions, once all of it was visited."""
    part, found = state.part, state.refuted
    if state.outstanding:
        going = t("draw.state.going", n=state.outstanding)
        return {"draw_says": Labelled("going", going), "at_most": None, "bound": None}
    if len(part.taken) == part.size:
        whole = t("draw.state.whole", found=found)
        return {"draw_says": Labelled("whole", whole), "at_most": found, "bound": None}
    most = most_false(part.size, len(part.taken), found, each.confidence)
    bound = clopper_pearson(found, len(part.taken), each.confidence)
    key = "false" if found else "clean"
    told = t(
        f"draw.state.{key}", found=found, most=most, share=shown(bound, "percent"),
        confidence=share_text(each.confidence),
    )  # fmt: skip
    return {"draw_says": Labelled(key, told), "at_most": most, "bound": bound}


def share_text(share: Fraction) -> str:
    """A share as a percentage without needless digits: `5%`."""
    return f"{float(share) * 100:.10g}%"


def drawn_table(each: Draw, rows: Mapping[str, ItemRow], t: Language) -> Table:
    """What was drawn, in the order of counties, with how it was drawn below."""
    wanted = labels.columns(
        t, ("ref", labels.WHOLE), "county", "draw_part", "responsible", "problem",
    )  # fmt: skip
    return Table(
        t("draw.drawn_title", code=each.code), wanted,
        [line | _about(rows.get(str(line["ref"])), t) for line in drawn_lines(each, t)],
        tuple(how_drawn(each, t)),
    )  # fmt: skip


def drawn_lines(each: Draw, t: Language) -> list[dict[str, object]]:
    """What was drawn: reference, county and part, by county."""
    return _taken(each.lines, each.sample, t) if each.sample else []


def again_table(
    lines: Sequence[Line], sample: Sample, digest: str, file: str, t: Language
) -> Table:
    """What a draw that was made anew took, by county."""
    wanted = labels.columns(t, ("ref", labels.WHOLE), "county", "draw_part")
    notes = [f"{t('report.column.digest')} {digest}", f"{t('draw.again.seed')} {sample.seed}"]
    title = t("draw.again.title", file=file)
    return Table(title, wanted, _taken(lines, sample, t), tuple(notes))


def _taken(lines: Sequence[Line], sample: Sample, t: Language) -> list[dict[str, object]]:
    by_ref = {line.ref: line for line in lines}
    rows: list[dict[str, object]] = []
    for part in sample.parts:
        for ref in part.taken:
            line = by_ref[ref]
            why = f"draw.whole.{line.whole}" if line.whole else "draw.part.drawn"
            drawn_as = Labelled(line.whole or "drawn", t(why))
            rows.append({"ref": ref, "county": line.county, "draw_part": drawn_as})
    return sorted(rows, key=lambda row: str(row["county"]))


def _about(row: ItemRow | None, t: Language) -> dict[str, object]:
    if row is None:
        return {}
    return {"responsible": row.responsible, "problem": row.problem}


def how_drawn(each: Draw, t: Language) -> Iterator[str]:
    """How a draw was made, so that anybody can make it again."""
    yield t(
        "draw.note.head", day=each.frozen_on, seq=each.head_seq, head=each.head,
        digest=each.digest,
    )  # fmt: skip
    if each.sample is None or each.whole:
        return
    yield t("draw.note.seed", nonce=each.nonce, seed=each.sample.seed)
    for part in each.sample.parts:
        if not part.whole:
            yield _size(each, part, t)
    yield t("draw.note.rule")


def _size(each: Draw, part: Part, t: Language) -> str:
    n, false = len(part.taken), false_limit(part.size, each.tolerable)
    if n == part.size:
        return t("draw.note.size_all", part=part_text(part, t), size=part.size)
    missed = float(misses(part.size, false, n))
    spread = missed if part.county else (1 - n / part.size) ** false
    return t(
        "draw.note.size", part=part_text(part, t), size=part.size, n=n, false=false,
        tolerable=share_text(each.tolerable), missed=shown(missed, "percent"),
        spread=shown(spread, "percent"),
    )  # fmt: skip
