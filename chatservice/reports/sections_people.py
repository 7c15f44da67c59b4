"""Sections on what the talks were about, with whom, where, and what followed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from chatservice.reports import figures, labels, svg
from chatservice.reports.document import Chart, Section
from chatservice.reports.sections_load import bar_chart, one_dimension, section, words_of, worth_drawing
from chatservice.reports.tables import Grid, breakdown, compared, cross, told
from chatservice.reports.view import View

TOP: Final = 10
# Å, Ä and Ö stand after Z, in this order.
ALPHABET: Final = str.maketrans("ÅÄÖåäö", "[\\]{|}")
MOST_SCHOOL_TOPICS: Final = 6
NOT_KNOWN: Final = frozenset({"R_UNK", "S_UNK", "unknown"})


def topics(view: View) -> Section:
    """T4: topic groups with shares, and the change from the same period a year before where there is one."""
    groups = by_size(view, view.topic_groups(start="Y."))
    names, texts = _told(view, groups)
    grid = breakdown(view, "contacts", "topic", codes=groups, caption=view.say("heading.topics"), total=view.base())
    charts = bar_chart(view, "topics", names=names, series=((view.say("table.count"), texts),))
    changes = _since_last_year(view, groups)
    return section(view, "topics", limit="topic", lead=_most(view, groups), grids=(grid, *changes), charts=charts)


def top_topics(view: View) -> Section:
    """C3: the ten most common single topics; those without a number are not among them."""
    every = by_size(view, view.single_topics())
    codes = [code for code in every if figures.number(view.text("contacts", topic=code)) is not None][:TOP]
    names, texts = _told(view, codes)
    caption = view.say("heading.top_topics")
    grid = breakdown(view, "contacts", "topic", codes=codes, caption=caption, total=view.base())
    charts = bar_chart(view, "top_topics", names=names, series=((view.say("table.count"), texts),))
    return section(view, "top_topics", limit="topic", grids=(grid,), charts=charts)


def ages(view: View) -> Section:
    """T5: age group and channel."""
    found = one_dimension(view, "ages", "age", codes=view.codes("contacts", "age"), limit="age")
    channels = breakdown(
        view,
        "contacts",
        "channel",
        codes=view.codes("contacts", "channel"),
        caption=view.say("dimension.channel"),
        total=view.text("contacts"),
    )
    return Section(found.key, found.heading, found.says, found.limit, (*found.grids, channels), found.charts)


def sides(view: View) -> Section:
    """The ten most common side topics. They have no total and no shares: a talk may have several."""
    seen = view.of("")
    every = by_size(seen, seen.codes("sides", "side"), dimension="side", measure="sides")
    codes = [code for code in every if figures.number(seen.text("sides", side=code)) is not None][:TOP]
    grid = breakdown(seen, "sides", "side", codes=codes, caption=view.say("heading.sides"), total=None)
    return section(view, "sides", limit="side", grids=(grid,))


def who(view: View) -> Section:
    """Who wrote, at which stage of study, and the professional's judgement of risk; what is not known is left out."""
    seen = view.of("")
    grids = []
    for dimension in ("role", "stage", "risk"):
        codes = [code for code in seen.codes("contacts", dimension) if code not in NOT_KNOWN]
        caption = view.say(f"dimension.{dimension}")
        grids.append(breakdown(seen, "contacts", dimension, codes=codes, caption=caption, total=seen.base()))
    return section(view, "who", limit="who", grids=grids)


def feedback(view: View) -> Section:
    """T6: how it felt afterwards."""
    codes = [code for code in ("better", "same", "worse") if view.text("contacts", feedback=code)]
    lead = view.say("lead.better", number=view.shown("contacts", feedback="better"))
    return one_dimension(view, "feedback", "feedback", codes=codes, limit="feedback", lead=lead)


def outcomes(view: View) -> Section:
    """What talks led to, by class of outcome."""
    every = view.codes("contacts", "outcome")
    codes = [code for code in every if not code.startswith("O_") and code not in {"unanswered", "unknown"}]
    ordered = by_size(view, codes, dimension="outcome")
    return one_dimension(view, "outcomes", "outcome", codes=ordered, limit="outcome")


def municipality_months(view: View) -> Section:
    """T3: municipalities by month, totals only."""
    every = view.months()
    rows = [
        (view.label("area", place), [view.text("contacts", area=place, period=month) for month in every])
        for place in ("", *by_name(view))
    ]
    heads = (view.say("dimension.municipality"), *(view.label("period", month) for month in every))
    grid = told(view, caption=view.say("heading.municipality_months"), heads=heads, rows=rows, keep=True)
    return section(view, "municipality_months", limit="municipality", grids=(grid,))


def municipalities(view: View) -> Section:
    """T8: municipalities side by side, per 1,000 pupils from the rounded counts."""
    places = [place for place in by_name(view) if view.text("contacts", area=place)]
    rows = [(view.label("area", place), (view.text("contacts", area=place),)) for place in places]
    heads = (view.say("dimension.municipality"), view.say("row.contacts"))
    grid = told(view, caption=view.say("heading.municipalities"), heads=heads, rows=rows, keep=True)
    names, texts = [label for label, _ in rows], [text for _, (text,) in rows]
    charts = bar_chart(view, "municipalities", names=names, series=((view.say("row.contacts"), texts),))
    rates = {view.label("area", place): _rate(view, place) for place in places}
    if grid.rows and any(rate != "–" for _, rate in rates.values()):
        wider = (*grid.heads, view.say("table.pupils"), view.say("table.per_thousand"))
        grid = Grid(grid.caption, wider, tuple((*row, *rates[row[0]]) for row in grid.rows), grid.note)
    return section(view, "municipalities", limit="municipality", grids=(grid,), charts=charts)


def own_school(view: View) -> Section:
    """T7: a school's threads beside its municipality's and the area's; without a school, every school's total."""
    snapshot = view.snapshot
    own = view.place if view.place in snapshot.schools() else ""
    places = [own, snapshot.parent(own), ""] if own else ["", *snapshot.municipalities(), *snapshot.schools()]
    seen = view.of("")
    rows = [
        (seen.label("area", place), (seen.text("threads", area=place),)) for place in places if _threads(seen, place)
    ]
    key = "own_school" if own else "school_threads"
    heads = (view.say("dimension.school"), view.say("measure.threads"))
    grid = told(view, caption=view.say(f"heading.{key}"), heads=heads, rows=rows, keep=True)
    return section(view, key, limit="school", grids=(grid,))


def schools(view: View) -> Section:
    """T11: school by topic group, threads of the whole year. The most common groups stand in the columns."""
    seen = view.of("")
    places = [place for place in view.snapshot.schools() if _threads(seen, place, period="")]
    groups = by_size(seen, seen.topic_groups("threads", start="Y.", period=""), measure="threads", period="")
    columns = tuple(groups[:MOST_SCHOOL_TOPICS])
    rows = [
        (seen.label("area", place), [seen.text("threads", area=place, topic=code, period="") for code in columns])
        for place in places
    ]
    heads = (view.say("dimension.school"), *(view.label("topic", code) for code in columns))
    grid = told(view, caption=view.say("heading.schools"), heads=heads, rows=rows)
    return section(view, "schools", limit="school", grids=(grid,))


def professions(view: View) -> Section:
    """T9: profession by outcome, for the whole area."""
    seen = view.of("")
    down = [code for code in seen.codes("contacts", "outcome") if seen.text("contacts", outcome=code, profession="")]
    staff = [code for code in ("curator", "psychologist", "nurse") if seen.text("contacts", profession=code)]
    rows = tuple(code for code in down if not code.startswith("O_") and code not in {"unanswered", "unknown"})
    caption = view.say("heading.professions")
    grid = cross(seen, "contacts", caption=caption, down=("outcome", rows), across=("profession", staff))
    return section(view, "professions", limit="profession", grids=(grid,))


def rota(view: View) -> Section:
    """C5: weekday by two-hour band, for planning shifts; beside it those who met a closed or full door."""
    maps = [_map(view.of(""), measure) for measure in ("contacts", "unmet")]
    return section(
        view, "rota", limit="rota", grids=[grid for grid, _ in maps], charts=[c for _, cs in maps for c in cs]
    )


def _map(view: View, measure: str) -> tuple[Grid, tuple[Chart, ...]]:
    """Return the map of one measure, cut to the days and hours that have a number; the rest is told in a note."""
    days, hours = (_known(view, measure, name) for name in ("weekday", "hour"))
    texts = {(day, hour): view.text(measure, weekday=day, hour=hour) for day in days for hour in hours}
    told_days = [day for day in days if any(figures.number(texts[day, hour]) is not None for hour in hours)]
    told_hours = _from_first_to_last(hours, [any(figures.number(texts[d, h]) is not None for d in days) for h in hours])
    caption = f"{view.say('heading.rota')}: {view.say(f'measure.{measure}').lower()}"
    columns = [hour.replace("-", "–") for hour in told_hours or hours]
    rows = [
        (view.label("weekday", day), [texts[day, hour] for hour in told_hours or hours]) for day in told_days or days
    ]
    grid = told(view, caption=caption, heads=(view.say("dimension.weekday"), *columns), rows=rows, keep=True)
    if not grid.rows:
        return grid, ()
    if len(rows) < len(days) or len(columns) < len(hours):
        grid = replace(grid, note=view.say("table.elsewhere_small"))
    if not worth_drawing(texts for _, texts in rows):
        return grid, ()
    words = words_of(
        view,
        f"rota-{measure}",
        caption=caption,
        series=[(day, zip(columns, across, strict=True)) for day, across in rows],
    )
    drawn = svg.heat(words, rows=[day for day, _ in rows], columns=columns, texts=[across for _, across in rows])
    return grid, (Chart(caption, drawn, words.told),)


def _known(view: View, measure: str, name: str) -> list[str]:
    return [code for code in view.snapshot.codes(measure, name) if code != "unknown"]


def _from_first_to_last(codes: Sequence[str], numbered: Sequence[bool]) -> list[str]:
    places = [place for place, has in enumerate(numbered) if has]
    return list(codes[places[0] : places[-1] + 1]) if places else []


def topics_ages(view: View) -> Section:
    """T10, T15: topic group by age group, for the whole area and year."""
    return _crossed(view, "topics_ages", "age", limit="age")


def topic_outcomes(view: View) -> Section:
    """T16: topic group by outcome, for the whole area and year."""
    return _crossed(view, "topic_outcomes", "outcome", limit="outcome")


def parents(view: View) -> Section:
    """T17: the parents' channel and its topics."""
    groups = by_size(view, view.topic_groups(start="P."))
    grid = breakdown(
        view,
        "contacts",
        "topic",
        codes=groups,
        caption=view.say("heading.parents"),
        total=view.text("contacts", channel="parent"),
    )
    names, texts = _told(view, groups)
    charts = bar_chart(view, "parents", names=names, series=((view.say("table.count"), texts),))
    lead = view.say("lead.parents", number=view.shown("contacts", channel="parent"))
    return section(view, "parents", limit="parent", lead=lead, grids=(grid,), charts=charts)


def by_name(view: View) -> list[str]:
    """Return the municipalities in the order of the Finnish alphabet, the unknown one last."""
    places = view.snapshot.municipalities()
    return sorted(places, key=lambda place: (place == "unknown", view.label("area", place).translate(ALPHABET)))


def by_size(
    view: View, codes: Sequence[str], *, dimension: str = "topic", measure: str = "contacts", **at: str
) -> list[str]:
    """Return codes with the largest published numbers first, small and withheld ones last."""
    return sorted(codes, key=lambda code: -(figures.number(view.text(measure, **{dimension: code}, **at)) or 0))


def _crossed(view: View, key: str, dimension: str, *, limit: str) -> Section:
    seen = view.of("")
    groups = [code for code in by_size(seen, seen.topic_groups(period=""), period="") if code.startswith("Y.")]
    left_out = {"unknown", "unanswered"}
    every = [code for code in seen.codes("contacts", dimension, period="") if not code.startswith("O_")]
    texts = {
        code: [seen.text("contacts", period="", topic=group, **{dimension: code}) for group in groups]
        for code in every
        if code not in left_out
    }
    across = [code for code in texts if any(figures.number(text) is not None for text in texts[code])] or list(texts)
    rows = [(view.label("topic", group), [texts[code][place] for code in across]) for place, group in enumerate(groups)]
    heads = (view.say("dimension.topic"), *(view.label(dimension, code) for code in across))
    grid = told(view, caption=view.say(f"heading.{key}"), heads=heads, rows=rows)
    return section(view, key, limit=limit, grids=(grid,))


def _since_last_year(view: View, groups: Sequence[str]) -> tuple[Grid, ...]:
    before = view.before()
    if before is None:
        return ()
    columns = (labels.years(before.snapshot.school_year), labels.years(view.snapshot.school_year))
    rows = [
        (view.label("topic", code), before.text("contacts", topic=code), view.text("contacts", topic=code))
        for code in groups
    ]
    if all(figures.number(text) is None for _, text, _ in rows):
        return ()
    caption = f"{view.say('heading.topics')}: {view.say('table.change').lower()}"
    return (compared(view, caption=caption, head=view.say("dimension.topic"), columns=columns, rows=rows),)


def _told(view: View, codes: Sequence[str]) -> tuple[list[str], list[str | None]]:
    return [view.label("topic", code) for code in codes], [view.text("contacts", topic=code) for code in codes]


def _most(view: View, groups: Sequence[str]) -> str:
    """Name the largest group, or all that share its published figure."""
    top = max((figures.number(view.text("contacts", topic=code)) or 0 for code in groups), default=0)
    first = [view.label("topic", code) for code in groups if view.text("contacts", topic=code) == str(top)]
    return view.say("lead.most", first=", ".join(first)) if first and top else ""


def _rate(view: View, place: str) -> tuple[str, str]:
    pupils = view.snapshot.pupils(place)
    rate = figures.per_thousand(view.text("contacts", area=place), pupils)
    shown = [labels.grouped(each, view.language) if each is not None else "–" for each in (pupils, rate)]
    return shown[0], shown[1]


def _threads(view: View, place: str, **at: str) -> str | None:
    return view.text("threads", area=place, **at)
