-- A return that came another way than as a file: the day, and how (paper, telephone, a colleague).
ALTER TABLE return_sheet ADD COLUMN received_on TEXT;
ALTER TABLE return_sheet ADD COLUMN received_how TEXT;
