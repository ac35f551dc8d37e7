-- Coverage: "n of N by place" of a programme that has no items, as somebody stated it for a day.
CREATE TABLE coverage (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    region_id INTEGER NOT NULL REFERENCES region (id),
    stated_on TEXT NOT NULL,
    done INTEGER CHECK (done >= 0),         -- n, NULL where only N was stated
    due INTEGER CHECK (due >= 0),           -- N, NULL where only n was stated
    note TEXT,
    source TEXT,
    UNIQUE (programme_id, region_id, stated_on)
);
CREATE INDEX coverage_by_region ON coverage (region_id);

-- By which day which share of N is to be done, everywhere or, with a region, there.
CREATE TABLE coverage_target (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    region_id INTEGER REFERENCES region (id),
    due_on TEXT NOT NULL,
    percent INTEGER NOT NULL CHECK (percent BETWEEN 1 AND 100),
    source TEXT
);
CREATE INDEX coverage_target_by_programme ON coverage_target (programme_id, due_on);
CREATE INDEX coverage_target_by_region ON coverage_target (region_id) WHERE region_id IS NOT NULL;

-- Who took a step, what was said there, and what was promised.
ALTER TABLE escalation ADD COLUMN issuer TEXT;
ALTER TABLE escalation ADD COLUMN minutes TEXT;
ALTER TABLE escalation ADD COLUMN commitment TEXT;
