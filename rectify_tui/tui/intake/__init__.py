"""What comes in: files that are read, shown, decided about and written; parts of its screen."""
