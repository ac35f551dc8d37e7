"""Going through the queue: its lines, what there is to know of one, and all that may come of it."""
