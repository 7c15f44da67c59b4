"""Abuse of the service, decided by its target and not by the swear word; distress is never labelled."""

from chatservice.moderation.abuse.engine import judge

__all__ = ["judge"]
