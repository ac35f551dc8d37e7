"""What offices write for the progress of an item and the state of a case.

A cell is divided into known words, each of one part of speech, and the row of parts is held
against the forms of each status: 已 and 按期 before 完成 change nothing, nor do 长期坚持 and 待验收
behind it.
Every character of a cell has to belong to a known word, so that whatever might change the meaning
(拟, 含, 除…外) leaves it unread. Source: `domain.md`, Progress status and Cases.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import TypeVar

from rectify_tui.domain.script import simplified
from rectify_tui.domain.status import CaseStatus, Status

State = TypeVar("State", Status, CaseStatus)

_LONGEST = 60

_PARTS = {
    # said around a state without changing it
    "f": "目前 现阶段 当前 现 截至目前 截至当前 总体 总体上 整体 整体上 均 都 全部 全面 全"
         " 圆满 顺利 按要求 正式 陆续"
         " 已全部 现场 当场 依法 已于 经核实 该项 本项 各项 此项 相关 可 能 能够 超额 高质量"
         " 详见 见 附件 附后 附表 备注 说明 佐证材料",
    "e": "已 已经 均已 现已 业已",
    "t": "按期 按时 如期 及时 限时 准时 按时限 在规定时限内",
    "n": "任务 工作 问题 事项 项目 工程 措施 目标 进展 情况 要求 的 案件 信访件 举报件"
         " 转办件 交办件 该件 环境 内容 前期 前期工作",
    "p": "进度",
    # work, and work that may be the beginning of it
    "v": "整改 整治 落实 治理 处理 办理 处置 修复 查处",
    "w": "推进 进行 建设 施工 改造 调查 核查 核实",
    "s": "开展 实施",
    "T": "启动 开始 开工 动工 进场 着手",
    "O": "正在 正 持续 积极 加快 加紧 抓紧 全力 稳步 扎实 逐步 继续 大力 着力 深入 不断"
         " 仍在 还在 尚在 在 抓好 抓实",
    "M": "中 之中 过程中",
    # how far
    "D": "完成 完毕 完结 完工 竣工 到位 解决 达标 办结 结案 办毕 了结 清零 见效 建成 投运 投用"
         " 投产 投入使用 投入运行",
    "B": "基本 基本上",
    "P": "阶段 阶段性",
    "q": "部分 年度",
    "X": "未 尚未 还未 仍未 没有 并未 暂未 还没 还没有 未能 不",
    "H": "逾期 超期 超时 超时限 过期",
    "h": "到期 届期 期满",
    # the schedule
    "S": "序时 序时进度 时间进度",
    "Q": "计划 整改计划 工作计划 方案 整改方案 时间节点 节点 工作安排",
    "E": "按 按照 依照 符合 达到 达 满足 保持 处于 与 跟上",
    "a": "一致 同步 相符",
    "A": "超过 超 快于 领先 领先于 优于 提前于 高于 超出",
    "I": "提前 超前",
    "L": "滞后 缓慢 迟缓 偏慢 较慢 落后 慢于 低于 滞后于 落后于 延迟 迟滞",
    "G": "严重 明显 较 较为 略 略微 相对 有所",
    "Y": "有序 正常",
    # what comes after completion
    "C": "验收 销号 公示",
    "c": "公开 备案 归档 公布 反馈 回复 答复 告知",
    "U": "待 等待 拟 申请 申报 报请 提请 组织 准备 通过 进入 资料 材料 程序 阶段性验收 省级"
         " 市级 县级 即将",
    "u": "上报 报送",
    "K": "长期 坚持 巩固 提升 保持住 常态化 成果 成效 监管 管控 维护 跟踪 长效 长抓不懈 常抓不懈"
         " 长期保持",
    "J": "并 且 和 及 与此同时 同时 后 需 仍需 还需 将",
    "N": "但 但是 然而",
    "Z": "并入 转入 合并 归并",
    "z": "第二轮 第一轮 第三轮 二轮 下一轮 下轮",
}  # fmt: skip

_AROUND = "[fetnpvws]*"
_AT_WORK = "[fetnpvwsOM]*"
"""What is being done (正在推进), before what the schedule says of it (达到序时进度)."""
_AFTER = "(?:[DfetnpvwsOKMJCcUu]|X[Cc])*"
_ITEM_FORMS: Iterable[tuple[Status, str]] = (
    (Status.COMPLETED, f"(?:EQ)?[fetnpvwsIHu]*D{_AFTER}"),
    (Status.COMPLETED, "[fnt]*e[ft]*v(?:[nJKCcOUw]|X[Cc])*"),
    (Status.COMPLETED, "[feUuOJ]*C[CcUMDJfe]*"),
    (Status.BASICALLY_COMPLETED, f"[fetnpvws]*B[fetnvws]*[Dv]{_AFTER}"),
    (Status.AHEAD, f"{_AROUND}A(?:S|Qp?)[nvwsOMJ]*|[fenpvw]*I[vws]+p?|[fn]*p[fn]*I"),
    (Status.ON_SCHEDULE, f"{_AT_WORK}[BfE]*Sa?[nvwsOYMJaef]*"),
    (Status.ON_SCHEDULE, f"{_AROUND}X[fet]*[npvw]*[Dv]N*e?E+S[nvwsa]*"),
    (Status.ON_SCHEDULE, f"{_AROUND}B?E[nv]*[Qp][Qpn]*a?[nvwsOYMJf]*"),
    (Status.ON_SCHEDULE, f"{_AROUND}O*Y[nvws]*M?f*|[fnv]*t[ws]+M?f*"),
    (Status.NOT_STARTED, "[fnvp]*X[fen]*[Ts][nvws]*|U[Ts][nvws]*"),
    (Status.BEHIND, f"{_AT_WORK}X[fetB]*E*[nv]*(?:S|Qp?|Ep)[nvwsa]*"),
    (Status.BEHIND, f"{_AROUND}X[fet]*E[nv]*[Qp][nvwsap]*"),
    (Status.BEHIND, f"{_AROUND}G*LS?[nvwsp]*"),
    (Status.NOT_COMPLETED, "[fenpvwHhJ]*X[fet]*[npvw]*[Dv][npvwDC]*|e?H"),
    (Status.MERGED, "[feU]*Zz*v?"),
    (Status.IN_PROGRESS, "[fenpJ]*[OK]+[fnpO]*[vws][vwsn]*M?f*|[fnpvws]*[vws]n*Mf*"),
    (Status.IN_PROGRESS, "[fnvp]*e[f]*[Ts][nvws]*|[fnvp]*T[vws]+"),
    (Status.IN_PROGRESS, "[fetnvw]*(?:[Pq][nvws]*D|D[nvws]*[Pq])[nvws]*"),
)  # fmt: skip

_CASE_FORMS: Iterable[tuple[CaseStatus, str]] = (
    (CaseStatus.CLOSED, f"[fetnvwsHu]*D{_AFTER}"),
    (CaseStatus.CLOSED, "[fnt]*e[ft]*v(?:[nJKCcOUw]|X[Cc])*|[fe]*eC[CcJ]*"),
    (CaseStatus.INTERIM, f"[fetnvw]*P[nvws]*D{_AFTER}"),
    (CaseStatus.OPEN, "[fenvwHhtJ]*X[fet]*P?[nvw]*[Dv][nvwD]*|e?H"),
    (CaseStatus.OPEN, "[fenJ]*[OK]+[fnO]*[vws][vwsn]*M?(?:X[fet]*D)?|[fnvws]*[vws]n*M"),
)

_FIRST_SENTENCE = re.compile(r"([^。；;\n]*)([。；;\n]*)(.*)", re.DOTALL)
_TAKES_BACK = re.compile(
    r"但|仍|尚|未|没有|无法|不(?!再|断)|剩余|其余|余下|还[需有要]|滞后|缓慢|逾期|超期|反弹|部分|阶段|预计|计划|力争|拟"
    r"|将|待|下一?步|正在"
)
"""What may take back that all is done: 已完成。但仍有2处未拆除."""
_SAYS_OTHERWISE = re.compile(
    "滞后|缓慢|逾期|超期|未达|未按|停工|停滞|整改完成|完成整改|全部完成|整改到位|已完成|销号"
)
_DONE = (Status.COMPLETED, Status.BASICALLY_COMPLETED)

_WITH_A_SHARE = (Status.AHEAD, Status.ON_SCHEDULE, Status.BEHIND, Status.IN_PROGRESS)
"""What a share done (60%) may stand beside without taking it back."""

_WORDS: Mapping[Status, tuple[str, ...]] = {
    Status.COMPLETED: ("complete", "done", "finished"),
    Status.BASICALLY_COMPLETED: ("mostly completed", "substantially completed"),
    Status.AHEAD: ("超前", "ahead of schedule"),
    Status.ON_SCHEDULE: ("on track",),
    Status.BEHIND: ("behind schedule", "delayed"),
    Status.NOT_COMPLETED: ("overdue", "incomplete"),
    Status.IN_PROGRESS: ("在建", "在办", "ongoing", "under way", "underway"),
}
_CASE_WORDS: Mapping[CaseStatus, tuple[str, ...]] = {
    CaseStatus.CLOSED: ("已结",),
    CaseStatus.INTERIM: ("interim closed",),
    CaseStatus.OPEN: ("在办", "在建", "待办", "未结", "not closed", "in progress"),
}
"""What is made of no known words, beside the names that the program has for states."""

_ASIDE = re.compile(r"\((?:[0-9年月日号./~\-至%]|完成|办结|前|底)+\)")
"""Brackets with nothing but a day or a percentage, on which no status depends."""

_MONTH = "(?:[0-9]{1,2}月)?(?:[0-9]{1,2}日)?"
_WHEN = re.compile(
    rf"已[于在](?:(?:[12][0-9])?[0-9]{{2}}年)?{_MONTH}[底末前]{{0,2}}"
    rf"|^(?:[12][0-9]{{3}}(?:年{_MONTH}|[.\-/][0-9]{{1,2}}(?:[.\-/][0-9]{{1,2}})?)"
    r"|[0-9]{1,2}月(?:[0-9]{1,2}日)?)[底末初前]{0,2}已(?!经)"
)
"""已于2021年12月, or 2021年12月已, before 完成: when it was done. Without 已 it would be a plan."""

_REACHED = re.compile(
    r"(?:已|目前|累计|整改|工程|形象|总体)*(?:完成进度|完成率|完成|进度)(?:约|为|达到?)?"
    r"[0-9]{1,2}(?:\.[0-9]+)?%"
)
"""How much is done, beside what the schedule says: 达到序时进度，已完成60%."""

_BOX = re.compile("(?P<sign>[□☐○◯☑√✓✔■▣●])(?P<option>[^□☐○◯☑√✓✔■▣●]+)")
_TICKED = frozenset("☑√✓✔■▣●")
"""Options with a box before each, one of them ticked: □已完成 ☑达到序时进度."""

_OPTION = re.compile(r"^(?:[0-9]|[a-h])[.、)](?=[^0-9])")
"""The letter or number of an option that was chosen from a list, as in 1.已完成."""

_SIGNS = re.compile(r"[\s_\-,.。、;:()“”\"'√✓✔☑]+")

_REWRITES = (("时序", "序时"), ("按时间", "按照时间"), ("销账", "销号"), ("消号", "销号"))
"""序时 and 时序 are both in use; 按时间节点 would be read as 按时 and something unknown."""


def status_of(text: str) -> Status | None:
    """The status that a cell says, None for what is none."""
    return _read(text, _STATUS_OF, _STATUS_FORMS)


def case_status_of(text: str) -> CaseStatus | None:
    """The state of a case that a cell says, None for what is none."""
    return _read(text, _CASE_STATUS_OF, _CASE_STATUS_FORMS)


def leading_status_of(text: str) -> str | None:
    """The first sentence of a cell that goes on about it, where that is a status; else None.

    已完成。已关停2家企业。 says 已完成. What goes on with a but, a remainder or another status
    leaves it open.
    """
    first, end, rest = _FIRST_SENTENCE.match(text.strip()).groups()  # type: ignore[union-attr]
    status = status_of(first) if end and rest.strip() else None
    if status is None:
        return None
    against = _TAKES_BACK if status in _DONE else _SAYS_OTHERWISE
    return None if against.search(simplified(rest)) else first


def folded(text: str) -> str:
    """A word in the form in which words are compared: simplified, half-width, without signs."""
    plain = simplified(unicodedata.normalize("NFKC", text).casefold().strip())
    plain = _WHEN.sub("已", _OPTION.sub("", _ASIDE.sub("", plain)))
    plain = _SIGNS.sub("", plain)
    for written, meant in _REWRITES:
        plain = plain.replace(written, meant)
    return plain


def _read(
    text: str, words: Mapping[str, State], forms: Iterable[tuple[State, re.Pattern[str]]]
) -> State | None:
    if len(text) > _LONGEST:
        return None
    text = unicodedata.normalize("NFKC", _ticked(text))
    if share := _REACHED.search(text):
        state = _read(text[: share.start()] + text[share.end() :], words, forms)
        return state if state in _WITH_A_SHARE else None
    plain = folded(text)
    if plain in words:
        return words[plain]
    parts = _parts_of(plain)
    if not parts:
        return None
    states = {state for state, form in forms if form.fullmatch(parts)}
    return states.pop() if len(states) == 1 else None


def _ticked(text: str) -> str:
    """The one option that is ticked of several with boxes, else the text."""
    boxes = list(_BOX.finditer(text))
    chosen = [box["option"] for box in boxes if box["sign"] in _TICKED]
    return chosen[0] if len(boxes) > 1 and len(chosen) == 1 else text


def _parts_of(plain: str) -> str:
    """The parts of speech of a cell, one letter for each word; empty where a word is unknown."""
    parts, at = [], 0
    while at < len(plain):
        word = _WORD.match(plain, at)
        if word is None:
            return ""
        parts.append(_PART_OF[word[0]])
        at = word.end()
    return "".join(parts)


def _named(states: Iterable[State], words: Mapping[State, tuple[str, ...]]) -> dict[str, State]:
    named = {folded(word): state for state, several in words.items() for word in several}
    return named | {folded(state): state for state in states}


_PART_OF = {word: part for part, words in _PARTS.items() for word in words.split()}
_WORD = re.compile("|".join(sorted(_PART_OF, key=len, reverse=True)))
_STATUS_OF = _named(Status, _WORDS)
_CASE_STATUS_OF = _named(CaseStatus, _CASE_WORDS)
_STATUS_FORMS = [(status, re.compile(form)) for status, form in _ITEM_FORMS]
_CASE_STATUS_FORMS = [(status, re.compile(form)) for status, form in _CASE_FORMS]
