-- What a day's figures are summed from: differences of whole years and months, and those of days.
-- Only the days tell when they were learned, so that figures of long ago do not grow with every day
-- on which something was entered; what was known earlier is what is known now, less what was
-- learned since.
CREATE TABLE rollup_day (
    depth INTEGER NOT NULL,
    period TEXT NOT NULL,                   -- the day, YYYY-MM-DD
    parent_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    programme_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (depth, period, parent_id, place_id, subject, programme_id, status, recorded_on)
) WITHOUT ROWID;

INSERT INTO rollup_day
SELECT depth, period, parent_id, place_id, subject, programme_id, status, recorded_on, n
FROM rollup WHERE grain = 'day' AND n <> 0;

DROP TABLE rollup;

CREATE TABLE rollup (
    depth INTEGER NOT NULL,
    period TEXT NOT NULL,                   -- YYYY or YYYY-MM
    parent_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    subject TEXT NOT NULL,
    programme_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (depth, period, parent_id, place_id, subject, programme_id, status)
) WITHOUT ROWID;

INSERT INTO rollup
SELECT depth, substr(period, 1, 4), parent_id, place_id, subject, programme_id, status, SUM(n)
FROM rollup_day
GROUP BY depth, substr(period, 1, 4), parent_id, place_id, subject, programme_id, status;

INSERT INTO rollup
SELECT depth, substr(period, 1, 7), parent_id, place_id, subject, programme_id, status, SUM(n)
FROM rollup_day
GROUP BY depth, substr(period, 1, 7), parent_id, place_id, subject, programme_id, status;
