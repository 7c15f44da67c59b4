"""Journeys: people in real browsers, from the first page to the last, through a real service."""
