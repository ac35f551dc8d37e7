-- Visits, close-out and what comes in, joined: a step of close-out may follow from a visit that refuted
-- what was reported, and a file may bring visits.
ALTER TABLE closing ADD COLUMN visit_id INTEGER REFERENCES visit (id);
CREATE INDEX closing_by_visit ON closing (visit_id) WHERE visit_id IS NOT NULL;
CREATE INDEX evidence_by_record ON evidence (about, about_id) WHERE about IS NOT NULL;

-- A CHECK cannot be altered, so the table is written anew.
CREATE TABLE intake_file_before AS SELECT * FROM intake_file;
DROP TABLE intake_file;
CREATE TABLE intake_file (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    kind TEXT NOT NULL
        CHECK (kind IN ('return', 'items', 'cases', 'regions', 'figures', 'coverage', 'visits')),
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
