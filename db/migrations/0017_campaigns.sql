-- The campaign below a programme that an item belongs to (专项), such as one of the 13 of a province.
ALTER TABLE item ADD COLUMN campaign TEXT;
CREATE INDEX item_by_campaign ON item (campaign, programme_id) WHERE campaign IS NOT NULL;
