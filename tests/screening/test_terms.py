"""Sari adds words of her own area: tried before they hold, version by version, undone by one act, hers alone."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from chatservice.accounts.errors import NotCoordinator
from chatservice.accounts.models import Worker
from chatservice.audit.models import Entry
from chatservice.moderation.pipeline import default, screen
from chatservice.places.models import Area
from chatservice.screening import terms
from chatservice.screening.errors import NoTerm, StaleEdit
from chatservice.screening.models import AreaTerm
from chatservice.screening.terms import TermDraft
from tests import wire

SWING = TermDraft(
    key="swing-bridge",
    phrase="kääntösil*",
    level=2,
    category="suicide",
    examples_match=("mä meen kääntösillalle", "oon kääntösillan luona"),
    examples_not=("koulun sillalla oli kivaa",),
)


@pytest.fixture
def sari(area: Area) -> Worker:
    """Sari the nurse, who coordinates."""
    return coordinator(area)


@pytest.fixture
def eve(database: None) -> Worker:
    """Eve, who coordinates another area."""
    return coordinator(wire.make_area(), "Eve")


def coordinator(area: Area, name: str = "Sari") -> Worker:
    """Somebody who may edit an area."""
    found = wire.make_worker(area, name, profession="nurse")
    Worker.objects.filter(pk=found.pk).update(coordinator=True)
    return found


def refused(act: Callable[[], object]) -> dict[str, list[str]]:
    """The codes of what was refused, by field."""
    with pytest.raises(ValidationError) as caught:
        act()
    return {name: [str(one.code) for one in errors] for name, errors in caught.value.error_dict.items()}


def versions(area: Area) -> list[tuple[int, str, bool]]:
    """What is stored of an area's terms."""
    rows = AreaTerm.objects.filter(area=area).order_by("key", "version")
    return [(row.version, row.phrase, row.active) for row in rows]


def test_a_saved_term_is_the_newest_version_and_recorded(area: Area, sari: Worker) -> None:
    saved = terms.save(actor=sari, draft=SWING, version=0)
    assert (saved.version, saved.area_id, saved.by_id, saved.at.second) == (1, area.pk, sari.pk, 0)
    terms.save(actor=sari, draft=replace(SWING, phrase="kääntösilla*"), version=1)
    assert [(row.version, row.phrase) for row in terms.of_area(actor=sari)] == [(2, "kääntösilla*")]
    assert versions(area) == [(1, "kääntösil*", True), (2, "kääntösilla*", True)]
    acts = Entry.objects.filter(area=area.pk, action="terms_changed").order_by("n")
    assert [(act.actor, "kääntö" in act.object) for act in acts] == [(sari.pk, False)] * 2


def test_a_term_raises_a_line_and_says_which_it_was(area: Area, sari: Worker) -> None:
    rules = default().with_terms(terms.with_draft(area=area.pk, draft=SWING))
    found = screen("meen kääntösillalle", rules=rules)
    assert (found.level, found.categories) == ("high", ("suicide",))
    assert [reason.rule for reason in found.reasons] == ["area:swing-bridge"]
    assert screen("meen kääntösillalle").level == "none"


def test_every_change_can_be_taken_back(area: Area, sari: Worker) -> None:
    terms.save(actor=sari, draft=SWING, version=0)
    terms.save(actor=sari, draft=replace(SWING, level=3), version=1)
    terms.put_out_of_use(actor=sari, key=SWING.key, version=2)
    assert terms.terms_of(terms.newest(area.pk)) == []
    again = terms.take_back(actor=sari, key=SWING.key, to=1, version=3)
    assert (again.version, again.level, again.active) == (4, 2, True)
    assert terms.take_back(actor=sari, key=SWING.key, to=3, version=4).active is False
    assert [row.version for row in terms.history(actor=sari, key=SWING.key)] == [5, 4, 3, 2, 1]
    assert Entry.objects.filter(area=area.pk, action="terms_changed").count() == 5


@pytest.mark.parametrize(
    ("change", "codes"),
    [
        ({"phrase": "*"}, {"phrase": ["no_word"]}),
        ({"phrase": "ei 12345"}, {"phrase": ["no_word"]}),
        ({"level": 0}, {"level": ["level"]}),
        ({"level": 4}, {"level": ["level"]}),
        ({"category": "weather"}, {"category": ["category"]}),
        ({"examples_match": ()}, {"examples_match": ["no_example"]}),
        ({"examples_match": ("oon kääntösillan luona",) * 11}, {"examples_match": ["too_many"]}),
        ({"examples_match": ("kääntösilta " * 40,)}, {"examples_match": ["too_long"]}),
        ({"examples_match": ("mennään sillalle", "kääntösilta")}, {"examples_match": ["not_found"]}),
        ({"examples_not": ("kiva kääntösilta", "hei", "Kääntösiltaa!")}, {"examples_not": ["found", "found"]}),
    ],
)
def test_what_could_not_work_is_refused_at_its_field(
    area: Area, sari: Worker, change: dict[str, object], codes: dict[str, list[str]]
) -> None:
    draft = replace(SWING, **change)  # type: ignore[arg-type]  # one field of its own type each
    assert refused(lambda: terms.save(actor=sari, draft=draft, version=0)) == codes
    assert versions(area) == []


def test_a_refusal_names_the_sentence(sari: Worker) -> None:
    with pytest.raises(ValidationError) as caught:
        terms.save(actor=sari, draft=replace(SWING, examples_not=("kiva kääntösilta",)), version=0)
    (error,) = caught.value.error_dict["examples_not"]
    assert error.params == {"example": "kiva kääntösilta"}


def test_two_who_edit_at_once_do_not_undo_each_other(area: Area, sari: Worker) -> None:
    second = coordinator(area, "Petri")
    terms.save(actor=sari, draft=SWING, version=0)
    terms.save(actor=second, draft=replace(SWING, level=1), version=1)
    for act in (
        lambda: terms.save(actor=sari, draft=replace(SWING, level=3), version=1),
        lambda: terms.save(actor=sari, draft=SWING, version=0),
        lambda: terms.take_back(actor=sari, key=SWING.key, to=1, version=1),
        lambda: terms.put_out_of_use(actor=sari, key=SWING.key, version=1),
    ):
        with pytest.raises(StaleEdit):
            act()
    assert [row.level for row in terms.of_area(actor=sari)] == [1]


def test_of_two_who_press_in_the_same_moment_one_is_told(area: Area, sari: Worker) -> None:
    terms.save(actor=sari, draft=SWING, version=0)
    both = Barrier(2)

    def press(level: int) -> str:
        try:
            both.wait(timeout=60)
            terms.save(actor=sari, draft=replace(SWING, level=level), version=1)
        except StaleEdit:
            return "told"
        finally:
            connection.close()
        return "saved"

    with ThreadPoolExecutor(2) as threads:
        assert sorted(threads.map(press, (1, 3))) == ["saved", "told"]
    assert [row.version for row in terms.of_area(actor=sari)] == [2]


def test_who_does_not_coordinate_does_nothing(area: Area, sari: Worker, petri: Worker) -> None:
    terms.save(actor=sari, draft=SWING, version=0)
    for act in (
        lambda: terms.save(actor=petri, draft=SWING, version=1),
        lambda: terms.take_back(actor=petri, key=SWING.key, to=1, version=1),
        lambda: terms.put_out_of_use(actor=petri, key=SWING.key, version=1),
        lambda: terms.of_area(actor=petri),
        lambda: terms.history(actor=petri, key=SWING.key),
    ):
        with pytest.raises(NotCoordinator):
            act()
    Worker.objects.filter(pk=sari.pk).update(coordinator=False)
    with pytest.raises(NotCoordinator):
        terms.save(actor=sari, draft=SWING, version=1)
    assert len(versions(area)) == 1


def test_another_area_has_its_own(area: Area, sari: Worker, eve: Worker) -> None:
    terms.save(actor=sari, draft=SWING, version=0)
    assert terms.of_area(actor=eve) == []
    with pytest.raises(NoTerm):
        terms.history(actor=eve, key=SWING.key)
    with pytest.raises(StaleEdit):
        terms.put_out_of_use(actor=eve, key=SWING.key, version=1)
    with pytest.raises(NoTerm):
        terms.take_back(actor=eve, key=SWING.key, to=1, version=0)
    terms.save(actor=eve, draft=replace(SWING, level=1), version=0)
    assert [row.level for row in terms.of_area(actor=sari)] == [2]


def test_the_database_itself_keeps_one_row_for_a_version(area: Area, sari: Worker) -> None:
    row = terms.save(actor=sari, draft=SWING, version=0)
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)
