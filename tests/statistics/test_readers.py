"""A member of the steering group reads frozen reports; they answer nobody, and the database keeps it so."""

import pytest
from asgiref.sync import sync_to_async
from django.db.utils import IntegrityError

from chatservice.accounts.access import require_professional
from chatservice.accounts.errors import OnlyReader
from chatservice.accounts.models import Worker
from chatservice.accounts.tickets import redeem
from chatservice.duty import services
from chatservice.duty.errors import OffDuty
from chatservice.places.models import Area
from chatservice.statistics import freezing
from chatservice.store.pool import transaction
from tests import wire
from tests.statistics import office


async def test_a_reader_gets_no_line_and_no_duty(area: Area) -> None:
    rauni = await sync_to_async(office.rauni)(area)
    _, ticket = await sync_to_async(wire.ticket_for)(rauni)
    async with transaction() as lent:
        assert await redeem(lent, ticket=ticket) is None
    with pytest.raises(OffDuty):
        async with transaction() as lent:
            await services.start(lent, worker=rauni.pk)


def test_a_reader_is_no_professional_and_has_no_other_role(area: Area) -> None:
    rauni, aino = office.rauni(area), wire.make_worker(area)
    assert require_professional(aino) == aino
    with pytest.raises(OnlyReader):
        require_professional(rauni)
    for roles in ({"coordinator": True}, {"statistician": True}):
        with pytest.raises(IntegrityError, match="worker_reader_only_reads"):
            Worker.objects.filter(pk=rauni.pk).update(**roles)
    with pytest.raises(IntegrityError, match="worker_profession_known"):
        Worker.objects.filter(pk=aino.pk).update(profession="")


def test_a_reader_reads_what_is_frozen(area: Area) -> None:
    assert freezing.snapshots(area=area.pk) == []
