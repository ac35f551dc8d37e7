-- On whose behalf a change was made, where whoever made it says so; `who` is the account that wrote it.
ALTER TABLE batch ADD COLUMN on_behalf TEXT;
