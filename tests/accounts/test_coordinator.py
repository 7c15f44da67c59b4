"""Sari coordinates the area; Aino answers only; Eve has left."""

import pytest
from django.core.management import call_command

from chatservice.accounts.access import require_coordinator
from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.places.models import Area
from tests import wire


def test_a_coordinator_is_let_through(area: Area) -> None:
    sari = wire.make_worker(area, "Sari", profession="nurse")
    Worker.objects.filter(pk=sari.pk).update(coordinator=True)
    assert require_coordinator(sari) == sari


def test_a_worker_without_the_role_is_refused(aino: Worker) -> None:
    with pytest.raises(NotCoordinator, match="ask the operator"):
        require_coordinator(aino)


def test_the_role_counts_as_it_is_now_and_not_when_the_page_was_opened(aino: Worker) -> None:
    aino.coordinator = True  # as an old page remembers it; the database says no
    with pytest.raises(NotCoordinator):
        require_coordinator(aino)


def test_an_account_that_is_switched_off_has_no_role(eve: Worker) -> None:
    Worker.objects.filter(pk=eve.pk).update(coordinator=True)
    with pytest.raises(NotCoordinator):
        require_coordinator(eve)


def test_the_demo_gives_the_role_to_sari_alone() -> None:
    call_command("demo", verbosity=0)
    demo = Worker.objects.filter(email__endswith="@demo.example")
    assert [worker.display_name for worker in demo if worker.coordinator] == ["Sari"]
