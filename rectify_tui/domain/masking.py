"""Personal details in what is made public: names, phones, numbers of identity, where one lives.

What a complaint is about is public, who complained is not (条例 on handling letters and calls: the
complainant's details are kept secret). A rule by form alone cannot know every name, so those that
the ledger has are masked wherever they stand, and others where a word before them says whose they
are. What is masked stays readable as something that was there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import chain

MASK = "*"

_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
_WHO = "举报人|投诉人|信访人|来信人|来电人|反映人|上访人|当事人|联系人|居民|村民|业主|住户|姓名"
_NO_NAMES = "周边|周围|方便|方面|马上|高度|白天|安全|任何|金额|万分|程度|石|江|向|于|常"
"""How words begin that may follow and are no names, though a surname is written like them."""
_NAMED = re.compile(
    rf"(?P<who>(?:{_WHO})(?:姓名|为|是|叫|系|[:：])?\s*)"
    rf"(?!{_NO_NAMES})(?P<first>[{_SURNAMES}])(?P<rest>[\u4e00-\u9fff]{{1,2}})"
    r"(?P<end>(?=[，,。；;、（()）\s:：]|先生|女士|同志|等|反映|举报|投诉|来电|来信|称|家|$))"
)
_TITLED = re.compile(rf"(?P<first>[{_SURNAMES}])(?P<rest>[\u4e00-\u9fff]{{1,2}})(?=先生|女士|同志)")
_IDENTITY = re.compile(
    r"(?<![0-9A-Za-z])[1-9][0-9]{5}(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
    r"[0-9]{3}[0-9Xx](?![0-9A-Za-z])"
)
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])[- ]?([0-9]{4})[- ]?([0-9]{4})(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9])(0[0-9]{2,3})[- ]?([0-9]{7,8})(?![0-9])")
_LOCAL = re.compile(
    r"((?:电话|座机|手机|联系方式|拨打)(?:号码)?[:：为是]?\s*)([0-9]{7,8})(?![0-9])"
)
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")
_CHAT = re.compile(r"((?:微信号?|QQ号?|qq号?)[:：为是]?\s*)([A-Za-z0-9_-]{5,20})")
_N = "[0-9A-Za-z一二三四五六七八九十百]+"
_ROOM = re.compile(
    rf"(?:{_N}(?:号楼|栋|幢|座)[-—]?)?(?:{_N}(?:单元|门洞)[-—]?(?:{_N}(?:室|号房?|层)?)?|{_N}室)"
    rf"|{_N}(?:号楼|栋|幢)[-—]?[0-9]{{3,4}}(?![0-9])"
)
_LIVES = re.compile(
    r"((?:家住|住在|居住于|现住|住址|家庭住址|家庭地址|通讯地址|联系地址)(?:为|是|[:：])?\s*)([^，,。；;\n]{2,60})"
)


def masked(text: str, known: Iterable[str | None] = ()) -> str:
    """A text without personal details; `known` are names, phones and addresses to be masked whole.

    Names keep their first character, mobile phones three digits before and four behind, numbers of
    identity the first six. Dates, amounts, permit numbers and names of firms stay.
    """
    for each in sorted(_parts(known), key=len, reverse=True):
        text = text.replace(each, mask_name(each) if len(each) <= _NAME else MASK * 4)
    text = _IDENTITY.sub(lambda m: m[0][:6] + MASK * 12, text)
    text = _MOBILE.sub(lambda m: f"{m[1]}{MASK * 4}{m[3]}", text)
    text = _LANDLINE.sub(lambda m: f"{m[1]}-{MASK * len(m[2])}", text)
    text = _LOCAL.sub(lambda m: m[1] + MASK * len(m[2]), text)
    text = _MAIL.sub(MASK * 4, text)
    text = _CHAT.sub(lambda m: m[1] + MASK * 4, text)
    text = _LIVES.sub(lambda m: m[1] + MASK * 4, text)
    text = _ROOM.sub(MASK * 4, text)
    text = _NAMED.sub(lambda m: f"{m['who']}{m['first']}{MASK * len(m['rest'])}", text)
    return _TITLED.sub(lambda m: m["first"] + MASK * len(m["rest"]), text)


_NAME = 4
"""Characters of the longest name that keeps its first."""
_SEVERAL = re.compile(r"[、,，;；/\s]+")


def _parts(known: Iterable[str | None]) -> set[str]:
    """What is known of people, each of several names by itself; single characters tell nothing."""
    texts = [text for text in known if text]
    return {each for each in chain(texts, *map(_SEVERAL.split, texts)) if len(each) > 1}


def mask_name(name: str) -> str:
    """A name of which the first character is left."""
    return name[:1] + MASK * (len(name) - 1)
