"""CORE what moderation means for a talk: each line judged, the talk's risk kept, what professionals do about it."""
