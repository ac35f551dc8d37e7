"""Dialogs that ask for one thing and hand it back."""
