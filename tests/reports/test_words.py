"""Every text of the room stands in Finnish, Swedish and English, with the same places to fill."""

import pytest

from chatservice.reports import labels
from chatservice.reports.plans import PLANS, SECTIONS
from chatservice.reports.snapshot import MARKS, open_snapshot
from chatservice.reports.words import LANGUAGES, entry, has, keys, places
from tests.reports.invented import county


def test_every_text_is_whole_in_all_languages() -> None:
    for key in keys():
        texts = entry(key)
        assert tuple(texts) == LANGUAGES, key
        assert all(text.strip() for text in texts.values()), key
        assert len({places(text) for text in texts.values()}) == 1, key


@pytest.mark.parametrize("key", [*SECTIONS])
def test_a_section_says_what_its_figures_tell(key: str) -> None:
    assert has(f"heading.{key}")
    assert has(f"says.{key}")


@pytest.mark.parametrize("plan", [*PLANS])
def test_a_plan_has_a_title_and_sections_that_exist(plan: str) -> None:
    assert has(f"plan.{plan}")
    assert has(f"plan_for.{plan}")
    assert set(PLANS[plan]) <= set(SECTIONS)


def test_every_mark_is_translated_and_explained() -> None:
    shown = {language: [labels.mark(text, language) for text in MARKS] for language in LANGUAGES}
    assert shown["fi"] == ["alle 5", "alle 10", ".."]
    assert shown["sv"] == shown["en"] == ["under 5", "under 10", ".."]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_code_of_a_snapshot_has_a_name(language: str) -> None:
    snapshot = open_snapshot(county())
    for table in snapshot.tables:
        for name in table.dims:
            for code in snapshot.codes(table.measure, name):
                if name != "hour":
                    assert labels.code(name, code, snapshot=snapshot, language=language) != code, (name, code)


def test_names_of_gathered_places_and_unspecified_topics() -> None:
    snapshot = open_snapshot(county("autumn"))
    assert labels.place("muut koulut:suvanto", snapshot, "sv") == "Övriga skolor, Selet"
    assert labels.place("unknown:suvanto", snapshot, "fi") == "Koulu ei tiedossa, Suvanto"
    assert labels.code("topic", "Y.PEER.UNSPEC", snapshot=snapshot, language="en").startswith("Friends and loneliness")


def test_numbers_and_days_are_written_as_the_language_does() -> None:
    assert labels.mark("2600", "fi") == "2\u00a0600"
    assert labels.mark("2600", "en") == "2,600"
    assert labels.percent(7, "sv") == "7\u00a0%"
    assert labels.day("2026-08-01", "fi") == "1.8.2026"
    assert labels.day("2026-08-01", "en") == "1 August 2026"
    assert labels.period("2026-08", "sv") == "augusti 2026"
