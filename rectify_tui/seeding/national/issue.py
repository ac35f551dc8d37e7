"""Issuing a simulated programme: its items, and those of an earlier one that it carries on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import Values
from rectify_tui.seeding.national.deadlines import Written
from rectify_tui.seeding.national.items import ItemLife, Outlook, Stage, outlook
from rectify_tui.seeding.national.plans import Plan
from rectify_tui.seeding.national.provinces import City
from rectify_tui.seeding.national.steps import Steps
from rectify_tui.seeding.national.weeks import COUNT, Weeks, iso
from rectify_tui.seeding.national.words import THEMES, Theme
from rectify_tui.store.commands.items import new_item
from rectify_tui.store.commands.places import add_programme
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import ITEM

_OF_THE_PROVINCE = 0.03
_CARRIED = 0.2
_SHARED = ("problem", "region_id", "responsible_id", "lead_id", "supervising_id", "goal")
"""What an item that carries others on takes over from them."""


class Issue:
    """Writes one programme with its items into a batch."""

    def __init__(self, draft: Draft, plan: Plan, weeks: Weeks, steps: Steps, rng: Random) -> None:
        self.draft = draft
        self.plan = plan
        self.weeks = weeks
        self.steps = steps
        self.rng = rng
        self.count = 0

    def write(self) -> Iterator[ItemLife]:
        """Add everything; yields each item that was added."""
        day = date.fromordinal(self.plan.issued)
        self.plan.id = add_programme(self.draft, self.plan.programme, on=day)
        yield from self._carrying_on()
        while self.count < self.plan.items:
            yield self._fresh()

    def _carrying_on(self) -> Iterator[ItemLife]:
        """Merge open items of the earlier programme into new ones, up to three into one."""
        origin = self.plan.origin
        if origin is None:
            return
        waiting = [life for life in origin.carried if life.finish > self.plan.week]
        while waiting and self.count < self.plan.items // 2:
            together = waiting[-self.rng.choice((1, 1, 2, 3)) :]
            del waiting[-len(together) :]
            self.draft.load(ITEM, [life.id for life in together])
            first = self.draft.get(ITEM, together[0].id)
            shared: Values = {name: first[name] for name in _SHARED}
            life = self._item(shared, together[0].on_time)
            for merged in together:
                self._merge(merged, life.id)
            yield life

    def _merge(self, life: ItemLife, into: int) -> None:
        life.merged = True
        values: Values = {"status": Status.MERGED.value, "merged_item_id": into, "note": None}
        self.draft.change(ITEM, life.id, values, iso(max(self.plan.issued, life.last_on)))

    def _fresh(self) -> ItemLife:
        province = self.plan.province
        of_province = self.rng.random() < _OF_THE_PROVINCE
        city = province.own if of_province else province.city(self.rng)
        theme = self.rng.choice(THEMES)
        life = self._item(self._subject(city, theme, of_province), city.on_time)
        self.steps.add(self.draft, life, theme)
        return life

    def _subject(self, city: City, theme: Theme, of_province: bool) -> Values:
        """What the item is about, and whose it is."""
        draft, rng = self.draft, self.rng
        spot = city.spot(rng)
        problem = rng.choice(theme.problems).format(place=spot.name, n=rng.randint(2, 48))
        lead = self.plan.province.lead(draft, theme.department)
        values: Values = {"problem": problem, "region_id": spot.id, "goal": theme.goal}
        if of_province:
            return values | {"responsible_id": lead}
        return values | {
            "responsible_id": city.unit(draft, theme.bureau),
            "lead_id": lead,
            "supervising_id": city.unit(draft, "政府督查室"),
        }

    def _item(self, subject: Values, on_time: float) -> ItemLife:
        plan = self.plan
        self.count += 1
        written = plan.deadlines.draw(self.rng)
        course = outlook(written, plan.week, on_time, self.weeks, self.rng)
        values = new_item(plan.id, str(self.count), plan.province.id) | subject
        values |= self._schedule(written, course)
        id = self.draft.create(ITEM, values, iso(plan.issued))
        stage = Stage.START if course.waiting else Stage.WORK
        life = ItemLife(
            id, plan.deadlines, course.start, course.finish, written.due, plan.issued, on_time,
            stage,
        )  # fmt: skip
        if plan.origin is None and course.finish > COUNT // 2 and self.rng.random() < _CARRIED:
            plan.carried.append(life)
        return life

    def _schedule(self, written: Written, course: Outlook) -> Values:
        values = dict(written.values)
        if values["start_on"] is None:
            values["start_on"] = iso(max(self.plan.issued, self.weeks.friday(course.planned) - 4))
        waiting = course.waiting
        values["status"] = (Status.NOT_STARTED if waiting else Status.ON_SCHEDULE).value
        values["progress"] = 0 if waiting else self.rng.randint(0, 10)
        return values
