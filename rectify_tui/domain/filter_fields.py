"""What lists may be asked for: the fields that are declared, beside a few that are no field's."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from types import MappingProxyType
from typing import NamedTuple

from rectify_tui.domain.case import PollutionType
from rectify_tui.domain.closeout import AWAITING, Stage
from rectify_tui.domain.fields import CASE, ITEM, FieldKind, Fields
from rectify_tui.domain.filter import Value
from rectify_tui.domain.status import CaseStatus, Group, Status, Verification


class Kind(Enum):
    """What the values of a field are."""

    STATUS = auto()
    CASE_STATUS = auto()
    SUBSTANTIATED = auto()
    TYPES = auto()
    WORD = auto()
    DAYS = auto()
    PERCENT = auto()
    AMOUNT = auto()
    PROGRAMME = auto()
    NUMBERS = auto()
    REFERENCES = auto()
    NAME = auto()
    TEXT = auto()


class FieldSpec(NamedTuple):
    """A field: what its values are, its other names, and whether it may be missing.

    `words` are values with a meaning of their own, in every language.
    """

    kind: Kind
    aliases: tuple[str, ...]
    words: Mapping[str, tuple[Value, ...]] = MappingProxyType({})
    optional: bool = False


_FLAG: dict[str, tuple[Value, ...]] = {
    "yes": (True,), "no": (False,), "是": (True,), "否": (False,),
}  # fmt: skip
_GROUP: dict[str, tuple[Value, ...]] = {
    **{group: (group,) for group in Group},
    "完成": (Group.COMPLETED,), "已完成": (Group.COMPLETED,), "序时": (Group.ON_SCHEDULE,),
    "按序时": (Group.ON_SCHEDULE,), "滞后": (Group.BEHIND,), "并入": (Group.MERGED,),
    "未明确": (Group.UNCLEAR,),
}  # fmt: skip
_VISITED = (Verification.CONFIRMED, Verification.REFUTED)
_VERIFICATION: dict[str, tuple[Value, ...]] = {
    **{found: (found,) for found in Verification},
    "未核实": (Verification.UNVERIFIED,), "属实": (Verification.CONFIRMED,),
    "不属实": (Verification.REFUTED,), "yes": _VISITED, "是": _VISITED, "已核实": _VISITED,
    "no": (Verification.UNVERIFIED,), "否": (Verification.UNVERIFIED,),
}  # fmt: skip
_CLOSURE: dict[str, tuple[Value, ...]] = {
    **{stage: (stage,) for stage in Stage}, "awaiting": AWAITING, "待验收": AWAITING,
    "销号中": AWAITING, "struck_off": (Stage.STRUCK,), "已销号": (Stage.STRUCK,),
    "未申请": (Stage.NOT_APPLIED,), "未销号": (Stage.NOT_APPLIED, *AWAITING),
    "已申请": (Stage.APPLIED,), "已申请验收": (Stage.APPLIED,), "已验收": (Stage.ACCEPTED,),
    "公示中": (Stage.PUBLISHED,), "有异议": (Stage.OBJECTED,),
}  # fmt: skip

_KINDS: Mapping[FieldKind, Kind] = {
    FieldKind.STATUS: Kind.STATUS, FieldKind.CASE_STATUS: Kind.CASE_STATUS,
    FieldKind.SUBSTANTIATED: Kind.SUBSTANTIATED, FieldKind.TYPES: Kind.TYPES,
    FieldKind.VERIFICATION: Kind.WORD, FieldKind.FLAG: Kind.WORD,
    FieldKind.DAY: Kind.DAYS, FieldKind.PAST_DAY: Kind.DAYS, FieldKind.COMING_DAY: Kind.DAYS,
    FieldKind.START: Kind.DAYS, FieldKind.PERCENT: Kind.PERCENT, FieldKind.MONEY: Kind.AMOUNT,
    FieldKind.PROGRAMME: Kind.PROGRAMME, FieldKind.NUMBER: Kind.NUMBERS,
    FieldKind.REFERENCE: Kind.REFERENCES, FieldKind.REGION: Kind.NAME,
    FieldKind.REGIONS: Kind.NAME, FieldKind.LABEL: Kind.NAME, FieldKind.TEXT: Kind.TEXT,
    FieldKind.LONG_TEXT: Kind.TEXT, FieldKind.CODE: Kind.TEXT, FieldKind.PEOPLE: Kind.TEXT,
    FieldKind.UNIT: Kind.TEXT, FieldKind.UNREAD: Kind.WORD, FieldKind.CLOSURE: Kind.WORD,
}  # fmt: skip
_WORDS: Mapping[FieldKind, Mapping[str, tuple[Value, ...]]] = {
    FieldKind.FLAG: _FLAG, FieldKind.MONEY: _FLAG, FieldKind.VERIFICATION: _VERIFICATION,
    FieldKind.CLOSURE: _CLOSURE,
}  # fmt: skip


def _words_of(kind: FieldKind, fields: Fields) -> Mapping[str, tuple[Value, ...]]:
    """Values with a meaning of their own; what could not be read is told by names of fields."""
    if kind is not FieldKind.UNREAD:
        return _WORDS.get(kind, {})
    names: dict[str, tuple[Value, ...]] = {
        word: (field.name,)
        for field in fields.values()
        if field.imported
        for word in (field.name, *field.filter)
    }
    return names | dict.fromkeys(("any", "yes", "有", "是"), (True,))


def _declared(fields: Fields) -> dict[str, FieldSpec]:
    return {
        field.filter[0]: FieldSpec(
            _KINDS[field.kind], field.filter[1:], _words_of(field.kind, fields), not field.required
        )
        for field in fields.values()
        if field.filter
    }


ITEM_FIELDS: Mapping[str, FieldSpec] = _declared(ITEM) | {
    "at": FieldSpec(Kind.NAME, ("本级",)),
    "group": FieldSpec(Kind.WORD, ("gr", "g", "分组"), _GROUP),
    "unit": FieldSpec(Kind.TEXT, ("u", "单位"), optional=True),
}
"""Fields of items. `region` takes in all that lies below it, `at` does not; `unit` is any of the
three roles, `since` the day of the last status change."""

CASE_FIELDS: Mapping[str, FieldSpec] = _declared(CASE) | {
    "at": FieldSpec(Kind.NAME, ("本级",)),
    "text": FieldSpec(Kind.TEXT, ("内容",)),
    "duplicate": FieldSpec(Kind.WORD, ("dup", "重复"), _FLAG),
    "shared": FieldSpec(Kind.WORD, ("共同", "共同承办"), _FLAG),
    "late": FieldSpec(Kind.WORD, ("overdue", "超期"), _FLAG),
}
"""Fields of cases. `late` ones are open past the day by which they are to be handled. Figures of
`fined` are in 万元 (10,000 yuan)."""

SUGGESTED: Mapping[Kind, tuple[str, ...]] = {
    Kind.STATUS: (*Status, "已完成", "基本完成", "超过序时进度", "按序时进度推进", "尚未启动",
                  "未达序时进度", "未完成", "并入", "正在整改"),
    Kind.CASE_STATUS: (*CaseStatus, "已办结", "阶段性办结", "未办结"),
    Kind.SUBSTANTIATED: ("yes", "mostly", "partly", "no", "属实", "基本属实", "部分属实", "不属实"),
    Kind.TYPES: tuple(PollutionType),
}  # fmt: skip
"""Values that a mistyped one is held against."""
