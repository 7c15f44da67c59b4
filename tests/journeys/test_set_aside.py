"""Mia waited at immediate risk and is away for good: Sari cares for her, and Mia reads it when she is back."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import expect

from chatservice.accounts.models import Worker
from chatservice.conversations.models import Conversation, Participant
from chatservice.conversations.risk import Risk
from tests.journeys.audit import axe, overflow
from tests.journeys.stage import Stage, apart
from tests.journeys.waiting import until

WORDS = "en jaksa enää"
REPLY = "Hei, palaathan. Odotan sinua täällä."


def time_is_up(stage: Stage) -> None:
    """Whoever waits here is at immediate risk, away, and the place is held no longer."""
    past = timezone.now() - timedelta(minutes=1)
    visitors = Participant.objects.filter(conversation__area=stage.area, conversation__state="queued", role="visitor")
    visitors.update(present=False, lease_until=past)
    Conversation.objects.filter(area=stage.area, state="queued").update(
        risk=Risk.IMMEDIATE, urgent_since=past, held_until=past
    )


def test_a_message_left_by_the_coordinator_waits_for_the_return(stage: Stage) -> None:
    mia = stage.visitor().open().start().write(WORDS)
    sari = stage.worker("nurse")
    apart(lambda: Worker.objects.filter(pk=sari.pk).update(coordinator=True))
    # Not a page of ours: the line is down, the tab keeps what it needs to come back.
    mia.page.goto("about:blank")
    parked = Conversation.objects.filter(area=stage.area, state="parked")
    until(mia.page, parked.exists, again=lambda: apart(lambda: time_is_up(stage)))
    page = stage.desk(sari).page
    page.goto(f"{stage.service.desk_origin}/parked")
    row = page.get_by_role("row").filter(has_text="välitön vaara")
    expect(row).to_contain_text("kaikki koordinaattorit")
    assert axe(page) == []
    row.get_by_role("link").click()
    expect(page.get_by_text(WORDS)).to_have_count(0)
    for width in (1280, 390):
        page.set_viewport_size({"width": width, "height": 844})
        assert axe(page) == []
        assert overflow(page) == []
    page.get_by_role("button", name="Minä hoidan tämän").click()
    expect(page.get_by_role("status")).to_have_text("Asia on nyt sinun hoidossasi.")
    page.get_by_label("Viesti kävijälle").fill(REPLY)
    page.get_by_role("button", name="Jätä viesti").click()
    expect(page.get_by_role("status")).to_have_text("Viesti odottaa häntä.")
    expect(row).to_contain_text("Sari")
    mia.page.go_back()
    mia.hears(REPLY).on("parked")
    page.reload()
    expect(page.get_by_text("Kukaan ei odota koordinaattoria.")).to_be_visible()
