"""What every answer of the desk's origin carries (threats 4.9), errors and redirects as well."""

import pytest
from django.conf import settings
from django.test import Client

from tests.console.conftest import CHAT, DESK

EVERYWHERE = ["/", "/sign-in", "/account", "/second-step", "/nowhere"]


@pytest.mark.parametrize("signed_in", [True, False])
@pytest.mark.parametrize("address", EVERYWHERE)
def test_the_content_policy_is_strict(desk: Client, eve: Client, address: str, signed_in: bool) -> None:
    answer = (desk if signed_in else eve).get(address)
    parts = (part.strip().partition(" ") for part in answer["Content-Security-Policy"].split(";"))
    assert {name: value for name, _, value in parts} == {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self' data:",
        "connect-src": f"'self' ws://{DESK}",
        "form-action": "'self'",
        "base-uri": "'none'",
        "object-src": "'none'",
        "frame-ancestors": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }


@pytest.mark.parametrize("address", EVERYWHERE)
def test_nothing_is_kept_framed_or_told_to_others(desk: Client, address: str) -> None:
    answer = desk.get(address)
    assert answer["Cache-Control"] == "no-store"
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["Cross-Origin-Opener-Policy"] == answer["Cross-Origin-Resource-Policy"] == "same-origin"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert "camera=()" in answer["Permissions-Policy"]


def test_at_most_two_cookies_none_for_scripts_or_other_sites(desk: Client) -> None:
    desk.get("/")
    assert len(desk.cookies) <= 2
    for cookie in desk.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Strict"
        assert not cookie["domain"]


def test_the_desk_is_not_on_the_visitors_origin(desk: Client) -> None:
    answer = desk.get("/account", HTTP_HOST=CHAT)
    assert answer.status_code == 404
    assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_a_foreign_host_name_gets_nothing(eve: Client) -> None:
    assert eve.get("/sign-in", HTTP_HOST="evil.example").status_code in {400, 404}


def test_pages_hold_no_script_or_style_of_their_own(desk: Client, eve: Client) -> None:
    for page in (desk.get("/"), eve.get("/sign-in"), desk.get("/account"), desk.get("/second-step/app")):
        text = page.content.decode()
        assert "style=" not in text
        assert "<style" not in text
        assert "onclick" not in text
        assert text.count("<script") == text.count("<script src=") + text.count('type="module" src=') + text.count(
            'type="application/json"'
        )


def test_first_load_is_small(desk: Client) -> None:
    page = desk.get("/").content.decode()
    assert settings.STATIC_URL in page
    assert "//" not in page.replace("<!-- ", "").replace(f"//{DESK}", "")
