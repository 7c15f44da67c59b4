"""Every metric has its definition, source and known limits, in three languages, on the page and in the files."""

import pytest

from chatservice.reports.definitions import SOURCES, definitions
from chatservice.reports.plans import report
from chatservice.reports.render import look
from chatservice.reports.words import LANGUAGES
from tests.reports.invented import town


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_metric_is_defined(language: str) -> None:
    found = definitions(language)
    assert [each.key for each in found] == list(SOURCES)
    assert all(each.name and each.meaning and each.source and each.limits for each in found)


def test_a_contact_is_not_a_pupil() -> None:
    contact, *_ = definitions("fi")
    assert "ei ole sama kuin oppilas" in contact.limits


def test_the_report_has_the_same_definitions_as_the_page() -> None:
    assert report(look(town(), language="sv")).definitions == definitions("sv")


def test_every_measure_and_dimension_of_a_snapshot_is_defined() -> None:
    measures = {table["measure"] for table in town()["tables"]}
    dims = {dim for table in town()["tables"] for dim in table["dims"]}
    told = {"kind": "unmet", "band": "tests", "theme": "library", "weekday": "rota", "hour": "rota", "period": "frozen"}
    told |= {"channel": "contacts"}
    assert measures <= set(SOURCES)
    assert {told.get(dim, dim) for dim in dims} <= set(SOURCES)
