"""The filter language of lists."""

from __future__ import annotations

from datetime import date, timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from filter_text import text_of
from hypothesis import given
from hypothesis import strategies as st

from rectify_tui.domain.fields import CASE, ITEM
from rectify_tui.domain.filter import Between, Filter, Op, Term, Value, Words
from rectify_tui.domain.filter_fields import CASE_FIELDS, ITEM_FIELDS
from rectify_tui.domain.filter_text import in_chinese, parse_filter, replace_term
from rectify_tui.domain.reference import ItemReference, NumberRange, read_references
from rectify_tui.domain.status import CaseStatus, Group, Status, Verification
from rectify_tui.domain.text import clean
from rectify_tui.errors import Problem
from rectify_tui.i18n import LANGUAGES, Language

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rectify_tui.domain.filter_fields import FieldSpec

TODAY = date(2020, 1, 10)
JULY = date(2020, 7, 1), date(2020, 7, 31)


def items(text: str, *, lenient: bool = False) -> tuple[Term | Words, ...]:
    return parse_filter(text, ITEM_FIELDS, today=TODAY, lenient=lenient).terms


def cases(text: str) -> tuple[Term | Words, ...]:
    return parse_filter(text, CASE_FIELDS, today=TODAY).terms


def is_(field: str, *values: Value, negated: bool = False) -> Term:
    return Term(field, Op.IS, values, negated)


def test_a_filter_as_people_type_it() -> None:
    text = "status:behind region:大庆 programme:hlj-2018 due<2020-07 unit:水务局 free text"
    assert items(text) == (
        is_("status", Status.BEHIND),
        is_("region", "大庆"),
        is_("programme", "HLJ-2018"),
        Term("due", Op.LT, (JULY[0],)),
        is_("unit", "水务局"),
        Words(("free",)),
        Words(("text",)),
    )


@pytest.mark.parametrize(
    "text",
    ["状态：滞后，未完成", "st=滞后|逾期", "STATUS:behind、not_completed", "s:“滞后”｜「未完成」"],
)
def test_names_signs_and_quotes_of_both_languages(text: str) -> None:
    assert items(text) == (is_("status", Status.BEHIND, Status.NOT_COMPLETED),)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("due:2020-07", is_("due", Between(*JULY))),
        ("due=2020-07", is_("due", Between(*JULY))),
        ("时限：2020年7月", is_("due", Between(*JULY))),
        ("due<2020-07", Term("due", Op.LT, (JULY[0],))),
        ("due＜＝2020-07", Term("due", Op.LE, (JULY[1],))),
        ("due>2020-07", Term("due", Op.GT, (JULY[1],))),
        ("due≥2020-07", Term("due", Op.GE, (JULY[0],))),
        ("due:<=2020-07", Term("due", Op.LE, (JULY[1],))),
        ("due:2020-01..2020-06", is_("due", Between(date(2020, 1, 1), date(2020, 6, 30)))),
        ("due:none,2020-07", is_("due", None, Between(*JULY))),
        ("-due:无", is_("due", None, negated=True)),
        ("since:-7d..today", is_("since", Between(date(2020, 1, 3), TODAY))),
        ("group:滞后", is_("group", Group.BEHIND)),
        ("分组:on-schedule,merged", is_("group", Group.ON_SCHEDULE, Group.MERGED)),
        ("progress>=50%", Term("progress", Op.GE, (50.0,))),
        ("进度:30..60.5", is_("progress", Between(30.0, 60.5))),
        ("progress:100", is_("progress", Between(100.0, 100.0))),
        ("number:3-9,14", is_("number", NumberRange("3", "9", "3-9"), NumberRange(*["14"] * 3))),
        ("ref:a/1,3|B", is_("ref", *read_references("A/1,3 B"))),
        ("merged:hlj-2018", is_("merged", ItemReference("HLJ-2018"))),
        ('merged:"none"', is_("merged", ItemReference("NONE"))),
        ("merged:none", is_("merged", None)),
        ("note:none", is_("note", None)),
        ('note:"none"', is_("note", "none")),
        ("note=水", Term("note", Op.EXACTLY, ("水",))),
        ("problem:none", is_("problem", "none")),
        ("region=230600", is_("region", "230600")),
        ("核实:是", is_("verified", Verification.CONFIRMED, Verification.REFUTED)),
        ("verified:refuted", is_("verified", Verification.REFUTED)),
        ("reconstructed:否", is_("reconstructed", False)),
        ("!unit:“水务局 一科”", is_("unit", "水务局 一科", negated=True)),
        ("－单位:环保", is_("unit", "环保", negated=True)),
        ('problem:"a ""b"" c"', is_("problem", 'a "b" c')),
        ('problem:"a|b,c"|d', is_("problem", "a|b,c", "d")),
    ],
)
def test_terms(text: str, term: Term) -> None:
    assert items(text) == (term,)


@pytest.mark.parametrize(
    ("text", "term"),
    [
        ("status:阶段性办结", is_("status", CaseStatus.INTERIM)),
        ("编号:X2018", is_("no", "X2018")),
        ("批次:12", is_("batch", "12")),
        ("类型:水，噪音", is_("type", "water", "noise")),
        ("属实:部分属实", is_("substantiated", "partly")),
        ("转办日期:2020-07", is_("passed", Between(*JULY))),
        ("closed:none", is_("closed", None)),
        ("重点:是", is_("key", True)),
        ("罚款:yes", is_("fined", True)),
        ("fined>=5万", Term("fined", Op.GE, (5.0,))),
        ("fined<25000元", Term("fined", Op.LT, (2.5,))),
    ],
)
def test_terms_of_cases(text: str, term: Term) -> None:
    assert repr(cases(text)) == repr((term,))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("水源 -畜禽", [Words(("水源",)), Words(("畜禽",), negated=True)]),
        ("水|气", [Words(("水", "气"))]),
        ('"due<2020 x" “a b” 「c」', [Words(("due<2020 x",)), Words(("a b",)), Words(("c",))]),
        ('"-a" -"-b"', [Words(("-a",)), Words(("-b",), negated=True)]),
        ("12(+1) A/12 10:30", [Words(("12(+1)",)), Words(("A/12",)), Words(("10:30",))]),
        ("（一）：污水，垃圾", [Words(("（一）：污水，垃圾",))]),
        ('e"\u0301"', [Words(("é",))]),
        ("a\u202e\x1b[31mb\nc", [Words(("ab",)), Words(("c",))]),
        ("", []),
    ],
)  # fmt: skip
def test_free_words(text: str, words: list[Words]) -> None:
    assert list(items(text)) == words


@pytest.mark.parametrize(
    ("text", "key", "params"),
    [
        ("水 foo:1", "unknown_key", {"name": "foo", "position": 3, "term": "foo:1"}),
        ("statis:behind", "unknown_key_near", {"near": "status"}),
        ("状太:滞后", "unknown_key_near", {"near": "状态"}),
        ("x -status:", "unfinished", {"term": "-status:", "position": 3}),
        ("due<", "unfinished", {}),
        ("due:2020-01..", "unfinished", {}),
        ('note:""', "unfinished", {}),
        ("-", "unfinished", {}),
        ("|", "unfinished", {}),
        ('note:"水', "open_quote", {"position": 1}),
        ("「水", "open_quote", {}),
        ("due<2020,2021", "one_value", {}),
        ("状态<滞后", "no_order", {"name": "状态"}),
        ("status:behnd", "bad_value_near", {"near": "behind", "position": 1}),
        ("status:未达序时近度", "bad_value_near", {"near": "未达序时进度"}),
        ("status:情况不明", "bad_value", {}),
        ("group:done", "bad_value", {}),
        ("due:soonish", "bad_value", {}),
        ("due<-700000d", "bad_value", {}),
        ("due:2020-06..2020-01", "bad_value", {}),
        ("due:2020-06..never", "bad_value", {}),
        ("progress>101", "bad_value", {}),
        ("programme:a/b", "bad_value", {}),
        ("number:(", "bad_value", {}),
        ("ref:a/b/c", "bad_value", {}),
        ("simulated:maybe", "bad_value", {}),
    ],
)
def test_what_is_wrong_is_named_with_its_place(
    text: str, key: str, params: dict[str, object]
) -> None:
    with pytest.raises(Problem) as caught:
        items(text)
    assert caught.value.key == f"filter.{key}"
    assert caught.value.params | params == caught.value.params
    for code in LANGUAGES:
        told = Language(code).problem(caught.value)
        assert f"“{caught.value.params['term']}”" in told
        assert str(caught.value.params["position"]) in told


def test_a_wrong_amount_is_told() -> None:
    with pytest.raises(Problem) as caught:
        cases("fined>lots")
    assert "fined>=5" in Language("en").problem(caught.value)


def test_a_long_term_is_shortened_in_the_message() -> None:
    with pytest.raises(Problem) as caught:
        items("foo:" + "水" * 1000)
    assert len(Language("zh").problem(caught.value)) < 120


@pytest.mark.parametrize(
    "unfinished", ["status:", "due<", "-", "!", "|", "due:2020-01..", "due:..", '"', "-note:“"]
)
def test_what_is_still_being_typed_is_left_out_when_lenient(unfinished: str) -> None:
    assert items(f"水 {unfinished}", lenient=True) == (Words(("水",)),)


def test_an_open_quote_reaches_to_the_end_when_lenient() -> None:
    assert items('note:"水务 局', lenient=True) == (is_("note", "水务 局"),)


@pytest.mark.parametrize("wrong", ["foo:1", "status:behnd"])
def test_lenient_forgives_no_mistakes(wrong: str) -> None:
    with pytest.raises(Problem):
        items(wrong, lenient=True)


def test_every_field_that_names_a_term_can_be_filtered_by() -> None:
    text = 'next:征地 promised<2020-03 reviewed:none 原因:"没有 钱" put_off:none goal:=零'
    assert items(text) == (
        is_("next", "征地"),
        Term("promised", Op.LT, (date(2020, 3, 1),)),
        is_("reviewed", None),
        is_("reason", "没有 钱"),
        is_("put_off", None),
        Term("goal", Op.EXACTLY, ("零",)),
    )
    for declared, specs in ((ITEM, ITEM_FIELDS), (CASE, CASE_FIELDS)):
        for field in declared.values():
            if field.filter:
                assert specs[field.filter[0]].optional == (not field.required), field.name


@pytest.mark.parametrize("fields", [ITEM_FIELDS, CASE_FIELDS])
def test_no_two_fields_share_a_name(fields: Mapping[str, FieldSpec]) -> None:
    names = [name for key, spec in fields.items() for name in (key, *spec.aliases)]
    assert len(names) == len(set(names))


def test_text_of() -> None:
    text = '-状态:滞后,逾期 due<2020-07 progress:50 note:"a b"|none "x:y" 水|气 ref:a/1,3-5|b'
    assert text_of(parse_filter(text, ITEM_FIELDS, today=TODAY)) == (
        "-status:behind|not_completed due<2020-07-01 progress:50 note:\"a b\"|none "
        '"x:y" 水|气 ref:A/1,3-5|B'
    )  # fmt: skip


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31))
PERCENT = st.one_of(st.integers(0, 100).map(float), st.decimals(0, 99, places=3).map(float))
TEXTS = st.one_of(
    st.text(st.sampled_from("水a1-!:<=>|,，\"“”「」 .none\u0338\u0301／"), max_size=8),
    st.sampled_from(["none", "无", "None"]),
    st.text(max_size=8),
).map(clean).filter(bool)  # fmt: skip
ORDERINGS = st.sampled_from([Op.LT, Op.LE, Op.GT, Op.GE])


def between(values: st.SearchStrategy[date] | st.SearchStrategy[float]) -> st.SearchStrategy[Value]:
    return st.lists(values, min_size=2, max_size=2).map(lambda ends: Between(*sorted(ends)))


def terms(
    fields: list[str], ops: st.SearchStrategy[Op], values: st.SearchStrategy[Value], most: int = 3
) -> st.SearchStrategy[Term]:
    many = st.lists(values, min_size=1, max_size=most).map(tuple)
    return st.builds(Term, st.sampled_from(fields), ops, many, st.booleans())


IS = st.just(Op.IS)
REFERENCES = st.sampled_from(["A", "水-1/12", "NONE", "A/3-9,14,12(+1)", "P/(一)"]).map(
    lambda text: read_references(text)[0]
)
FILTERS = st.lists(
    st.one_of(
        st.builds(Words, st.lists(TEXTS, min_size=1, max_size=3).map(tuple), st.booleans()),
        terms(["status"], IS, st.sampled_from(Status)),
        terms(["group"], IS, st.sampled_from(Group)),
        terms(["verified"], IS, st.sampled_from(Verification)),
        terms(["reconstructed", "simulated"], IS, st.booleans()),
        terms(["due", "start"], IS, st.one_of(between(DAYS), st.none())),
        terms(["due", "since"], ORDERINGS, DAYS, 1),
        terms(["progress"], IS, st.one_of(between(PERCENT), st.none())),
        terms(["progress"], ORDERINGS, PERCENT, 1),
        terms(["ref"], IS, REFERENCES),
        terms(["merged"], IS, st.one_of(REFERENCES, st.none())),
        terms(["number"], IS, st.just(NumberRange("3", "9", "3-9"))),
        terms(["region", "problem"], IS, TEXTS),
        terms(["note", "unit"], st.sampled_from([Op.IS, Op.EXACTLY]), st.one_of(TEXTS, st.none())),
    ),
    max_size=4,
).map(lambda found: Filter(tuple(found)))


@given(FILTERS)
def test_a_filter_is_read_back(filter_: Filter) -> None:
    assert parse_filter(text_of(filter_), ITEM_FIELDS, today=TODAY) == filter_


@given(st.floats(0, 1e9).map(lambda n: round(n, 6)), st.booleans())
def test_amounts_are_read_back(amount: float, fined: bool) -> None:
    filter_ = Filter((Term("fined", Op.GT, (amount,)), is_("fined", fined)))
    again = parse_filter(text_of(filter_), CASE_FIELDS, today=TODAY + timedelta(days=1))
    assert repr(again) == repr(filter_)


PIECES = st.lists(
    st.one_of(
        st.sampled_from([*ITEM_FIELDS, *CASE_FIELDS, "状态", "属实", "水", "none", "是", "behind"]),
        st.sampled_from([":", "：", "<", "≥", "=", "..", "|", "，", "-", "!", " "]),
        st.sampled_from(['"', '""', "“", "”", "「", "」"]),
        st.sampled_from(["2020-07", "A/3-9", "1", "9" * 30, "元", "%", "/", "\u0338", "-99999d"]),
        st.text(max_size=4),
    ),
    max_size=14,
).map("".join)  # fmt: skip


@given(st.one_of(PIECES, st.text()), st.booleans(), st.booleans())
def test_any_text_is_read_or_refused(text: str, of_cases: bool, lenient: bool) -> None:
    fields = CASE_FIELDS if of_cases else ITEM_FIELDS
    try:
        found = parse_filter(text, fields, today=TODAY, lenient=lenient)
    except Problem as problem:
        told = [Language(code).problem(problem) for code in LANGUAGES]
    else:
        told = ["read"]
        again = parse_filter(text_of(found), fields, today=TODAY)
        assert repr(again) == repr(found)
    assert all(told)


def test_the_longest_text_is_read_quickly() -> None:
    for piece in ("水|", '"a"', '""a', "“a”-", "-a ", "note:a "):
        longest = (piece * 4000)[:3999].rstrip()
        started = perf_counter()
        assert items(longest, lenient=True)
        assert perf_counter() - started < 2


@pytest.mark.parametrize(
    ("text", "field", "value", "result"),
    [
        ("", "status", "behind", "status:behind"),
        ("水  due<2020", "status", "behind", "水 due<2020 status:behind"),
        ("a 状态：滞后 b -status:ahead c", "status", "merged", "a status:merged b c"),
        ("a status: b", "status", None, "a b"),
        ("a", "status", None, "a"),
        ("region:x", "region", "大庆 市", 'region:"大庆 市"'),
        ("x", "status", ["behind", "not_completed"], "x status:behind|not_completed"),
        ("due<2020", "due", "2020-01..2020-06", "due:2020-01..2020-06"),
        ("x", "due", "none", "x due:none"),
        ('status:x note:"水', "status", "ahead", 'status:ahead note:"水"'),
        ("“水", "status", "ahead", "“水” status:ahead"),
        ('"status:x"', "status", "ahead", '"status:x" status:ahead'),
    ],
)
def test_replace_term(text: str, field: str, value: str | list[str] | None, result: str) -> None:
    assert replace_term(text, field, value) == result


def test_replace_term_of_cases() -> None:
    assert replace_term("编号:1", "no", "2", CASE_FIELDS) == "no:2"


@given(st.one_of(PIECES, FILTERS.map(text_of)), TEXTS)
def test_a_replaced_term_is_the_only_one_of_its_field(text: str, value: str) -> None:
    replaced = replace_term(text, "problem", value)
    assert replace_term(replaced, "problem", value) == replaced
    try:
        found = parse_filter(replaced, ITEM_FIELDS, today=TODAY, lenient=True).terms
    except Problem:
        return
    ours = [term for term in found if isinstance(term, Term) and term.field == "problem"]
    assert ours == [is_("problem", value)]


@pytest.mark.parametrize(
    ("typed", "chinese"),
    [
        ("-status:merged region:绥化市", "-状态:并入 地区:绥化市"),
        ("group:behind|merged due<2020-07", "分组:滞后|并入 时限<2020-07"),
        ('verified:no unit:"水 务" 管网', '核实:未核实 单位:"水 务" 管网'),
        ("状态:未达序时进度 nothing:x", "状态:未达序时进度 nothing:x"),
    ],
)
def test_a_filter_in_chinese_says_the_same(typed, chinese):
    told = in_chinese(typed, ITEM_FIELDS)
    assert told == chinese
    if "nothing" not in typed:
        assert parse_filter(told, ITEM_FIELDS, today=TODAY) == parse_filter(
            typed, ITEM_FIELDS, today=TODAY
        )
