"""Keys outside the database, and the envelopes they open."""
