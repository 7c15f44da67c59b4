"""A saved term acts on the lines that are written afterwards: in this process and in every other, soon."""

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from asgiref.sync import sync_to_async

from chatservice.accounts.models import Worker
from chatservice.conversations.models import Conversation
from chatservice.delivery import process
from chatservice.moderation.pipeline import default, screen
from chatservice.places.models import Area, Host
from chatservice.screening import rules, terms
from chatservice.screening.models import AreaTerm
from chatservice.screening.terms import TermDraft
from tests import wire
from tests.wire import Mia

SWING = TermDraft(
    key="swing-bridge",
    phrase="kääntösil*",
    level=2,
    category="suicide",
    examples_match=("oon kääntösillan luona",),
)
LINE = "mä meen kääntösillalle"
PATIENCE_S = 120.0
ELSEWHERE = """
import asyncio, sys, django
django.setup()
from chatservice.delivery import process
from chatservice.moderation.pipeline import screen
from chatservice.screening.rules import rules_of

async def main():
    process.TERMS_S = 0.5
    process.current()
    print("started", flush=True)
    while screen(sys.argv[2], rules=rules_of(int(sys.argv[1]))).level != "high":
        await asyncio.sleep(0.05)
    print("high", flush=True)
    await process.stop_current()

asyncio.run(main())
"""


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    rules.forget()
    yield
    rules.forget()


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates."""
    found = wire.make_worker(area, "Sari", profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True)
    return found


save = sync_to_async(terms.save)


async def test_without_terms_the_houses_rules_hold(area: Area) -> None:
    assert rules.rules_of(area.pk) is default()
    await rules.refresh()
    assert rules.rules_of(area.pk) is default()


async def test_only_the_newest_active_version_holds_and_only_in_its_area(area: Area, sari: Worker) -> None:
    other = await sync_to_async(wire.make_area)()
    await save(actor=sari, draft=SWING, version=0)
    await rules.refresh()
    assert screen(LINE, rules=rules.rules_of(area.pk)).level == "high"
    assert screen(LINE, rules=rules.rules_of(other.pk)).level == "none"
    await save(actor=sari, draft=replace(SWING, level=1), version=1)
    await rules.refresh()
    assert screen(LINE, rules=rules.rules_of(area.pk)).level == "concern"
    await sync_to_async(terms.put_out_of_use)(actor=sari, key=SWING.key, version=2)
    await rules.refresh()
    assert screen(LINE, rules=rules.rules_of(area.pk)).level == "none"


async def test_what_has_not_changed_is_not_built_again(area: Area, sari: Worker) -> None:
    await save(actor=sari, draft=SWING, version=0)
    await rules.refresh()
    before = rules.rules_of(area.pk)
    await rules.refresh()
    assert rules.rules_of(area.pk) is before


async def test_a_term_that_cannot_be_read_takes_no_other_with_it(area: Area, sari: Worker) -> None:
    await save(actor=sari, draft=SWING, version=0)
    row = await AreaTerm.objects.aget(area=area)
    row.pk, row.key, row.phrase = None, "broken", "***"
    await row.asave(force_insert=True)
    try:
        await rules.refresh()
        assert screen(LINE, rules=rules.rules_of(area.pk)).level == "high"
    finally:
        # Every service that starts on this database later would tell of it.
        row.pk, row.version, row.active = None, row.version + 1, False
        await row.asave(force_insert=True)


async def test_a_saved_term_acts_on_the_next_lines_of_a_talk(
    area: Area, host: Host, sari: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(process, "TERMS_S", 0.1)
    mia = await Mia(host).enter()
    await mia.write(LINE)
    assert (await Conversation.objects.aget(pk=mia.cid)).risk == 0
    await save(actor=sari, draft=SWING, version=0)
    async with asyncio.timeout(PATIENCE_S):
        while rules.rules_of(area.pk) is default():
            await asyncio.sleep(0.02)
    await mia.write(LINE)
    assert (await Conversation.objects.aget(pk=mia.cid)).risk == 2


async def test_another_process_reads_it_within_its_next_round(area: Area, sari: Worker) -> None:
    command = [sys.executable, "-W", "default", "-c", ELSEWHERE, str(area.pk), LINE]
    other = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE, env=dict(os.environ))
    assert other.stdout is not None
    try:
        async with asyncio.timeout(PATIENCE_S):
            assert (await other.stdout.readline()).strip() == b"started"
            await save(actor=sari, draft=SWING, version=0)
            assert (await other.stdout.readline()).strip() == b"high"
            assert await other.wait() == 0
    finally:
        if other.returncode is None:
            other.kill()
            await other.wait()
