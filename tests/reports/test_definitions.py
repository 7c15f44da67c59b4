"""Every metric has its definition, source and known limits, in three languages, on the page and in the files."""

import pytest

from chatservice.reports.definitions import OF_SECTION, SOURCES, definitions, unpublished
from chatservice.reports.plans import SECTIONS, report
from chatservice.reports.render import look
from chatservice.reports.words import LANGUAGES
from tests.reports.invented import town


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_is_defined(language: str) -> None:
    found = definitions(language)
    assert [each.key for each in found] == list(SOURCES)
    assert all(each.name and each.meaning and each.source and each.limits for each in found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_counted_for_the_work_alone_is_told_and_stands_in_no_report(language: str) -> None:
    found = unpublished(language)
    assert [each.key for each in found] == ["load", "common", "agreement"]
    assert all(each.name and each.meaning and each.source and each.limits for each in found)
    assert not set(found) & set(definitions(language))


def test_a_contact_is_not_a_pupil() -> None:
    contact, *_ = definitions("fi")
    assert "ei ole sama kuin oppilas" in contact.limits


def test_the_report_defines_what_it_shows_in_the_words_of_the_page() -> None:
    shown = report(look(town(), language="sv")).definitions
    assert set(shown) < set(definitions("sv"))
    assert {"contacts", "protected", "tests", "unmet"} <= {each.key for each in shown}
    assert "profession" not in {each.key for each in shown}


def test_every_section_has_definitions_that_exist() -> None:
    assert set(OF_SECTION) <= {*SECTIONS, "school_threads"}
    assert {key for keys in OF_SECTION.values() for key in keys} <= set(SOURCES)


def test_every_measure_and_dimension_of_a_snapshot_is_defined() -> None:
    measures = {table["measure"] for table in town()["tables"]}
    dims = {dim for table in town()["tables"] for dim in table["dims"]}
    told = {"kind": "unmet", "band": "tests", "theme": "library", "weekday": "rota", "hour": "rota", "period": "frozen"}
    told |= {"channel": "contacts"}
    assert measures <= set(SOURCES)
    assert {told.get(dim, dim) for dim in dims} <= set(SOURCES)
