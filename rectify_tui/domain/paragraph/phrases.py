"""The words of running text that say what a number counts, longest reading first.

The vocabulary follows `domain/status.py`; running text adds negations, adverbs and objects
(尚未按期完成整治). A word that speaks of something else, such as close-out or a plan, has a
`Reason`: a number that hangs on it is listed, not placed.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from rectify_tui.domain.paragraph.model import Closeout, Either, Reason, What

Says = What | Reason | Closeout | Either

_WORK = (
    r"(?:(?:清理整治|规范化?整治|综合整治|提标改造|整改|整治|治理|清理|改造|建设|修复|搬迁|拆除|取缔|关闭|清退|退出)"
    r"(?:落实|工作)?(?![率量]|任务|问题|事项|项目|方案|工程|措施|销号|验收|情况|时限))"
)
_DONE = (
    r"(?:完成|完工|竣工|(?:整改|整治|治理|改造|建设|取缔|关停|拆除|清理|清退|搬迁|修复|淘汰)"
    r"(?:完成|完毕|到位|完工)|建成(?!区))"
)
_ON_TIME = r"(?:提前|如期|按期|按时|顺利|圆满|实际|彻底|有效){0,3}"
_NOT = (
    r"(?:尚|还|仍然?|至今|均|都){0,3}(?:未|没有|没|未能)"
    r"(?:能|按期|按时|如期|全部|全面|彻底|真正|予以|得到|有效){0,3}"
)
_PACE = r"(?:整改)?(?:序时|时序)(?:进度|节点|计划|要求){0,3}(?:的?要求)?"
_ONWARD = (
    r"(?:(?:有序|稳步|正常|积极|持续|全力|扎实|加快|正在){0,3}"
    r"(?:推进|整改|整治|实施|进行)(?:落实|实施)?)?中?"
)
_PUSH = r"(?:正在|正|积极|抓紧|加快|加紧|持续|全力|稳步|深入|组织|全面|进一步)"
_AS_ASKED = r"(?:按(?!照?(?:整改)?(?:序时|时序)|[期时])[^,。;:、()0-9]{0,10}?)"
_AS_PLANNED = (
    r"(?:按照?|依照?|依据)(?:整改|既定|预定|原定|规定的?|年度|工作|推进)*"
    r"(?:时间(?:节点|进度|要求|表)?|节点|计划|方案|时限|期限|序时|时序|进度(?:安排|计划)?){1,3}(?:要求|安排|规定|进度)*"
)
_PUSHED_ON = r"(?:有序|稳步|正常|积极|持续|全力|扎实|稳妥|加快|抓紧|加紧|深入|全面|正在|正)*"
_WORKING = r"(?:推进|整改|落实|实施|治理|整治|建设|修复|改造|清理)(?:实施|落实)?"
_CHECKING = (
    r"(?:调查处理|核查|核实|排查|溯源|监测|调查|评估|编制|划定|划分|普查|登记|立案|查处|审查|审批|检查|招标"
    r"|前期|立项|备案|摸底|清查|核发|发证|可研|设计|报告|鉴定)"
)

_STRUCK = r"(?:已经?|完成|通过|整改|办结|闭库){0,4}"
_STAGE = r"(?:[省市县区国]级|现场|最终)"

_SORT_OF = r"[类的]{0,2}(?:整改)?(?:任务|问题|事项|项目)"
"""After words that name a sort of items here, and say nothing of them: 立行立改类问题21个."""

_TABLE: Final[tuple[tuple[Says, str], ...]] = (
    (What.MERGED, r"已?(?:并入|转入(?!常态|长效|正常|日常)|归并)"),
    (What.BASICALLY_COMPLETED, rf"(?:已经?)?基本(?:上)?{_DONE}了?{_WORK}?"),
    (Reason.CHANGE, r"(?:已经?)?超额完成"),
    (What.COMPLETED, rf"(?:已经?)?{_ON_TIME}{_DONE}了?{_WORK}?(?:并长期坚持)?"),
    (
        What.COMPLETED,
        r"(?:已经?)(?:依法|按期|如期|按时)*(?:清理|综合)?(?:整改|整治|治理)(?!率|中|情况)",
    ),
    (What.COMPLETED, r"(?<=全部)(?:整改|整治|治理)(?!率|中|情况|任务|问题|工作|措施|方案|到)"),
    (What.COMPLETED, r"(?:已经?|得到)(?:得到|彻底|有效){0,3}解决|解决了"),
    (What.BASICALLY_COMPLETED, r"(?:已经?)?基本(?:上|得到)?解决"),
    (What.BASICALLY_COMPLETED, r"(?:已经?)?基本(?:上)?(?:整改|整治)(?!率|中|情况|任务|问题|要求)"),
    (What.NOT_COMPLETED, rf"{_NOT}解决"),
    (What.NOT_COMPLETED, rf"(?:逾期|到期|超期)?{_NOT}(?:基本)?{_DONE}{_WORK}?"),
    (What.NOT_COMPLETED, r"(?:逾期|超期)(?:未整改)?"),
    (
        What.ON_SCHEDULE,
        rf"(?:(?:尚|虽)?未完成但)?(?:已经?)?(?:总体|基本)?(?:按照?|达到?了?|符合|满足){_PACE}{_ONWARD}",
    ),
    (What.ON_SCHEDULE, r"(?:序时|时序)(?:进度)?(?:有序|稳步|正常){0,3}推进中?"),
    (What.ON_SCHEDULE, r"(?:正在|正)?(?:总体|积极|稳步){0,3}有序推进中?"),
    (
        What.ON_SCHEDULE,
        rf"(?:正在|正)?{_AS_PLANNED}{_PUSHED_ON}(?:推进|整改|实施|进行|落实)(?:落实|实施)?中?",
    ),
    (
        Either(What.ON_SCHEDULE, What.AHEAD),
        rf"(?:已经?)?达到?(?:或者?|及|和|、)(?:超过?|快于){_PACE}{_ONWARD}",
    ),
    (
        Either(What.ON_SCHEDULE, What.AHEAD),
        rf"(?:已经?)?(?:超过?|快于)(?:或者?|及|和|、)达到?{_PACE}{_ONWARD}",
    ),
    (What.AHEAD, rf"(?:已经?)?(?:超过?|快于|提前于|超前于?|领先于?|优于){_PACE}{_ONWARD}"),
    (What.BEHIND, rf"(?:{_NOT}(?:按照?|达到?|符合|满足|完成)|达?不到|不符合){_PACE}{_ONWARD}"),
    (What.BEHIND, rf"(?:慢于|落后于?|滞后于?|低于){_PACE}{_ONWARD}"),
    (
        What.BEHIND,
        r"(?:整改|工作|总体|推进)?(?:进展|进度)?(?:严重|明显|相对|较为|有所|比较)?滞后(?!于)",
    ),
    (
        What.NOT_STARTED,
        r"(?:尚|还|仍)?(?:未|没有|未能)(?:能)?(?:启动|开工|动工)(?:建设|整改|整治|治理)?",
    ),
    (What.CASES_CLOSED, r"(?:已经?)?(?:依法|按期|按时){0,3}(?:办结(?:销号)?|办理完毕|办理完成)"),
    (What.CASES_INTERIM, r"(?:已经?)?(?:阶段性?)办结"),
    (
        What.CASES_OPEN,
        rf"{_NOT}(?:办结|办理完毕)|(?:正在|正)(?:抓紧|加紧|加快|积极|依法|核查)*(?:办理|查办|调查|核查)中?|在办|办理中|未结(?!束)",
    ),
    (Reason.NEARLY_ALL, r"(?:已经?)?基本(?:上)?办结"),
    (What.COMPLETED, r"(?:已经?)?(?:消除|清零)(?:黑臭|完毕)?(?=[0-9,。;、)]|$)"),
    (What.UNSUBSTANTIATED, r"不属实"),
    (What.BASICALLY_SUBSTANTIATED, r"基本属实"),
    (What.PARTLY_SUBSTANTIATED, r"部分属实"),
    (What.SUBSTANTIATED, r"属实"),
    (What.DUE, r"(?:已经?)?到期(?!未|前|后|尚|仍|仅)"),
    (What.DUE, r"(?<!未)(?:已经?)?到(?:整改|完成)?(?:时限|期限)(?!未|前|后|尚|仍|仅|要求)"),
    (Reason.DEADLINE, r"(?:尚?未到期|(?:尚|还)?未到(?:整改|完成)?(?:时限|期限))"),
    (Reason.DEADLINE, rf"(?:需|并)?(?:长期坚持|立行立改)(?!{_SORT_OF})"),
    (What.REMAINING, r"(?:需|并)?持续(?:推进|整改)"),
    (
        Reason.CLOSEOUT,
        rf"(?:{_NOT}|正在?)(?:完成|通过|申请|组织|开展|进行|提出|现场){{0,3}}(?:验收|销号){{1,2}}",
    ),
    (Reason.CLOSEOUT, r"验收(?!率|情况|销号)"),
    (Closeout.STRUCK_OFF, rf"{_STRUCK}(?:验收)?销号(?:验收)?了?(?!率|情况|制|申请)"),
    (Closeout.ACCEPTED, rf"{_STRUCK}{_STAGE}?验收(?:通过|合格)(?!率|情况)"),
    (Closeout.ACCEPTED, rf"(?:已经?)?(?:完成|通过)了?{_STAGE}?验收(?!率|情况|销号)"),
    (Closeout.ACCEPTED, rf"{_STAGE}验收(?!率|情况|销号)"),
    (Closeout.ACCEPTED, r"已经?验收(?!率|情况|销号)"),
    (
        Closeout.APPLIED,
        rf"(?:已经?)?(?:提出|上报|提交|报送|提请|申请|报请|等待|待|拟){{1,2}}{_STAGE}?(?:验收|销号){{1,2}}(?:申请)?(?!率|情况)",
    ),
    (
        Reason.PARTIAL,
        rf"(?:部分|阶段性|初步|主体(?:工程)?)(?:{_DONE}|整改|解决)|{_DONE}(?:部分|阶段性|初步|主体)",
    ),
    (Reason.OTHER_WORK, rf"(?:已经?)?完成了?(?:全部|现场)?{_CHECKING}"),
    (Reason.PLAN, rf"限期(?:办结|整改|完成)(?!{_SORT_OF})|(?:无法|难以|不能)(?:按[期时])?完成"),
    (What.IN_PROGRESS, rf"(?:{_PUSH}{{1,4}}{_AS_ASKED}?|{_AS_ASKED}){_PUSH}{{0,4}}{_WORKING}中?"),
    (
        What.IN_PROGRESS,
        r"(?:仍然?|还|尚)(?:处于|处在)?在?(?:推进|整改|整治|治理|实施|建设)(?:之?中)?(?![^,。;、0-9])",
    ),
    (What.IN_PROGRESS, "(?:整改|整治|治理|建设)进行中"),
    (What.IN_PROGRESS, rf"{_WORKING}中(?!央|心|国|期|的|发)|(?<!存)在建"),
    (What.IN_PROGRESS, r"(?:已经?)(?:启动|开工|动工)(?:整改|整治|建设|治理)?"),
    (Reason.UNCLEAR_WORD, r"(?:尚|还|仍)?未(?:整改|治理|整治|处理)|进[展度](?:缓慢|较慢|不快)"),
)
"""At the same length the earlier row wins."""

_NOISE = (
    r"(?:整改|整治)?(?:完成|办结)"
    r"(?:情况|进度(?!要求|任务|目标)|时限|时间|期限|节点|质量|数量|量|效果|标准|时序)"
)
_RATE_HEAD = r"(?:整改|整治|治理|任务|问题|案件|总体|整体|综合|项目){0,4}"
_RATES: Final[tuple[tuple[Says, str], ...]] = (
    (What.CASES_INTERIM, r"阶段性?办结率"),
    (What.CASES_CLOSED, rf"{_RATE_HEAD}办结率"),
    (What.NOT_COMPLETED, rf"{_RATE_HEAD}未(?:整改)?完成(?:率|比例)"),
    (What.BASICALLY_COMPLETED, rf"{_RATE_HEAD}基本完成(?:率|比例)"),
    (
        What.COMPLETED,
        rf"{_RATE_HEAD}(?:完成(?:整改|整治)?(?:率|比例)|整改率|整治率|治理率|消除(?:率|比例))",
    ),
    (What.UNSUBSTANTIATED, r"不属实率"),
    (What.SUBSTANTIATED, r"属实率"),
    (Reason.CLOSEOUT, r"(?:整改|验收){0,2}销号率"),
    (
        What.RATE,
        r"占比|占(?:[^,。;:、()0-9的]{0,8}?(?:总数|总量|比|总任务))的?|占(?=[约近超]?[0-9])",
    ),
)


def _compiled(table: tuple[tuple[Says, str], ...]) -> tuple[tuple[Says, re.Pattern[str]], ...]:
    return tuple((says, re.compile(pattern)) for says, pattern in table)


_STATUSES = _compiled(_TABLE)
_RATE_WORDS = _compiled(_RATES)
_NOISES = re.compile(_NOISE)
_PATTERNS = [_NOISE, *(pattern for _, pattern in (*_TABLE, *_RATES))]
_ANY = re.compile("|".join(_PATTERNS))
_BEFORE, _AFTER = 2, 48
"""How many characters around the place of a word can have a say in what it is."""

CHARACTERS = frozenset(re.findall("[一-鿿]", "".join(_PATTERNS)))
"""All characters that a word can begin with, and more."""

WordMatch = tuple[Says | None, int]
"""What is said and the length; `None` for a word that only looks like one (完成情况, 完成时限)."""


def words_at(text: str, start: int) -> tuple[WordMatch | None, WordMatch | None]:
    """The longest word at `start` that says what is counted, and the longest name of a rate.

    `What.RATE` stands for "share of the total" (占比), whose part was named before.
    """
    since = max(0, start - _BEFORE)
    return _words_in(text[since : start + _AFTER], start - since)


@lru_cache(maxsize=8192)
def _words_in(window: str, start: int) -> tuple[WordMatch | None, WordMatch | None]:
    if not _ANY.match(window, start):
        return None, None
    noise = _NOISES.match(window, start)
    status = _longest(_STATUSES, window, start, (None, noise.end()) if noise else None)
    rate = _longest(_RATE_WORDS, window, start, None)
    return _measured(status, start), _measured(rate, start)


def _measured(word: WordMatch | None, start: int) -> WordMatch | None:
    return None if word is None else (word[0], word[1] - start)


def _longest(
    table: tuple[tuple[Says, re.Pattern[str]], ...],
    text: str,
    start: int,
    longest: WordMatch | None,
) -> WordMatch | None:
    for says, pattern in table:
        match = pattern.match(text, start)
        if match and text.startswith(("率", "比例"), match.end()) and table is _STATUSES:
            continue
        if match and match.end() > (longest[1] if longest else start):
            longest = (says, match.end())
    return longest
