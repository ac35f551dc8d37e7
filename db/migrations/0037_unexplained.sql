-- How many are behind without a reason is the first thing that a week lacks, asked with every start
-- and every change.
CREATE INDEX item_unexplained ON item (status, start_on)
    WHERE status NOT IN ('completed', 'merged') AND COALESCE(reason, '') = '';
