"""What opening the desk costs: few files, few bytes, nobody else asked."""

import gzip

from playwright.sync_api import Response

from tests.journeys.people import Desk
from tests.journeys.stage import Stage

MOST_BYTES, MOST_REQUESTS, MOST_COOKIES = 80_000, 30, 2


def test_the_first_load_is_light(stage: Stage) -> None:
    context = stage.context(viewport={"width": 1280, "height": 800})
    stage.sign_in(context, stage.worker())
    page, answers = context.new_page(), list[Response]()
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - Playwright marks what it is given
    Desk(page).open(stage.service.desk_origin)
    sizes = {answer.url: len(gzip.compress(answer.body(), 6)) for answer in answers if answer.request.method == "GET"}
    assert len(answers) <= MOST_REQUESTS, sorted(sizes)
    assert sum(sizes.values()) <= MOST_BYTES, sizes
    assert len(context.cookies()) <= MOST_COOKIES
    assert not [url for url in sizes if not url.startswith((stage.service.desk_origin, "data:"))]
    print(f"desk: {sum(sizes.values())} bytes gzip in {len(answers)} requests, {len(context.cookies())} cookies")  # noqa: T201
