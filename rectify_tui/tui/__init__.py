"""The dashboard in the terminal: a thin face over the store and the reports."""
