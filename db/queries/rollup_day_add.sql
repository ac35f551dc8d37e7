-- Adds the difference of a day to the rollup.
INSERT INTO rollup_day
    (depth, period, parent_id, place_id, subject, programme_id, status, recorded_on, n)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (depth, period, parent_id, place_id, subject, programme_id, status, recorded_on)
DO UPDATE SET n = rollup_day.n + excluded.n
