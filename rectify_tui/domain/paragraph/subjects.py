"""The subject of a figure: what is counted, in the words of the paragraph."""

from __future__ import annotations

import re
from functools import lru_cache

from rectify_tui.domain.paragraph.lexer import NOUNS

_SCOPE = re.compile(
    rf"{NOUNS.pattern}|督察|督查|回头看|再回头看|方案|清单|警示片|专项|行动|审计|巡视|反馈|投诉|线索|清单|交办|转办|第.轮"
)
_CASE = re.compile(r"信访|举报|投诉|案件|转办件|交办件|转办的?$|来信|来电|信件")
_OPENERS = re.compile(
    r"^(?:、|[0-9]{1,2}月[0-9]{1,2}日|今天|当日|昨日|经[^,]{1,8}?后(?=向|共|,|转|交|移)|到目前(?:为止)?|依次[是为]|主要|集中[在于]|分布[在于]|位于|以及|和(?![平田顺龙布政静硕县林])|涉及(?!我)|包括|[即为](?=[^一-鿿]|[一-鿿]{2})|各(?:责任单位|地方?|市州?|地市)(?!级)|按期|根据|对照|按照?(?!计划|要求)|截[至止](?:到|至)?(?:今[天日]|当[日天]|[0-9年月日时点]|目前|现在|当前|上?半年|[今本]|周|底|末|初|[上中下]旬|[一二三四五六七八九十]|为止)*"
    r"|目前|当前|现在|日前|近日|今年以来|一年多?来|据(?:了解|统计|介绍|悉)|经(?:统计|核查|核实|查实|调查|梳理|排查|合并|汇总)+|其中|同时|此外|另外"
    r"|从[^,]{0,12}?看|按照?计划|在(?=[^中]*$)|对于?(?!外|标)|针对|推动|督促|占(?!用|地|有)|[该我本][厅局办委]|(?:[今明]年)?年?底(?:之)?前|有(?![关色机效害毒组限])|[①-⓿㈠-㊿]|[一二三四五六七八九十][是、]|全[国省市区县州盟]|[我本该][省市区县州盟]|我们|各地(?!级)|各级"
    r"|累计|总体|分别|共计|共(?!享|同|性)|现(?!场|代|有)|已经?|的|以来|,|并|且|还|尚|仍|也|均|按[^,]{0,12}?要求)"
)
_CLOSERS = re.compile(
    r"(?:共(?:有|计)?|总计|合计|累计|总数|总共|明确|涉及|包括|包含|含|存在|是|为|有|达到?|的|需|了|数量?|等|全部|(?<!平)均|经查[实明]?"
    r"|仍|还|尚|目前|已经?|并|也|则|这|上述|其|只|仅|向[^,]{1,6}|:|、)$"
)
_AGENT = re.compile(
    r"^((?:[0-9]{4}年度?|第.轮|第.批|以来|省级|市级)*).*?(?:督察组|督查组|巡视组|工作组|领导小组|协调组|国家|省委|省政府)(?:已|累计|共|今天|当日|昨日|再次|分[^,]{1,4}批次?)*"
    r"(?:向(?:[我本该全各][省市区县州国地]|被督察(?:地方|对象)|地方|有关|相关)[^,]{0,6}?)?"
    r"(?=向[^,]{2,8}?(?:转办|交办|移交|反馈|转交)|转办|交办|移交|反馈|转交)"
)
_TOWARDS = re.compile(
    r"^(?:分[0-9]{1,3}批次?)?向(?:[我本该全各][省市区县州国地]|被督察(?:地方|对象)|地方|有关|相关)?([^,]{0,8}?)(?=转办|交办|移交|反馈|转交)"
)
_HANDED = re.compile(r"^(?:转办|交办|移交|反馈|转交)")
_BODY_BEFORE = re.compile(
    r"^(?:第[一二三四五六七八九十]+批)?(?:[0-9一二三四五六七八九十]+个|各)(?:[省市]级)?(?:[^,的]{0,6}?(?:督[察查]组|市州|州市|市县|县区|部门|单位|地区))"
)
_INNER = re.compile(
    r"(?<![第前—–~0-9一二三四五六七八九十-])[共分]?[0-9一二三四五六七八九十]+批$|共(?:有|计)?(?=明确|涉及|存在|排查|梳理|接|反馈|交办|转办|移交|受理|收到)|明确(?=整改|任务|措施)|累计"
)
_GENERIC = re.compile(
    r"整改任务|整改问题|整改工作|整改项目|整改事项|整改措施|问题整改|任务|问题|事项|项目|案件|整改|工作|方案|工程|措施|各类|具体"
    r"|各地各?部?门?|各部门|各责任单位|全部|所有|有关|相关|上述|该|这些|这|明确|涉及|共|的|及|和|等|,|、|正?在?已?推进|件"
)
_PROGRAMME = re.compile(r"督察|督查|回头看|第.轮|[0-9]{4}年|方案|清单|警示片|专项|信访|转办|交办")
_OF_YEAR = re.compile("(?:19|20)[0-9]{2}年度?的$")
_ROUND = re.compile("[0-9]{4}年度?|第.[轮批]|首轮|再?回头看")
_ENDS_IN_NOUN = re.compile(rf"(?:{NOUNS.pattern})$")
_NOUN_AT_END = re.compile(
    rf"(?:{NOUNS.pattern}|整改|群众|信访|举报|投诉|环境|生态|大气|饮用水|水|污染|来电|来信|具体|、)*(?:{NOUNS.pattern}|信访|举报|投诉)$"
)
_DEED = re.compile(
    r"办理上报$|上报$|共计?(?:清理|整治|治理|查处|处理|拆除|取缔|关停|淘汰|整改(?!任务|问题|事项|项目|方案))|(?:整治|治理|清理|整改|处理)了"
)
_DEED_FIRST = re.compile(
    r"^(?:完成)?(?:治理|整治|清理|拆除|取缔|关停|淘汰|修复|搬迁)"
    r"(?![^,]*(?:任务|项目|工程|问题|事项|措施|方案|清单|点位))[^,的]{0,8}$"
)
_CLOSING = re.compile(r"(?:共计?|合计|总计|总共)")
_CUE = re.compile(
    r"累计$|(?:共|总计|合计|总数|总共|明确|发现|反馈|交办|转办|移交|转交|受理|收到|接到|排查出|梳理出|披露|查出|提出的?全部|细化|分解|列出|列入|确定|形成)"
    r"[^,]{0,24}$"
)
_KIND = re.compile(
    r"(?:重复|重点(?:关注)?|一般|(?<!来信)(?<!来信、)来电|(?<!来电)(?<!来电、)来信|电话|网络|微信|短信|当面)(?:举报|信访|交办|转办|案件|问题|件)*$"
)
_RECEIVED = re.compile(
    r"(?:接到|收到|接收|受理)(?![^,]*(?:交办|转办|移交|转交|转来|交来|下发))[^,]*$"
)
_PASSED_ON = re.compile(r"(?:交办|转办|移交|转交|交办转办)[^,]*$")
_SO_FAR = re.compile(r"累计")
_HANDED_OVER = re.compile(
    r"(?:反馈|交办|转办|移交|转交|明确|确定|披露|指出|提出|承担|涉及[我本全][省市县区州])的$"
)
_LOOKED_AT = re.compile(
    r"(?:进行|开展)了?(?:现场|实地|全面|逐[一个])*(?:核实|核查|检查|排查|抽查|巡查|监测|复核|督查|暗访)"
)
_BOTH = re.compile("^(?:合计|相加|之和|综合)")
_TOGETHER = re.compile("(?:合计|综合|相加)$")
_NET = re.compile("实际(?:应)?(?:办理|受理|处理|转办)$")
_PUT_OFF = re.compile("(?:延期|延长|暂缓|暂停|取消|核减|扣除|剔除|撤销|调出)(?:了|整改|完成)?$")
_STILL = re.compile(r"(?<!共)有$|仍存在$")
_SHARE_OF = re.compile(r"占(?!用|地|有)[^,]*$")
_PLACE = re.compile(
    r"(?:[市县区州盟旗省厅局镇乡村师]|兵团|开发区|街道|委员会|(?<![省市县区党])委|管委会|集团|公司|中心|部门|办公室)$"
)
_LEVEL = re.compile(r"(?:国家|[省市县区]|乡镇)[级直属](?:层面|单位)?$")
_NO_PLACE = re.compile(
    r"(?:各部门|相关部门|有关部门|(?:相关|有关|被督察)[省市县区州]|(?:^|[我全各本该两三])省|(?:^|[我全各本该])市|[我全各本该][县区州]|城市|地市|省市|设区市|省区|县市|[保护景园库矿灌社小城辖成湖山林海流片厂]区|地区"
    r"|自治区|分区|功能区)$"
)
_ENFORCED = re.compile(
    r"(?:立案(?:侦查|处罚|查处|调查)?|处罚|查处|罚款|拘留|问责|约谈|责令(?:整改|改正|停产)?|停产|关停|取缔|关闭|移送(?:公安)?"
    r"|查封|扣押|诫勉|通报(?:批评)?|曝光|下达|抽查|检查|督查|巡查)(?:企业|案件|环境违法)?(?:了|共|约|达)*$"
    r"|(?:核查|核实|检查|抽查|督查|巡查|暗查|走访|查看|监测)(?:企业|单位|现场|工地|点位)(?:了|共|约|达)*$"
    r"|(?:现场|实地)(?:核查|核实|检查|抽查|督查|查看)(?:了|共|约|达)*$"
)
_WHOLE = re.compile(r"[全我][国省市区县州盟]|各地|总体|合计|总计|共计")
_ADVERBS = re.compile(
    r"(?:目前|现|已|也|还|仍|尚|均|都|则|正|要|需|经|全部|进行|有|为|是|在|均已|推进|通过|由|按|向|被|得)"
)
_LONGEST = 40


@lru_cache(maxsize=4096)
def own_subject(lead: str, middle: str, noun: str) -> str:
    """The subject in the clause of a number: before it, between word and number, and after it."""
    before = clean(lead) + clean(middle)
    after = clean_noun(noun)
    if after and before.endswith(after):
        after = ""
    return (before + after)[-_LONGEST:]


@lru_cache(maxsize=4096)
def clean(lead: str) -> str:
    """The text before a number without adverbs, dates of report and the body that speaks."""
    lead = _TOWARDS.sub(r"\1", _AGENT.sub(r"\1", lead.strip(",:")))
    while True:
        shorter = _TOWARDS.sub(r"\1", _OPENERS.sub("", _BODY_BEFORE.sub("", lead)))
        shorter = _CLOSERS.sub("", shorter)
        if shorter == lead:
            break
        lead = shorter
    return _INNER.sub("", lead).replace("的", "")


@lru_cache(maxsize=4096)
def clean_noun(noun: str) -> str:
    """The noun at the beginning of the text after a number."""
    noun = noun.strip("的,:").partition("的")[0]
    if _ADVERBS.match(noun):
        return ""
    known = list(NOUNS.finditer(noun))
    if known:
        return noun[: known[-1].end()]
    adverb = _ADVERBS.search(noun)
    return noun[: adverb.start()] if adverb else noun


@lru_cache(maxsize=4096)
def without_deed(subject: str) -> str:
    """The subject without what was done to it first: 城中区工单 of 转办城中区工单."""
    return _HANDED.sub("", subject)


@lru_cache(maxsize=4096)
def last_noun(subject: str) -> str:
    """The noun that a subject ends with: 群众信访件 of 转办群众信访件; empty when it has none."""
    match = _NOUN_AT_END.search(subject)
    return match[0] if match else ""


@lru_cache(maxsize=4096)
def telling(subject: str) -> str:
    """What a subject says beyond 整改任务, 问题 and the like; empty when nothing."""
    return _GENERIC.sub("", subject)


@lru_cache(maxsize=4096)
def names_scope(text: str) -> bool:
    """Whether the text names a programme, a campaign or things to be put right."""
    return bool(_SCOPE.search(text))


@lru_cache(maxsize=4096)
def names_things(text: str) -> bool:
    """Whether the text has a noun that items or cases go by."""
    return bool(NOUNS.search(text))


@lru_cache(maxsize=4096)
def names_cases(text: str) -> bool:
    """Whether the text speaks of complaints and cases."""
    return bool(_CASE.search(text))


def ends_in_scope(lead: str) -> bool:
    """Whether a clause without numbers is the name of what the next one counts."""
    return bool(
        re.search(rf"(?:{_SCOPE.pattern})(?:意见|方面|情况|整改|问题|任务|件)*$", clean(lead))
    )


@lru_cache(maxsize=4096)
def announces_total(lead: str) -> bool:
    """Whether the words before a number say that it is a whole: 共, 交办, 反馈 …"""
    return bool(_CUE.search(lead)) and not _STILL.search(lead)


def is_deed_itself(lead: str) -> bool:
    """Whether the number counts what was done, in words of its doing: 治理矿山24座."""
    return bool(_DEED_FIRST.search(lead))


def is_deed(lead: str) -> bool:
    """Whether the number counts what was dealt with, in words that fit no status: 共整治."""
    return bool(_DEED.search(lead))


def is_heading(lead: str, subject: str) -> bool:
    """Whether the words before a number are but the name of a programme: 回头看整改任务56项."""
    named = not telling(subject) or bool(_PROGRAMME.search(subject))
    return named and bool(_ENDS_IN_NOUN.search(lead))


def names_round(subject: str) -> bool:
    """Whether the words name a round or a year and nothing else: 第一轮34个, 2018年17个."""
    return bool(_ROUND.fullmatch(subject))


def closes_list(lead: str) -> bool:
    """Whether the number sums up those before it: 合计60项."""
    return bool(_CLOSING.fullmatch(lead.strip(",:")))


def is_kind(lead: str) -> bool:
    """Whether the number is of one kind of complaint: 来电79件, 重复件41件."""
    return bool(_KIND.search(lead))


def is_received(lead: str) -> bool:
    """Whether the number is of complaints that came in, passed on or not: 收到举报3598件."""
    return bool(_RECEIVED.search(lead))


def is_passed_on(lead: str) -> bool:
    """Whether the number is of cases that were handed to those who deal with them: 交办2973件."""
    return bool(_PASSED_ON.search(lead))


def is_handed_over(lead: str) -> bool:
    """Whether the words before a number say whose whole it is: 督察反馈的72项."""
    return bool(_HANDED_OVER.search(lead))


def is_looked_at(noun: str) -> bool:
    """Whether the words after a number say that so many were looked at, not found."""
    return bool(_LOOKED_AT.search(noun))


def is_put_off(lead: str) -> bool:
    """Whether the number is of what was put off or taken out: 延期3项, 核减2项."""
    return bool(_PUT_OFF.search(lead))


def sums_up(noun: str) -> bool:
    """Whether a number tells how many figures are added: 两项合计."""
    return bool(_BOTH.search(noun))


def is_of_several(lead: str) -> bool:
    """Whether a rate is of several wholes together: 两项合计办结率."""
    return bool(_TOGETHER.search(lead))


def is_net(lead: str) -> bool:
    """Whether the number is what is left of the cases after some were set aside: 实际办理669件."""
    return bool(_NET.search(lead))


def is_so_far(lead: str) -> bool:
    """Whether the number is of all until now, beside that of one batch: 累计转办4718件."""
    return bool(_SO_FAR.search(lead))


def is_still(lead: str) -> bool:
    """Whether the number is what is still there (仍有), not a whole."""
    return bool(_STILL.search(lead))


def is_share_of(lead: str) -> bool:
    """Whether the number is a whole that a share is taken of: 占531项任务的近六成."""
    return bool(_SHARE_OF.search(lead))


@lru_cache(maxsize=4096)
def ends_in_place(lead: str) -> bool:
    """Whether the words end in the name of a city, county and the like."""
    lead = lead.strip(",:")
    return bool(_PLACE.search(lead)) and not _NO_PLACE.search(lead) and len(lead) > 1


@lru_cache(maxsize=4096)
def ends_in_level(lead: str) -> bool:
    """Whether the words end in one of the levels that a whole is divided by: 省级, 市直."""
    return bool(_LEVEL.search(lead.strip(",:")))


def ends_in_year(lead: str) -> bool:
    """Whether the words end in the year of some of a whole: 2019年的完成17个."""
    return bool(_OF_YEAR.search(lead))


@lru_cache(maxsize=4096)
def names_whole(lead: str) -> bool:
    """Whether the words before a number say that it is of all places: 全省, 全市, 总体."""
    return bool(_WHOLE.search(lead))


@lru_cache(maxsize=4096)
def is_enforcement(lead: str) -> bool:
    """Whether the number counts fines, detentions, summons or inspections."""
    return bool(_ENFORCED.search(lead))
