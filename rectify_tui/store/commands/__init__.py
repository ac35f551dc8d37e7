"""What may change in a ledger: each command validates, then tells an open draft what to write."""
