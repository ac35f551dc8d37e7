-- From which day on a region is there and since when it is no more (NULL: always), and the one that
-- has its area since then, or the greater part of it.
ALTER TABLE region ADD COLUMN from_on TEXT;
ALTER TABLE region ADD COLUMN abolished_on TEXT;
ALTER TABLE region ADD COLUMN successor_id INTEGER REFERENCES region (id);
