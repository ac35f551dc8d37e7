-- 正在整改 says nothing of the schedule, and is kept as a status of its own until somebody decides.
-- A CHECK cannot be altered, so the table is written anew with all of its indexes; rows that point
-- to items are held to it again when the transaction ends.
PRAGMA defer_foreign_keys = ON;

CREATE TABLE item_before AS SELECT * FROM item;
DROP TABLE item;

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
        'on_schedule', 'not_started', 'behind', 'not_completed', 'merged', 'in_progress')),
    status_on TEXT NOT NULL,                -- since when the status holds
    verification TEXT NOT NULL CHECK (verification IN ('unverified', 'confirmed', 'refuted')),
    merged_item_id INTEGER REFERENCES item (id),
    merged_programme_id INTEGER REFERENCES programme (id),
    reconstructed INTEGER NOT NULL CHECK (reconstructed IN (0, 1)),
    source TEXT,
    last_on TEXT NOT NULL,                  -- the latest effective date of any change
    reason TEXT,                            -- why it is behind, as last said
    next_step TEXT,
    next_on TEXT,                           -- the day by which the next step is promised
    reviewed_on TEXT,
    put_off_until TEXT,
    CHECK ((status = 'merged') = (merged_item_id IS NOT NULL OR merged_programme_id IS NOT NULL)),
    UNIQUE (programme_id, number)
);
INSERT INTO item SELECT * FROM item_before;
DROP TABLE item_before;

CREATE INDEX item_by_number ON item (programme_id, number_key, id);
CREATE INDEX item_by_region ON item (region_id);
CREATE INDEX item_by_status ON item (status);
CREATE INDEX item_by_carrier ON item (merged_item_id) WHERE merged_item_id IS NOT NULL;
CREATE INDEX item_by_carrying_programme ON item (merged_programme_id)
    WHERE merged_programme_id IS NOT NULL;
CREATE INDEX item_by_responsible ON item (responsible_id) WHERE responsible_id IS NOT NULL;
CREATE INDEX item_by_lead ON item (lead_id) WHERE lead_id IS NOT NULL;
CREATE INDEX item_by_supervising ON item (supervising_id) WHERE supervising_id IS NOT NULL;
