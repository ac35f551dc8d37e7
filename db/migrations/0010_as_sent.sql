-- What a file brought beside what was read of it: cells of columns that are no field, and cells of
-- fields that nobody could read, each on a line of its own behind its heading or the field's name.
ALTER TABLE item ADD COLUMN as_sent TEXT;
ALTER TABLE item ADD COLUMN unread TEXT;
ALTER TABLE complaint_case ADD COLUMN as_sent TEXT;
ALTER TABLE complaint_case ADD COLUMN unread TEXT;

-- How many items of a return no row of the file is about; NULL where it is only a part of one.
ALTER TABLE intake_file ADD COLUMN rows_missing INTEGER;
