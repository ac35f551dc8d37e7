"""Rules about visits: positions, what is missing, and what a refuted completion becomes."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.position import Position, read_position
from rectify_tui.domain.status import GROUP_OF, Group, Status
from rectify_tui.domain.visits import CLOSED_LOOP, Need, missing_of, reopened
from rectify_tui.errors import Problem

DAY = date(2020, 3, 6)


@pytest.mark.parametrize(
    "text",
    ["45.75,126.63", "45.75, 126.63", "４５.７５，１２６.６３", "北纬45.75° 东经126.63°",
     "N45.75 E126.63", "45.75N,126.63E", "45.75、126.63"],
)  # fmt: skip
def test_positions_as_people_write_them(text):
    assert read_position(text) == Position(45.75, 126.63)


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_a_position_comes_back_from_its_text(latitude, longitude):
    position = Position(latitude, longitude)
    again = read_position(str(position))
    assert again.latitude == pytest.approx(latitude, abs=1e-6)
    assert again.longitude == pytest.approx(longitude, abs=1e-6)


def test_what_is_no_position_is_refused_and_one_turned_round_is_said_to_be():
    assert read_position(" ") is None
    for text in ("大庆", "45.75", "95,200", "45,200", "1,2,3"):
        with pytest.raises(Problem) as refused:
            read_position(text)
        assert refused.value.key == "position.bad"
    with pytest.raises(Problem) as refused:
        read_position("126.63,45.75")
    assert refused.value.params["turned"] == "45.75,126.63"


@given(st.sets(st.sampled_from(Need)), st.sets(st.sampled_from(Need)))
def test_what_an_office_asks_for_and_is_not_there_is_missing(needs, there):
    missing = missing_of(
        needs, person="李工" if Need.PERSON in there else None,
        position=Position(45, 126) if Need.POSITION in there else None,
        findings="已整改" if Need.FINDINGS in there else "",
        photographs=int(Need.PHOTOGRAPHS in there),
    )  # fmt: skip
    assert set(missing) == needs - there
    nothing = {"person": "", "position": None, "findings": None, "photographs": 0}
    assert missing_of(CLOSED_LOOP, **nothing) == CLOSED_LOOP


@pytest.mark.parametrize("status", Status)
def test_a_completion_is_taken_back_and_nothing_else_is(status):
    late, early = (reopened(status, due, DAY) for due in (DAY, date(2020, 12, 31)))
    if GROUP_OF[status] is Group.COMPLETED:
        assert (late, early) == (Status.NOT_COMPLETED, Status.IN_PROGRESS)
        assert reopened(status, None, DAY) is Status.IN_PROGRESS
    else:
        assert (late, early) == (None, None)
