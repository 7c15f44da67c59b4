"""Professionals' accounts: who may sign in, with what, and how a socket proves it."""
