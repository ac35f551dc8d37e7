-- A card that was given to a responsible unit, and the items that caused it.
CREATE TABLE card (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    colour TEXT NOT NULL CHECK (colour IN ('blue', 'yellow', 'red')),
    unit_id INTEGER NOT NULL REFERENCES unit (id),
    item_ids TEXT NOT NULL,                 -- ids of items, comma between
    given_on TEXT NOT NULL,
    given_by TEXT NOT NULL,
    cause TEXT
);
CREATE INDEX card_by_unit ON card (unit_id, given_on);
