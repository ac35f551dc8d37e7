"""Ways of damaging a small ledger, each with the check that finds it and what that says."""

from __future__ import annotations

from forger import Damage, plain, without_triggers

NO_UPDATE = "CREATE TRIGGER history_no_update BEFORE UPDATE ON history"

DERIVABLE: list[tuple[Damage, str, str]] = [
    # a record differs from its history
    (plain("UPDATE item SET note = 'x' WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE item SET status = 'ahead' WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE item SET due_on = '2030-01-01' WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE item SET number_key = '1' WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE item SET status_on = '2020-01-01' WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE item SET last_on = '2020-01-01' WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE item SET progress = 99 WHERE id = 2"), "state", "check.differs"),
    (plain("UPDATE item SET rev = 99 WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE unit SET rev = 0"), "state", "check.differs"),
    (plain("UPDATE complaint_case SET fined_yuan = 3 WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE unit SET name = '乙局'"), "state", "check.differs"),
    (plain("UPDATE programme SET year = 2021 WHERE id = 1"), "state", "check.differs"),
    (plain("UPDATE region SET name = '丙市' WHERE id = 3"), "state", "check.differs"),
    (plain("DELETE FROM case_region WHERE region_id = 3"), "state", "check.differs"),
    (plain("INSERT INTO case_region VALUES (4, 1)"), "state", "check.differs"),
    (plain("DELETE FROM item WHERE id = 1"), "state", "check.unexplained"),
    (plain("UPDATE item SET id = 77 WHERE id = 1"), "state", "check.unexplained"),
    (plain("UPDATE unit SET id = 0"), "state", "check.unexplained"),
    # spans, figures, ladders
    (plain("UPDATE status_span SET status = 'ahead' WHERE subject_id = 1"), "spans", "check.span"),
    (plain("UPDATE status_span SET to_on = '2020-02-09' WHERE subject_id = 1 AND"
            " to_on = '2020-02-10'"), "spans", "check.span"),
    (plain("DELETE FROM status_span WHERE subject = 'case'"), "spans", "check.span"),
    (plain("INSERT INTO status_span VALUES ('item', 99, '2020-01-01', '9999-12-31', 'ahead')"),
     "spans", "check.span"),
    (plain("INSERT INTO disagreement VALUES (1, '2019-01-01', '2019-02-01', 1, 3, 0)"), "spans",
     "check.disagreement"),
    (plain("INSERT INTO disagreement VALUES (99, '2019-01-01', '9999-12-31', 1, 3, 0)"), "spans",
     "check.disagreement"),
    (plain("UPDATE rollup SET n = n + 1 WHERE depth = 2 AND n > 0 AND place_id = 3"), "rollup",
     "check.rollup"),
    (plain("DELETE FROM rollup WHERE depth = 4"), "rollup", "check.rollup"),
    (plain("DELETE FROM rollup_day WHERE depth = 4"), "rollup", "check.rollup"),
    (plain("INSERT INTO rollup VALUES (0, '2020', 0, 1, 'item', 1, 'ahead', 1)"), "rollup",
     "check.rollup"),
    (plain("INSERT INTO rollup_day VALUES (0, '2020-01-01', 0, 1, 'item', 1, 'ahead',"
            " '2020-01-01', 1)"), "rollup", "check.rollup"),
    (plain("UPDATE rollup_day SET recorded_on = '2019-01-01' WHERE depth = 0"), "rollup",
     "check.rollup"),
    (plain("UPDATE region_ladder SET place_id = 4 WHERE region_id = 5 AND depth = 3"), "ladders",
     "check.ladder"),
    (plain("DELETE FROM region_ladder WHERE region_id = 5"), "ladders", "check.ladder"),
    # schema
    (plain("DROP TRIGGER history_no_update"), "schema", "check.schema.missing"),
    (plain("DROP TRIGGER batch_keeps_order"), "schema", "check.schema.missing"),
    (plain("DROP TRIGGER history_no_update", f"{NO_UPDATE} BEGIN SELECT 1; END"), "schema",
     "check.schema.changed"),
    (plain("CREATE TRIGGER quiet AFTER INSERT ON item BEGIN SELECT 1; END"), "schema",
     "check.schema.foreign"),
    (plain("CREATE VIEW told AS SELECT * FROM item"), "schema", "check.schema.foreign"),
    (plain("DROP INDEX item_by_region"), "schema", "check.schema.missing"),
    (plain("DROP INDEX item_by_region", "CREATE INDEX item_by_region ON item (status)"), "schema",
     "check.schema.changed"),
    (plain("ALTER TABLE unit ADD COLUMN more TEXT"), "schema", "check.schema.columns"),
    (plain("DROP TABLE rollup"), "schema", "check.schema.missing"),
    # references
    (plain("UPDATE item SET merged_item_id = 99 WHERE id = 3"), "sqlite", "check.dangling"),
    (plain("UPDATE item SET merged_item_id = 3 WHERE id = 3"), "merges", "check.cycle"),
    (plain("UPDATE item SET status = 'merged', merged_item_id = 3 WHERE id = 4"), "merges",
     "check.cycle"),
    (plain("PRAGMA ignore_check_constraints = ON", "UPDATE item SET status = 'fine' WHERE id = 1"),
     "sqlite", "check.sqlite"),
    (plain("DELETE FROM item", "DELETE FROM status_span", "DELETE FROM rollup",
            "DELETE FROM rollup_day"), "rollup",
     "check.rollup"),
    (plain("DROP TABLE item", "DROP TABLE rollup", "DROP INDEX case_by_status"), "schema",
     "check.schema.missing"),
]  # fmt: skip
"""Of what follows from history, which tells how it was."""

OF_HISTORY: list[tuple[Damage, str, str]] = [
    (without_triggers("UPDATE history SET new = '\"x\"' WHERE field = 'note'"), "chain",
     "check.hash"),
    (without_triggers("UPDATE history SET new = 'no json' WHERE field = ''"), "state",
     "check.unreadable"),
    (without_triggers("UPDATE history SET new = '[]' WHERE field = '' AND entity = 'item'"),
     "state", "check.unreadable"),
    (without_triggers("UPDATE history SET new = x'00ff' WHERE field = 'note'"), "chain",
     "check.unreadable"),
    (without_triggers("UPDATE history SET effective_on = '2020-02-09' WHERE field = 'note'"),
     "chain", "check.hash"),
    (without_triggers("UPDATE history SET entity_id = 2 WHERE entity = 'item' AND entity_id = 1"),
     "chain", "check.hash"),
    (without_triggers("UPDATE history SET hash = 'x' WHERE seq = 3"), "chain", "check.hash"),
    (without_triggers("UPDATE history SET retracts = NULL"), "chain", "check.hash"),
    (without_triggers("UPDATE batch SET who = '别人' WHERE id = 3"), "chain", "check.hash"),
    (without_triggers("UPDATE batch SET recorded_on = '2020-01-01' WHERE id = 4"), "chain",
     "check.hash"),
    (without_triggers("DELETE FROM history WHERE seq = 5"), "chain", "check.gap"),
    (without_triggers("DELETE FROM history WHERE batch_id = 8"), "chain", "check.gap"),
    (without_triggers("DELETE FROM history WHERE batch_id > 6"), "state", "check.differs"),
    (without_triggers("DELETE FROM history WHERE batch_id >= 10"), "chain", "check.unexplained"),
    (without_triggers("DELETE FROM batch WHERE id = 3"), "sqlite", "check.dangling"),
    (without_triggers("DELETE FROM history"), "state", "check.unexplained"),
]  # fmt: skip
"""Of history itself."""
