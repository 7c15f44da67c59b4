"""What a mail says, in the worker's language. Names of areas are the only words that do not stand here."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chatservice.hours.evaluate import ZONE
from chatservice.hours.words import TONGUES


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """All that a mail may tell: the area's name, how many, since when (aware), and where the desk is."""

    area: str
    count: int
    since: datetime
    desk: str
    service: str


@dataclass(frozen=True, slots=True)
class Words:
    """Subject and body for one, and for several."""

    subject: str
    subject_many: str
    one: str
    many: str
    rest: str


URGENT: Final = {
    "fi": Words(
        "{service}: kiireellinen keskustelu odottaa",
        "{service}: {count} kiireellistä keskustelua odottaa",
        "{area}: kiireellinen keskustelu odottaa, eikä kukaan ole vielä ehtinyt ottaa sitä. Odotus alkoi {time}.",
        "{area}: {count} kiireellistä keskustelua on odottanut, eikä kukaan ole ehtinyt ottaa niitä. "
        "Ensimmäinen odotus alkoi {time}.",
        "Hei!\n\n{told}\n\nKatso tilanne työpöydältä: {desk}\n\n"
        "Tässä viestissä ei ole mitään keskustelusta, eikä siihen tarvitse vastata.\nKiitos, kun olet mukana.\n",
    ),
    "sv": Words(
        "{service}: ett brådskande samtal väntar",
        "{service}: {count} brådskande samtal väntar",
        "{area}: ett brådskande samtal väntar och ingen har ännu hunnit ta det. Väntan började {time}.",
        "{area}: {count} brådskande samtal har väntat och ingen har hunnit ta dem. Den första väntan började {time}.",
        "Hej!\n\n{told}\n\nSe läget på arbetsbordet: {desk}\n\n"
        "Det här meddelandet innehåller ingenting ur samtalet, och du behöver inte svara.\nTack för att du är med.\n",
    ),
    "en": Words(
        "{service}: an urgent conversation is waiting",
        "{service}: {count} urgent conversations are waiting",
        "{area}: an urgent conversation is waiting and nobody has been able to take it yet. The wait began {time}.",
        "{area}: {count} urgent conversations have been waiting and nobody has been able to take them. "
        "The first wait began {time}.",
        "Hello!\n\n{told}\n\nSee how things stand at the desk: {desk}\n\n"
        "This message holds nothing of the conversation, and needs no answer.\nThank you for being there.\n",
    ),
}


CLOCK: Final = {
    "fi": Words(
        "{service}: vuosikello muistuttaa",
        "{service}: vuosikello muistuttaa ({count})",
        "{area}: vuosikellossa on asia, jonka päivä on {day}.",
        "{area}: vuosikellossa on {count} asiaa, joista ensimmäisen päivä on {day}.",
        "Hei!\n\n{told}\n\nKatso vuosikello työpöydältä: {desk}\n\n"
        "Tähän viestiin ei tarvitse vastata.\nKiitos, kun olet mukana.\n",
    ),
    "sv": Words(
        "{service}: årsklockan påminner",
        "{service}: årsklockan påminner ({count})",
        "{area}: i årsklockan finns en sak vars dag är {day}.",
        "{area}: i årsklockan finns {count} saker. Den första av dem har dagen {day}.",
        "Hej!\n\n{told}\n\nSe årsklockan på arbetsbordet: {desk}\n\n"
        "Du behöver inte svara på det här meddelandet.\nTack för att du är med.\n",
    ),
    "en": Words(
        "{service}: the annual clock reminds you",
        "{service}: the annual clock reminds you ({count})",
        "{area}: the annual clock has something whose day is {day}.",
        "{area}: the annual clock has {count} things; the day of the first is {day}.",
        "Hello!\n\n{told}\n\nSee the annual clock at the desk: {desk}\n\n"
        "This message needs no answer.\nThank you for being there.\n",
    ),
}
TEMPLATES: Final = {"urgent": URGENT, "clock": CLOCK}


def message(*, template: str = "urgent", language: str, facts: Facts) -> tuple[str, str]:
    """Return subject and body. Pure."""
    known = TEMPLATES[template]
    words = known.get(language, known["fi"])
    given = {"area": facts.area, "count": facts.count, "desk": facts.desk, "service": facts.service}
    given["time"] = _time(facts.since, language)
    given["day"] = _day(facts.since, language)
    several = facts.count > 1
    given["told"] = (words.many if several else words.one).format(**given)
    return (words.subject_many if several else words.subject).format(**given), words.rest.format(**given)


def _day(moment: datetime, language: str) -> str:
    return TONGUES.get(language, TONGUES["fi"]).dated(moment.astimezone(ZONE).date(), year=True)


def _time(moment: datetime, language: str) -> str:
    tongue = TONGUES.get(language, TONGUES["fi"])
    there = moment.astimezone(ZONE)
    return f"{tongue.at}{tongue.clock(there.hour, there.minute)}"
