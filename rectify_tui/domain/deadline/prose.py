"""The words around the dates: which are harmless, and which might change what a date means."""

from __future__ import annotations

import re
import unicodedata

_NUMERALS = "一二三四五六七八九十百〇零○两半几数"

FINISHING = re.compile(
    r"完成|建成|竣工|完工|销号|办结|投入?运|投入?使用|投产|投用|达标|到位|清零|见效|验收"
    r"|\b(?:complet|finish|close)",
    re.IGNORECASE,
)
STARTING = re.compile(
    r"(?:启动|开工|动工|开始|着手)(?!区)|\b(?:start|begin|commence)", re.IGNORECASE
)
AT_ONCE = re.compile(
    r"立行立改|立改立行|立整立改|立查立改|立知立改|即知即改|即查即改|即行即改|即行整改|即知即办"
    r"|(?:立即|马上|即时|立刻)(?:整改|完成|改正|落实|执行|停止|纠正|解决|(?=[,;。、]|$))"
    r"|\b(?:immediately|at once|forthwith|without delay|immediate(?: rectification)?)\b",
    re.IGNORECASE,
)
CONTINUOUS = re.compile(
    r"(?:长期|持续|不断|始终|一直|常态化?|滚动)"
    r"(?:坚持|推进|整改|改进|开展|实施|巩固|落实|执行|保持|抓好?|监管|管控|整治|提升|治理|做好)"
    r"(?:整改)?(?!机制|制度|体系|能力|平台|方案)"
    r"|(?:^|(?<=[,;。、]))(?:长期|持续|常态化)(?=[,;。、]|$)"
    r"|常抓不懈|长抓不懈|坚持不懈|久久为功"
    r"|\b(?:long[- ]term|ongoing|continuous(?:ly)?|permanent(?:ly)?|on a continuing basis"
    r"|ke(?:ep|pt) (?:it )?up(?: afterwards)?)\b",
    re.IGNORECASE,
)
_JOINING = re.compile(r"[并且及]|同时|\b(?:and|then)\b", re.IGNORECASE)

# What may follow a date that has no 前 or 内 behind it. Anything else might belong to the date, as
# the flood season does in 2020年汛期前.
_FOLLOWING = re.compile(
    r"(?=[,;。、:()! ]|$)|[A-Za-z]|全[面部省市]|基本|阶段|分阶段|分步|逐步|初步|彻底|按期|如期|按时"
    r"|完成|建[成立设]|实现|达|整改(?!方案|任务|清单|要求|情况)|取得|落实|销号|验收|启动|开工|动工|开始"
    r"|着手|投|竣工|完工|办结|解决|消除|关[闭停]|拆除|搬迁|退出|取缔|治理|编制|制定|出台|印发|开展|实施"
    r"|组织|推进|确保|力争|争取|务必|须|必须|应|要|将|可|并|和|持续|长期|常态|通[车水]|到位|清|整治|修复"
    r"|恢复|提交|报送|上报|公示|完善|形成|立行立改|立即"
)
_NOT_FOLLOWING = re.compile(
    r"的|后|或|才|仍|还(?![清原湖林草])|左右|上下|无法|难以|再(?!生)|[未没]|不(?!再|低于|少于|留|漏)"
)
_NOT_PRECEDING = re.compile(
    r"(?:[前后比较与同以按据对的每各历逐近上下去往几数多约超非除过了自从第]|年度?|原定?"
    r"|完成|实现|编制|制定|落实|达到|\b(?:than|of|from|since|between))$",
    re.IGNORECASE,
)
_LATEST = re.compile(r"不(?:[得能])?(?:晚于|迟于)|最[迟晚](?:于|不超过)?|截[至止]到?|原则上")

_HARMLESS = re.compile(
    # counted things, not time
    r"[0-9]+(?:\.[0-9]+)?[万亿千百]?[余多]?(?:%|‰|个(?![半月季工星小])|座|家|处|项|件|户|台|辆|条"
    r"|公里|km|吨|米|亩|公顷|平方|立方|元|名|人|口|眼|套|批|类|级|期|轮)"
    r"|附[件表][0-9]+|PM(?:2\.5|10)|[0-9]+#|[GSX][0-9]{3}(?=[国省县]道)"
    # words that hold a dangerous one
    r"|[目当提]前|前[期端置述]|后[续端]|[善落最今背先滞]后|年度|多年|历年|常年|逐年|[长青老]年|[年月周日季]报"
    r"|[周月]调度|月度|日常|季节性|约谈|[节制集]约|若干|[等有]待|[待优接]遇|接待|按期|如期|按时"
    r"|[三五]年(?=行动|攻坚|规划)|十[一二三四五六七八九]五(?=规划|任务|目标)"
    # what comes after the close-out is not before it
    r"|(?:整改|完成|销号|此|之|其)后,?(?=长期|持续|巩固|常态|坚持)"
    r"|不(?:再|低于|少于|小于|超过|达标|规范|彻底|到位|力|符合|合格|足|全|稳定|留死角)",
    re.IGNORECASE,
)
_DANGEROUS = re.compile(
    # time that was not read
    rf"[{_NUMERALS}](?:年|个?半?月|日(?!常)|号|天|周(?!边|围)|季|旬|个?星期|个?工作日|个?小时)"
    r"|年|月|季度|旬|[每即次近当节今明昨假旧]日|工作日|星期|小时|[日天周]内|[本下上每这]个?周"
    r"|周[一二三四五六日末]|汛期|入[汛冬]|春节|元旦|国庆|中秋|清明|端午|五一"
    r"|前|后|期间|期满|日起|以来|至今|[早晚迟]于|逾期|已[于在]"
    # doubt, condition and delay
    r"|左右|上下|约|延[期至长]|推迟|顺延|暂[缓停]|取消|原[定计]|调整[至到为]|变更|若|(?:^|(?<=[,;。、(]))如(?![期实下何])"
    r"|倘|情况下|前提|视情|待|或|除外"
    # denial
    r"|不能|不了|无法|未按|不具备"
    r"|(?:不|无法|难以|未|未能|没有?)(?:能|予|会|可能?|按期|如期|再)?(?:完成|启动|实现|整改|立行立改)"
    r"|\b(?:after|before|since|not|never|unless|if|or|except|postpone|delay|extend|around|about"
    r"|circa|mid|early|late|next|last|previous|week|month|year|quarter|day|today|tomorrow|season"
    r"|spring|summer|autumn|winter|monday|tuesday|wednesday|thursday|friday|saturday|sunday"
    r"|january|february|april|june|july|august|september|october|november|december)(?:s|d|ed)?\b",
    re.IGNORECASE,
)

_PUNCTUATION = " ,;。、:/-"
_JOINT = re.compile(
    r"^(?:和|及|与|以及|并(?=[于在])|分别|\)|[,;:])+"
    r"|(?:应|须|拟|将|并|分别)*[于在至到]?$|\($|\bby$"
)


def harmless(words: str) -> bool:
    """Whether the words cannot change what the dates beside them mean.

    Counted things (107个, 60%) are harmless; any other number, any word of time, doubt, condition,
    delay or denial is not.
    """
    rest = _HARMLESS.sub("#", _LATEST.sub("", words))
    return not _DANGEROUS.search(rest) and not any(map(_is_strange, rest))


def may_precede(head: str) -> bool:
    """Whether the words right before a date leave it a deadline: 比2020年 and 每年 do not."""
    return not _NOT_PRECEDING.search(_LATEST.sub("", head).rstrip())


def may_follow(tail: str, *, closed: bool) -> bool:
    """Whether the words right after a date leave it whole; `closed` where it ends in 前 or 内."""
    if _NOT_FOLLOWING.match(tail):
        return False
    return closed or bool(_FOLLOWING.match(tail))


def may_go_on(tail: str) -> bool:
    """Whether what follows a date might end with it as well as begin with it.

    2020年底前持续推进 may mean either; 2020年底前完成，持续推进 and 2020年底前，并长期坚持 do not.
    """
    lasting = any(not found[0].startswith("长期") for found in CONTINUOUS.finditer(tail))
    words = tail if lasting else first_clause(tail)
    if not CONTINUOUS.search(words):
        return False
    return not any(found.search(words) for found in (FINISHING, STARTING, _JOINING))


def goes_on_to(before: str) -> bool:
    """Whether a date might be where something lasting ends, as in 持续推进至2020年底."""
    return bool(CONTINUOUS.search(re.split(r"[,;。、()]|(?=并)", before)[-1]))


def first_clause(words: str) -> str:
    """The words up to the first mark of punctuation."""
    return re.split(r"[,;。、()]", words, maxsplit=1)[0]


def label(words: str) -> str:
    """The words of a step, without what only joins them to its date."""
    words = _JOINT.sub("", words.strip(_PUNCTUATION)).strip(_PUNCTUATION)
    if words.startswith("(") and words.endswith(")"):
        return words[1:-1]
    return words if re.search(r"\w", words) else ""


def _is_strange(character: str) -> bool:
    if character in _NUMERALS or "\u4e00" <= character <= "\u9fff":
        return False
    return character.isnumeric() or unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"}
