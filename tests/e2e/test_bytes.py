"""What goes over the line for a key, on the real program in a real pseudo-terminal."""

from __future__ import annotations

import pytest
from terminal import terminal

pytestmark = pytest.mark.journeys

STEP, SCREEN = 2_048, 8_000
"""Bytes for the next row and for another screen, at 80x24. Before only changes went out it was up
to 6,500 and 35,000."""


def test_a_key_costs_little_on_a_slow_line(tmp_path, store):
    with terminal(tmp_path, "--db", str(store), "--lang", "zh", "--home") as at:
        at.sees("山西省 滞后 121 项")
        at.sees("SX-2019")

        def costs(keys, seen):
            """The bytes from a key until everything is there that it leads to."""
            before = len(at.written)
            at.send(keys)
            for text in seen:
                at.sees(text)
            return len(at.written) - before

        # what is counted after the first figures may still be on its way at the first key
        costs("j", ["黑龙江省 滞后 4 项", "HLJ-2018/58"])
        up = costs("k", ["山西省 滞后 121 项", "SX-2019"])
        steps = {"up": up, "overview": costs("j", ["黑龙江省 滞后 4 项", "HLJ-2018/58"])}
        screens = {
            "items": costs("2", ["整改任务", "HLJ-2016/1 ", "第 1 / 9,0"]),
            "cases": costs("3", ["转办件", "第 1 / 4,"]),
            "queue": costs("6", ["滞后待办", "HLJ-2016/32"]),
            "map": costs("7", ["地图", "与平均"]),
            "weekly": costs("4", ["周报", "方案：全部方案"]),
            "intake": costs("5", ["还没有收件"]),
            "overview": costs("1", ["总览", "黑龙江省 滞后 4 项", "HLJ-2018/58"]),
            "items again": costs("2", ["HLJ-2016/1 ", "第 1 / 9,0"]),
        }
        steps["items"] = costs("j", ["第 2 / 9,0"])
        steps["back"] = costs("k", ["第 1 / 9,0"])
        steps["rest"] = costs("q", ["code=0"])
        assert max(steps.values()) < STEP, steps
        assert max(screens.values()) < SCREEN, screens
