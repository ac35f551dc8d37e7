-- Where the contact person of an item can be called.
ALTER TABLE item ADD COLUMN phone TEXT;
