-- Why an item is behind and what follows, as its unit or a coordinator last said it: the reason,
-- the next step, and the day by which that step is promised.
ALTER TABLE item ADD COLUMN reason TEXT;
ALTER TABLE item ADD COLUMN next_step TEXT;
ALTER TABLE item ADD COLUMN next_on TEXT;

-- A slice of the ledger that was sent out to be filled in.
CREATE TABLE return_sheet (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,              -- printed on the workbook and hidden in it
    programme_id INTEGER REFERENCES programme (id),  -- NULL where all programmes are in it
    region_id INTEGER REFERENCES region (id),
    unit_id INTEGER REFERENCES unit (id),
    cutoff TEXT NOT NULL,
    due_on TEXT NOT NULL,
    item_ids TEXT NOT NULL,                 -- comma between
    head_seq INTEGER NOT NULL,              -- the newest row of history that it shows
    head_hash TEXT NOT NULL,
    CHECK ((region_id IS NULL) <> (unit_id IS NULL))
);
CREATE INDEX return_sheet_by_cutoff ON return_sheet (cutoff, id);
CREATE INDEX return_sheet_by_region ON return_sheet (region_id) WHERE region_id IS NOT NULL;
CREATE INDEX return_sheet_by_unit ON return_sheet (unit_id) WHERE unit_id IS NOT NULL;
CREATE INDEX return_sheet_by_programme ON return_sheet (programme_id)
    WHERE programme_id IS NOT NULL;

-- A file from which a batch took what it wrote.
CREATE TABLE intake_file (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('return', 'items', 'cases', 'regions', 'figures')),
    name TEXT NOT NULL,
    sheet TEXT NOT NULL,
    digest TEXT NOT NULL,                   -- SHA-256 of the file
    rows_read INTEGER NOT NULL,
    rows_taken INTEGER NOT NULL,
    rows_refused INTEGER NOT NULL,
    return_sheet_id INTEGER REFERENCES return_sheet (id),
    CHECK (rows_read = rows_taken + rows_refused)
);
CREATE INDEX intake_file_by_digest ON intake_file (digest, id);
CREATE INDEX intake_file_by_return ON intake_file (return_sheet_id)
    WHERE return_sheet_id IS NOT NULL;

-- Whoever takes a unit away has to know who uses it.
CREATE INDEX item_by_responsible ON item (responsible_id) WHERE responsible_id IS NOT NULL;
CREATE INDEX item_by_lead ON item (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX item_by_supervising ON item (supervising_id) WHERE supervising_id IS NOT NULL;
