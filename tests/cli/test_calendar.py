"""`rectify calendar`: a file that other programs read."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from icalendar import Calendar


@pytest.fixture
def dated(small):
    """Four items: one due, one done, one without a readable day, one with a hostile text."""
    small("item", "set", "P-1/1", "--deadline", "2020年底前", "--status", "on schedule")
    small("item", "add", "P-1/2", "--problem", "已办", "--deadline", "2020-06-30",
          "--status", "completed")  # fmt: skip
    small("item", "add", "P-1/3", "--problem", "长期", "--deadline", "长期坚持")
    small("item", "add", "P-1/4", "--problem", "a;b,c\\d\n红\u202e移BEGIN:VEVENT " + "很长" * 60,
          "--deadline", "2020-02-29")  # fmt: skip
    return small


def events(path):
    return {str(event["UID"]): event for event in Calendar.from_ical(path.read_bytes()).events}


def test_open_items_with_a_day_are_written(dated, tmp_path):
    path = tmp_path / "deadlines.ics"
    said = dated("calendar", "-o", str(path)).stderr
    assert "deadlines 2, milestones 0" in said
    assert "no day can be read: 1" in said
    found = events(path)
    assert [uid.partition("@")[0] for uid in found] == ["P-1.1.due", "P-1.4.due"]
    due, hostile = found.values()
    assert due["DTSTART"].dt == date(2020, 12, 31)
    assert due["DTEND"].dt == date(2021, 1, 1)
    assert str(due["SUMMARY"]) == "Deadline P-1/1 污水直排"
    assert "Status: On schedule" in str(due["DESCRIPTION"])
    assert hostile["DTSTART"].dt == date(2020, 2, 29)
    assert "\u202e" not in path.read_text("utf-8")


def test_lines_are_folded_as_the_standard_asks(dated, tmp_path):
    path = tmp_path / "deadlines.ics"
    dated("calendar", "-o", str(path))
    content = path.read_bytes()
    assert content.count(b"\n") == content.count(b"\r\n")
    assert max(map(len, content.split(b"\r\n"))) <= 75
    assert content.count(b"\r\nBEGIN:VEVENT\r\n") == 2


def test_an_entry_moves_with_its_date(dated, tmp_path):
    path = tmp_path / "deadlines.ics"
    dated("calendar", "ref:P-1/1", "-o", str(path))
    (first,) = events(path).values()
    dated("item", "set", "P-1/1", "--deadline", "2021年6月底", "--correct",
          "--reason", "录错")  # fmt: skip
    dated("calendar", "ref:P-1/1", "-o", str(path), "--force")
    (second,) = events(path).values()
    assert first["UID"] == second["UID"]
    assert second["DTSTART"].dt == date(2021, 6, 30)
    assert second["SEQUENCE"] > first["SEQUENCE"]


def test_a_ledger_and_another_file_stay_as_they_are(dated, tmp_path):
    before = dated.db.read_bytes()
    for words in ((), ("--force",)):
        said = dated.refused("calendar", "-o", str(dated.db), *words, code=2)
        assert "ledger" in said
    assert dated.db.read_bytes() == before
    other = tmp_path / "notes.txt"
    other.write_text("mine")
    assert "--force" in dated.refused("calendar", "-o", str(other), code=2)
    assert other.read_text() == "mine"


def test_reminders_and_chinese(dated, tmp_path):
    path = tmp_path / "时限.ics"
    dated("calendar", "ref:P-1/1", "-o", str(path), "--remind", "7", lang="zh")
    (event,) = events(path).values()
    assert str(event["SUMMARY"]) == "整改时限 P-1/1 污水直排"
    (alarm,) = event.walk("VALARM")
    assert alarm["TRIGGER"].dt == timedelta(days=-7)


def test_milestones_of_open_items(rectify, tmp_path):
    path = tmp_path / "all.ics"
    rectify("calendar", "-o", str(path))
    rows = rectify.rows("item", "list", "-status:completed", "-status:merged")
    dues = [uid for uid in events(path) if ".due@" in uid]
    assert len(dues) == sum(row["due_on"] is not None for row in rows) == 61


def test_without_a_file_the_days_are_listed(dated):
    first, second = dated.rows("calendar")
    assert (first["ref"], first["day"], first["kind"]) == ("P-1/4", "2020-02-29", "due")
    assert (second["ref"], second["day"]) == ("P-1/1", "2020-12-31")
    assert second["days_left"] > first["days_left"]


def test_a_bad_filter(dated):
    assert "nosuch" in dated.refused("calendar", "nosuch:x", "-o", "-", code=2)


def test_standard_output(dated):
    assert dated("calendar", "-o", "-").stdout.startswith("BEGIN:VCALENDAR")
