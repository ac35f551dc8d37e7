"""The published figures that the project comes from, as plain files under `seed/` give them."""

from __future__ import annotations

from datetime import date

from rectify_tui.domain.status import Status
from rectify_tui.domain.timeline import Values
from rectify_tui.seeding.files import rows
from rectify_tui.store.commands.cases import new_case
from rectify_tui.store.commands.coverage import Statement, add_target, state_coverage
from rectify_tui.store.commands.items import add_measure, add_milestone, new_item
from rectify_tui.store.commands.places import NewProgramme, add_programme, add_region
from rectify_tui.store.commands.typed import deadline_values
from rectify_tui.store.draft import Draft
from rectify_tui.store.ledger import Ledger
from rectify_tui.store.records import CASE, ESCALATION, FIGURE, ITEM
from rectify_tui.store.regions import coded_regions

CUTOFF = date(2019, 12, 31)
"""The last date that the page prints, to which its undated figures are put."""


def add_seed(ledger: Ledger) -> None:
    """Put the seed's programmes, items, cases, figures and steps into a store with regions."""
    with ledger.batch("seed", who="rectify") as writing:
        _Seed(writing.draft).add()


class _Seed:
    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.regions = {region.key: region.id for region in coded_regions(draft.connection)}
        self.programmes: dict[str, int] = {}
        self.years: dict[str, int] = {}
        self.items: dict[tuple[str, str], int] = {}

    def add(self) -> None:
        for add in (
            self._zones, self._programmes, self._item_groups, self._items, self._measures,
            self._cases, self._figures, self._coverage, self._escalations,
        ):  # fmt: skip
            add()

    def _zones(self) -> None:
        for row in rows("zones"):
            under = self.regions[row["parent_code"]]
            self.regions[row["name"]] = add_region(
                self.draft, row["name"], under, row["kind"], name_en=row["name_en"]
            )

    def _programmes(self) -> None:
        for row in rows("programmes"):
            code = row["code"]
            self.years[code] = int(row["year"])
            self.programmes[code] = add_programme(
                self.draft,
                NewProgramme(
                    code, row["name"], self.regions[row["region_code"]], self.years[code],
                    row["kind"], row["name_en"], row["cutoff"], source=row["source"],
                ),
                on=CUTOFF,
            )  # fmt: skip

    def _item_groups(self) -> None:
        for row in rows("item_groups"):
            for number in range(int(row["first"]), int(row["last"]) + 1):
                self._place(row | {"number": str(number)}, reconstructed=True)

    def _items(self) -> None:
        for row in rows("items"):
            self._place(row, reconstructed=False)

    def _place(self, row: dict[str, str], *, reconstructed: bool) -> None:
        """Add the item of a line, or give it the line's status where it is there already."""
        key = row["programme"], row["number"]
        values = self._values(row, reconstructed=reconstructed)
        on = row["effective_on"]
        if key in self.items:
            status: Values = {"status": values["status"]}
            self.draft.change(ITEM, self.items[key], status, on)
        else:
            self.items[key] = self.draft.create(ITEM, values, on)

    def _values(self, row: dict[str, str], *, reconstructed: bool) -> Values:
        code = row["programme"]
        values = new_item(self.programmes[code], row["number"], self.regions[row["region_code"]])
        values |= {
            "problem": row.get("problem", ""),
            "note": row.get("note") or None,
            "status": row["status"],
            "verification": row.get("verification") or "unverified",
            "merged_programme_id": self.programmes.get(row["merged_into"]),
            "reconstructed": int(reconstructed),
            "source": row["source"],
        }
        return values | deadline_values(row["deadline"], self.years[code])

    def _measures(self) -> None:
        measures: dict[tuple[str, str, str], int] = {}
        positions: dict[int, int] = {}
        for row in rows("measures"):
            item = self.items[row["programme"], row["number"]]
            key = row["programme"], row["number"], row["measure"]
            if key not in measures:
                positions[item] = positions.get(item, 0) + 1
                measures[key] = add_measure(
                    self.draft, item, positions[item], row["measure"], source=row["source"],
                    on=CUTOFF,
                )  # fmt: skip
            if row["milestone"]:
                measure = measures[key]
                positions[-measure] = positions.get(-measure, 0) + 1
                add_milestone(
                    self.draft, measure, positions[-measure], row["milestone"], due=row["due"],
                    done=row["done"], year=self.years[row["programme"]], on=CUTOFF,
                )  # fmt: skip

    def _cases(self) -> None:
        for row in rows("case_groups"):
            for number in range(int(row["first"]), int(row["last"]) + 1):
                programme = self.programmes[row["programme"]]
                values = new_case(programme, str(number), self.regions[row["region_code"]])
                values |= {
                    "status": row["status"], "reconstructed": 1, "source": row["source"],
                }  # fmt: skip
                self.draft.create(CASE, values, row["effective_on"])

    def _figures(self) -> None:
        for row in rows("figures"):
            values: Values = {
                "programme_id": self.programmes.get(row["programme"]),
                "region_id": self.regions.get(row["region_code"]),
                "subject": row["subject"], "what": row["what"], "value": row["value"],
                "unit": row["unit"], "as_of": row["as_of"] or None, "text": row["text"],
                "source": row["source"],
            }  # fmt: skip
            self.draft.create(FIGURE, values, CUTOFF.isoformat())

    def _coverage(self) -> None:
        for row in rows("coverage"):
            statement = Statement(_number(row["done"]), _number(row["due"]), source=row["source"])
            state_coverage(
                self.draft, self.programmes[row["programme"]], self.regions[row["region_code"]],
                statement, on=date.fromisoformat(row["stated_on"]),
            )  # fmt: skip
        for row in rows("coverage_targets"):
            add_target(
                self.draft, self.programmes[row["programme"]], date.fromisoformat(row["due_on"]),
                int(row["percent"]), source=row["source"],
            )  # fmt: skip

    def _escalations(self) -> None:
        for row in rows("escalations"):
            programmes = [str(self.programmes[code]) for code in row["programmes"].split(";")]
            values: Values = {
                "step": row["step"],
                "region_id": self.regions[row["region_code"] or row["region_name"]],
                "programmes": ",".join(programmes), "issued": row["issued"],
                "cause": row["cause"], "source": row["source"], "issuer": row["issuer"],
                "minutes": row["minutes"] or None, "commitment": row["commitment"] or None,
                "item_ids": ",".join(map(str, self._unfinished(row["programmes"].split(";")))),
            }  # fmt: skip
            self.draft.create(ESCALATION, values, CUTOFF.isoformat())

    def _unfinished(self, programmes: list[str]) -> list[int]:
        """The items of programmes that are not completed: in which place each lies is not known."""
        ids = [id for (programme, _), id in self.items.items() if programme in programmes]
        return [id for id in ids if self.draft.get(ITEM, id)["status"] != Status.COMPLETED]


def _number(text: str) -> int | None:
    return int(text) if text else None
