"""Runs the simulated offices week by week: one batch each Friday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from random import Random
from typing import TypeVar

from rectify_tui.domain.status import Status
from rectify_tui.seeding.national import cases
from rectify_tui.seeding.national.cases import CaseLife, draw_case
from rectify_tui.seeding.national.issue import Issue
from rectify_tui.seeding.national.items import ItemLife, ItemLives
from rectify_tui.seeding.national.plans import Plan
from rectify_tui.seeding.national.steps import Steps
from rectify_tui.seeding.national.weeks import COUNT, Agenda, FridayClock, Weeks, iso
from rectify_tui.store.consequences import Consequences
from rectify_tui.store.draft import BUFFER, Draft
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import CASE, ITEM

KIND = "simulate"
WHO = "模拟 simulated"

_DAYS_BACK = (0, 0, 0, 0, 0, 0, 1, 1, 2, 3)
"""Days before the Friday of the cut-off; most is reported on the last one."""
_LATE_REPORT = 0.06
_CORRECTION = 0.004
_DUPLICATE = 0.02

Progress = Callable[[int, int], None]


class Simulation:
    """All simulated programmes over `COUNT` weeks; the same seed gives the same records."""

    def __init__(self, plans: list[Plan], items: int, weeks: Weeks, rng: Random) -> None:
        self.plans = plans
        self.weeks = weeks
        self.rng = rng
        self.lives = ItemLives(weeks, rng)
        self.steps = Steps(items, weeks, rng)
        self._items: Agenda[ItemLife] = Agenda()
        self._cases: Agenda[CaseLife] = Agenda()
        self._newest_case: dict[tuple[int, int], int] = {}

    def write(self, ledger: Ledger, progress: Progress | None) -> None:
        """Write every week into the store."""
        clock = FridayClock(self.weeks.first)
        simulated = ledger.by_clock(clock)
        consequences = Consequences()
        for week in range(COUNT):
            clock.friday = self.weeks.friday(week)
            reason = f"模拟：截至{iso(clock.friday)}的周调度"
            with simulated.batch(KIND, who=WHO, reason=reason) as writing:
                if ledger.unfinished:
                    writing.draft.hold_back(consequences)
                self._write_week(writing.draft, week)
                if week == COUNT - 1:
                    writing.draft.catch_up()
            if progress is not None:
                progress(week + 1, COUNT)

    def _write_week(self, draft: Draft, week: int) -> None:
        for plan in self.plans:
            if plan.week == week:
                for new in Issue(draft, plan, self.weeks, self.steps, self.rng).write():
                    self._items.put(self.lives.first(new, week), new)
        for item in _in_hand(draft, ITEM, self._items.take(week)):
            self._change_item(draft, item, week)
        self.steps.write(draft, week)
        for case in _in_hand(draft, CASE, self._cases.take(week)):
            self._change_case(draft, case, week)
        for plan in self.plans:
            for _ in range(plan.cases[week]):
                self._add_case(draft, plan, week)

    def _change_item(self, draft: Draft, life: ItemLife, week: int) -> None:
        if life.merged:
            return
        if self.rng.random() < _CORRECTION and life.last_on - life.deadlines.issued > 21:
            before = iso(life.last_on - self.rng.randint(7, 14))
            draft.change(ITEM, life.id, {"status": Status.BEHIND.value}, before)
        day = self._item_day(life, week)
        values, following = self.lives.step(life, week)
        draft.change(ITEM, life.id, values, iso(day))
        life.last_on = day
        self._items.put(following, life)

    def _item_day(self, life: ItemLife, week: int) -> int:
        """The day a change holds from: in time and late are told apart to the day."""
        day = self._day(week)
        if life.due is not None:
            due = self.weeks.holding(life.due)
            if week == due:
                day = min(day, life.due)
            elif week > due:
                day = max(day, life.due + 1)
        return max(day, life.last_on)

    def _day(self, week: int) -> int:
        """A day of the week, or of one before where the report came late."""
        late = 7 * self.rng.randint(1, 3) if self.rng.random() < _LATE_REPORT else 0
        return self.weeks.friday(week) - self.rng.choice(_DAYS_BACK) - late

    def _add_case(self, draft: Draft, plan: Plan, week: int) -> None:
        rng, province = self.rng, plan.province
        city = province.city(rng)
        day = max(plan.issued, self.weeks.friday(week) - rng.randint(0, 4))
        passed_on = iso(day)
        plan.received += 1
        number = f"X{province.letters}{passed_on.replace('-', '')}{plan.received:04}"
        values = draw_case(plan.id, number, province, city, rng)
        values |= {"batch": f"第{week - plan.week + 1}批", "passed_on": passed_on}
        if rng.random() < _DUPLICATE:
            values["duplicate_of"] = self._newest_case.get((plan.id, city.id))
        id = draft.create(CASE, values, passed_on)
        self._newest_case[plan.id, city.id] = id
        checked = cases.first_check(week, city.on_time, rng)
        self._cases.put(checked, CaseLife(id, day, city.on_time))

    def _change_case(self, draft: Draft, life: CaseLife, week: int) -> None:
        life.last_on = max(self._day(week), life.last_on)
        day = iso(life.last_on)
        values, following = cases.step(life, week, day, self.rng)
        draft.change(CASE, life.id, values, day)
        self._cases.put(following, life)


Life = TypeVar("Life", ItemLife, CaseLife)


def _in_hand(draft: Draft, entity: str, lives: list[Life]) -> Iterator[Life]:
    """The records one by one, taken in hand together, and no more at once than a draft holds."""
    lives.sort(key=attrgetter("id"))
    for start in range(0, len(lives), BUFFER):
        if start:
            draft.flush()
        part = lives[start : start + BUFFER]
        draft.load(entity, [life.id for life in part])
        yield from part
