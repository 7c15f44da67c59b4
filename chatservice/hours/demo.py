"""Hours for trying the service: the demo area always open, a second one with the hours of a real two-person service."""

from __future__ import annotations

from django.db import transaction

from chatservice.hours.models import Hours
from chatservice.places import calendars
from chatservice.places.models import CHANNELS, LANGUAGES, Area, Host

ALWAYS = "24/7"
REAL = {
    ("youth", "fi"): "Mo-Th 14:00-18:00; PH,SH off",
    ("youth", "sv"): "Tu,Th 15:00-17:00; PH,SH off",
    ("youth", "en"): "We 15:00-17:00; PH,SH off",
    ("parent", "fi"): "Mo,We 17:00-19:00; PH off",
    ("parent", "sv"): "We 17:00-19:00; PH off",
    ("parent", "en"): "off",
}
# A made-up town's breaks.
BREAKS = """municipality,stage,first,last,kind,label
,basic,2026-10-12,2026-10-16,autumn,
,basic,2026-12-21,2027-01-06,christmas,
,basic,2027-02-22,2027-02-26,winter,
,basic,2027-06-07,2027-08-10,summer,
,basic,2027-10-18,2027-10-22,autumn,
"""


@transaction.atomic
def load(area: Area, *, always: bool = True) -> None:
    """Give an area its demo hours; what is there already stays."""
    for channel in CHANNELS:
        for language in LANGUAGES:
            text = ALWAYS if always else REAL[channel, language]
            Hours.objects.get_or_create(area=area, channel=channel, language=language, defaults={"expression": text})
    if not always and not area.school_calendar.exists():
        calendars.load(area=area, text=BREAKS)


@transaction.atomic
def load_closed() -> Area:
    """Make the area and the entry `demo-closed`; nobody is on duty there, so its door shows what closed looks like."""
    names = {"name_fi": "Suljettu demoalue", "name_sv": "Stängda demoområdet", "name_en": "Closed demo area"}
    area, _ = Area.objects.get_or_create(slug="demo-closed", defaults=names)
    Host.objects.get_or_create(key="demo-closed", defaults={"area": area, "name": "Demo"})
    load(area, always=False)
    return area
