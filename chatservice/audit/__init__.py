"""The append-only, hash-chained record of what professionals did."""
