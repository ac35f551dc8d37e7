"""What is left out of what is written changes nothing on the screen."""

from __future__ import annotations

import pyte
from hypothesis import given, settings
from hypothesis import strategies as st

from rectify_tui.tui.repaint import Repaint

COLUMNS, LINES = 12, 3
STYLES = (
    "", "0", "1", "2;37", "7", "4;38;2;1;2;3", "1;38;2;1;2;3;48;2;9;9;9", "38;2;1;2;3;48;2;9;9;9",
    "38;5;7;48;5;1", "32;41", "92;101", "39;49;1;3", "48;2;9;9;9",
)  # fmt: skip

pieces = st.tuples(st.sampled_from(STYLES), st.text("ab 整改·é", min_size=1, max_size=5))
spans = st.tuples(
    st.integers(1, LINES), st.integers(1, COLUMNS), st.lists(pieces, min_size=1, max_size=4)
)
lines_of_a_frame = st.lists(spans, min_size=1, max_size=3, unique_by=lambda span: span[0])
frames = st.lists(lines_of_a_frame, min_size=1, max_size=6)


def painted(frame):
    """A frame as Textual writes it: each piece in its style, from a reset to a reset."""
    text = ""
    for row, column, parts in frame:
        line, room = "", COLUMNS - column + 1
        for style, letters in parts:
            fits = ""
            for letter in letters:
                room -= 1 + (letter in "整改")
                if room < 0:
                    break
                fits += letter
            if fits:
                line += f"\x1b[{style}m{fits}\x1b[0m" if style else fits
        text += f"\x1b[{row};{column}H{line}" + ("\r\n" if row < LINES else "")
    return f"{text}\x1b[1;1H"


def looks(screen):
    """The cells as a person sees them: the colour of letters says nothing on a blank."""
    for y in range(LINES):
        for x in range(COLUMNS):
            cell = screen.buffer[y][x]
            lined = cell.reverse or cell.underscore
            blank = cell.data == " " and not lined
            yield cell.data, cell.bg, lined, None if blank else (cell.fg, cell.bold, cell.italics)


@settings(max_examples=60, deadline=None)
@given(frames)
def test_a_screen_looks_the_same_and_nothing_is_written_twice(frames):
    repaint, whole, thin = Repaint(), pyte.Screen(COLUMNS, LINES), pyte.Screen(COLUMNS, LINES)
    to_whole, to_thin = pyte.Stream(whole), pyte.Stream(thin)
    for frame in frames:
        text = painted(frame)
        to_whole.feed(text)
        to_thin.feed(repaint.thin(text))
        assert list(looks(thin)) == list(looks(whole))
        assert (thin.cursor.x, thin.cursor.y) == (whole.cursor.x, whole.cursor.y)
        assert repaint.thin(text) == ""


def test_what_does_more_than_paint_goes_out_as_it_is():
    repaint = Repaint()
    frame = painted([(1, 1, [("1", "整改")])])
    assert repaint.thin(frame) != ""
    for harmless in ("\x1b[?2026h", "\x1b]52;c;eHg=\x07", "\x07", "\x1b[?25l"):
        assert repaint.thin(harmless) == harmless
        assert repaint.thin(frame) == ""
    for other in ("\x1b[?1049h", "\x1b[2J", f"{frame}\x1b[K", "\x1b[?1049h\x1b[?25l"):
        assert repaint.thin(other) == other
        assert repaint.thin(frame) != ""


def test_letters_that_join_are_written_as_one():
    repaint, screen = Repaint(), pyte.Screen(COLUMNS, LINES)
    stream = pyte.Stream(screen)
    for letters in ("e\u0301a b", "ea b", "e\u0301a c"):
        stream.feed(repaint.thin(f"\x1b[1;1H{letters}"))
    assert "".join(screen.buffer[0][x].data for x in range(4)) in ("e\u0301a c", "éa c")
