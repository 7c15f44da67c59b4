"""What the first load weighs and asks for, measured at the browser: design targets of the pages."""

import gzip

from playwright.sync_api import BrowserContext, Response, expect

from tests.journeys.people import PHONE
from tests.journeys.stage import Stage

LAUNCH, WHOLE, DESK = 16_000, 32_000, 80_000


class Scale:
    """Weighs every answer of a context as gzip would send it."""

    def __init__(self, context: BrowserContext) -> None:
        self._answers: list[Response] = []
        self._weights: dict[str, int] = {}
        context.on("response", lambda answer: None if answer.url.startswith("data:") else self._answers.append(answer))

    def weights(self) -> dict[str, int]:
        """Bytes by address; to be asked before a page is left, whose bodies the browser then forgets."""
        for answer in self._answers:
            if answer.ok and answer.url not in self._weights:
                self._weights[answer.url] = len(gzip.compress(answer.body(), 9, mtime=0))
        return dict(self._weights)


def shown(weights: dict[str, int]) -> str:
    """The figures, for the reader of a failure and of `-s`."""
    lines = [f"{weight:6d} {url.partition('/static/')[2] or url}" for url, weight in weights.items()]
    return "\n".join([*lines, f"{sum(weights.values()):6d} in all, {len(weights)} requests"])


def test_the_visitors_first_load(stage: Stage) -> None:
    """The loader on the school's page, the visit page until its script is ready; then the talk's part."""
    origin = stage.service.chat_origin
    loader = f'<script src="{origin}/load.js" data-host="{stage.host.key}" data-channel="youth"></script>'
    address = stage.town.page("/weighed", loader)
    context = stage.context(**PHONE)
    scale = Scale(context)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("link", name="Juttele")).to_be_visible()
    scale.weights()
    page.get_by_role("link", name="Juttele").tap()
    expect(page.locator("#main[data-ready]")).to_be_visible()
    page.wait_for_load_state("networkidle")
    first = {url: weight for url, weight in scale.weights().items() if url.startswith(origin)}
    assert sum(first.values()) <= LAUNCH, shown(first)
    assert first[f"{origin}/load.js"] <= 2_000
    page.get_by_label("13–15", exact=True).check()
    page.locator("#enter .main").click()
    expect(page.locator("#main")).to_have_attribute("data-screen", "waiting")
    whole = {url: weight for url, weight in scale.weights().items() if url.startswith(origin)}
    print(shown(first), shown(whole), sep="\n\n")  # noqa: T201 - the figures are the point (-s)
    assert sum(whole.values()) <= WHOLE, shown(whole)
    assert len(whole) <= 28, shown(whole)
    assert len(first) <= 14, shown(first)
    assert context.cookies() == []
