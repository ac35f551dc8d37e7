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

-- A file may bring coverage. A CHECK cannot be altered, so the table is written anew.
CREATE TABLE intake_file_before AS SELECT * FROM intake_file;
DROP TABLE intake_file;
CREATE TABLE intake_file (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('return', 'items', 'cases', 'regions', 'figures', 'coverage')),
    name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    digest TEXT NOT NULL,                   -- SHA-256 of the file
    rows_read INTEGER NOT NULL,
    rows_taken INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    return_sheet_id INTEGER REFERENCES return_sheet (id),
    rows_missing INTEGER,                   -- of a return, items that no row of the file is about
    CHECK (rows_read = rows_taken + rows_refused)
);
INSERT INTO intake_file (id, rev, kind, name, sheet, digest, rows_read, rows_taken, rows_refused,
    return_sheet_id, rows_missing)
SELECT id, rev, kind, name, sheet, digest, rows_read, rows_taken, rows_refused, return_sheet_id,
    rows_missing FROM intake_file_before;
DROP TABLE intake_file_before;
CREATE INDEX intake_file_by_digest ON intake_file (digest, id);
CREATE INDEX intake_file_by_return ON intake_file (return_sheet_id)
    WHERE return_sheet_id IS NOT NULL;
