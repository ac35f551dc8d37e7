from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.intake.reading.cells import cell_name, cell_text, column_index, column_letter
from rectify_tui.intake.reading.packing import Packer, line_of_rows, unpack


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("007", "007"),
        (12.0, "12"),
        (-0.0, "0"),
        (12, "12"),
        (0.1 + 0.2, "0.3"),
        (1234.5, "1234.5"),
        (1 / 3, "0.333333333333333"),
        (1e20, "100000000000000000000"),
        (123456789012345678.0, "123456789012346000"),
        (1e-7, "0.0000001"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2025, 12, 31), "2025-12-31"),
        (datetime(2025, 12, 31), "2025-12-31"),
        (datetime(2025, 12, 30, 23, 59, 59, 999_999), "2025-12-31"),
        (datetime(2025, 12, 31, 8, 30), "2025-12-31 08:30"),
        (datetime(2025, 12, 31, 8, 30, 5), "2025-12-31 08:30:05"),
        (datetime.max, "9999-12-31 23:59:59"),
        (time(8, 30), "08:30"),
        (time(8, 30, 5), "08:30:05"),
        (timedelta(hours=30), "30:00"),
        (-timedelta(minutes=90), "-01:30"),
    ],
)
def test_cell_text(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@given(st.floats(-1e300, 1e300))
def test_numbers_keep_fifteen_digits(number: float) -> None:
    text = cell_text(number)
    assert "e" not in text.lower()
    assert float(text) == pytest.approx(number, rel=1e-14)


@given(st.integers(0, 20_000))
def test_column_letters_count_up(index: int) -> None:
    assert column_index(column_letter(index)) == index


def test_names_of_cells() -> None:
    assert [column_letter(each) for each in (0, 25, 26, 701, 702, 16_383)] == [
        "A", "Z", "AA", "ZZ", "AAA", "XFD",
    ]  # fmt: skip
    assert cell_name(5, 2) == "C5"


CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.floats(allow_nan=False),
    st.dates(), st.datetimes(), st.times(), st.timedeltas(timedelta(-9999), timedelta(9999)),
    st.text("整改,\"[]{}\\'\n1 ", max_size=120),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=6), max_size=5))
def test_rows_come_out_as_they_went_in(rows: list[list[object]]) -> None:
    packer = Packer()
    packed = [
        [n, *packer.row(["" if cell is None else cell for cell in row])]
        for n, row in enumerate(rows, 1)
    ]
    for row, (number, cells) in zip(rows, unpack([line_of_rows(packed)]), strict=True):
        assert rows[number - 1] is row
        assert len(cells) == 0 or cells[-1] is not None
        for cell, before in zip(cells, row, strict=False):
            if isinstance(before, str):
                assert (cell or "").split() == before.split()
            elif isinstance(before, timedelta):
                assert abs(cell - before) < timedelta(milliseconds=1)
            elif before in (float("inf"), float("-inf")):
                assert cell == str(before)
            else:
                assert (cell, type(cell)) == (before, type(before))
