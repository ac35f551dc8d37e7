"""What the tables show: rows of the store in the words of the user."""
