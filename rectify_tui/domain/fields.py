"""Every field of items, cases, programmes, regions and units: the one place that declares them.

Store columns, command line options, forms, imports, returns, filters, lists, details, exports and
reports derive from what is said here. A field that nobody should set has no `option` and no place
in a form; one that stands nowhere has an empty `shown`. Titles stand in `i18n/messages/field.toml`
under the field's `title`, headings of imports in `intake/mapping/synonyms.toml` under its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Flag, StrEnum, auto
from functools import cached_property
from typing import NamedTuple

from rectify_tui.domain.region import ADDED_KINDS


class FieldKind(StrEnum):
    """What the values of a field are, and with that how they are read, kept, shown and compared."""

    TEXT = auto()  # one line
    LONG_TEXT = auto()  # several lines
    NAME = auto()  # what a record is called; an English name may stand beside it
    LABEL = auto()  # a short word that many records share, such as a batch; compared whole
    NUMBER = auto()  # what tells the items of a programme apart, such as 12 or 3-1
    CODE = auto()  # an opaque word that is never cut, such as a programme's code
    PAST_DAY = auto()  # not after today
    COMING_DAY = auto()  # a promise; 周五 is the Friday to come
    PLANNED = auto()  # a day as written, in a column of its own, and as read
    START = auto()  # a day as deadlines are written, read as the day on which work begins
    DEADLINE = auto()  # as written, its kind, and the day as read
    DAY = auto()  # derived or set by the ledger
    PERCENT = auto()  # whole, 0 to 100
    COUNT = auto()
    MONEY = auto()  # yuan and fen in two columns of the store, 万元 for people
    COORDINATE = auto()  # degrees
    FLAG = auto()  # 0 or 1
    STATUS = auto()
    CASE_STATUS = auto()
    VERIFICATION = auto()
    SUBSTANTIATED = auto()
    CHOICE = auto()  # one of the field's own `choices`
    TYPES = auto()  # pollution types, several
    REGION = auto()
    REGIONS = auto()  # several, the first is the main one
    UNIT = auto()
    PEOPLE = auto()  # names as the office writes them
    PROGRAMME = auto()
    REFERENCE = auto()  # a record by programme and number: this one, or another
    CLOSURE = auto()  # a stage of close-out; none where nobody has applied
    LEVEL = auto()  # of acceptance
    LEVELS = auto()  # several, from below upwards
    NOTICE = auto()  # how many calendar or working days a notice stands
    UNREAD = auto()  # cells of other fields that could not be read, by the names of the fields


DAYS = frozenset({FieldKind.PAST_DAY, FieldKind.COMING_DAY, FieldKind.START, FieldKind.DAY})
"""The kinds whose values are a day."""

NUMBERS = frozenset({
    FieldKind.PERCENT, FieldKind.COUNT, FieldKind.MONEY, FieldKind.COORDINATE, FieldKind.FLAG,
    FieldKind.REGION, FieldKind.UNIT, FieldKind.PROGRAMME, FieldKind.REFERENCE,
})  # fmt: skip
"""The kinds that the store keeps as numbers; records by their ids. All others are text."""


class Shown(Flag):
    """Where a field stands."""

    NOWHERE = 0
    LIST = auto()  # the narrow list that fits a screen
    DETAILS = auto()  # everything about one record, for people
    EXPORT = auto()  # lists with a column for every field, and records for programs
    QUEUE = auto()  # the lines of the queue
    LETTER = auto()  # the items that a step of escalation cites
    REPORT = auto()  # what a layout of the weekly report may choose


class Returned(StrEnum):
    """How a field goes out in a return: locked, or open for the unit to fill in."""

    LOCKED = auto()
    OPEN = auto()


EVERYWHERE = Shown.DETAILS | Shown.EXPORT


_ASSIGNING = (FieldKind.REGION, FieldKind.UNIT, FieldKind.DEADLINE, FieldKind.START)


class Field(NamedTuple):
    """One field.

    `columns` are those of the store (by default one of the same name; none where it is derived).
    `dated` values hold from an effective date, others are corrected for all time. A `required`
    field has a value in every record. `option` is the command line's. `filter` names the filter's
    term and its aliases, `sort` the order of lists; free words are looked for where it is
    `searched`. `called` is what rows and programs call it where that is not its name. `choices` are
    those that a person has, and `words` leads to what they are called in the messages. What is
    `worked_out` follows from other records, as `store/on_day.py` says.
    """

    name: str
    kind: FieldKind
    columns: tuple[str, ...] | None = None
    dated: bool = False
    required: bool = False
    option: str | None = None
    form: bool = False
    imported: bool = False
    returned: Returned | None = None
    filter: tuple[str, ...] = ()
    searched: bool = False
    sort: str | None = None
    shown: Shown = Shown.NOWHERE
    title: str = ""
    called: str = ""
    choices: tuple[str, ...] = ()
    words: str = ""
    worked_out: bool = False

    @property
    def key(self) -> str:
        """What rows and programs call it."""
        return self.called or self.name

    @property
    def kept_in(self) -> tuple[str, ...]:
        """The columns of the store that hold its value."""
        return (self.name,) if self.columns is None else self.columns

    @property
    def column(self) -> str:
        """The column that history speaks of when it speaks of the field."""
        return self.kept_in[0]

    @property
    def title_key(self) -> str:
        """The message with the field's title."""
        return f"field.{self.title or self.name}"

    @property
    def settable(self) -> bool:
        """Whether a person may set it."""
        return self.option is not None or self.form


class Fields(Mapping[str, Field]):
    """The fields of one kind of record by name, in the order in which people read them."""

    def __init__(self, *fields: Field) -> None:
        self._by_name = {field.name: field for field in fields}

    def __getitem__(self, name: str) -> Field:
        return self._by_name[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_name)

    def __len__(self) -> int:
        return len(self._by_name)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        """The columns of the store, each once."""
        return tuple(dict.fromkeys(name for field in self.values() for name in field.kept_in))

    @cached_property
    def dated_columns(self) -> frozenset[str]:
        """The columns whose changes hold from an effective date."""
        return frozenset(name for field in self.values() if field.dated for name in field.kept_in)

    @cached_property
    def assigned_columns(self) -> tuple[str, ...]:
        """The dated columns of what a record is given when it is entered: where, who, by when."""
        given = self.of_kind(*_ASSIGNING)
        return tuple(name for field in given if field.dated for name in field.kept_in)

    @cached_property
    def by_column(self) -> Mapping[str, Field]:
        """The field that sets a column of the store."""
        return {name: field for field in self.values() for name in field.kept_in}

    @cached_property
    def told_by(self) -> Mapping[str, Field]:
        """The field as which people know a column: that of its name, else the one that sets it."""
        return {name: self.get(name, field) for name, field in self.by_column.items()}

    def column_of(self, field: Field) -> str | None:
        """The column that a field's value is read from, None where it follows from other records.

        The day of a deadline is a field, and kept with the deadline.
        """
        if field.kept_in:
            return field.column
        return field.name if field.worked_out or field.name in self.columns else None

    @cached_property
    def worked_out(self) -> tuple[Field, ...]:
        """The fields that follow from other records."""
        return tuple(field for field in self.values() if field.worked_out)

    @cached_property
    def settable(self) -> tuple[Field, ...]:
        """The fields that a person may set."""
        return tuple(field for field in self.values() if field.settable)

    @cached_property
    def orders(self) -> Mapping[str, Field]:
        """The fields that lists can be sorted by, by the names of the orders."""
        return {field.sort: field for field in self.values() if field.sort}

    def shown(self, where: Shown) -> tuple[Field, ...]:
        """The fields that stand in a place."""
        return tuple(field for field in self.values() if where in field.shown)

    def listed(self) -> tuple[Field, ...]:
        """The fields of the list that fits a screen: long texts last, which may be cut."""
        return tuple(sorted(self.shown(Shown.LIST), key=lambda it: it.kind is FieldKind.LONG_TEXT))

    def of_kind(self, *kinds: FieldKind) -> tuple[Field, ...]:
        """The fields of some kinds."""
        return tuple(field for field in self.values() if field.kind in kinds)


_K, _S = FieldKind, Shown

ITEM = Fields(
    Field("ref", _K.REFERENCE, (), required=True, filter=("ref", "reference", "编号"),
          returned=Returned.LOCKED, imported=True,
          shown=_S.LIST | _S.EXPORT | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("programme", _K.PROGRAMME, ("programme_id",), required=True, imported=True,
          filter=("programme", "program", "prog", "p", "方案", "整改方案"),
          shown=EVERYWHERE | _S.REPORT),
    Field("number", _K.NUMBER, required=True, imported=True, sort="number",
          filter=("number", "no", "num", "n", "序号"), shown=_S.EXPORT | _S.REPORT),
    Field("problem", _K.LONG_TEXT, required=True, option="--problem", form=True, imported=True,
          returned=Returned.LOCKED, filter=("problem", "问题"), searched=True,
          shown=EVERYWHERE | _S.LIST | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("status", _K.STATUS, dated=True, required=True, option="--status", imported=True,
          returned=Returned.OPEN, filter=("status", "st", "s", "状态", "进度状态"), sort="status",
          shown=EVERYWHERE | _S.LIST | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("since", _K.DAY, ("status_on",), required=True, filter=("since", "更新"), sort="since",
          shown=_S.EXPORT | _S.LETTER | _S.REPORT),
    Field("progress", _K.PERCENT, dated=True, option="--progress", form=True, imported=True,
          returned=Returned.OPEN, filter=("progress", "pct", "进度"), sort="progress",
          shown=EVERYWHERE | _S.LIST | _S.REPORT),
    Field("steps_done", _K.COUNT, (), worked_out=True, shown=_S.EXPORT | _S.REPORT),
    Field("steps", _K.COUNT, (), worked_out=True, shown=_S.EXPORT | _S.REPORT),
    Field("step_due_on", _K.DAY, (), worked_out=True, sort="step", filter=("step", "节点"),
          shown=EVERYWHERE | _S.QUEUE | _S.REPORT),
    Field("deadline", _K.DEADLINE, ("deadline", "deadline_kind", "due_on"), dated=True,
          option="--deadline", form=True, imported=True, returned=Returned.LOCKED,
          shown=EVERYWHERE | _S.LETTER | _S.REPORT),
    Field("deadline_kind", _K.CHOICE, (), required=True, words="deadline.kind", shown=_S.EXPORT),
    Field("due_on", _K.DAY, (), filter=("due", "deadline", "d", "时限", "期限"), sort="due",
          shown=EVERYWHERE | _S.LIST | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("first_due_on", _K.DAY, (), worked_out=True, sort="first_due",
          filter=("first_due", "原时限"), shown=_S.EXPORT | _S.REPORT),
    Field("days_granted", _K.COUNT, (), worked_out=True, shown=EVERYWHERE | _S.REPORT),
    Field("start", _K.START, ("start_on",), called="start_on", dated=True, option="--start",
          form=True, imported=True, filter=("start", "启动"), shown=EVERYWHERE | _S.REPORT),
    Field("region", _K.REGION, ("region_id",), required=True, dated=True, option="--region",
          form=True, imported=True, returned=Returned.LOCKED, sort="region",
          filter=("region", "reg", "r", "地区", "行政区划", "区划"),
          shown=EVERYWHERE | _S.LIST | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("region_code", _K.CODE, (), shown=EVERYWHERE),
    Field("responsible", _K.UNIT, ("responsible_id",), dated=True, option="--responsible",
          form=True, imported=True, returned=Returned.LOCKED, sort="unit",
          filter=("responsible", "resp", "责任单位"),
          shown=EVERYWHERE | _S.LIST | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("lead", _K.UNIT, ("lead_id",), dated=True, option="--lead", form=True, imported=True,
          returned=Returned.LOCKED, filter=("lead", "牵头单位"), shown=EVERYWHERE | _S.REPORT),
    Field("supervising", _K.UNIT, ("supervising_id",), dated=True, option="--supervising",
          form=True, imported=True, returned=Returned.LOCKED,
          filter=("supervising", "sup", "督导单位"), shown=EVERYWHERE | _S.REPORT),
    Field("verification", _K.VERIFICATION, ("verification", "visit_id"), dated=True, required=True,
          option="--verified", form=True, imported=True, filter=("verified", "核实"),
          shown=EVERYWHERE | _S.REPORT),
    Field("visited_on", _K.DAY, (), worked_out=True, sort="visited", filter=("visited", "核实日期"),
          shown=EVERYWHERE | _S.REPORT),
    Field("visit_reported", _K.CHOICE, (), worked_out=True, words="status.item",
          shown=_S.EXPORT | _S.REPORT),
    Field("visits", _K.COUNT, (), worked_out=True, shown=_S.EXPORT | _S.REPORT),
    Field("major", _K.FLAG, option="--major", form=True, imported=True, filter=("major", "重大"),
          shown=EVERYWHERE | _S.REPORT),
    Field("repeated", _K.FLAG, option="--repeated", form=True, imported=True,
          filter=("repeated", "反复投诉"), shown=EVERYWHERE | _S.REPORT),
    Field("closure", _K.CLOSURE, dated=True, imported=True, sort="closure",
          filter=("closure", "closeout", "销号"), shown=EVERYWHERE),
    Field("closure_level", _K.LEVEL, dated=True, shown=EVERYWHERE),
    Field("closure_on", _K.DAY, dated=True, sort="closure_on", filter=("closed_out", "销号进展"),
          shown=EVERYWHERE),
    Field("notice_until", _K.DAY, dated=True, sort="notice", filter=("notice", "公示"),
          shown=EVERYWHERE),
    Field("note", _K.LONG_TEXT, dated=True, option="--note", form=True, imported=True,
          returned=Returned.OPEN, filter=("note", "备注"), searched=True,
          shown=EVERYWHERE | _S.REPORT),
    Field("reason", _K.LONG_TEXT, dated=True, option="--why", form=True, imported=True,
          returned=Returned.OPEN, filter=("reason", "why", "原因"),
          shown=EVERYWHERE | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("next_step", _K.LONG_TEXT, dated=True, option="--next", form=True, imported=True,
          returned=Returned.OPEN, filter=("next", "下一步"),
          shown=EVERYWHERE | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("next_on", _K.COMING_DAY, dated=True, option="--next-on", form=True, imported=True,
          returned=Returned.OPEN, filter=("promised", "承诺"),
          shown=EVERYWHERE | _S.QUEUE | _S.REPORT),
    Field("cooperating", _K.TEXT, dated=True, option="--cooperating", form=True, imported=True,
          returned=Returned.OPEN, filter=("cooperating", "coop", "配合单位"), searched=True,
          shown=EVERYWHERE | _S.REPORT),
    Field("person", _K.PEOPLE, dated=True, option="--person", form=True, imported=True,
          returned=Returned.OPEN, filter=("person", "责任人"), searched=True, sort="person",
          shown=EVERYWHERE | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("leader", _K.PEOPLE, dated=True, option="--leader", form=True, imported=True,
          returned=Returned.OPEN, filter=("leader", "包案领导"), searched=True, sort="leader",
          shown=EVERYWHERE | _S.REPORT),
    Field("contact", _K.PEOPLE, dated=True, option="--contact", form=True, imported=True,
          returned=Returned.OPEN, filter=("contact", "联系人"), searched=True, sort="contact",
          shown=EVERYWHERE | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("phone", _K.TEXT, dated=True, option="--phone", form=True, imported=True,
          returned=Returned.OPEN, filter=("phone", "电话", "联系电话"), searched=True,
          shown=EVERYWHERE | _S.QUEUE | _S.LETTER | _S.REPORT),
    Field("put_off_until", _K.COMING_DAY, dated=True, option="--put-off", form=True,
          filter=("put_off", "暂缓"), shown=EVERYWHERE),
    Field("reviewed_on", _K.DAY, dated=True, filter=("reviewed", "复核"), shown=EVERYWHERE),
    Field("campaign", _K.LABEL, option="--campaign", form=True, imported=True, sort="campaign",
          filter=("campaign", "专项", "专项行动"), searched=True, shown=EVERYWHERE | _S.REPORT),
    Field("goal", _K.LONG_TEXT, option="--goal", form=True, imported=True,
          filter=("goal", "目标"), searched=True, shown=EVERYWHERE | _S.REPORT),
    Field("merged_into", _K.REFERENCE, ("merged_item_id", "merged_programme_id"), dated=True,
          imported=True, filter=("merged", "并入"), shown=EVERYWHERE | _S.REPORT),
    Field("carries", _K.REFERENCE, (), shown=_S.DETAILS),
    Field("as_sent", _K.LONG_TEXT, dated=True, filter=("as_sent", "sent", "原表"), searched=True,
          shown=EVERYWHERE),
    Field("unread", _K.UNREAD, filter=("unread", "读不出"), shown=EVERYWHERE),
    Field("reconstructed", _K.FLAG, required=True, filter=("reconstructed", "还原"),
          shown=_S.EXPORT),
    Field("simulated", _K.FLAG, (), required=True, filter=("simulated", "sim", "模拟"),
          shown=_S.EXPORT),
    Field("source", _K.TEXT, shown=_S.DETAILS | _S.EXPORT),
    Field("rev", _K.COUNT, (), required=True, shown=EVERYWHERE),
)  # fmt: skip
"""The fields of items."""

REVIEWED = tuple(
    ITEM[name] for name in ("reason", "next_step", "next_on", "put_off_until", "status", "progress")
)
"""What going through the queue asks of an item, in that order."""

STEP = Fields(
    Field("text", _K.TEXT, required=True, option="--text", form=True, title="step"),
    Field("due", _K.PLANNED, ("due", "due_on"), option="--due", form=True, title="step_due"),
    Field("unit", _K.UNIT, ("unit_id",), option="--unit", form=True, title="step_unit"),
    Field("done", _K.PLANNED, ("done", "done_on"), option="--done", form=True, title="step_done"),
    Field("evidence", _K.LONG_TEXT, option="--evidence", form=True, title="step_evidence"),
)  # fmt: skip
"""What a person says of the step of an item."""

CASE = Fields(
    Field("ref", _K.REFERENCE, (), required=True, imported=True, shown=_S.LIST | _S.EXPORT),
    Field("programme", _K.PROGRAMME, ("programme_id",), required=True, imported=True,
          filter=("programme", "program", "prog", "p", "方案", "整改方案"), shown=EVERYWHERE),
    Field("number", _K.CODE, required=True, imported=True, sort="number", searched=True,
          filter=("no", "number", "num", "n", "编号", "序号"), shown=_S.EXPORT),
    Field("complaint", _K.LONG_TEXT, required=True, option="--complaint", form=True, imported=True,
          searched=True, shown=EVERYWHERE | _S.LIST),
    Field("status", _K.CASE_STATUS, dated=True, required=True, option="--status", imported=True,
          filter=("status", "st", "s", "状态", "办理状态"), sort="status", title="case_status",
          shown=EVERYWHERE | _S.LIST),
    Field("since", _K.DAY, ("status_on",), required=True, sort="since", shown=_S.EXPORT),
    Field("letter", _K.LABEL, option="--letter", form=True, imported=True,
          filter=("letter", "来信", "来信编号"), shown=EVERYWHERE),
    Field("batch", _K.LABEL, option="--batch", imported=True, filter=("batch", "b", "批次"),
          shown=EVERYWHERE),
    Field("passed_on", _K.PAST_DAY, option="--passed", form=True, imported=True, sort="passed",
          filter=("passed", "转办日期", "转办"), shown=EVERYWHERE | _S.LIST),
    Field("due_on", _K.COMING_DAY, option="--due", form=True, imported=True, sort="due",
          title="case_due_on", filter=("due", "d", "时限", "办理时限"), shown=EVERYWHERE),
    Field("closed_on", _K.PAST_DAY, dated=True, option="--closed", form=True, imported=True,
          sort="closed", filter=("closed", "办结日期", "办结"), shown=EVERYWHERE),
    Field("region", _K.REGIONS, ("regions", "region_id"), called="regions", required=True,
          option="--region", form=True, imported=True, sort="region", title="regions",
          filter=("region", "reg", "r", "地区", "行政区划", "区划"), shown=EVERYWHERE | _S.LIST),
    Field("types", _K.TYPES, option="--types", form=True, imported=True,
          filter=("type", "t", "类型"), shown=EVERYWHERE | _S.LIST),
    Field("substantiated", _K.SUBSTANTIATED, option="--substantiated", form=True, imported=True,
          filter=("substantiated", "sub", "属实"), shown=EVERYWHERE | _S.LIST),
    Field("findings", _K.LONG_TEXT, option="--findings", form=True, imported=True, searched=True,
          shown=EVERYWHERE),
    Field("measures", _K.LONG_TEXT, option="--measures", form=True, imported=True,
          title="case_measures", searched=True, shown=EVERYWHERE),
    Field("ordered", _K.COUNT, option="--ordered", form=True, imported=True, shown=EVERYWHERE),
    Field("fined_wan", _K.MONEY, ("fined_yuan", "fined_fen"), called="fined_yuan", option="--fined",
          form=True, imported=True, sort="fined", filter=("fined", "fine", "罚款"),
          shown=EVERYWHERE | _S.LIST),
    Field("fined_fen", _K.COUNT, ()),
    Field("investigated", _K.COUNT, option="--investigated", form=True, imported=True,
          shown=EVERYWHERE),
    Field("detained_administrative", _K.COUNT, option="--detained-administrative", form=True,
          imported=True, shown=EVERYWHERE),
    Field("detained_criminal", _K.COUNT, option="--detained-criminal", form=True, imported=True,
          shown=EVERYWHERE),
    Field("interviewed", _K.COUNT, option="--interviewed", form=True, imported=True,
          shown=EVERYWHERE),
    Field("held_accountable", _K.COUNT, option="--held-accountable", form=True, imported=True,
          shown=EVERYWHERE),
    Field("key_case", _K.FLAG, required=True, option="--key", form=True, imported=True,
          filter=("key", "k", "重点"), shown=EVERYWHERE),
    Field("duplicate_of", _K.REFERENCE, imported=True, shown=EVERYWHERE),
    Field("complainant", _K.PEOPLE, option="--complainant", form=True, imported=True,
          filter=("complainant", "举报人", "信访人"), searched=True, shown=EVERYWHERE),
    Field("complainant_phone", _K.TEXT, option="--complainant-phone", form=True, imported=True,
          searched=True, shown=EVERYWHERE),
    Field("complainant_address", _K.TEXT, option="--complainant-address", form=True, imported=True,
          searched=True, shown=EVERYWHERE),
    Field("latitude", _K.COORDINATE, imported=True, shown=EVERYWHERE),
    Field("longitude", _K.COORDINATE, imported=True, shown=EVERYWHERE),
    Field("note", _K.LONG_TEXT, dated=True, option="--note", form=True, imported=True,
          searched=True, shown=EVERYWHERE),
    Field("as_sent", _K.LONG_TEXT, dated=True, filter=("as_sent", "sent", "原表"), searched=True,
          shown=EVERYWHERE),
    Field("unread", _K.UNREAD, filter=("unread", "读不出"), shown=EVERYWHERE),
    Field("reconstructed", _K.FLAG, required=True, shown=_S.EXPORT),
    Field("simulated", _K.FLAG, (), required=True, shown=_S.EXPORT),
    Field("source", _K.TEXT, shown=_S.DETAILS | _S.EXPORT),
    Field("rev", _K.COUNT, (), required=True, shown=EVERYWHERE),
)  # fmt: skip
"""The fields of complaint cases."""

PROGRAMME = Fields(
    Field("code", _K.CODE, required=True, shown=EVERYWHERE | _S.LIST),
    Field("name", _K.NAME, required=True, option="--name", shown=EVERYWHERE | _S.LIST),
    Field("kind", _K.CHOICE, required=True, option="--kind", title="programme_kind",
          choices=("inspection", "look_back", "campaign"), words="programme.kind",
          shown=EVERYWHERE | _S.LIST),
    Field("region", _K.REGION, ("region_id",), required=True, option="--region",
          shown=EVERYWHERE | _S.LIST),
    Field("year", _K.COUNT, required=True, option="--year", shown=EVERYWHERE | _S.LIST),
    Field("name_en", _K.TEXT, option="--name-en", shown=_S.EXPORT),
    Field("cutoff", _K.PAST_DAY, option="--cutoff", shown=EVERYWHERE | _S.LIST),
    Field("acceptance", _K.LEVELS, option="--acceptance", shown=EVERYWHERE),
    Field("notice", _K.NOTICE, option="--notice", shown=EVERYWHERE),
    Field("simulated", _K.FLAG, required=True, shown=EVERYWHERE | _S.LIST),
    Field("archived_on", _K.DAY, shown=EVERYWHERE),
    Field("source", _K.TEXT, option="--source", shown=_S.EXPORT),
)  # fmt: skip
"""The fields of programmes."""

REGION = Fields(
    Field("code", _K.CODE, imported=True, shown=EVERYWHERE | _S.LIST),
    Field("name", _K.NAME, required=True, imported=True, shown=EVERYWHERE | _S.LIST),
    Field("name_en", _K.TEXT, option="--name-en", imported=True, shown=_S.EXPORT),
    Field("kind", _K.CHOICE, required=True, option="--kind", imported=True, title="region_kind",
          choices=ADDED_KINDS, words="region.kind", shown=EVERYWHERE | _S.LIST),
    Field("depth", _K.COUNT, required=True),
    Field("under", _K.REGION, ("parent_id",), option="--under", imported=True),
    Field("from_on", _K.DAY, title="region_from", shown=_S.EXPORT),
    Field("abolished_on", _K.DAY, title="region_abolished", shown=_S.EXPORT),
    Field("successor", _K.REGION, ("successor_id",), title="region_successor"),
)  # fmt: skip
"""The fields of regions. The path that leads to a region shows what it lies under."""

UNIT = Fields(
    Field("name", _K.TEXT, required=True, shown=EVERYWHERE | _S.LIST),
    Field("region", _K.REGION, ("region_id",), option="--region", shown=EVERYWHERE | _S.LIST),
    Field("merged_into", _K.UNIT, ("merged_id",), title="unit_merged_into"),
    Field("merged_on", _K.DAY, title="unit_merged_on"),
)  # fmt: skip
"""The fields of units."""
