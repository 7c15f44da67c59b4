"""A bulletin is written by people, its figures by the frozen report; what is out is out for ever."""

import json
import threading
from copy import deepcopy

import pytest
from django.core.management import call_command
from django.db import connection
from django.db.utils import ProgrammingError

from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.bulletins import archive, demo, drafts
from chatservice.bulletins.errors import NoBulletin, NotAllowed
from chatservice.bulletins.models import Draft, Published
from chatservice.bulletins.publishing import publish, withdraw
from chatservice.places.errors import StaleEdit
from chatservice.places.models import Area
from chatservice.reports.errors import BadBulletin
from chatservice.reports.labels import mark
from chatservice.statistics.models import Report, Snapshot
from tests import wire
from tests.bulletins import invented
from tests.statistics import office


def test_from_proposal_to_archive_with_the_reports_figures(area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    words = deepcopy(draft.words)
    words["fi"]["sentences"][0] = ["Meille kirjoitettiin {figure} kertaa.", "Kiitos luottamuksesta."]
    saved = drafts.save(actor=sari, draft=draft.pk, version=1, words=words)
    row = publish(actor=sari, draft=draft.pk, version=saved.version)
    found = archive.of_area(area.slug)
    assert found is not None
    (issue,) = found.issues
    assert issue.texts["fi"]["items"][0] == [
        f"Meille kirjoitettiin {mark('1310', 'fi')} kertaa.",
        "Kiitos luottamuksesta.",
    ]
    assert set(issue.texts) == {"fi", "sv"}
    assert issue.language("en") == "fi"
    assert issue.identity == draft.snapshot.hash
    assert not Draft.objects.filter(area=area).exists()
    last = Entry.objects.filter(area=area.pk).order_by("n").last()
    assert last is not None
    assert (last.action, last.actor, last.object) == ("bulletin_published", sari.pk, f"bulletin {row.number}")


def test_english_is_published_where_it_was_written(area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    words = {**draft.words, "en": drafts.proposal(draft)["en"]}
    saved = drafts.save(actor=sari, draft=draft.pk, version=1, words=words)
    row = publish(actor=sari, draft=draft.pk, version=saved.version)
    assert "Contacts to the chat" in row.body["en"]["items"][0][0]


@pytest.mark.parametrize("lacking", ["fi", "sv", "en"])
def test_nothing_is_published_while_a_language_has_gaps(area: Area, sari: Worker, lacking: str) -> None:
    draft = invented.begun(sari, area)
    words = {**deepcopy(draft.words), "en": drafts.proposal(draft)["en"]}
    words[lacking]["sentences"][2][1] = ""
    saved = drafts.save(actor=sari, draft=draft.pk, version=1, words=words)
    assert drafts.gaps(saved) == (lacking,)
    with pytest.raises(BadBulletin):
        publish(actor=sari, draft=draft.pk, version=saved.version)
    assert not Published.objects.filter(area=area).exists()


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("Yhteydenottoja oli 1312.", "digits"),
        ("Kaksi oppilasta Kylän koulusta kirjoitti.", "digits"),
        ("En elev skrev varje dag.", "digits"),
        ("<b>Hei</b>", "markup"),
        ("{secret}", "places"),
        ("{figure:^2026}", "braces"),
        ("{}", "braces"),
        ("{figure!r}", "braces"),
        ("x" * 241, "length"),
    ],
)
def test_what_can_never_stand_is_not_even_stored(area: Area, sari: Worker, sentence: str, code: str) -> None:
    draft = invented.begun(sari, area)
    words = deepcopy(draft.words)
    words["sv"]["sentences"][0][0] = sentence
    with pytest.raises(BadBulletin) as refused:
        drafts.save(actor=sari, draft=draft.pk, version=1, words=words)
    assert refused.value.code == code
    assert Draft.objects.get(pk=draft.pk).version == 1


def test_what_is_out_cannot_be_changed_only_followed(area: Area, sari: Worker) -> None:
    first = invented.out(sari, area)
    for statement in ("UPDATE bulletins_published SET number = 9", "DELETE FROM bulletins_published"):
        with pytest.raises(ProgrammingError), connection.cursor() as cursor:
            cursor.execute(statement)
    draft = drafts.follow(actor=sari, number=first.number)
    second = publish(actor=sari, draft=draft.pk, version=draft.version)
    found = archive.of_area(area.slug)
    assert found is not None
    assert [issue.number for issue in found.issues] == [second.number, first.number] == [2, 1]
    assert [(issue.follows, issue.newer) for issue in found.issues] == [(1, None), (None, 2)]


def test_two_who_publish_at_once_publish_once(area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    met: list[str] = []

    def go() -> None:
        try:
            publish(actor=sari, draft=draft.pk, version=1)
            met.append("out")
        except NoBulletin:
            met.append("gone")
        finally:
            connection.close()

    threads = [threading.Thread(target=go) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(met) == ["gone", "out"]


def test_who_was_slower_publishes_nothing(area: Area, sari: Worker) -> None:
    draft = invented.begun(sari, area)
    drafts.save(actor=sari, draft=draft.pk, version=1, words=draft.words)
    for act in (publish, drafts.remove):
        with pytest.raises(StaleEdit):
            act(actor=sari, draft=draft.pk, version=1)


@pytest.mark.parametrize("who", ["reader", "worker", "elsewhere", "lost the role"])
def test_others_write_and_publish_nothing(area: Area, sari: Worker, who: str) -> None:
    draft = invented.begun(sari, area)
    other = {
        "reader": lambda: office.rauni(area),
        "worker": lambda: wire.make_worker(area, "Petri"),
        "elsewhere": lambda: office.sari(wire.make_area()),
        "lost the role": lambda: sari,
    }[who]()
    if other == sari:
        Worker.objects.filter(pk=sari.pk).update(coordinator=False)
    for act in (
        lambda: drafts.one(actor=other, draft=draft.pk),
        lambda: drafts.begin(actor=other, report=draft.snapshot_id),
        lambda: drafts.save(actor=other, draft=draft.pk, version=1, words=draft.words),
        lambda: drafts.remove(actor=other, draft=draft.pk, version=1),
        lambda: publish(actor=other, draft=draft.pk, version=1),
        lambda: drafts.follow(actor=other, number=1),
    ):
        with pytest.raises((NotAllowed, NoBulletin)):
            act()
    assert not Published.objects.filter(area=area).exists()


def test_the_demo_has_one_bulletin_and_only_one(area: Area, sari: Worker) -> None:
    assert not demo.publish_first(slug=area.slug)
    invented.frozen(area)
    assert demo.publish_first(slug=area.slug)
    assert not demo.publish_first(slug=area.slug)
    assert Published.objects.filter(area=area).count() == 1
    call_command("demo_bulletins", verbosity=0)


def test_one_is_taken_down_once_by_those_who_may_and_it_is_recorded(area: Area, sari: Worker) -> None:
    row = invented.out(sari, area)
    for other in (office.rauni(area), wire.make_worker(area, "Petri")):
        with pytest.raises(NotAllowed):
            withdraw(actor=other, number=row.number, reason="mistake")
    with pytest.raises(NoBulletin):
        withdraw(actor=office.sari(wire.make_area()), number=row.number, reason="mistake")
    with pytest.raises(ValueError, match="gossip"):
        withdraw(actor=sari, number=row.number, reason="gossip")
    assert withdraw(actor=office.tiina(area), number=row.number, reason="words")
    assert not withdraw(actor=sari, number=row.number, reason="mistake")
    acts = Entry.objects.filter(area=area.pk, action="bulletin_withdrawn").values_list("object", flat=True)
    assert list(acts) == [f"bulletin {row.number}: words"]
    with pytest.raises(ProgrammingError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE bulletins_withdrawal SET reason = 'early'")


def test_the_newest_period_is_offered_first_and_september_tells_of_itself(area: Area, sari: Worker) -> None:
    year, october = invented.frozen(area), invented.frozen(area, "october")
    assert [row.pk for row in drafts.reports(actor=sari)] == [year.pk, october.pk]
    draft = drafts.begin(actor=sari, report=october.pk)
    row = publish(actor=sari, draft=draft.pk, version=draft.version)
    assert draft.names == ["contacts", "answered", "doors"]
    assert row.body["fi"]["title"] == "Nimetön chat lukuina: syyskuu 2026"
    assert row.body["sv"]["period"].endswith("september 2026")
    cells = {at: text for at, text in months(october) if at == "2026-09"}
    assert mark(cells["2026-09"], "fi") in row.body["fi"]["items"][0][0]


def test_a_corrected_report_and_one_without_figures_are_not_offered(area: Area, sari: Worker) -> None:
    old, new = (invented.frozen(area, plan) for plan in ("autumn", "year"))
    Report.objects.filter(pk=new.report_id).update(corrects=old.report_id)
    invented.keep(area, json.loads(old.body) | {"plan": "small_town", "tables": []})
    assert [row.pk for row in drafts.reports(actor=sari)] == [new.pk]


def months(snapshot: Snapshot) -> list[tuple[str, str]]:
    """The contacts of all by month."""
    cells = [
        cell
        for table in json.loads(snapshot.body)["tables"]
        if table["measure"] == "contacts"
        for cell in table["cells"]
    ]
    return [(cell["at"]["period"], cell["text"]) for cell in cells if set(cell["at"]) == {"period"}]
