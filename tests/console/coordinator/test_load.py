"""The page of the load: its script finds a cell for each text, and no municipality or school is told apart."""

import re
from datetime import timedelta
from uuid import uuid4

from django.test import Client

from chatservice.accounts.models import Worker
from chatservice.statistics import life
from chatservice.statistics.models import Closing, LoadCounter


def counted(sari: Worker, *, days: int, band: int, **counts: int) -> None:
    day = life.today() - timedelta(days=days)
    lane = {"channel": "youth", "language": "fi", "queue_id": 7}
    LoadCounter.objects.create(area_id=sari.area_id, day=day, band=band, **lane, **counts)


def test_every_text_of_the_script_has_its_cell(office: Client, sari: Worker) -> None:
    counted(sari, days=0, band=7, arrivals=10, answered=6, left=2, turned_away=1)
    counted(sari, days=7, band=8, arrivals=4)
    page = office.get("/load").content.decode()
    cells = office.get("/load/now").json()["cells"]
    assert set(re.findall(r'data-cell="([^"]+)"', page)) == set(cells)
    assert cells["bands-7-share"] == cells["lanes-youth-fi-share"] == "67 %"
    assert (cells["bands-8-usual"], cells["bands-8-share"]) == ("4", "–")


def test_it_is_labelled_and_tells_no_place(office: Client, sari: Worker) -> None:
    counted(sari, days=0, band=7, arrivals=10, answered=6)
    page = office.get("/load").content.decode()
    assert "Ei julkaistavaksi" in page
    assert "kuntia tai kouluja ei eritellä" in page


def test_the_waits_of_the_last_hours_are_told_in_classes(office: Client, sari: Worker) -> None:
    for wait in ("W_U2", "W_U2", "W_30"):
        Closing.objects.create(
            conversation=uuid4(), area=sari.area, day=life.today(), municipality="unknown", wait=wait, thread=True
        )
    page = office.get("/load").content.decode()
    assert '<span data-cell="waits-W_U2-talks">2</span>' in page
    assert "Alle 2 min" in page
    assert office.get("/load/now").json()["cells"]["waits-W_30-talks"] == "1"
