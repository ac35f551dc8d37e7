-- Which items anything was ever said of about close-out, also where that holds no more.
CREATE INDEX history_of_closures ON history (entity_id)
    WHERE entity = 'item' AND field = 'closure';
