"""What a marked line changes in its talk, stored with the line: the risk rises, and what was seen is kept as codes."""

from collections.abc import Collection
from typing import Final
from uuid import UUID

from chatservice.conversations.post import Extra
from chatservice.conversations.risk import Risk, raising
from chatservice.moderation.verdict import CATEGORIES
from chatservice.screening.watch import Sight

# Kept beside the risk, which a professional may lower: the two are compared when the talk is wrapped up.
NOTE: Final = """
UPDATE conversations_conversation SET marked_level = greatest(marked_level, %(level)s::smallint),
    marked_kinds = marked_kinds | %(kinds)s::smallint
WHERE id = %(conversation)s AND state <> 'closed'
"""


def extras(*, conversation: UUID, sight: Sight) -> tuple[Extra, ...]:
    """Return what is stored together with a visitor's line; nothing for an unmarked one.

    The risk rises to what this line tells, not to what this process remembers, which may have been
    lowered elsewhere.
    """
    if not sight.mark.level:
        return ()
    note = {"conversation": conversation, "level": sight.level, "kinds": bits_of(sight.mark.categories)}
    return raising(conversation=conversation, to=Risk(sight.mark.level)), Extra(NOTE, note)


def bits_of(categories: Collection[str]) -> int:
    """Return categories as one bit each, in the order of `CATEGORIES`."""
    return sum(1 << place for place, name in enumerate(CATEGORIES) if name in categories)


def names_of(kinds: int) -> tuple[str, ...]:
    """Return the categories of such bits."""
    return tuple(name for place, name in enumerate(CATEGORIES) if kinds >> place & 1)
