-- A file that shows something of an item: what it is called, what was said of it, what it says itself.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    about TEXT,                             -- the kind of record that it was given with
    about_id INTEGER,                       -- and its id; both NULL where it is the item alone
    digest TEXT NOT NULL,                   -- SHA-256 of the content, under which it is kept
    name TEXT NOT NULL,
    size INTEGER NOT NULL,                  -- bytes
    added_on TEXT NOT NULL,                 -- the day on which it came into the ledger
    day TEXT,                               -- the day of which it is evidence, as stated
    latitude REAL,                          -- where, as stated, in degrees
    longitude REAL,
    note TEXT,
    taken_at TEXT,                          -- when it was taken, as the file says
    taken_latitude REAL,
    taken_longitude REAL
);
CREATE INDEX evidence_by_item ON evidence (item_id, added_on);
CREATE INDEX evidence_by_digest ON evidence (digest);
