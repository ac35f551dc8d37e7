-- When a line of the queue was last gone through, and until when it has been put off.
ALTER TABLE item ADD COLUMN reviewed_on TEXT;
ALTER TABLE item ADD COLUMN put_off_until TEXT;

-- A step may be taken towards a unit of the region, cites items, and waits for an answer.
ALTER TABLE escalation ADD COLUMN unit_id INTEGER REFERENCES unit (id);
ALTER TABLE escalation ADD COLUMN item_ids TEXT;
ALTER TABLE escalation ADD COLUMN issued_on TEXT;
ALTER TABLE escalation ADD COLUMN due_on TEXT;
ALTER TABLE escalation ADD COLUMN answer TEXT;
ALTER TABLE escalation ADD COLUMN answered_on TEXT;
CREATE INDEX escalation_by_unit ON escalation (unit_id) WHERE unit_id IS NOT NULL;

-- How deadlines were moved, and what reviews came to.
CREATE INDEX history_of_due_dates ON history (entity_id, seq)
    WHERE entity = 'item' AND field = 'due_on';
CREATE INDEX history_of_reviews ON history (entity_id, seq)
    WHERE entity = 'item' AND field IN ('reason', 'reviewed_on');

-- Which steps of open items fall due, and when.
CREATE INDEX milestone_by_due ON milestone (due_on) WHERE done_on IS NULL;
