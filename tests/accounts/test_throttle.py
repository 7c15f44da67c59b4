"""Tries are counted per account, before the answer is known, and in parallel too."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import F

from chatservice.accounts import throttle
from chatservice.accounts.errors import TooManyAttempts
from chatservice.accounts.models import Attempt, Worker


def allowed(subject: str, *, purpose: str = "test") -> bool:
    try:
        throttle.take(purpose=purpose, subject=subject)
    except TooManyAttempts:
        return False
    return True


def taken(subject: str) -> int:
    return sum(allowed(subject) for _ in range(throttle.BURST + 3))


def test_after_the_burst_nothing_more(aino: Worker) -> None:
    assert taken(aino.email) == throttle.BURST


def test_one_more_comes_back_with_time(aino: Worker) -> None:
    taken(aino.email)
    Attempt.objects.filter(key=throttle._key("test", aino.email)).update(
        at=F("at") - timedelta(seconds=throttle.SECONDS_PER_TRY)
    )
    assert [allowed(aino.email), allowed(aino.email)] == [True, False]


def test_another_account_and_another_purpose_have_their_own(aino: Worker, petri: Worker) -> None:
    taken(aino.email)
    assert allowed(petri.email)
    assert allowed(aino.email, purpose="other")


def test_letter_case_and_blanks_make_no_new_account(aino: Worker) -> None:
    taken(aino.email)
    assert not allowed(f" {aino.email.upper()} ")


def test_a_success_forgets_the_tries(aino: Worker) -> None:
    taken(aino.email)
    throttle.clear(purpose="test", subject=aino.email)
    assert allowed(aino.email)


def test_parallel_guesses_gain_nothing(aino: Worker) -> None:
    def guess(_: int) -> bool:
        try:
            return allowed(aino.email)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=4) as threads:
        assert sum(threads.map(guess, range(4 * throttle.BURST))) == throttle.BURST


def test_no_address_is_kept(aino: Worker) -> None:
    allowed(aino.email)
    assert not any(aino.email.encode() in bytes(attempt.key) for attempt in Attempt.objects.all())


def test_the_refusal_names_nobody(aino: Worker) -> None:
    taken(aino.email)
    with pytest.raises(TooManyAttempts) as refusal:
        throttle.take(purpose="test", subject=aino.email)
    assert aino.email not in str(refusal.value)
