-- What a file brought beside what was read of it: cells of columns that are no field, and cells of
-- fields that nobody could read, each on a line of its own behind its heading or the field's name.
ALTER TABLE item ADD COLUMN as_sent TEXT;
ALTER TABLE item ADD COLUMN unread TEXT;
ALTER TABLE complaint_case ADD COLUMN as_sent TEXT;
ALTER TABLE complaint_case ADD COLUMN unread TEXT;
