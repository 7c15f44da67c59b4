"""Checking the stored chain."""

from __future__ import annotations

from collections.abc import Iterator

from chatservice.audit.chain import Finding, Head, Row, verify
from chatservice.audit.models import Entry
from chatservice.vault.keys import key_directory


def check(*, exported: Head | None = None) -> Finding:
    """Verify the whole stored chain, against an exported head when there is one."""
    return verify(_stored(), key=key_directory().audit_key(), exported=exported)


def _stored() -> Iterator[Row]:
    for entry in Entry.objects.order_by("n").iterator(chunk_size=2000):
        yield Row(
            n=entry.n,
            time=entry.time,
            area=entry.area,
            actor=entry.actor,
            action=entry.action,
            object=entry.object,
            prev=bytes(entry.prev),
            mac=bytes(entry.mac),
        )
