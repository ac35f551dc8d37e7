-- A visit on site: who went, when and where, what was found, and what had been reported until then.
CREATE TABLE visit (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    result TEXT NOT NULL CHECK (result IN ('confirmed', 'refuted')),
    visited_on TEXT NOT NULL,
    person TEXT,
    team TEXT,
    latitude REAL,
    longitude REAL,
    findings TEXT,
    reported TEXT NOT NULL,                 -- the status that was reported on that day
    said INTEGER NOT NULL CHECK (said IN (0, 1)),  -- only the result was told, without a record
    missing TEXT                            -- what it lacks, with commas between; NULL where it counts
);
CREATE INDEX visit_by_item ON visit (item_id, visited_on);
CREATE INDEX visit_lacking ON visit (item_id) WHERE missing IS NOT NULL;
CREATE INDEX visit_refuting ON visit (visited_on) WHERE result = 'refuted';

-- The visit that an item's verification rests on; NULL for what was said before visits were kept.
ALTER TABLE item ADD COLUMN visit_id INTEGER REFERENCES visit (id);
CREATE INDEX item_by_visit ON item (visit_id) WHERE visit_id IS NOT NULL;

-- What is visited whatever is drawn: major items, and those people complain about again and again.
ALTER TABLE item ADD COLUMN major INTEGER CHECK (major IN (0, 1));
ALTER TABLE item ADD COLUMN repeated INTEGER CHECK (repeated IN (0, 1));
