"""The published report: built once as data, rendered to every format from that."""
