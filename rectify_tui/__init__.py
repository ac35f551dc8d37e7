"""Supervise rectification from the terminal: items, cases and figures by region."""

__version__ = "0.1.0"
