"""What values are called when people read them; programs get the value itself."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from rectify_tui.i18n import Language
from rectify_tui.reports.table import Column, Kind, Labelled

if TYPE_CHECKING:
    from rectify_tui.domain.amount import Yuan
    from rectify_tui.domain.closeout import Notice

WHOLE: Kind = "whole"
"""The kind of references, codes and times: like dates, they are never cut to fit a terminal."""


def columns(t: Language, *keys: str | tuple[str, Kind]) -> tuple[Column, ...]:
    """Columns with their titles; a key alone is a column of text.

    A key is that of a report's own column, or the name of a field.
    """
    named = ((key, "text") if isinstance(key, str) else key for key in keys)
    return tuple(Column(key, title(t, key), kind) for key, kind in named)  # type: ignore[arg-type]  # "text" is a Kind


def title(t: Language, key: str) -> str:
    """The title of a column: a report's own, or that of a field. Raises `KeyError` for neither."""
    try:
        return t(f"report.column.{key}")
    except KeyError:
        return t(f"field.{key}.title")


def dated(t: Language, title: str, as_of: date, known_on: date | None = None) -> str:
    """A title with the day whose figures are shown and, if given, the day they were known on."""
    if known_on is None:
        return t("report.as_of", title=title, day=as_of)
    return t("report.known_on", title=title, day=as_of, known=known_on)


def status(t: Language, value: str) -> Labelled:
    """The progress status of an item."""
    return Labelled(value, t(f"status.item.{value}"))


def case_status(t: Language, value: str) -> Labelled:
    """The state of a case."""
    return Labelled(value, t(f"status.case.{value}"))


def verification(t: Language, value: str) -> Labelled:
    """What a visit on site found."""
    return Labelled(value, t(f"status.verification.{value}"))


def deadline_kind(t: Language, value: str) -> Labelled:
    """The kind of a deadline: due on a day, at once, without an end."""
    return Labelled(value, t(f"deadline.kind.{value}"))


def place(t: Language, name: str | None, name_en: str | None) -> Labelled:
    """A thing with a Chinese name and perhaps an English one."""
    return Labelled(name, t.name(name, name_en))


def closure(t: Language, value: str | None) -> Labelled:
    """The stage of close-out; nothing where nobody has applied."""
    return Labelled(value, t(f"closeout.stage.{value}") if value else "")


def levels(t: Language, kept: str | None) -> Labelled:
    """Levels of acceptance, kept with commas between, from below upwards."""
    names = [t(f"closeout.level.{each}") for each in kept.split(",")] if kept else []
    return Labelled(kept, t("closeout.then").join(names))


def notice(t: Language, kept: str | None) -> Labelled:
    """How long a public notice stands."""
    from rectify_tui.domain.closeout_words import read_notice

    return Labelled(kept, notice_text(t, read_notice(kept)) if kept else "")


def notice_text(t: Language, wanted: Notice) -> str:
    """How long a public notice stands, in words."""
    return t(f"closeout.days.{'working' if wanted.working else 'calendar'}", n=wanted.days)


def yes_no(t: Language, value: bool) -> Labelled:
    """A flag as yes or no."""
    return Labelled(value, t("report.yes" if value else "report.no"))


def percentage(value: int | None) -> Labelled:
    """A whole percentage as an office wrote it, 0 to 100."""
    return Labelled(value, "" if value is None else f"{value}%")


def wan(yuan: Yuan | None) -> str:
    """An amount of yuan in 万元, exact."""
    if yuan is None:
        return ""
    from decimal import Decimal

    text = f"{Decimal(yuan).scaleb(-4):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def pollution_types(t: Language, kept: str | None) -> Labelled:
    """Pollution types, kept with commas between; programs get a list."""
    values = kept.split(",") if kept else []
    return Labelled(values, joined(t, [t(f"case.type.{value}") for value in values]))


def substantiated(t: Language, value: str | None) -> Labelled:
    """Whether a complaint proved true."""
    return Labelled(value, t(f"case.substantiated.{value}") if value else "")


def joined(t: Language, words: list[str]) -> str:
    """Words one after another, with the comma of the language between."""
    return t("report.comma").join(words)


def marked(t: Language, text: str, *, reconstructed: bool, simulated: bool) -> Labelled:
    """A text that says first that its line was reconstructed from published figures, or simulated.

    A reconstructed line without a text says that it is one.
    """
    shown = text or (t("report.reconstructed_line") if reconstructed else "")
    if simulated:
        shown = t("report.simulated", text=shown)
    elif reconstructed and text:
        shown = t("report.reconstructed", text=shown)
    return Labelled(text, shown.strip())


def moment(utc: str) -> Labelled:
    """A time kept in UTC, for people in the machine's time zone."""
    local = datetime.fromisoformat(utc).astimezone()
    return Labelled(utc, f"{local:%Y-%m-%d %H:%M}")


def spoken_day(t: Language, day: date, form: str = "day") -> str:
    """A day in full: 2019年12月31日, 31 December 2019; or as a `day_of_year`, 12月31日."""
    name = t(f"render.month.{day.month}")
    return t(f"render.{form}", year=day.year, month=day.month, day=day.day, name=name)
