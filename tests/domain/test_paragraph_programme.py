"""Which programme a paragraph speaks of."""

from rectify_tui.domain.paragraph.programme import Candidate, programme_of

PLAN = Candidate(1, "黑龙江省2016年中央环保督察整改方案", "inspection", 2016)
LOOK_BACK = Candidate(2, "黑龙江省中央环保督察回头看整改方案", "look_back", 2018)
WORKS = Candidate(3, "山西省水污染防治重点工程", "campaign", 2019)
OUTFALLS = Candidate(4, "山西省汾河流域入河排污口整治", "campaign", 2019)
NATION = Candidate(5, "2018年全国饮用水水源地整治", "campaign", 2018)
ALL = (PLAN, LOOK_BACK, WORKS, OUTFALLS, NATION)


def test_year_and_kind_tell_two_plans_of_one_province_apart() -> None:
    assert programme_of("2016年整改任务", (PLAN, LOOK_BACK)) == PLAN
    assert programme_of("“回头看”整改任务", (PLAN, LOOK_BACK)) == LOOK_BACK
    assert programme_of("“回头\n看”整改任务", ALL) == LOOK_BACK


def test_words_of_the_name_tell_campaigns_apart() -> None:
    assert programme_of("水污染防治重点工程", ALL) == WORKS
    assert programme_of("入河排污口", ALL) == OUTFALLS
    assert programme_of("饮用水水源地", ALL) == NATION


def test_what_fits_none_or_two_is_not_guessed() -> None:
    assert programme_of("", ALL) is None
    assert programme_of("问题", ALL) is None
    assert programme_of("省2016年", (PLAN, Candidate(9, PLAN.name, "inspection", 2016))) is None
