"""What is hidden of people in what is made public, and what stays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.masking import masked


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("举报人张三丰（电话13812345678）反映", "举报人张**（电话138****5678）反映"),
        ("家住大庆市萨尔图区幸福小区3号楼2单元501室，楼下油烟", "家住****，楼下油烟"),
        ("经李大明女士指认，身份证230102198001011234", "经李**女士指认，身份证230102************"),
        ("业主王强反映，来电0459-6181234", "业主王*反映，来电0459-*******"),
        ("联系电话：6181234，微信号:abc12345", "联系电话：*******，微信号:****"),
        ("信箱a.b@c.cn", "信箱****"),
        ("幸福小区3栋1201漏水", "幸福小区****漏水"),
    ],
)
def test_people_are_hidden(text, shown):
    assert masked(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "2018年12月1日罚款35000.50元，COD 380mg/L，涉及30户",
        "统一社会信用代码91230600123456789X，向阳街12号某公司1号楼",
        "居民方便，群众周边，村民马上迁出",
        "石油公司、金陵石化、高新区排污口",
    ],
)
def test_what_is_no_detail_of_a_person_stays(text):
    assert masked(text) == text


def test_what_the_ledger_knows_is_hidden_wherever_it_stands():
    known = ("诸葛孔明、赵云", "6181234", "南阳路卧龙岗")
    text = "诸葛孔明与赵云住南阳路卧龙岗，6181234"
    assert masked(text, known) == "诸***与赵*住****，****"
    assert masked("王", ("王", None, "")) == "王"


@given(st.text(), st.lists(st.text(), max_size=3))
def test_known_words_never_remain(text, known):
    shown = masked(text, known)
    assert all(each not in shown for each in known if len(each.strip(" 、,，;；/*")) > 4)
