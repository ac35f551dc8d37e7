from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.script import simplified


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("整改時限", "整改时限"),
        ("達到序時進度", "达到序时进度"),
        ("未辦結", "未办结"),
        ("並入第二輪", "并入第二轮"),
        ("進展嚴重滯後", "进展严重滞后"),
        ("其餘9項", "其余9项"),
        ("責任單位/牽頭單位", "责任单位/牵头单位"),
    ],
)
def test_traditional_words_are_read_as_simplified_ones(written: str, read: str) -> None:
    assert simplified(written) == read


def test_names_that_keep_a_traditional_character_keep_it() -> None:
    assert simplified("乾安县、乾县的水库") == "乾安县、乾县的水库"
    assert simplified("乾縣12項已辦結") == "乾县12项已办结"


@given(st.text() | st.text("輪後乾\ud800𠮷A1，裡麵"))
def test_every_character_stays_in_its_place(text: str) -> None:
    assert len(simplified(text)) == len(text)


def test_nothing_is_loaded_before_it_is_needed() -> None:
    code = (
        "import sys; from rectify_tui.domain.script import simplified;"
        "simplified('整改12项'); print('opencc' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
