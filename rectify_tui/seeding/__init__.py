"""Filling a new store: the regions, the seed's published figures, simulated programmes."""
