-- Adds the difference of a year, a month or a day to the sums of disagreements.
INSERT INTO disagreement_sum (period, programme_id, place_id, n)
VALUES (?, ?, ?, ?)
ON CONFLICT (period, programme_id, place_id) DO UPDATE SET n = disagreement_sum.n + excluded.n
