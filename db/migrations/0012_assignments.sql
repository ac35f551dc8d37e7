-- What an item was assigned before that was changed: where it lay, who had to see to it, by when.
-- What holds at present stands with the item.
CREATE TABLE past_assignment (
    item_id INTEGER NOT NULL,
    from_on TEXT NOT NULL,
    to_on TEXT NOT NULL,                    -- the first day on which it no longer held
    deadline TEXT,
    deadline_kind TEXT NOT NULL,
    due_on TEXT,
    start_on TEXT,
    region_id INTEGER NOT NULL REFERENCES region (id),
    responsible_id INTEGER REFERENCES unit (id),
    lead_id INTEGER REFERENCES unit (id),
    supervising_id INTEGER REFERENCES unit (id),
    PRIMARY KEY (item_id, from_on)
) WITHOUT ROWID;
