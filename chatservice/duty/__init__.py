"""Professionals on shift: the rota, who is on duty, how much they can take, when to stop."""
