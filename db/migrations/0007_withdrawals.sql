-- A frozen report that is withdrawn stays, with its text: only the reason is ever added to it,
-- which is NULL while the report is in force.
ALTER TABLE report ADD COLUMN withdrawn TEXT;

-- One report in force for a period, whichever way it is laid out.
DROP INDEX report_once;
CREATE UNIQUE INDEX report_once ON report (period, cutoff, lines_by, COALESCE(programme_id, 0))
    WHERE withdrawn IS NULL;

DROP TRIGGER report_no_update;
CREATE TRIGGER report_no_update BEFORE UPDATE OF id, name, period, first_on, cutoff, programme_id,
    lines_by, settings, figures, body, digest, head_seq, head_hash ON report
BEGIN SELECT RAISE(ABORT, 'a frozen report is never changed'); END;

CREATE TRIGGER report_withdrawn_once BEFORE UPDATE OF withdrawn ON report
    WHEN OLD.withdrawn IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a withdrawn report stays withdrawn'); END;
