"""The ledger in one SQLite file: one door for every change, one query for every figure."""
