"""The professional's browser is killed in a talk: back in time it is the same talk, else another one comes."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from chatservice.accounts.models import Worker
from chatservice.conversations.models import Participant
from tests.journeys.people import Desk, Held, Visit
from tests.journeys.stage import Stage
from tests.journeys.waiting import WORDS, desk_away, heading, on_duty, phone, start, told, until

DOING = ".doing"


class Killed:
    """Aino's browser: each window of hers is a process that dies without a good-bye."""

    def __init__(self, stage: Stage, worker: Worker, *, language: str) -> None:
        self.stage, self.worker, self.language = stage, worker, language
        self.line = stage.wire()
        self.desk = self.opened()

    def opened(self) -> Desk:
        """A new window; the browser remembers the sign-in."""
        return self.stage.desk(self.worker, wire=self.line, locale=self.language)

    def killed(self) -> None:
        """The line is cut before the page can say anything."""
        self.line.cut()
        self.desk.page.context.close()
        self.line.mend()

    def gone(self, mia: Visit, *, seconds: int, holds: Callable[[], bool]) -> None:
        """So much time has passed since then, and the service has noticed what it means."""
        until(mia.page, holds, again=lambda: desk_away(self.stage, self.worker, seconds=seconds))

    def back(self) -> Held:
        """She opens the desk again and finds her talk."""
        self.desk = self.opened()
        expect(self.desk.tabs).to_have_count(1)
        return Held(self.desk, self.desk.page.locator(".talk[data-chosen]"))


def answered(mia: Visit, held: Held, text: str) -> None:
    """Both go on in the same talk."""
    held.be("active").hears("moi").write(text)
    mia.on("talk").hears(text)
    expect(mia.page.locator(DOING)).to_be_empty()


@pytest.mark.parametrize("language", ["fi", pytest.param("sv", marks=pytest.mark.long)])
def test_killed_at_30_at_100_and_at_200_seconds(stage: Stage, language: str) -> None:
    said = WORDS[language]
    petri = on_duty(stage, "psychologist", language=language)
    mia = phone(stage, language).open().start().write("moi")
    aino = Killed(stage, stage.worker(language=language), language=language)
    parts = Participant.objects.filter(worker=aino.worker)
    start(aino.desk).take().write("hei, olen Aino")
    heading(mia.on("talk").hears("hei, olen Aino"), said["aino"])

    aino.killed()
    desk_away(stage, aino.worker, seconds=30)
    answered(mia, aino.back(), "selain kaatui, olen tässä")
    expect(mia.page.locator(".row.service")).to_have_count(1)

    aino.killed()
    aino.gone(mia, seconds=100, holds=parts.filter(present=False).exists)
    expect(mia.page.locator(DOING)).to_have_text(said["away"])
    mia.write("oletko siellä?")
    answered(mia, aino.back().hears("oletko siellä?"), "olen taas tässä")
    heading(mia, said["aino"])

    later = phone(stage, language).open().start()
    aino.killed()
    aino.gone(mia, seconds=200, holds=parts.filter(ended=True).exists)
    heading(mia.on("requeued"), said["lost_h"])
    told(mia, said["lost"])
    expect(mia.page.locator(".place")).to_have_text(said["first"])
    expect(later.page.locator(".place")).to_have_text(said["second"])
    taken = petri.take().hears("moi").hears("olen taas tässä")
    taken.write("hei, olen Petri")
    heading(mia.on("talk").hears("hei, olen Petri"), said["petri"])
    aino.desk = aino.opened()
    expect(aino.desk.tabs).to_have_count(0)
