"""Who comes to a closed or full door is counted, once for a network and two hours; nothing of them is kept."""

import secrets

from django.test import AsyncClient, override_settings

from chatservice.places.models import Area, Host
from chatservice.statistics import doors
from chatservice.statistics.catalogue import uncell
from chatservice.statistics.models import Pending


async def kinds(area: Area) -> list[str]:
    return sorted([uncell(row.cell)["kind"] async for row in Pending.objects.filter(area=area, name="door_months")])


async def test_one_attempt_counts_once_whatever_it_meets(area: Area, host: Host) -> None:
    caller = secrets.token_hex(8)
    await doors.met(host=host.pk, state="closed", caller=caller)
    await doors.met(host=host.pk, state="full", caller=caller)
    await doors.met(host=host.pk, state="full", caller=secrets.token_hex(8))
    assert await kinds(area) == ["door_closed", "door_full"]
    assert await Pending.objects.filter(area=area, name="door_hours").acount() == 2


async def test_without_the_mark_nothing_is_counted(area: Area, host: Host) -> None:
    await doors.met(host=host.pk + 100_000, state="closed", caller=secrets.token_hex(8))
    assert await kinds(area) == []


async def test_a_page_with_a_closed_door_counts(area: Area, host: Host) -> None:
    plain = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
    with override_settings(STORAGES=plain, CHAT_ORIGIN="http://testserver", ALLOWED_HOSTS=["testserver"]):
        answer = await AsyncClient().get(f"/{host.key}/fi/youth")
    assert answer.status_code == 200
    assert await kinds(area) == ["door_closed"]
