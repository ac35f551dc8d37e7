-- The ledger: what the office supervises, what happened to it, and the figures kept over it.
-- Dates are ISO text (YYYY-MM-DD); times are UTC text; flags are 0 or 1.

CREATE TABLE region (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT UNIQUE,                       -- GB/T 2260; NULL for zones, departments and the like
    name TEXT NOT NULL,
    name_en TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('nation', 'province', 'city', 'county', 'zone', 'new_area',
                                       'corps', 'enterprise', 'department')),
    depth INTEGER NOT NULL CHECK (depth BETWEEN 0 AND 3),
    parent_id INTEGER REFERENCES region (id)
);
CREATE INDEX region_by_parent ON region (parent_id);

-- For every region the place that counts it at each depth, and that place's parent.
-- A region above a depth stands for itself there, so that the places of a depth always add up.
CREATE TABLE region_ladder (
    region_id INTEGER NOT NULL REFERENCES region (id),
    depth INTEGER NOT NULL,
    place_id INTEGER NOT NULL REFERENCES region (id),
    parent_id INTEGER NOT NULL,
    PRIMARY KEY (region_id, depth)
) WITHOUT ROWID;
CREATE INDEX region_ladder_by_place ON region_ladder (place_id, region_id);

CREATE TABLE unit (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    name TEXT NOT NULL,
    region_id INTEGER REFERENCES region (id),
    UNIQUE (name, region_id)
);

CREATE TABLE programme (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    code TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    name_en TEXT,
    kind TEXT NOT NULL CHECK (kind IN ('inspection', 'look_back', 'campaign')),
    region_id INTEGER NOT NULL REFERENCES region (id),
    year INTEGER NOT NULL,
    cutoff TEXT,
    simulated INTEGER NOT NULL CHECK (simulated IN (0, 1)),
    source TEXT
);

CREATE TABLE item (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,               -- the number with padded digits, for sorting
    problem TEXT NOT NULL,
    region_id INTEGER NOT NULL REFERENCES region (id),
    responsible_id INTEGER REFERENCES unit (id),
    lead_id INTEGER REFERENCES unit (id),
    supervising_id INTEGER REFERENCES unit (id),
    goal TEXT,
    deadline TEXT,                          -- as written
    deadline_kind TEXT NOT NULL,
    due_on TEXT,                            -- as read
    start_on TEXT,
    progress INTEGER CHECK (progress BETWEEN 0 AND 100),
    note TEXT,
    status TEXT NOT NULL CHECK (status IN ('completed', 'basically_completed', 'ahead',
        'on_schedule', 'not_started', 'behind', 'not_completed', 'merged')),
    status_on TEXT NOT NULL,                -- since when the status holds
    verification TEXT NOT NULL CHECK (verification IN ('unverified', 'confirmed', 'refuted')),
    merged_item_id INTEGER REFERENCES item (id),
    merged_programme_id INTEGER REFERENCES programme (id),
    reconstructed INTEGER NOT NULL CHECK (reconstructed IN (0, 1)),
    source TEXT,
    last_on TEXT NOT NULL,                  -- the latest effective date of any change
    CHECK ((status = 'merged') = (merged_item_id IS NOT NULL OR merged_programme_id IS NOT NULL)),
    UNIQUE (programme_id, number)
);
CREATE INDEX item_by_number ON item (programme_id, number_key, id);
CREATE INDEX item_by_region ON item (region_id);
CREATE INDEX item_by_status ON item (status);
CREATE INDEX item_by_carrier ON item (merged_item_id) WHERE merged_item_id IS NOT NULL;
CREATE INDEX item_by_carrying_programme ON item (merged_programme_id)
    WHERE merged_programme_id IS NOT NULL;

CREATE TABLE measure (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    source TEXT
);
CREATE INDEX measure_by_item ON measure (item_id, position);

CREATE TABLE milestone (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    measure_id INTEGER NOT NULL REFERENCES measure (id),
    position INTEGER NOT NULL,
    text TEXT NOT NULL,
    due TEXT,                               -- as written
    due_on TEXT,                            -- as read
    done TEXT,
    done_on TEXT
);
CREATE INDEX milestone_by_measure ON milestone (measure_id, position);

CREATE TABLE complaint_case (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    number TEXT NOT NULL,
    number_key TEXT NOT NULL,
    batch TEXT,
    passed_on TEXT,
    complaint TEXT NOT NULL,
    regions TEXT NOT NULL,                  -- region ids, comma between; the first is the main one
    region_id INTEGER NOT NULL REFERENCES region (id),
    types TEXT,                             -- pollution types, comma between
    findings TEXT,
    substantiated TEXT CHECK (substantiated IN ('yes', 'mostly', 'partly', 'no')),
    measures TEXT,
    status TEXT NOT NULL CHECK (status IN ('closed', 'interim', 'open')),
    status_on TEXT NOT NULL,
    closed_on TEXT,
    ordered INTEGER,                        -- units ordered to rectify
    fined_yuan INTEGER,
    investigated INTEGER,
    detained_administrative INTEGER,
    detained_criminal INTEGER,
    interviewed INTEGER,
    held_accountable INTEGER,
    key_case INTEGER NOT NULL CHECK (key_case IN (0, 1)),
    duplicate_of INTEGER REFERENCES complaint_case (id),
    latitude REAL,
    longitude REAL,
    note TEXT,
    reconstructed INTEGER NOT NULL CHECK (reconstructed IN (0, 1)),
    source TEXT,
    last_on TEXT NOT NULL,
    UNIQUE (programme_id, number)
);
CREATE INDEX case_by_number ON complaint_case (programme_id, number_key, id);
CREATE INDEX case_by_status ON complaint_case (status);
CREATE INDEX case_by_original ON complaint_case (duplicate_of) WHERE duplicate_of IS NOT NULL;

CREATE TABLE case_region (
    region_id INTEGER NOT NULL REFERENCES region (id),
    case_id INTEGER NOT NULL REFERENCES complaint_case (id),
    PRIMARY KEY (region_id, case_id)
) WITHOUT ROWID;
CREATE INDEX case_region_by_case ON case_region (case_id);

-- Figures that were published, as printed, with their source.
CREATE TABLE figure (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    programme_id INTEGER REFERENCES programme (id),
    region_id INTEGER REFERENCES region (id),
    subject TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    unit TEXT,
    as_of TEXT,
    text TEXT,
    source TEXT NOT NULL
);

-- Steps taken towards a region: reminder, letter, …, summons.
CREATE TABLE escalation (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    step TEXT NOT NULL,
    region_id INTEGER NOT NULL REFERENCES region (id),
    programmes TEXT NOT NULL,               -- programme ids, comma between
    issued TEXT,                            -- as written
    cause TEXT,
    source TEXT
);
CREATE INDEX escalation_by_region ON escalation (region_id);

-- One batch is one change as its author made it; history holds its rows.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    who TEXT NOT NULL,
    recorded_at TEXT NOT NULL,              -- UTC
    recorded_on TEXT NOT NULL,              -- the author's calendar date
    reason TEXT,
    undoes INTEGER REFERENCES batch (id)
);

CREATE TABLE history (
    seq INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    field TEXT NOT NULL,                    -- '' where a whole record appears or goes
    old TEXT,
    new TEXT,
    effective_on TEXT NOT NULL,
    retracts INTEGER REFERENCES history (seq),
    hash TEXT NOT NULL                      -- SHA-256 over the hash before and this row
);
CREATE INDEX history_by_entity ON history (entity, entity_id, seq);
CREATE INDEX history_by_batch ON history (batch_id, seq);
CREATE INDEX history_by_retracted ON history (retracts) WHERE retracts IS NOT NULL;

CREATE TRIGGER history_keeps_order BEFORE INSERT ON history
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER batch_keeps_order BEFORE INSERT ON batch
WHEN NEW.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM batch)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER batch_no_update BEFORE UPDATE ON batch
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER batch_no_delete BEFORE DELETE ON batch
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;

-- Which status an item or case had from when to when, as far as is known today.
CREATE TABLE status_span (
    subject TEXT NOT NULL CHECK (subject IN ('item', 'case')),
    subject_id INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,                    -- the first day on which it no longer held
    status TEXT NOT NULL,
    PRIMARY KEY (subject, subject_id, from_on)
) WITHOUT ROWID;

-- Differences of counts: on the day (or in the month) `period`, as learned on `recorded_on`, so many
-- more items or cases of `place_id` had `status`. Depth 0 to 3 are places, 4 is responsible units.
-- A day's figures are the sum of all earlier months and of that month's days so far.
CREATE TABLE rollup (
    depth INTEGER NOT NULL,
    grain TEXT NOT NULL CHECK (grain IN ('month', 'day')),
    period TEXT NOT NULL,
    parent_id INTEGER NOT NULL,
    place_id INTEGER NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('item', 'case')),
    programme_id INTEGER NOT NULL,
    status TEXT NOT NULL,
    recorded_on TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (depth, grain, period, parent_id, place_id, subject, programme_id, status, recorded_on)
) WITHOUT ROWID;
