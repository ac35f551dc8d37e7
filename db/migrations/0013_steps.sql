-- Who has to take a step, and what shows that it was taken.
ALTER TABLE milestone ADD COLUMN unit_id INTEGER REFERENCES unit (id);
ALTER TABLE milestone ADD COLUMN evidence TEXT;

-- A step is planned from one day up to, not including, another; NULL is ever since, and still. One
-- that is moved keeps its row, and a row of its own stands for what was planned before.
ALTER TABLE milestone ADD COLUMN from_on TEXT;
ALTER TABLE milestone ADD COLUMN until_on TEXT;
ALTER TABLE milestone ADD COLUMN stands_for INTEGER REFERENCES milestone (id);
CREATE INDEX milestone_stands_for ON milestone (stands_for) WHERE stands_for IS NOT NULL;
CREATE INDEX milestone_by_unit ON milestone (unit_id) WHERE unit_id IS NOT NULL;
