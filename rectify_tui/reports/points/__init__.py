"""Points of responsible units and the cards they are given: settings, tables and the line."""
