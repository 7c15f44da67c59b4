"""What all frames share: the tag, and the kinds of fields."""

from typing import Annotated
from uuid import UUID

import msgspec
from msgspec import Meta

VERSION = 1

Cursors = dict[UUID, Annotated[int, Meta(ge=0)]]
Seq = Annotated[int, Meta(ge=0, le=2_147_483_647)]
Ref = Annotated[str, Meta(max_length=40)]
Secret = Annotated[str, Meta(min_length=20, max_length=100)]
Key = Annotated[str, Meta(min_length=1, max_length=64)]


class Frame(msgspec.Struct, kw_only=True, tag_field="type", omit_defaults=True):
    """Base of all frames."""
