"""How a table is written, a module for each format."""
