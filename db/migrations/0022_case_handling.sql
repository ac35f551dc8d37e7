-- A letter may be split into several cases, all of which name it.
ALTER TABLE complaint_case ADD COLUMN letter TEXT;
CREATE INDEX case_by_letter ON complaint_case (programme_id, letter) WHERE letter IS NOT NULL;

-- By when a case is to be handled, where that is not the usual ten days after it was passed on.
ALTER TABLE complaint_case ADD COLUMN due_on TEXT;

-- What a fine comes to beyond whole yuan, in fen.
ALTER TABLE complaint_case ADD COLUMN fined_fen INTEGER CHECK (fined_fen BETWEEN 1 AND 99);

-- Who complained. Never in what is made public.
ALTER TABLE complaint_case ADD COLUMN complainant TEXT;
ALTER TABLE complaint_case ADD COLUMN complainant_phone TEXT;
ALTER TABLE complaint_case ADD COLUMN complainant_address TEXT;
