-- Adds a difference to the rollup.
INSERT INTO rollup
    (depth, grain, period, parent_id, place_id, subject, programme_id, status, recorded_on, n)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (depth, grain, period, parent_id, place_id, subject, programme_id, status, recorded_on)
DO UPDATE SET n = rollup.n + excluded.n
