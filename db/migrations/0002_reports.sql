-- Reports as they were published. A frozen report is never changed; an undo takes it away.
CREATE TABLE report (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    name TEXT NOT NULL,
    period TEXT NOT NULL CHECK (period IN ('week', 'month', 'quarter', 'half_year')),
    first_on TEXT NOT NULL,
    cutoff TEXT NOT NULL,
    programme_id INTEGER REFERENCES programme (id),  -- NULL where all programmes are in it
    lines_by TEXT NOT NULL CHECK (lines_by IN ('province', 'city', 'county', 'unit')),
    settings TEXT NOT NULL,                 -- JSON: how the office wanted it
    figures TEXT NOT NULL,                  -- JSON: every count in it, in no language
    body TEXT NOT NULL,                     -- JSON: the report, in the language it was published in
    digest TEXT NOT NULL,                   -- of the body
    head_seq INTEGER NOT NULL,              -- the newest row of history at the freeze
    head_hash TEXT NOT NULL
);
-- One report for a period, whichever way it is laid out.
CREATE UNIQUE INDEX report_once ON report (period, cutoff, lines_by, COALESCE(programme_id, 0));
CREATE INDEX report_by_programme ON report (programme_id);

CREATE TRIGGER report_no_update BEFORE UPDATE ON report
BEGIN SELECT RAISE(ABORT, 'a frozen report is never changed'); END;
