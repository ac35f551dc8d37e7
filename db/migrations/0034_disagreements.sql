-- From when to when an item stood otherwise than was reported, and where it was counted meanwhile:
-- what the schedule says of it follows from the item and its steps alone, until any of that changes.
-- The days themselves are worked out behind the migration (`store/disagreement_days.py`).
CREATE TABLE disagreement (
    item_id INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,                    -- the first day on which they agreed
    programme_id INTEGER NOT NULL,
    region_id INTEGER NOT NULL,
    unit_id INTEGER NOT NULL,               -- 0 stands for none
    PRIMARY KEY (item_id, from_on)
) WITHOUT ROWID;

-- All that is counted of a day, of which most days that are over lie before the day.
CREATE INDEX disagreement_by_day ON disagreement (to_on, from_on, programme_id, region_id, unit_id);
