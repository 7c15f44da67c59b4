"""A worker's own calendar: RFC 5545 text under a secret address that can be taken back."""

from datetime import date, time

import pytest

from chatservice.accounts.models import Worker
from chatservice.duty import feed, rota, swaps
from chatservice.duty.models import CalendarFeed
from chatservice.duty.rules import Draft, wall

MONDAY = date(2031, 3, 3)


def planned(sari: Worker, worker: Worker) -> int:
    """A shift from two to four."""
    draft = Draft(worker=worker.pk, starts=wall(MONDAY, time(14)), ends=wall(MONDAY, time(16)), queues=())
    return rota.create(by=sari, draft=draft)[0].pk


def unfolded(text: str) -> list[str]:
    """The calendar's content lines."""
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_aino_reads_her_own_shifts_and_nobody_else_s(sari: Worker, aino: Worker, petri: Worker) -> None:
    shift = planned(sari, aino)
    planned(sari, petri)
    lines = unfolded(feed.render(feed.issue(worker=aino)) or "")
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    assert [line for line in lines if line.startswith(("BEGIN:VEVENT", "UID", "DTSTART", "DTEND", "SUMMARY"))] == [
        "BEGIN:VEVENT",
        f"UID:shift-{shift}-{aino.pk}@kuulolla",
        "DTSTART:20310303T120000Z",
        "DTEND:20310303T140000Z",
        "SUMMARY:Päivystysvuoro",
    ]
    assert "Petri" not in "".join(lines)


def test_a_shift_given_up_is_cancelled_under_a_higher_sequence(sari: Worker, aino: Worker) -> None:
    token = feed.issue(worker=aino)
    shift = planned(sari, aino)
    assert {"SEQUENCE:1", "STATUS:CONFIRMED"} <= set(unfolded(feed.render(token) or ""))
    swaps.give_up(by=aino, shift=shift, version=1)
    assert {"SEQUENCE:2", "STATUS:CANCELLED"} <= set(unfolded(feed.render(token) or ""))


def test_only_the_hash_is_kept_and_a_new_address_ends_the_old_one(aino: Worker) -> None:
    first = feed.issue(worker=aino)
    second = feed.issue(worker=aino)
    assert feed.render(first) is None
    assert feed.render(second) is not None
    assert len(first) >= 43
    assert second.encode() not in bytes(CalendarFeed.objects.get(worker=aino).token_hash)


def test_revoked_unknown_and_former_workers_read_nothing(aino: Worker) -> None:
    token = feed.issue(worker=aino)
    assert feed.exists(worker=aino)
    feed.revoke(worker=aino)
    assert feed.render(token) is None
    assert not feed.exists(worker=aino)
    token = feed.issue(worker=aino)
    Worker.objects.filter(pk=aino.pk).update(is_active=False)
    for wrong in (token, "", "x" * 5000, "\ud800"):
        assert feed.render(wrong) is None


@pytest.mark.pure
def test_text_is_escaped_and_long_lines_are_folded_between_characters() -> None:
    assert feed.escaped("a\\b;c,d\r\ne") == "a\\\\b\\;c\\,d\\ne"
    line = "SUMMARY:" + "äö🙂" * 40
    pieces = list(feed.folded(line))
    assert all(len(piece.encode()) <= 75 for piece in pieces)
    assert pieces[0] + "".join(piece[1:] for piece in pieces[1:]) == line
    assert list(feed.folded("short")) == ["short"]
