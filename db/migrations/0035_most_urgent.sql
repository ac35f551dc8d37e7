-- The first lines of the queue are found without looking at all items: few are refuted, have a
-- promise to keep or were gone through, and of those that are open the ones due first come first.
CREATE INDEX item_refuted ON item (verification) WHERE verification = 'refuted';
CREATE INDEX item_by_next_on ON item (next_on) WHERE next_on IS NOT NULL;
CREATE INDEX item_by_reviewed_on ON item (reviewed_on) WHERE reviewed_on IS NOT NULL;
CREATE INDEX item_open_by_due_on ON item (due_on, status)
    WHERE status NOT IN ('completed', 'merged');
