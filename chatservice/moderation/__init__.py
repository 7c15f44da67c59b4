"""Moderation, pure: a text goes in, a verdict comes out. No Django, no rows, no network, nothing of the house."""
