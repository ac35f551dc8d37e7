-- A deadline that was moved, or that somebody refused to move: who asked, who decided, and why.
CREATE TABLE extension (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    item_id INTEGER NOT NULL REFERENCES item (id),
    due_from TEXT NOT NULL,                 -- the day on which it was due
    deadline TEXT NOT NULL,                 -- the new one as written
    due_on TEXT NOT NULL,                   -- and as read
    asked_by TEXT NOT NULL,
    decided_by TEXT NOT NULL,
    decided_on TEXT NOT NULL,
    refused INTEGER NOT NULL CHECK (refused IN (0, 1)),
    reason TEXT NOT NULL,
    document TEXT
);
CREATE INDEX extension_by_item ON extension (item_id, decided_on);
