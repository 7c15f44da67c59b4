"""Short forms: a municipality on one page and on four slides, the year on one page for the wellbeing report."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from chatservice.reports import figures, labels
from chatservice.reports import sections_load as load
from chatservice.reports import sections_people as people
from chatservice.reports import sections_town as small
from chatservice.reports.document import Document, Section, document
from chatservice.reports.errors import UnknownPlace
from chatservice.reports.plans import questions, shows
from chatservice.reports.tables import Grid, breakdown
from chatservice.reports.view import COLUMN, SLIDE, View

SHORT: Final = 5
TOPICS: Final = "together"  # has a sentence where it has no table
MEASURES: Final = {"trend": "contacts", "tests": "tests", "doors": "unmet"}


def town(view: View, *, around: View | None = None) -> Document:
    """Return a municipality's own total over three years, the county's shares, tests, unmet need, three questions.

    `around` is the report that the shares come from: without it the area around `view.place`. An area of its own with
    too few contacts for shares has its own topics of three years instead, or a sentence.
    """
    view = replace(_of_a_municipality(view), width=COLUMN)
    found = [_three_years(view), _topics(view, around), _without_drawing(load.tests(view)), _doors(view)]
    found = [each for each in found if _told(view, each)]
    return document(
        view, title=view.say("document.town"), sections=found, questions=questions("small_town", view.language)
    )


def slides(view: View, *, around: View | None = None) -> Document:
    """Return the four slides: own total, topics as in `town`, tests with unmet need, three questions."""
    view = replace(_of_a_municipality(view), width=SLIDE)
    tests, doors = load.tests(view), _doors(view)
    both = Section(
        tests.key,
        view.say("heading.tests_doors"),
        (*tests.says[1:], *doors.says[1:]),
        tests.limit,
        tuple(replace(grid, caption=each.heading) for each in (tests, doors) for grid in each.grids[:1]),
        tests.charts,
    )
    asked = questions("small_town", view.language)
    own = _three_years(view)
    own = replace(own, grids=(), limit=" ".join((own.limit, *(grid.note for grid in own.grids))))
    last = doors if "tests" in view.snapshot.not_in_use else both
    found = [each for each in (own, _topics(view, around), last) if _told(view, each)]
    return document(view, title=view.say("document.slides"), sections=found, questions=asked)


def year(view: View) -> Document:
    """Return the year on one page, with text ready for the wellbeing report."""
    view = replace(view, width=COLUMN)
    left = [load.key_figures(view), _short(people.topics(view))]
    right = [_months(view), _without_drawing(load.tests(view)), _without_drawing(people.feedback(view))]
    found = [*left, *right]
    asked = questions("year", view.language)
    return document(view, title=view.say("document.year"), sections=filter(shows, found), questions=asked)


def _of_a_municipality(view: View) -> View:
    if view.place and view.snapshot.parent(view.place):
        raise UnknownPlace("expected a municipality or the whole area: a school has threads only")
    return view


def _told(view: View, each: Section) -> bool:
    """Tell whether a section has a table, or at least a published total in its words."""
    measure = MEASURES.get(each.key)
    return shows(each) or each.key == TOPICS or (measure is not None and view.text(measure) is not None)


def _three_years(view: View) -> Section:
    """Return the total of this year and two before, also where it is small."""
    found = load.trend(replace(view, earlier=view.earlier[:2]))
    says = (*found.says, load.lead_total(view))
    few = figures.number(view.text("contacts")) or 0
    extra = (view.say("lead.few"),) if few < figures.LEAST_FOR_SHARE else ()
    return replace(found, says=(*says, *extra))


def _topics(view: View, around: View | None) -> Section:
    """Return the shares around where there are any; else what can be told of the town's own three years."""
    few = (figures.number(view.of("").base()) or 0) < figures.LEAST_FOR_SHARE
    if around or not few:
        return _shares(view, around)
    found = small.together(view)
    return replace(found, says=(*found.says, view.say("lead.no_county")))


def _shares(view: View, around: View | None) -> Section:
    """Return the topic groups of the area around, as shares; of the area itself where nothing is around it."""
    seen = replace(around, width=view.width) if around else view.of("")
    groups = people.by_size(seen, seen.topic_groups(start="Y."))[:SHORT]
    base = seen.base()
    caption = f"{view.say('heading.topics')}, {labels.area(seen.snapshot, view.language)}"
    grid = breakdown(seen, "contacts", "topic", codes=groups, caption=caption, total=base)
    if around:
        other = view.say("document.snapshot", id=seen.snapshot.hash[:12])
        grid = replace(grid, note=" ".join(filter(None, (grid.note, f"{other}."))))
    texts = [seen.text("contacts", topic=code) for code in groups]
    names = [view.label("topic", code) for code in groups]
    charts = load.bar_chart(seen, "topics", names=names, series=((view.say("table.count"), texts),))
    return load.section(view, "topics", limit="topic", grids=(grid,), charts=charts)


def _doors(view: View) -> Section:
    found = load.doors(view)
    return replace(found, charts=(), grids=tuple(grid for grid in found.grids if grid.rows) or found.grids[:1])


def _months(view: View) -> Section:
    found = load.months(view)
    return replace(found, grids=(), says=found.says[:1])


def _short(each: Section) -> Section:
    return replace(each, charts=(), grids=tuple(_first(grid) for grid in each.grids[:1]))


def _first(grid: Grid) -> Grid:
    return replace(grid, rows=grid.rows[:SHORT], note="")


def _without_drawing(each: Section) -> Section:
    return replace(each, charts=())
