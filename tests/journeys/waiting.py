"""What the journeys of the waiting share: the words of both languages, and time that passes in the database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F
from django.utils import timezone
from playwright.sync_api import Page, ViewportSize, expect

from chatservice.accounts.models import Worker
from chatservice.conversations.admission import LEASE_S
from chatservice.conversations.models import Conversation, Participant
from chatservice.duty.models import OnDuty
from chatservice.hours.evaluate import ZONE
from chatservice.hours.models import Hours
from chatservice.queues.models import Queue
from tests.journeys.people import Desk, Held, Visit
from tests.journeys.stage import Stage, apart

SIZE: ViewportSize = {"width": 390, "height": 844}
CODE = ".groups b"
FI = {
    "today": "tänään klo ",
    "tomorrow": "huomenna klo ",
    "opens": "Avaamme {when}.",
    "opens_next": "Avaamme seuraavan kerran {when}.",
    "closed": "Chat on nyt kiinni",
    "full": "Jono on nyt täynnä",
    "full_why": "Jonossa on niin monta, että emme ehtisi vastata sinulle. Se ei johdu sinusta.",
    "nobody": "Juuri nyt kukaan ei ole vuorossa",
    "pause": "Nyt on tauko",
    "pause_why": "Emme tiedä, kuinka kauan.",
    "back_at": "He palaavat {when}. Voit jäädä odottamaan.",
    "open_now": "auki nyt",
    "first": "Sinä olet seuraava.",
    "second": "Paikkasi jonossa: 2",
    "queued": "Olet jonossa",
    "kept": "paikkasi säilyy klo {time} asti",
    "code_offer": "Koodi, jolla voit palata",
    "code_show": "Näytä koodi",
    "by_code": "Tähän keskusteluun palattiin koodilla.",
    "called": "Oletko paikalla?",
    "here": "Olen täällä",
    "skipped": "Ei haittaa: paikkasi säilyy.",
    "today_please": "Minun pitää saada jutella tänään",
    "why_urgent": "Edellesi tuli joku, joka tarvitsee apua nopeammin.",
    "why_early": "Edellesi tuli joku, joka ei viimeksi ehtinyt vuorolleen.",
    "aino": "Aino, kuraattori",
    "petri": "Petri, psykologi",
    "away": "Aino: yhteys katkesi. Odota hetki. Viestisi ovat tallessa.",
    "lost_h": "Etsimme sinulle uuden juttelijan",
    "lost": "Keskustelu katkesi meidän päästä. Se ei johtunut sinusta. Olet nyt jonon kärjessä",
    "came": "Petri, psykologi, jatkaa nyt kanssasi. Edellinen vastaaja pyysi hänet.",
    "parked_h": "Keskustelu on tauolla",
    "closing_h": "Vuoro loppuu nyt",
    "voucher_ask": "Haluan varhaisen paikan",
    "voucher_none": "Varhaiset paikat loppuivat. Muut palvelut löydät alta.",
    "voucher_h": "Varhainen paikkasi",
    "voucher_fair": "Se on varhainen paikka, ei lupaus.",
    "leave": "Lähde jonosta",
    "yes": "Kyllä, lopeta",
    "ended": "Keskustelu päättyi",
    "hours_ended": "Vuoro päättyi, emmekä ehtineet vastata sinulle.",
}
SV = {
    "today": "i dag kl. ",
    "tomorrow": "i morgon kl. ",
    "opens": "Vi öppnar {when}.",
    "opens_next": "Vi öppnar nästa gång {when}.",
    "closed": "Chatten är stängd nu",
    "full": "Kön är full just nu",
    "full_why": "Så många väntar att vi inte skulle hinna svara dig. Det beror inte på dig.",
    "nobody": "Just nu är ingen i tjänst",
    "pause": "Det är paus nu",
    "pause_why": "Vi vet inte hur länge.",
    "back_at": "De är tillbaka {when}. Du får stanna och vänta.",
    "open_now": "öppet nu",
    "first": "Du står näst på tur.",
    "second": "Din plats i kön: 2",
    "queued": "Du står i kö",
    "kept": "hålls din plats till kl. {time}",
    "code_offer": "En kod att komma tillbaka med",
    "code_show": "Visa koden",
    "by_code": "Någon kom tillbaka till samtalet med koden.",
    "called": "Är du där?",
    "here": "Jag är här",
    "skipped": "Det gör inget: din plats finns kvar.",
    "today_please": "Jag behöver prata i dag",
    "why_urgent": "Någon som behöver hjälp snabbare kom före dig.",
    "why_early": "Någon som inte hann få sin tur förra gången kom före dig.",
    "aino": "Aino, kurator",
    "petri": "Petri, psykolog",
    "away": "Aino: förbindelsen bröts. Vänta en stund. Dina meddelanden finns kvar.",
    "lost_h": "Vi söker en ny person som du kan prata med",
    "lost": "Samtalet bröts på vår sida. Det berodde inte på dig. Du är nu främst i kön",
    "came": "Petri, psykolog, fortsätter med dig nu. Den som svarade förut bad om det.",
    "parked_h": "Samtalet är pausat",
    "closing_h": "Passet slutar nu",
    "voucher_ask": "Jag vill ha en tidig plats",
    "voucher_none": "De tidiga platserna är slut. Andra tjänster finns nedan.",
    "voucher_h": "Din tidiga plats",
    "voucher_fair": "Det är en tidig plats, inte ett löfte.",
    "leave": "Lämna kön",
    "yes": "Ja, avsluta",
    "ended": "Samtalet är slut",
    "hours_ended": "Passet slutade och vi hann inte svara dig.",
}
WORDS = {"fi": FI, "sv": SV}


def phone(stage: Stage, language: str) -> Visit:
    """A visitor's page on a phone of the commonest size, not opened yet."""
    return stage.visitor(language=language, viewport=SIZE, locale=language)


def on_duty(stage: Stage, profession: str = "curator", *, language: str = "fi") -> Desk:
    """Somebody's desk, the shift begun."""
    return start(stage.desk(stage.worker(profession, language=language), locale=language))


def start(desk: Desk) -> Desk:
    """Begin the shift."""
    desk.page.locator("#shift button.main").first.click()
    expect(desk.page.locator(".shift-state")).to_have_attribute("data-state", "on")
    return desk


def end_shift(desk: Desk) -> None:
    """End it."""
    desk.page.locator("#shift .row-of-buttons > button").last.click()
    desk.page.locator("dialog[open] button:is(.main, .danger)").click()
    expect(desk.page.locator(".shift-state")).to_have_attribute("data-state", "off")


def nobody_stands_by(stage: Stage) -> None:
    """Outi, who keeps the door of a stage open, goes home."""
    apart(lambda: OnDuty.objects.filter(area=stage.area, worker__display_name="Outi").delete())


def shape(stage: Stage, **changed: Any) -> None:
    """Change the duty of everybody in the area."""
    apart(lambda: OnDuty.objects.filter(area=stage.area).update(**changed))


def queue(stage: Stage, *, language: str, **changed: Any) -> None:
    """Change the young people's queue of this language; made where nobody has waited yet."""
    key: dict[str, Any] = {"area": stage.area, "channel": "youth", "language": language}
    apart(lambda: Queue.objects.update_or_create(**key, defaults=changed))


def hours(stage: Stage, *, language: str, begins: timedelta, ends: timedelta) -> datetime:
    """Write daily hours that begin and end so long from now; returns their next beginning from today's on."""
    now = datetime.now(ZONE).replace(second=0, microsecond=0)
    expression = f"{now + begins:%H:%M}-{now + ends:%H:%M}"
    key: dict[str, Any] = {"area": stage.area, "channel": "youth", "language": language}
    apart(lambda: Hours.objects.update_or_create(**key, defaults={"expression": expression}))
    return now + begins


def when(moment: datetime, said: dict[str, str]) -> str:
    """A moment of today or tomorrow as the page tells it."""
    here, today = moment.astimezone(ZONE), datetime.now(ZONE).date()
    day = said["today"] if here.date() == today else said["tomorrow"]
    return f"{day}{here.hour}.{here.minute:02}" if here.minute else f"{day}{here.hour}"


def first_away(stage: Stage, page: Page) -> None:
    """The lease passes without a ping of the visitor who came first, and the service has noticed."""
    first = apart(Conversation.objects.filter(area=stage.area).order_by("ticket").first)
    parts = Participant.objects.filter(conversation=first, role="visitor")
    past = timezone.now() - timedelta(seconds=1)
    until(page, parts.filter(present=False).exists, again=lambda: apart(lambda: parts.update(lease_until=past)))


def desk_away(stage: Stage, worker: Worker, *, seconds: int) -> None:
    """So much time has passed since the last ping of this desk; the grace is 90 s after the lease of 60 s."""
    last = timezone.now() + timedelta(seconds=LEASE_S - seconds)
    parts = Participant.objects.filter(worker=worker, ended=False)
    duty = OnDuty.objects.filter(worker=worker)
    apart(lambda: (parts.update(lease_until=last), duty.update(lease_until=last)))


def until(page: Page, holds: Callable[[], bool], *, again: Callable[[], object] = lambda: None) -> None:
    """Look until something holds; `again` before each look (a ping of before may still have been on its way)."""
    for _ in range(300):
        again()
        if apart(holds):
            return
        page.wait_for_timeout(200)
    raise AssertionError("expected a state that did not come")


def aged(stage: Stage, seconds: int, **which: Any) -> None:
    """The leases of these parts are so much older."""
    parts = Participant.objects.filter(conversation__area=stage.area, ended=False, **which)
    older = F("lease_until") - timedelta(seconds=seconds)
    assert apart(lambda: parts.update(lease_until=older)) > 0


def call_passes(stage: Stage) -> None:
    """Whoever is called has not answered within the minute."""
    past = timezone.now() - timedelta(seconds=1)
    called = Conversation.objects.filter(area=stage.area, state="called")
    assert apart(lambda: called.update(called_until=past)) == 1


def says_here(stage: Stage, visit: Visit) -> None:
    """Press "I am here" when the call has passed, and wait until the service knows: only then is one called again."""
    passed_over = Conversation.objects.filter(area=stage.area, state="queued", called_until__isnull=False)
    visit.main.locator("[data-here]").click()
    until(visit.page, lambda: not passed_over.exists())


def absent(visit: Visit) -> Visit:
    """This visitor does not press "I am here" by themselves."""
    visit.page.evaluate("() => document.documentElement.setAttribute('data-absent', '')")
    return visit


def heading(visit: Visit, text: str) -> None:
    """Wait for the h1 of the visitor's page."""
    expect(visit.main.locator("h1")).to_have_text(text)


def told(visit: Visit, text: str) -> None:
    """Wait for words on the visitor's page."""
    expect(visit.main).to_contain_text(text)


def press(visit: Visit, name: str) -> None:
    """Press a button of the visitor's page."""
    visit.main.get_by_role("button", name=name, exact=True).click()


def return_code(visit: Visit, said: dict[str, str]) -> str:
    """Ask for the return code and write it down."""
    visit.page.get_by_text(said["code_offer"], exact=True).click()
    press(visit, said["code_show"])
    return shown_code(visit)


def shown_code(visit: Visit) -> str:
    """The code on the page."""
    expect(visit.page.locator(CODE)).to_have_count(4)
    return " ".join(visit.page.locator(CODE).all_inner_texts())


def by_code(visit: Visit, code: str) -> Visit:
    """Type a return code and go on."""
    visit.page.locator("#back-by-code summary").click()
    visit.page.locator("#code").fill(code)
    visit.page.locator("#back button").click()
    return visit


def call_next(desk: Desk) -> Held:
    """Take the next one, who has not said yet that they are there."""
    expect(desk.take_button).to_be_enabled()
    desk.take_button.click()
    chosen = desk.page.locator('.talk[data-chosen][data-state="called"]')
    expect(chosen).to_have_count(1)
    return Held(desk, chosen)
