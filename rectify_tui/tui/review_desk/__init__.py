"""Going through the queue: which lines stand in it, and what there is to know of one of them."""
