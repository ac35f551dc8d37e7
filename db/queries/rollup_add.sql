-- Adds the difference of a year or a month to the rollup.
INSERT INTO rollup (depth, period, parent_id, place_id, subject, programme_id, status, n)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (depth, period, parent_id, place_id, subject, programme_id, status)
DO UPDATE SET n = rollup.n + excluded.n
