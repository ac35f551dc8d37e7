"""Measures and milestones of some simulated items."""

from __future__ import annotations

from datetime import date
from random import Random

from rectify_tui.domain.timeline import Values
from rectify_tui.seeding.national.deadlines import written
from rectify_tui.seeding.national.items import NEVER, ItemLife
from rectify_tui.seeding.national.weeks import COUNT, Agenda, Weeks, iso
from rectify_tui.seeding.national.words import Theme
from rectify_tui.store.commands.items import add_measure
from rectify_tui.store.draft import Draft
from rectify_tui.store.records import MILESTONE

LARGEST = 2_000
"""Items that get measures, at most."""
_SHARE = 0.05
_STEPS = ("启动", "完成")


class Steps:
    """Adds measures with dated steps to items, and later notes which steps are done."""

    def __init__(self, items: int, weeks: Weeks, rng: Random) -> None:
        self.weeks = weeks
        self.rng = rng
        self.left = LARGEST
        self.share = min(_SHARE, LARGEST / items)
        self._done: Agenda[tuple[int, ItemLife]] = Agenda()

    def add(self, draft: Draft, life: ItemLife, theme: Theme) -> None:
        """Give an item its measures, or none."""
        if not self.left or self.rng.random() >= self.share:
            return
        self.left -= 1
        end = self.weeks.holding(life.due) if life.due else life.start + COUNT // 2
        count = len(theme.measures)
        on = date.fromordinal(life.last_on)
        for position, text in enumerate(theme.measures, 1):
            measure = add_measure(draft, life.id, position, text, on=on)
            for step, what in enumerate(_STEPS, 1):
                part = (position - 1 + step / len(_STEPS)) / count
                due = life.start + int((end - life.start) * part)
                id = draft.create(
                    MILESTONE, self._milestone(measure, step, what, due), iso(life.last_on)
                )
                self._expect(id, life, part)

    def _milestone(self, measure: int, position: int, text: str, week: int) -> Values:
        day = date.fromordinal(self.weeks.friday(week))
        due = written(f"{day.year}年{day.month}月底前", day.year).values
        return {
            "measure_id": measure, "position": position, "text": text,
            "due": due["deadline"], "due_on": due["due_on"],
        }  # fmt: skip

    def _expect(self, id: int, life: ItemLife, part: float) -> None:
        """Note the week in which a step will be done, if the item ever gets there."""
        finish = life.finish if life.finish < NEVER else life.start + 2 * COUNT
        week = max(
            life.start, life.start + int((finish - life.start) * part) - self.rng.randint(0, 2)
        )
        self._done.put(week, (id, life))

    def write(self, draft: Draft, week: int) -> None:
        """Note the steps that were done in a week."""
        reached = [(id, life) for id, life in self._done.take(week) if not life.merged]
        draft.load(MILESTONE, [id for id, _ in reached])
        for id, life in reached:
            reported = self.weeks.friday(week) - self.rng.randint(0, 4)
            day = date.fromordinal(max(reported, life.deadlines.issued))
            values: Values = {
                "done": f"{day.year}年{day.month}月{day.day}日", "done_on": day.isoformat(),
            }  # fmt: skip
            draft.change(MILESTONE, id, values, day.isoformat())
