-- How many items disagree, by programme and province, as differences of years, months and days: so
-- that of a nation no day needs a look at the items. A region above all provinces counts as itself.
CREATE TABLE disagreement_sum (
    period TEXT NOT NULL,                   -- YYYY, YYYY-MM or YYYY-MM-DD
    programme_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (period, programme_id, place_id)
) WITHOUT ROWID;

INSERT INTO disagreement_sum
WITH turns (day, programme_id, region_id, n) AS (
    SELECT from_on, programme_id, region_id, COUNT(*) FROM disagreement
    GROUP BY from_on, programme_id, region_id
    UNION ALL
    SELECT to_on, programme_id, region_id, -COUNT(*) FROM disagreement WHERE to_on < '9999-12-31'
    GROUP BY to_on, programme_id, region_id
),
lengths (length) AS (SELECT 4 UNION ALL SELECT 7 UNION ALL SELECT 10)
SELECT SUBSTR(day, 1, length) AS period, programme_id, l.place_id, SUM(n)
FROM lengths CROSS JOIN turns JOIN region_ladder l
    ON l.region_id = turns.region_id AND l.depth = 1
GROUP BY SUBSTR(day, 1, length), programme_id, l.place_id HAVING SUM(n) <> 0;
