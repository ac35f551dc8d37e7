"""The rules of supervising rectification: pure functions and frozen values, no I/O, no clock."""
