"""The forecast as people get it: a sentence, a table with its assumptions, a burn-up chart."""
