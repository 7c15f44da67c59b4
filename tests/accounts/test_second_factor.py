"""Codes work once, in parallel too, and their secret is of no use in a copied database."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.db import connection
from pytest_django.fixtures import Settings

from chatservice.accounts import second_factor
from chatservice.accounts.errors import SealBroken
from chatservice.accounts.models import Worker
from chatservice.accounts.sealing import seal, unseal

MINUTE = 1_800_000_000


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_factor.time, "time", lambda: float(MINUTE))


@pytest.fixture
def secret(aino: Worker) -> str:
    """Aino's authenticator app."""
    made = generate_totp_secret()
    TOTP.activate(aino, made)
    return made


def code(secret: str, *, steps: int = 0) -> str:
    return second_factor._code(secret, MINUTE // 30 + steps).decode()


def used(worker: Worker, text: str) -> bool:
    return second_factor.use_code(worker=worker, code=text) is not None


def test_a_code_works_once(aino: Worker, secret: str) -> None:
    assert [used(aino, code(secret)), used(aino, code(secret))] == [True, False]


def test_of_parallel_uses_one_wins(aino: Worker, secret: str) -> None:
    def act(_: int) -> bool:
        try:
            return used(aino, code(secret))
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert sum(threads.map(act, range(8))) == 1


def test_blanks_are_no_fault_and_the_step_before_counts(aino: Worker, secret: str) -> None:
    earlier = code(secret, steps=-1)
    assert used(aino, f" {earlier[:3]} {earlier[3:]} ")


def test_an_older_code_than_the_last_one_is_refused(aino: Worker, secret: str) -> None:
    assert used(aino, code(secret))
    assert not used(aino, code(secret, steps=-1))


@pytest.mark.parametrize("steps", [-2, 1, 40])
def test_codes_of_other_times_are_refused(aino: Worker, secret: str, steps: int) -> None:
    assert not used(aino, code(secret, steps=steps))


@pytest.mark.parametrize("typed", ["", "00000", "abcdef", "١٢٣٤٥٦", "0" * 500])
def test_what_is_no_code_is_refused(aino: Worker, secret: str, typed: str) -> None:
    assert not used(aino, typed)


def test_another_workers_code_is_refused(petri: Worker, secret: str) -> None:
    assert not used(petri, code(secret))


def test_a_recovery_code_works_once_in_parallel(aino: Worker) -> None:
    first = RecoveryCodes.activate(aino).generate_codes()[0]

    def act(_: int) -> bool:
        try:
            return used(aino, first)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert sum(threads.map(act, range(8))) == 1


def test_recovery_codes_alone_are_no_second_factor(aino: Worker) -> None:
    RecoveryCodes.activate(aino)
    assert not second_factor.has_second_factor(worker=aino)


def test_secrets_are_sealed_in_the_database(aino: Worker, secret: str) -> None:
    assert second_factor.has_second_factor(worker=aino)
    kept = Authenticator.objects.get(user_id=aino.pk, type="totp").data["secret"]
    assert secret not in kept
    assert unseal(kept) == secret


def test_a_seal_opens_under_its_own_key_only(settings: Settings) -> None:
    sealed = seal("a secret")
    assert sealed != seal("a secret")
    settings.SECRET_KEY = "another key of another service, long enough"
    with pytest.raises(SealBroken):
        unseal(sealed)


@pytest.mark.parametrize("damaged", ["", "????", "AAAA", "A" * 80])
def test_a_damaged_seal_is_told_as_such(damaged: str) -> None:
    with pytest.raises(SealBroken):
        unseal(damaged)


def test_the_clock_of_these_tests_is_held() -> None:
    assert time.time() == float(MINUTE)
