-- Whom to ask about an item, and who helps: names as the office writes them.
ALTER TABLE item ADD COLUMN cooperating TEXT;
ALTER TABLE item ADD COLUMN person TEXT;
ALTER TABLE item ADD COLUMN leader TEXT;
ALTER TABLE item ADD COLUMN contact TEXT;
