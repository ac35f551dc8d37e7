"""The command line: a thin face over the store and the reports."""
