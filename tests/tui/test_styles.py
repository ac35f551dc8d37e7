"""ASCII, no colours, light and dark; and texts that take themselves for orders."""

from __future__ import annotations

import pytest
from desk import HOSTILE, LARGE, desk, put
from textual import events
from textual.widgets import Input, OptionList

from rectify_tui.tui.widgets.line import line_text

pytestmark = pytest.mark.journeys


async def test_the_style_turns_on_every_screen_and_back(english):
    async with desk(english, LARGE, language="en") as at:
        for key in "123456":
            await at.press(key)
            assert not at.text().isascii()
        await at.press("2", "s", "3", "enter", "ctrl+a")
        for key in "123456":
            await at.press(key)
            assert at.text().isascii(), at.text()
            assert at.view.has_class("ascii")
        await at.press("ctrl+a", "2")
        assert "▌" in at.text()


async def test_help_and_tooltips_in_the_ascii_style(english):
    async with desk(english, language="en", ascii=True) as at:
        tips = [str(each.tooltip) for each in at.view.query("*") if each.tooltip]
        assert tips
        assert all(tip.isascii() for tip in tips)


async def test_dark_and_light(office):
    async with desk(office) as at:
        dark = at.view.styles.background, at.table.rich_style
        await at.press("ctrl+t")
        assert not at.app.current_theme.dark
        assert (at.view.styles.background, at.table.rich_style) != dark
        await at.press("2", "s")
        assert at.dialog
        await at.press("escape", "ctrl+t")
        assert at.app.current_theme.dark


def styles(at):
    for strip in at.strips():
        yield from ((segment.text, segment.style) for segment in strip if segment.style)


async def test_without_colours_nothing_is_lost(office, monkeypatch):
    monkeypatch.setenv("NO_COLOR", "1")
    async with desk(office) as at:
        assert at.app.no_color
        await at.press("2", "j")
        assert at.row().startswith("▌")
        reverse = [text for text, style in styles(at) if style.reverse]
        assert any("HLJ/2" in text for text in reverse)
        await at.press("space")
        assert any("✓HLJ/2" in line for line in at.lines())
        await at.press("k", "s", "6")
        underlined = "".join(text for text, style in styles(at) if style.underline)
        assert "6  ! 未达序时进度" in underlined
        await at.press("enter")
        assert at.notice.startswith("✓ ")
        await at.press("slash", "x", ":", "y", "enter")
        assert "! 筛选条件" in at.text()
        await at.press("escape", "left_square_bracket")
        assert "历史" in at.lines()[0]


@pytest.mark.parametrize("key", ["", "ctrl+t"])
async def test_what_is_worst_stands_out_most_without_colours(office, monkeypatch, key):
    monkeypatch.setenv("NO_COLOR", "1")
    put(office, "HLJ/2", status="not_completed")
    async with desk(office) as at:
        await at.press(*filter(None, [key]), "2")
        seen = {text.strip(): style for text, style in styles(at) if style.color}
        worst, plain = seen["‼ 未完成"], seen["HLJ/3"]
        assert worst.bold
        assert not plain.bold
        assert contrast(worst) >= contrast(plain)


def contrast(style):
    ink, paper = (sum(colour.get_truecolor()) for colour in (style.color, style.bgcolor))
    return abs(ink - paper)


async def test_every_status_has_its_own_words_and_a_sign(office):
    async with desk(office, LARGE) as at:
        await at.press("2")
        seen = {at.table.row(i).cells["status"] for i in range(40)}
        assert len({cell.text for cell in seen}) == 6
        for cell in seen:
            sign, words = cell.text.split(" ", 1)
            assert sign
            assert words


async def test_hostile_texts_are_drawn_as_they_are(office):
    put(office, "ODD/1", status="behind", responsible=HOSTILE[2])
    async with desk(office, LARGE) as at:
        await at.press("b", "G", "k")
        assert HOSTILE[1][:9] in at.row()
        (title,) = [line for line in at.lines() if " 滞后 1 项" in line]
        assert HOSTILE[1] in title
        await at.press("enter", "enter", "enter")
        rows = [at.table.row(index).cells["name"] for index in range(at.table.total)]
        at.table.go(rows.index("[/附件]新区"))
        await at.settle()
        assert "[/附件]新区" in at.row()
        assert "[/附件]新区 滞后 1 项" in at.text()
        await at.press("enter")
        assert at.table.total == len(HOSTILE)
        for index, text in enumerate(HOSTILE):
            at.table.go(index)
            await at.settle()
            assert text[:8] in at.row()
            page = str(at.view.query_one("#detail").content)
            assert page.count(text) >= 3
            for y, line in enumerate(page.splitlines()):
                if text in line:
                    await at.pilot.click("#detail", offset=(line.index(text) + 2, y + 1))
        await at.press("e")
        assert at.app.screen.value("field-problem") == HOSTILE[-1]
        assert at.app.return_code is None


async def test_hostile_texts_in_dialogs_sentences_and_reasons(office):
    async with desk(office) as at:
        await at.press("2", "d")
        text = " ".join(HOSTILE[1:4])
        box = at.view.query_one("#filter", Input)
        for each in HOSTILE:
            box.value = f"{each}:x"
            await at.until(lambda each=each: each[:4] in at.text() or "没有符合条件" in at.text())
        await at.press("escape", "s", "6")
        at.app.screen.query_one("#on", Input).value = text
        await at.press("ctrl+s")
        assert text in at.complaint
        at.app.screen.query_one("#on", Input).value = ""
        at.app.screen.query_one("#reason", Input).value = text
        await at.press("ctrl+s")
        assert at.dialog is None
        assert f"“{text}”" in str(at.view.query_one("#detail").content)
        await at.press("e")
        at.app.screen.query_one("#field-responsible", Input).value = text
        at.app.screen.query_one("#field-region", Input).value = text
        await at.press("ctrl+s")
        assert at.dialog == "FormDialog"
        assert text in at.complaint
        await at.press("escape", "m")
        at.app.screen.query_one("#into", Input).value = text
        await at.press("ctrl+s")
        assert at.dialog == "MergeDialog"
        assert "[@click" in at.complaint
        await at.press("escape", "u", "ctrl+p")
        await at.type(text[:6])
        await at.press("escape")
        assert at.app.return_code is None


async def test_hostile_texts_of_two_people_at_once(office):
    async with desk(office, LARGE) as at:
        await at.press("2", "e")
        put(office, "HLJ/1", note=HOSTILE[0])
        at.app.screen.query_one("#field-note", Input).value = HOSTILE[1]
        await at.press("ctrl+s")
        await at.until(lambda: at.dialog == "StaleDialog")
        assert HOSTILE[0] in at.text()
        assert HOSTILE[1] in at.text()


SEQUENCES = ("\x1b[31m红", "\x1b]0;题\x07", "\x9b2J", "a\u202eb", "\u200b零", "\ud800", "\x00")


async def test_pasted_orders_to_the_terminal_are_left_out(office):
    async with desk(office) as at:
        await at.press("2", "slash")
        box = at.view.query_one("#filter", Input)
        box.post_message(events.Paste("大\x1b[31m庆\u202e\x9b2J\x1b]0;t\x07\r\n第二行"))
        await at.settle()
        assert box.value == "大庆 第二行"
        for text in SEQUENCES:
            box.value = text
            assert box.value.isprintable()
        box.value = "全角　空格"
        assert box.value == "全角 空格"
        await at.press("escape", "ctrl+p")
        line = at.app.screen.query_one(Input)
        line.post_message(events.Paste("大\x1b[31m庆\u202e\x9b2J\x1b]0;t\x07\r\n第二行"))
        await at.settle()
        assert line.value == "大庆 第二行"


async def test_no_control_character_reaches_the_screen(office):
    async with desk(office, LARGE) as at:
        await at.press("2")
        for text in SEQUENCES:
            at.app.session.tell(f"出错：{text}")
            await at.settle()
            assert at.text().replace("\n", "").isprintable()
        await at.press("s")
        for text in SEQUENCES:
            at.app.screen.query_one("#on", Input).value = text + "x"
            await at.press("ctrl+s")
            assert at.text().replace("\n", "").isprintable()


def test_a_line_keeps_what_can_be_seen():
    assert line_text("第一行\n第二行") == "第一行 第二行"
    assert line_text("\x1b[0m大庆\u2066") == "[0m大庆"
    assert line_text("café 大庆，") == "café 大庆，"


async def test_options_are_no_markup(office):
    async with desk(office) as at:
        await at.press("2", "s")
        prompts = [str(each.prompt) for each in at.app.screen.query_one(OptionList).options]
        assert prompts[0] == "1  ✓ 已完成"


async def test_where_one_is_can_be_read_in_every_theme(english):
    async with desk(english, language="en") as at:
        for _ in range(3):
            await at.press("question_mark")
            line = next(strip for strip in at.strips() if "Drill" in strip.text)
            piece = next(piece for piece in line if "Drill" in piece.text)
            assert piece.style is not None
            assert piece.style.color != piece.style.bgcolor, at.app.theme
            await at.press("escape", "ctrl+t")
