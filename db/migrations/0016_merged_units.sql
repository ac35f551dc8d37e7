-- Another unit that stands for this one: since a day, or, without one, for ever (two spellings).
ALTER TABLE unit ADD COLUMN merged_id INTEGER REFERENCES unit (id);
ALTER TABLE unit ADD COLUMN merged_on TEXT;

-- A programme that is left out of lists unless somebody asks for it.
ALTER TABLE programme ADD COLUMN archived_on TEXT;
