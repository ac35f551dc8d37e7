"""Nobody is asked or warned about what belongs to an archived programme, unless it is named."""

from __future__ import annotations

MAKE = ("return", "make", "--under", "大庆", "-o")


def suggested(small) -> tuple[int, int]:
    return len(small.rows("card", "suggest")), len(small.rows("escalate", "--suggest"))


def test_what_is_archived_is_neither_sent_out_nor_suggested(small, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    words = ("--status", "behind", "--deadline", "2020-03-31", "--responsible", "大庆市水务局")
    small("item", "set", "P-1/1", *words, "--on", "2020-01-10")
    assert suggested(small) == (1, 1)
    small(*MAKE, "回报")
    small("programme", "archive", "P-1", "--reason", "已结束")
    assert suggested(small) == (0, 0)
    assert small.refused(*MAKE, "归档后", code=1)
    assert len(small.rows("escalate", "--suggest", "--programme", "P-1")) == 1
    small("return", "make", "--programme", "P-1", "-o", "点名")
