-- A draw of items to be visited: the population as it was frozen, and what was drawn of it.
CREATE TABLE draw (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    programme_id INTEGER REFERENCES programme (id),
    region_id INTEGER REFERENCES region (id),
    tolerable TEXT NOT NULL,                -- shares as decimals, such as 0.05
    confidence TEXT NOT NULL,
    frozen_on TEXT NOT NULL,
    head_seq INTEGER NOT NULL,              -- the newest row of history when it was frozen
    head_hash TEXT NOT NULL,
    digest TEXT NOT NULL,                   -- SHA-256 over the population
    population TEXT NOT NULL,               -- JSON: id, reference, county, class, watched
    nonce TEXT,                             -- NULL while it is not announced
    drawn_on TEXT
);
