-- History in half the room. Hashes are the bytes that they are; and what a record was entered with is
-- kept without the fields of which nothing was said. The chain's hash covers those too, as the text
-- that they were written as: `shape` has all fields of it in their order, from which that text is put
-- together again. What is entered from now on is written and hashed without them, and has no shape.
CREATE TABLE shape (
    id INTEGER PRIMARY KEY,
    fields TEXT NOT NULL UNIQUE             -- a JSON list of names
);
INSERT INTO shape (fields)
SELECT DISTINCT entry_fields(new) FROM history
WHERE field = '' AND old IS NULL AND entry_fields(new) IS NOT NULL;

CREATE TABLE smaller_history (
    seq INTEGER PRIMARY KEY,
    batch_id INTEGER NOT NULL REFERENCES batch (id),
    entity TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    field TEXT NOT NULL,                    -- '' where a whole record appears or goes
    old TEXT,
    new TEXT,
    effective_on TEXT NOT NULL,
    retracts INTEGER REFERENCES smaller_history (seq),
    hash BLOB NOT NULL,                     -- SHA-256 over the hash before and this row
    shape_id INTEGER REFERENCES shape (id)
);
INSERT INTO smaller_history (seq, batch_id, entity, entity_id, field, old, new, effective_on, retracts,
    hash, shape_id)
SELECT seq, batch_id, entity, entity_id, field, old,
    CASE WHEN field = '' AND old IS NULL THEN bare_entry(new) ELSE new END,
    effective_on, retracts, hash_bytes(hash),
    CASE WHEN field = '' AND old IS NULL
        THEN (SELECT id FROM shape WHERE fields = entry_fields(new)) END
FROM history ORDER BY seq;
DROP TABLE history;
ALTER TABLE smaller_history RENAME TO history;

-- The number of a row stands behind every entry of an index, so that it need not be named.
CREATE INDEX history_by_entity ON history (entity, entity_id);
CREATE INDEX history_by_batch ON history (batch_id);
CREATE INDEX history_of_due_dates ON history (entity_id)
    WHERE entity = 'item' AND field = 'due_on';
CREATE INDEX history_of_reviews ON history (entity_id)
    WHERE entity = 'item' AND field IN ('reason', 'reviewed_on');
CREATE INDEX history_by_retracted ON history (retracts) WHERE retracts IS NOT NULL;

CREATE TRIGGER history_keeps_order BEFORE INSERT ON history
WHEN NEW.seq <> (SELECT COALESCE(MAX(seq), 0) + 1 FROM history)
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER shape_no_update BEFORE UPDATE ON shape
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
CREATE TRIGGER shape_no_delete BEFORE DELETE ON shape
BEGIN SELECT RAISE(ABORT, 'history is append-only'); END;
