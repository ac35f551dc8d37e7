-- Whether what was reported as completed was accepted and struck off: who accepts in a programme, how
-- far each item is, and the steps that brought it there.

-- `acceptance` has levels from below upwards, comma between; `notice` days, of which 10w are working days.
ALTER TABLE programme ADD COLUMN acceptance TEXT;
ALTER TABLE programme ADD COLUMN notice TEXT;

-- `closure` is NULL while nobody has applied, `closure_level` the last level that accepted, `closure_on`
-- the day of the last step, `notice_until` the last day of the public notice.
ALTER TABLE item ADD COLUMN closure TEXT
    CHECK (closure IN ('applied', 'accepted', 'published', 'objected', 'struck'));
ALTER TABLE item ADD COLUMN closure_level TEXT;
ALTER TABLE item ADD COLUMN closure_on TEXT;
ALTER TABLE item ADD COLUMN notice_until TEXT;
CREATE INDEX item_by_closure ON item (closure_on) WHERE closure_on IS NOT NULL;

CREATE TABLE closing (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    follows INTEGER REFERENCES closing (id),            -- the step before it
    step TEXT NOT NULL CHECK (step IN ('apply', 'accept', 'refuse', 'publish', 'object', 'strike', 'reopen')),
    level TEXT,                                         -- which level accepted or refused
    acted_on TEXT NOT NULL,
    acted_by TEXT NOT NULL,
    stage TEXT,                                         -- what holds from then on; NULL for not applied
    notice_until TEXT,
    reason TEXT
);
CREATE INDEX closing_by_item ON closing (item_id, acted_on);
CREATE INDEX closing_by_former ON closing (follows) WHERE follows IS NOT NULL;
