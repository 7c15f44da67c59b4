"""The demo's people, and how an operator makes an account."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from pytest_django.fixtures import Settings

from chatservice.accounts.management.commands.demo import PASSWORD
from chatservice.accounts.models import Worker
from chatservice.audit.actions import Action
from chatservice.audit.models import Entry
from chatservice.places.models import Area, Host


def run(*command: str, **options: Any) -> str:
    told = io.StringIO()
    call_command(*command, stdout=told, **options)
    return told.getvalue()


def create(home: Area, **changed: Any) -> str:
    chosen = {"area": home.slug, "email": f"Liisa@{home.slug}.example.org", "name": "Liisa", "profession": "nurse"}
    return run("create_worker", **{**chosen, **changed})


def test_the_demo_makes_its_people_and_may_be_repeated(database: None) -> None:
    run("demo")
    run("demo")
    known = Worker.objects.filter(area__slug="demo").order_by("email")
    assert [(each.email, each.profession) for each in known] == [
        ("aino@demo.example", "curator"),
        ("petri@demo.example", "psychologist"),
        ("rauni@demo.example", ""),
        ("sari@demo.example", "nurse"),
        ("tiina@demo.example", "psychologist"),
    ]
    assert [each.display_name for each in known if each.statistician] == ["Tiina"]
    assert [each.display_name for each in known if each.reader] == ["Rauni"]
    assert all(each.check_password(PASSWORD) for each in known)
    host = Host.objects.get(key="demo")
    assert (host.languages, host.channels) == (["fi", "sv", "en"], ["youth", "parent"])


def test_the_demo_refuses_production(settings: Settings) -> None:
    settings.MODE = "production"
    with pytest.raises(CommandError, match="KUULOLLA_MODE=demo"):
        run("demo")


def test_an_account_gets_a_password_that_is_shown_once(area: Area) -> None:
    password = create(area).strip().rpartition(" ")[2]
    liisa = Worker.objects.get(area=area)
    assert (liisa.email, liisa.capacity, liisa.is_active) == (f"liisa@{area.slug}.example.org", 2, True)
    assert len(password) >= 15
    assert liisa.check_password(password)
    entry = Entry.objects.get(area=area.pk, action=Action.WORKER_ADDED)
    assert (entry.actor, entry.object) == (None, f"worker {liisa.pk}")


def test_a_reader_needs_no_profession_and_has_no_other_role(area: Area) -> None:
    create(area, email=f"rauni@{area.slug}.example.org", profession=None, reader=True)
    assert [(each.reader, each.profession) for each in Worker.objects.filter(area=area)] == [(True, "")]
    with pytest.raises(CommandError, match="no other role"):
        create(area, reader=True, coordinator=True)


@pytest.mark.parametrize("wrong", [{"area": "nowhere"}, {"email": "no address"}, {"profession": "teacher"}])
def test_what_is_wrong_makes_no_account(area: Area, wrong: dict[str, str]) -> None:
    with pytest.raises(CommandError):
        create(area, **wrong)
    assert not Worker.objects.filter(area=area).exists()


def test_an_address_is_one_account_in_any_letter_case(area: Area) -> None:
    create(area)
    with pytest.raises(CommandError, match="no account has yet"):
        create(area, email=f"LIISA@{area.slug}.example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.create(email=f"LIISA@{area.slug}.example.org", area=area, display_name="L", profession="nurse")


@pytest.mark.parametrize("capacity", [0, 6])
def test_the_database_keeps_capacity_between_one_and_five(aino: Worker, capacity: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Worker.objects.filter(pk=aino.pk).update(capacity=capacity)


def test_a_worker_in_a_log_is_a_number(aino: Worker) -> None:
    assert str(aino) == f"worker {aino.pk}"
