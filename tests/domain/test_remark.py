"""Reason and next step in a note."""

from __future__ import annotations

import pytest

from rectify_tui.domain.remark import read_remark


@pytest.mark.parametrize(
    ("note", "reason", "following"),
    [
        ("原因：设备到货延迟。下一步：落实资金后复工。", "设备到货延迟", "落实资金后复工"),
        ("下一步措施: 催货；滞后原因: 设备未到", "设备未到", "催货"),
        (
            "Reason: pumps are late; next step: chase the maker.",
            "pumps are late",
            "chase the maker",
        ),
        ("原因：一、征地\n二、管线\n下一步：协调", "一、征地\n二、管线", "协调"),
        ("已完成招标，原因不明", None, None),
        ("原因：", None, None),
        ("", None, None),
        (None, None, None),
    ],
)
def test_only_what_is_named_is_read(note, reason, following):
    assert read_remark(note) == (reason, following)
