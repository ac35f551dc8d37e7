"""What can be gone to or done, by name: from all screens, and from the ledger."""
