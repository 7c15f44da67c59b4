"""The annual clock: what an area does when in a school year, and who is reminded."""
