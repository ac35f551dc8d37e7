"""Tables of figures and records, and how they are written out."""
