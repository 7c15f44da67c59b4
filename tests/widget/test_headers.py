"""What every answer of the visitor origin carries (threats 4.9), and what no request to it may carry."""

import gzip

import pytest
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.test import AsyncClient, RequestFactory

from widget.middleware import VisitorMiddleware, allow_framing

pytestmark = pytest.mark.pure
CHAT_HOST = settings.CHAT_ORIGIN.partition("://")[2]
EVERYWHERE = ["/school/fi", "/school/fi/youth", "/nowhere", "/load.js", "/school", "/school/fi?code=1"]


def policy_of(answer: HttpResponse) -> dict[str, str]:
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    return {name: value for name, _, value in parts}


@pytest.mark.parametrize("address", EVERYWHERE)
async def test_the_content_policy_is_strict(pages: AsyncClient, address: str) -> None:
    policy = policy_of(await pages.get(address))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == "'self'"
    assert policy["connect-src"] == "'self' ws://testserver"
    assert policy["trusted-types"] == policy["base-uri"] == policy["object-src"] == "'none'"
    assert policy["require-trusted-types-for"] == "'script'"


@pytest.mark.parametrize("address", EVERYWHERE)
async def test_no_answer_sets_a_cookie_or_tells_a_referrer(pages: AsyncClient, address: str) -> None:
    answer = await pages.get(address)
    assert not answer.cookies
    assert "Set-Cookie" not in answer.headers
    assert answer["Referrer-Policy"] == "no-referrer"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in answer.get("Vary", "")


async def test_only_the_hosts_own_origins_may_frame_its_pages(pages: AsyncClient) -> None:
    for address in ("/school/fi", "/school/sv/parent"):
        answer = await pages.get(address)
        assert policy_of(answer)["frame-ancestors"] == "https://school.example https://town.example"
        assert "X-Frame-Options" not in answer.headers


@pytest.mark.parametrize("address", ["/nowhere", "/parents/sv/parent", "/load.js", "/school/fi?token=1"])
async def test_everything_else_cannot_be_framed(pages: AsyncClient, address: str) -> None:
    assert policy_of(await pages.get(address))["frame-ancestors"] == "'none'"


@pytest.mark.parametrize(
    "origin",
    [
        "*",
        "https://*.example",
        "https://a.example; script-src *",
        "'self'",
        "javascript:1",
        "https://a.example/path",
        "",
    ],
)
def test_what_is_no_origin_never_reaches_the_policy(origin: str) -> None:
    response = VisitorMiddleware(lambda _: allow_framing(HttpResponse(), origins=[origin]))(chat_request())
    assert isinstance(response, HttpResponse)
    assert policy_of(response)["frame-ancestors"] == "'none'"


async def test_pages_are_kept_nowhere_and_the_loader_for_an_hour(pages: AsyncClient) -> None:
    assert (await pages.get("/school/fi/youth"))["Cache-Control"] == "no-store"
    assert (await pages.get("/load.js"))["Cache-Control"] == "public, max-age=3600"


@pytest.mark.parametrize("query", ["token=abc", "code=1234", "ticket=x", "CODE=1", "a=1&Token=", "code"])
async def test_a_secret_in_an_address_is_refused_and_not_logged(
    pages: AsyncClient, query: str, caplog: pytest.LogCaptureFixture
) -> None:
    answer = await pages.get(f"/school/fi/youth?{query}")
    assert answer.status_code == 400
    assert "abc" not in answer.content.decode() + caplog.text
    assert query not in caplog.text


async def test_a_harmless_query_is_ignored(pages: AsyncClient) -> None:
    assert (await pages.get("/school/fi/youth?utm_source=paper")).status_code == 200


async def test_the_loader_may_be_read_by_any_page_and_nothing_else_may(pages: AsyncClient) -> None:
    assert (await pages.get("/load.js"))["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert (await pages.get("/school/fi"))["Cross-Origin-Resource-Policy"] == "same-origin"


async def test_the_loader_is_small(pages: AsyncClient) -> None:
    answer = await pages.get("/load.js")
    assert answer["Content-Type"] == "text/javascript; charset=utf-8"
    assert len(gzip.compress(answer.content)) <= 2000


def test_cookies_that_something_set_are_dropped() -> None:
    def careless(_: HttpRequest) -> HttpResponse:
        response = HttpResponse(headers={"X-Frame-Options": "DENY"})
        response.set_cookie("session", "x")
        return response

    response = VisitorMiddleware(careless)(chat_request())
    assert isinstance(response, HttpResponse)
    assert not response.cookies
    assert "X-Frame-Options" not in response.headers


def test_the_desk_is_left_alone() -> None:
    desk = settings.DESK_ORIGIN.partition("://")[2]
    response = VisitorMiddleware(lambda _: HttpResponse())(RequestFactory(headers={"host": desk}).get("/?code=1"))
    assert isinstance(response, HttpResponse)
    assert response.status_code == 200
    assert "Content-Security-Policy" not in response.headers


def chat_request() -> HttpRequest:
    return RequestFactory(headers={"host": CHAT_HOST}).get("/")
