"""A school together with its class: either alone tells little, both together say where a child can be found."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from chatservice.moderation.personal import data, lexicon
from chatservice.moderation.personal.codes import Hit
from chatservice.moderation.personal.plain import Plain

Place = tuple[int, int]


def _any(key: str) -> str:
    return data.alternation(data.words("schools", key))


END = rf"(?:[:'’]?(?:{_any('endings')}))?"
NO_LETTER = r"(?![^\W_])"
START = r"(?<![^\W_])"
# The school's own name stands before its kind, or is one word with it, or needs no kind.
APART = re.compile(rf"{START}(?:{_any('kinds')}){END}{NO_LETTER}")
TOGETHER = re.compile(rf"{START}[^\W\d_]{{3,30}}(?:{_any('tails')}){END}{NO_LETTER}")
KNOWN = re.compile(rf"{START}(?:{_any('known')}){END}{NO_LETTER}")
CALLED = re.compile(
    r"(?:[Kk]oulu(?:n|ni|mme)?(?: nimi)?(?: on|:)?|"
    r"(?:[Ss]kolan|[Mm]in skola) heter|[Ss]chool(?: is| called| is called|:)?)"
    r" ([A-ZÅÄÖ][\w\-]{3,})"
)
NAME_BEFORE = re.compile(r"((?:[^\W\d_][\w\-'’.]*\s){1,3})\Z")
OF_BEHIND = re.compile(r"\sof\s[^\W\d_]+(?:\s[A-ZÅÄÖ][^\W\d_]+)?")
COMPOUNDS = data.words("schools", "compounds")
FOREIGN = data.words("schools", "foreign")
NO_NAME = frozenset(data.words("schools", "no_name"))

CLASS_WORD = r"(?:luok\w{1,8}\s|klass(?:en)?\s|class\s|year\s|grade\s|årskurs\s|åk\s|ryhmä\w*\s)?"
LETTERS = rf"(?:{_any('letters')})(?:{_any('letter_endings')})?"
YEARS = _any("years")
CLASS = re.compile(
    rf"{START}(?:{CLASS_WORD}(?:[1-9]\.?\s?[-–]?\s?[a-hk-mx](?![^\W\d_])|[12]\d\s?[a-h]{NO_LETTER}|[1-9][a-h]\d(?!\d))"
    rf"(?:\s?[:'’\-]\s?[a-zåäö]{{1,9}})?(?:\s?-?(?:luok\w{{1,10}}|klass\w{{0,4}}|class))?{NO_LETTER}"
    rf"|(?:{YEARS}|eka|toka|ensimmäinen|toinen|kolmas|neljäs|[1-4]\.)\s?(?:vuosi(?:kurssi)?|vsk){NO_LETTER}"
    rf"|(?:abi(?:na|t|n|vuosi|vuotta|vuonna)?|[1-9]\.?\s?lk\.?(?:\s?[a-h])?){NO_LETTER}"
    rf"|(?:{_any('ordinals')})[a-zäö]{{1,6}}\sluok[a-zäö]{{1,8}}"
    rf"|(?:{_any('plural_years')}){NO_LETTER}"
    rf"|(?:{YEARS})(?:luokan\s|\s|-)?{LETTERS}{NO_LETTER}"
    rf"|(?:group|grupp|ryhmä[a-zäö]{{0,4}})\s(?:\d{{1,2}}[a-h]?|[a-h]){NO_LETTER}"
    rf"|(?:{YEARS})(?:{_any('year_endings')})?(?:\s?-?\s?[a-h]{NO_LETTER}(?:[:'’][a-zåäö]{{1,6}})?)?"
    rf"(?:\s?-?(?:luok\w{{1,10}}|klassen|class))?{NO_LETTER}"
    rf"|(?:year|grade|klass|årskurs|åk|luok\w{{1,8}})\s\d{{1,2}}\s?[a-h]?{NO_LETTER}"
    rf"|(?:pien|opetus|kerho|esikoulu)?ryhmä\w{{0,5}}\s\d{{1,2}}\s?[a-zåäö]{NO_LETTER}"
    rf"|[1-9](?:th|st|nd|rd)\sgrader?|[1-9]\.?\s?-?\s?luok\w{{1,8}}(?:\s?[a-h]{NO_LETTER})?"
    rf"|[1-9][:.]?an(?:\s[a-h])?{NO_LETTER})"
)
# What vocational schools call their groups ("22ravi", "LH23B").
GROUP = re.compile(
    rf"{START}(?:ryhmä\w{{0,4}}\s|grupp(?:en)?\s|group\s)?(?:[a-zåäö]{{1,6}}\d{{2}}[a-zåäö]{{0,6}}|\d{{2}}[a-zåäö]{{3,8}}){NO_LETTER}"
)
GROUP_HINT = re.compile(r"[a-zåäö]\d\d(?!\d)|\d\d[a-zåäö]{3}")
CLASS_HINT = re.compile(
    r"\d\.?\s?-?[a-hk-m](?![^\W\d_])|\bvsk|ryhm|eka|ykkö|kakko|vuosi|tvåa|kakku|\babi|\d\.?\s?lk|toka|kolm|nel|vito|viito|kuto|seiska|kas[ie]|ys[ie]|tvåan|ettan|trean|fyran|femman|sexan|"
    r"sjuan|sjuor|åtta|åtto|nian|nior|year|grade|klass|åk|årskurs|luok|\d:an|\dan"
)
SCHOOL_HINTS = (
    "koul",
    "aste",
    "monitoimi",
    "sivistysk",
    "oppimisk",
    "bildningsc",
    "primary",
    "secondary",
    "ammattiopist",
    "luki",
    "lyse",
    "skol",
    "gymn",
    "stadi",
    "school",
    "academy",
    "college",
    "campus",
    "kampus",
    "lyc",
    "opisto",
    "oppilaitos",
)
KNOWN_STARTS = data.starts(*data.words("schools", "known"))
BRIDGE = re.compile(
    r"[\s,.:()\-]{0,3}(?:ja|eli|tai|och|and|vuosi|luokka|luokan|klass|class|i|in|at|på|vid)?[\s,.:()\-]{0,2}"
)
BESIDE_BEFORE = re.compile(rf"{START}([A-ZÅÄÖ][a-zåäö\-]{{3,}})\s\Z")
BESIDE_BEHIND = re.compile(
    r"\s(?:at|in|i|på|vid|from|från)\s([A-ZÅÄÖ][a-zåäö\-]{3,})(?![^\W_])"
    r"|\s([A-ZÅÄÖ][a-zåäö\-]{3,}(?:lla|llä|ssa|ssä|lta|sta))(?![^\W_])"
)
# "åttan i Winellska": Swedish schools called by an adjective.
GOES_TO = re.compile(
    r"(?:[Gg]år (?:på|i|vid)|[Kk]äyn|[Kk]äy|[Oo]piskelen|[Ss]tuderar (?:på|vid|i)|[Gg]oe?s? to|[Aa]ttend|[Ss]tudy at)"
    r"\s([A-ZÅÄÖ][\wåäö\-]{3,}(?:\s[A-ZÅÄÖ][\wåäö\-]+)?)"
)
# Whoever is or goes there means a school by its name, however small it is written.
GOES = re.compile(rf"{START}(?:oon|olen|oomme|ollaan|käyn|käy|käydään|opiskelen|går (?:i|på|vid)|goe?s? to|i'm at)\s\Z")
LONGEST_GOES = 12
SCHOOL_ADJECTIVE = re.compile(r"\s(?:i|på|vid|från)\s([A-ZÅÄÖ][a-zåäö\-]{3,}ska(?:n|s)?)(?![^\W_])")
NEAR, SHORTEST, CLOSE = 60, 3, 12


def find(plain: Plain) -> Iterator[Hit]:
    """Yield schools with their class, as one span where they touch, else as two."""
    low = plain.low
    hinted = any(hint in low for hint in SCHOOL_HINTS) or (
        not KNOWN_STARTS.isdisjoint(plain.starts) and KNOWN.search(low)
    )
    # Else a school is known by its place beside a figure, as an adjective, or because somebody goes there.
    if not (
        hinted
        or plain.figures
        or (plain.capitals and (("ska" in low and SCHOOL_ADJECTIVE.search(plain.text)) or GOES_TO.search(plain.text)))
    ):
        return
    grouped = plain.figures and GROUP_HINT.search(low)
    classes = [match.span() for match in CLASS.finditer(low)] if CLASS_HINT.search(low) else []
    if grouped:
        classes = sorted((*classes, *(match.span() for match in GROUP.finditer(low))))
    if not classes:
        return
    visited = [match.span(1) for match in GOES_TO.finditer(plain.text) if _followed(match, classes)]
    schools = sorted((*(_schools(plain) if hinted else ()), *visited))
    schools = schools or list(_by_place(plain, classes))
    found: set[Place] = set()
    for school in schools:
        first = bisect_left(classes, (school[0] - 2 * NEAR, 0))
        for place in classes[first : bisect_left(classes, (school[1] + NEAR, 0))]:
            if _near(school, place) and not _vague(plain, school, place):
                found.update((school, place))
    yield from _bridged(low, sorted(found))


def _followed(match: re.Match[str], classes: list[Place]) -> bool:
    """Tell whether a class stands right behind a name where somebody goes, that is no town."""
    near = any(0 < place[0] - match.end(1) <= CLOSE for place in classes)
    return near and not lexicon.is_place(match[1].lower())


def _vague(plain: Plain, school: Place, place: Place) -> bool:
    """Tell whether a school written small stands with a class that is only a year: most often no school's name."""
    small = (
        plain.text[school[0] : school[1]].islower()
        and not KNOWN.match(plain.low, school[0])
        and not GOES.search(plain.low, max(0, school[0] - LONGEST_GOES), school[0])
    )
    return small and not any(sign.isdigit() for sign in plain.low[place[0] : place[1]])


def _schools(plain: Plain) -> Iterator[Place]:
    for match in APART.finditer(plain.low):
        start = _named(plain, match.start())
        named = start < match.start() and (match[0].startswith(FOREIGN) or plain.low[match.start() - 2] in "ns")
        behind = OF_BEHIND.match(plain.text, match.end()) if plain.text[match.start()].isupper() else None
        if named or behind:
            yield start, behind.end() if behind else match.end()
    for match in TOGETHER.finditer(plain.low):
        if not match[0].startswith(COMPOUNDS) and not APART.fullmatch(match[0]):
            yield match.span()
    for match in KNOWN.finditer(plain.low):
        yield match.span()
    for match in CALLED.finditer(plain.text):
        yield match.span(1)


def _named(plain: Plain, start: int) -> int:
    """Return where the name before a school's kind begins; `start` where only "our", "the" and the like stand there."""
    window = NAME_BEFORE.search(plain.text[max(0, start - 50) : start])
    begin = start
    for word in reversed(window[1].split() if window else []):
        if not _names(word, first=begin == start):
            break
        begin = plain.text.rfind(word, 0, begin)
    return begin


def _names(word: str, *, first: bool) -> bool:
    """Tell whether a word may be a school's own; one written small only right before the kind, as a genitive."""
    low = word.lower()
    if low in NO_NAME or len(low) < SHORTEST:
        return False
    return word[0].isupper() or (first and len(low) > SHORTEST + 1 and low.endswith(("n", "s")))


def _by_place(plain: Plain, classes: list[Place]) -> Iterator[Place]:
    """Yield a name that stands right beside a class ("Ressun 9C", "9C at Ressu")."""
    for start, end in classes:
        lined = SCHOOL_ADJECTIVE.match(plain.text, end)
        if lined:
            yield lined.span(1)
            continue
        if not re.search(r"\d\s?[a-h]", plain.low[start:end]):
            continue
        before = BESIDE_BEFORE.search(plain.text[max(0, start - 30) : start])
        word = before[1].lower() if before else ""
        if word.endswith(("n", "lla", "llä", "ssa", "ssä", "s")) and word not in NO_NAME:
            yield start - len(word) - 1, start - 1
        elif behind := BESIDE_BEHIND.match(plain.text, end):
            yield behind.span(1 if behind[1] else 2)


def _near(school: Place, place: Place) -> bool:
    inside = school[0] <= place[0] and place[1] <= school[1]
    return not inside and max(school[0], place[0]) - min(school[1], place[1]) <= NEAR


def _bridged(low: str, places: list[Place]) -> Iterator[Hit]:
    """Yield the places, those as one between which only a small word stands."""
    last: Place | None = None
    for place in places:
        if last and (place[0] <= last[1] or BRIDGE.fullmatch(low, last[1], place[0])):
            last = last[0], max(last[1], place[1])
            continue
        if last:
            yield *last, "school_class"
        last = place
    if last:
        yield *last, "school_class"
