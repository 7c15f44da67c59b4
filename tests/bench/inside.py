"""A measurement inside one process: engines on a disk, a migrated database, keys; all of it gone afterwards."""

import asyncio
from collections.abc import Awaitable, Callable
from pathlib import Path

import django

from tests import engines


def measured(main: Callable[[Path], Awaitable[bool]]) -> int:
    """Run `main`, which is given the run's folder and tells whether every goal was kept; return the exit status."""
    run = engines.prepare(on_disk=True)
    try:
        django.setup()
        run.engines.up()
        from django.core.management import call_command  # noqa: PLC0415 - after django.setup

        from chatservice.vault.check import check_key_directory  # noqa: PLC0415

        call_command("migrate", database="owner", verbosity=0, interactive=False)
        check_key_directory(in_use=False, create=True)
        return 0 if asyncio.run(_waited(main, run.folder)) else 1
    finally:
        run.forget()


async def _waited(main: Callable[[Path], Awaitable[bool]], folder: Path) -> bool:
    return await main(folder)
