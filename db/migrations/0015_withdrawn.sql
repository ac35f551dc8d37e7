-- An item or a case that was entered by mistake: it is gone, and this says what it was and why.
CREATE TABLE withdrawal (
    id INTEGER PRIMARY KEY,
    rev INTEGER NOT NULL,
    subject TEXT NOT NULL CHECK (subject IN ('item', 'case')),
    subject_id INTEGER NOT NULL,            -- its history is there still
    programme_id INTEGER NOT NULL REFERENCES programme (id),
    number TEXT NOT NULL,
    text TEXT NOT NULL,
    reason TEXT NOT NULL,
    withdrawn_on TEXT NOT NULL
);
CREATE INDEX withdrawal_by_number ON withdrawal (programme_id, number);
