"""Add pending counters up now instead of in the night (demonstrations, moving house)."""

from __future__ import annotations

import asyncio
from typing import Any

from django.core.management.base import BaseCommand

from chatservice.statistics import nightly
from chatservice.store.pool import close_pool


class Command(BaseCommand):
    """``manage.py statistics_apply``: may be repeated."""

    help = "Add up the counters that wait for the night."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Tell how many there were."""
        self.stdout.write(f"applied: {asyncio.run(_apply())}")


async def _apply() -> int:
    try:
        return await nightly.apply()
    finally:
        await close_pool()
