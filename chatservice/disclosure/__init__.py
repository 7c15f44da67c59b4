"""Protection of published statistics: cells, rounding, attacker and gate. Pure: no rows, no clock, no network."""
