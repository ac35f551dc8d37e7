"""What is typed before its dialog is there, or while a change is being written."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from desk import batches, desk, status

from rectify_tui.store.sqlite.driver import sqlite3

pytestmark = pytest.mark.journeys


def changed(office):
    """The items of the newest batch."""
    rows = office.reader().execute(
        "SELECT entity_id FROM history WHERE batch_id = (SELECT max(batch_id) FROM history)"
    )
    return {id for (id,) in rows}


def spelled(text):
    return ["space" if character == " " else character for character in text]


async def test_everything_typed_at_once_is_done_one_after_another(office):
    async with desk(office) as at:
        await at.press_at_once("2", "s", "6", "enter", "j", "s", "1", "enter", "G", "k", "s", "1")
        assert (status(office, "HLJ/1"), status(office, "HLJ/2")) == ("behind", "completed")
        assert [kind for _, kind, _ in batches(office)] == ["set", "set"]
        assert at.dialog == "StatusDialog"
        await at.press("escape")
        await at.press_at_once("slash", *spelled("ref:HLJ/2 "), "enter", "s", "6", "enter")
        assert status(office, "HLJ/2") == "behind"


async def test_a_key_typed_at_once_is_about_the_rows_that_were_asked_for(office):
    async with desk(office) as at:
        back_to_the_end = ("2", "escape", "G", "1")
        await at.press(*back_to_the_end, "exclamation_mark")
        wanted = at.table.cursor_key
        await at.press(*back_to_the_end)
        assert at.app.views["items"].main_table().cursor_key != wanted
        await at.press_at_once("exclamation_mark", "s", "1", "enter")
        assert changed(office) == {wanted}
        await at.press("2", "escape", "G")
        await at.press_at_once("slash", *spelled("status:ahead"), "enter", "A", "s", "6", "enter")
        assert len(changed(office)) > 3


async def test_a_text_typed_at_once_stands_in_the_form_that_it_was_meant_for(office):
    async with desk(office) as at:
        await at.press_at_once("2", "a", *spelled("polluted well"))
        assert at.app.screen.value("field-problem") == "polluted well"


class Gate:
    """Lets readers through when it is opened."""

    def __init__(self, read):
        self.read = read
        self.opened = threading.Event()

    def __call__(self, *args):
        self.opened.wait(30)
        return self.read(*args)


async def test_what_is_typed_waits_for_what_is_read_for_its_dialog(office):
    async with desk(office) as at:
        await at.press("2")
        editor = at.view.editor
        gate = Gate(editor.editable.read)
        editor.editable = replace(editor.editable, read=gate)
        for key in ("e", "0", "enter", "s", "6", "enter"):
            at._send(key)
        await at.pilot.pause(0.1)
        assert at.dialog == "FormDialog"
        assert batches(office) == []
        gate.opened.set()
        await at.until(lambda: len(batches(office)) == 2)
        await at.settle()
        assert status(office, "HLJ/1") == "behind"
        progress = "SELECT progress FROM item WHERE number = '1' ORDER BY id"
        assert office.reader().execute(progress).fetchone() == (10,)


async def test_a_digit_waits_for_the_steps_that_it_chooses_from(office):
    async with desk(office) as at:
        await at.press("2")
        await at.press_at_once("S", "1")
        assert at.dialog in ("ChoiceDialog", "FormDialog")


async def test_what_is_typed_while_a_change_is_written_is_done_after_it(office):
    other = sqlite3.connect(office.address, isolation_level=None)
    async with desk(office) as at:
        await at.press("2")
        other.execute("BEGIN IMMEDIATE")
        for key in ("s", "6", "enter", "j", "s", "1", "enter"):
            at._send(key)
        await at.pilot.pause(0.1)
        assert at.dialog == "StatusDialog"
        other.execute("ROLLBACK")
        other.close()
        await at.until(lambda: len(batches(office)) == 2)
        assert (status(office, "HLJ/1"), status(office, "HLJ/2")) == ("behind", "completed")


async def test_what_is_typed_after_a_change_that_is_not_made_is_let_go(office):
    async with desk(office) as at:
        await at.press("2", "j", "j")
        await at.press_at_once(
            "s", "6", "tab", *spelled("2020-02-01"), "enter", "1", "enter", "j", "s", "1", "enter"
        )
        assert at.dialog == "LaterDialog"
        assert batches(office) == []
        assert "在等待时按的键没有执行" in at.notice


async def test_escape_leaves_a_dialog_whose_change_is_still_being_written(office):
    other = sqlite3.connect(office.address, isolation_level=None)
    async with desk(office) as at:
        await at.press("2")
        other.execute("BEGIN IMMEDIATE")
        for key in ("s", "6", "enter", "escape"):
            at._send(key)
            await at.pilot.pause(0.05)
        assert at.dialog is None
        other.execute("ROLLBACK")
        other.close()
        await at.until(lambda: "已改 HLJ/1" in at.notice)
