"""Counters of how much the service is used; no row of a single contact."""
