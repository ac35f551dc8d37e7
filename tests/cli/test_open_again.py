"""What was all done and is open again."""

from __future__ import annotations

import pytest

VISIT = ("verify", "record", "P-1/1", "--by", "李工", "--at", "46.5,125.1", "--note", "未通水")
REOPEN = ("close", "P-1/1", "--step", "reopen", "--reason", "返黑返臭", "--by", "张处")


def progress(small) -> object:
    (row,) = small.rows("item", "list", "ref:P-1/1")
    return row["progress"]


@pytest.mark.parametrize("apply", [False, True])
def test_the_progress_of_a_refuted_completion_no_longer_speaks_for_it(small, apply):
    small("item", "set", "P-1/1", "--status", "completed", "--progress", "100")
    if apply:
        small("close", "P-1/1", "--step", "apply", "--by", "市局")
    words = REOPEN if apply else (*VISIT, "--result", "refuted")
    small(*words)
    assert progress(small) is None
    small("undo")
    assert progress(small) == 100


def test_a_progress_below_all_stays(small):
    small("item", "set", "P-1/1", "--status", "basically_completed", "--progress", "95")
    small(*VISIT, "--result", "refuted")
    assert progress(small) == 95
