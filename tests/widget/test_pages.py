"""What Mia and Jonas see before any script runs."""

import json
import re

import pytest
from django.test import AsyncClient, override_settings

pytestmark = pytest.mark.pure


async def text_of(pages: AsyncClient, address: str, status: int = 200) -> str:
    answer = await pages.get(address)
    assert answer.status_code == status
    return answer.content.decode()


async def test_the_door_leads_to_the_first_language(pages: AsyncClient) -> None:
    answer = await pages.get("/school")
    assert (answer.status_code, answer["Location"]) == (302, "/school/fi")


async def test_the_choice_has_one_link_for_each_channel_and_language(pages: AsyncClient) -> None:
    page = await text_of(pages, "/school/sv")
    for address in ("/school/sv/youth", "/school/sv/parent", "/school/fi", "/school/en"):
        assert f'href="{address}"' in page


async def test_a_host_with_one_channel_skips_the_choice(pages: AsyncClient) -> None:
    answer = await pages.get("/parents/sv")
    assert (answer.status_code, answer["Location"]) == (302, "/parents/sv/parent")


@pytest.mark.parametrize(
    ("language", "words"),
    [("fi", "Emme tiedä, kuka olet"), ("sv", "Vi vet inte vem du är"), ("en", "We do not know who you are")],
)
async def test_mia_reads_honest_words_before_the_first_one(pages: AsyncClient, language: str, words: str) -> None:
    page = await text_of(pages, f"/school/{language}/youth")
    assert f'<html lang="{language}"' in page
    assert words in page


async def test_mia_tells_her_age_and_jonas_does_not(pages: AsyncClient) -> None:
    youth, parent = await text_of(pages, "/school/fi/youth"), await text_of(pages, "/school/fi/parent")
    assert re.findall(r'value="(A\d\d_\d\d)"', youth) == ["A07_09", "A10_12", "A13_15", "A16_17", "A18_20", "A21_25"]
    assert "A07_09" not in parent


@pytest.mark.parametrize("address", ["/school/fi", "/school/fi/youth", "/school/en/parent", "/nowhere", "/"])
async def test_every_page_has_the_numbers_and_the_way_out(pages: AsyncClient, address: str) -> None:
    page = (await pages.get(address)).content.decode()
    assert 'href="tel:112"' in page
    assert 'href="tel:116111"' in page
    assert 'class="exit"' in page


async def test_the_title_is_the_same_everywhere(pages: AsyncClient) -> None:
    addresses = ("/school/fi", "/school/sv/youth", "/school/en/parent", "/nowhere")
    titles = {re.search("<title>(.*)</title>", (await pages.get(each)).content.decode())[1] for each in addresses}  # type: ignore[index]
    assert titles == {"Kuulolla"}


@pytest.mark.parametrize(
    ("hours", "promise"),
    [(0, "as soon as the conversation ends"), (1, "deleted 1 hour after"), (24, "deleted 24 hours after")],
)
async def test_the_promise_of_deletion_follows_the_setting(pages: AsyncClient, hours: int, promise: str) -> None:
    with override_settings(RETENTION_HOURS=hours):
        assert promise in await text_of(pages, "/school/en/youth")


async def test_the_promise_of_the_place_follows_the_setting(pages: AsyncClient) -> None:
    with override_settings(HOLD_MINUTES=45):
        page = await text_of(pages, "/school/en/youth")
    words = json.loads(re.search(r'<script id="words" type="application/json">(.*?)</script>', page)[1])  # type: ignore[index]
    assert '"hold": 45' in page
    assert "45 minutes" in words["stays"]


async def test_the_age_is_asked_in_fields_that_no_browser_remembers(pages: AsyncClient) -> None:
    page = await text_of(pages, "/school/fi/youth")
    assert all('autocomplete="off"' in field for field in re.findall("<input[^>]*>", page))


@pytest.mark.parametrize(
    "address", ["/nowhere/fi", "/school/de", "/school/fi/staff", "/school/fi/youth/more", "/", "/a b"]
)
async def test_an_unknown_address_answers_calmly_in_all_languages(pages: AsyncClient, address: str) -> None:
    page = await text_of(pages, address, 404)
    for words in ("Tätä sivua ei ole", "Den här sidan finns inte", "This page does not exist", "112", "116 111"):
        assert words in page


@pytest.mark.parametrize("method", ["post", "put", "delete", "patch"])
async def test_pages_take_no_data(pages: AsyncClient, method: str) -> None:
    assert (await getattr(pages, method)("/school/fi/youth")).status_code == 405


async def test_the_demo_host_page_is_for_demonstrations_only(pages: AsyncClient) -> None:
    with override_settings(MODE="production"):
        assert (await pages.get("/host-page/school")).status_code == 404
    with override_settings(MODE="demo"):
        assert "/load.js" in await text_of(pages, "/host-page/school")


async def test_only_the_demo_embeds_its_own_pages(pages: AsyncClient) -> None:
    for mode, own in (("demo", True), ("production", False)):
        with override_settings(MODE=mode):
            policy = (await pages.get("/school/fi"))["Content-Security-Policy"]
        assert ("http://testserver;" in policy.partition("frame-ancestors")[2]) is own
    with override_settings(MODE="demo"):
        assert "frame-src 'self'" in (await pages.get("/host-page/school"))["Content-Security-Policy"]
        assert "frame-src 'none'" in (await pages.get("/school/fi"))["Content-Security-Policy"]
