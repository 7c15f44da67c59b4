"""Names of one's own on other services: @name, user#1234, and words behind (or before) a platform's name."""

import re
from collections.abc import Iterator
from itertools import islice, takewhile

from chatservice.moderation.personal import data
from chatservice.moderation.personal.codes import MOST, Hit
from chatservice.moderation.personal.plain import Plain


def _any(key: str) -> str:
    return data.alternation(data.words("platforms", key))


def _all(key: str) -> frozenset[str]:
    return frozenset(data.words("platforms", key))


PLAIN_WORDS, JOINERS, COPULAS, NAMED = _all("words"), _all("joiners"), _all("copulas"), _all("named")
STATES = _all("states")
# "@everyone" calls all of a channel; "me @ school" is a place.
EVERYBODY = _all("everybody")
# "snäpissä oon pilvipoika": who speaks of oneself there, and where an account is.
FIRST_PERSON = frozenset({"oon", "olen", "im", "i'm"})
NAMINGS = (
    "nimimerk",
    "nick",
    "nikki",
    "käyttäjänim",
    "käyttäjätunnu",
    "käyttis",
    "pelitunnu",
    "username",
    "gamertag",
    "alias",
    "användarnamn",
)
PLACED = ("ssa", "ssä", "ssani", "ssäni")
ENDINGS = rf"(?:[:'’]?(?:{_any('endings')}))?"
CUE = re.compile(
    rf"(?<![^\W_])(?:(?:{_any('stems')}){ENDINGS}|(?:{_any('short')})(?:[:'’](?:{_any('short_endings')})|s[sta][aä])?"
    rf"|(?P<account>(?:{_any('account')}){ENDINGS}))(?![^\W_])"
)
CUE_WORDS = tuple(word for key in ("stems", "short", "account") for word in data.words("platforms", key))
CUE_HEADS = tuple({"".join(takewhile(str.isalpha, word)) for word in CUE_WORDS})
CUE_STARTS = data.starts(*CUE_WORDS)
SIGNED = re.compile(r"(?<![\w.@])@\s?[\w][\w.\-]{1,39}")
TAGGED = re.compile(r"(?<![\w#])[\w.]{2,32}\s?(?:\s?#\s?\d{4}|#[a-z0-9]{3,5})(?!\w)")
# Words held together by underscores, and letters parted by dots: nobody writes sentences so.
UNDERSCORED = re.compile(r"(?<![\w.@/#\-])(?=[_\d]*[^\W\d_])[\w.]*[^\W_]_+[^\W_][\w.]*(?![\w@])")
DOTTED = re.compile(r"(?<![\w.@/])(?:[^\W\d_]\.){4,}[^\W_]+\d*(?![\w@])")
DOTS = 4
FILE_END = (
    ".jpg",
    ".jpeg",
    ".png",
    ".pdf",
    ".doc",
    ".docx",
    ".mp3",
    ".mp4",
    ".txt",
    ".py",
    ".zip",
    ".xlsx",
    ".pptx",
    ".html",
)
# Two words with capitals and a year behind ("DarkKnight2009"); machines are called so too.
HUMPS = re.compile(
    r"(?<![\w@#/.])(?!PlayStation|MacBook|GameBoy|GoPro|NetBank|PowerPoint)(?:[A-ZÅÄÖ][a-zåäö]{2,}){2,4}_?\d{2,4}(?!\w)"
)
FRIEND_CODE = re.compile(r"(?<![\w-])sw[- ]?\d{4}[- ]\d{4}[- ]\d{4}(?!\d)")
TOKEN = re.compile(r"@?[\w][\w.\-]*")
# What may stand between a cue and its handle: signs, quotes, an emoji, an arrow.
BETWEEN = re.compile(r"[\s:=\-–—>→\"'“”’«»(*👉👇~|.,]{0,6}")
JOINED = re.compile(
    r"\s(?:alaviiva|ala viiva|underscore|understreck|piste|dot|punkt|prick|viiva|bindestreck|streck|dash)\s[\w.]+"
    r"|\s\d{1,4}(?![\w.,:])"
)
OWNER = re.compile(rf"(?<![^\W_])(?:{_any('owners')})(?![^\W_])")
LETTER = re.compile(r"[^\W\d_]")
# A handle spelled letter by letter.
LETTERS_APART = re.compile(r"(?:[\w] ){4,30}[\w](?![\w])")
# "I'm lizzieb on ...", "oon kukkis ...", "jag är elsak på ...".
INTRO = re.compile(
    r"(?:adda|adda mig|lägg till|addaa|addatkaa|lisätkää|goes by|called|kallar sig|kutsutaan|"
    r"i'm|i’m|\bim|\bi am|\boon|\bolen|jag är|jag e|heter|find me as|nimellä|under namnet|my name is)\s[\w.\-@]+"
    r"(?P<tail>\s(?:on|in|på|i)?\s?)\Z"
)
DESCRIBES = re.compile(r"(?:llinen|l[aä]inen|tt[aä]v[aä]|ttu|tty|nut|nyt|m[aä]ss[aä]|t[oö]n)\Z")
# "twitchissä striimaan nimellä ...", "... viestii, oon siel ...": the name some words behind the platform.
LATER = re.compile(
    r"[^.!?\n]{1,40}?(?<![^\W_])(?:nimellä|nimel|nimimerkillä|nimimerkil|nikillä|nikil|tunnuksella|"
    r"tunnuksel|under namnet|med namnet|"
    r"(?:oon|olen|löydyn|löydyt mut) (?:siel|siellä|sielt|sieltä)(?: nimellä| nimel)?|"
    r"(?:sen|hänen|mun|sun|hans|hennes|min|mitt|his|her|my) (?:nimi|nimimerkki|tunnus|namn|nick|name)"
    r"(?: siel| siellä| där| there)? (?:on|oli|är|e|is|was))\s(?P<name>@?[\w][\w.\-]*)"
)
FOLLOWED = re.compile(
    r"\s*(?!jos (?:haluu|haluat|haluut|jaksat|uskallat|viitit|kiinnost|tartte|tarvi|tuut)|om du vill|"
    r"if (?:you|u|ya) (?:want|need)|pls|please|plz)\w"
)
SHAPED = re.compile(r"\d|_|(?<=\w)\.(?=\w)")
TAIL = re.compile(rf"(?:{_any('tails')})\Z")
SHORTEST, LONGEST = 3, 32
STEPS = 5


def find(plain: Plain) -> Iterator[Hit]:
    """Yield handles."""
    yield from _signed(plain)
    yield from _held_together(plain.low)
    for match in islice(CUE.finditer(plain.low), MOST) if _cued(plain) else ():
        found = _behind(plain, match) or _later(plain, match) or _before(plain, match)
        if found:
            yield found


def _cued(plain: Plain) -> bool:
    """Tell whether a word may begin as a platform's name does."""
    heads = CUE_STARTS & plain.starts
    return bool(heads) and any(run[: data.START] in heads and run.startswith(CUE_HEADS) for run in plain.runs)


def _signed(plain: Plain) -> Iterator[Hit]:
    """Yield what is a handle by its own shape."""
    low = plain.low
    if "@" in low:
        for match in SIGNED.finditer(low):
            name = match[0][1:].strip()
            if name not in EVERYBODY and (match[0][1] != " " or SHAPED.search(name) or CUE.search(low)):
                yield match.start(), _end(low, match.end()), "handle"
    if "#" in low:
        for match in TAGGED.finditer(low):
            yield match.start(), match.end(), "handle"
    for match in HUMPS.finditer(plain.text) if plain.figures else ():
        yield match.start(), match.end(), "handle"
    for match in FRIEND_CODE.finditer(low) if plain.figures else ():
        yield match.start(), match.end(), "handle"


def _held_together(low: str) -> Iterator[Hit]:
    """Yield words with underscores or dots inside, wherever they stand."""
    for match in islice(UNDERSCORED.finditer(low), MOST) if "_" in low else ():
        if not match[0].endswith(FILE_END) and LETTER.search(match[0]):
            yield match.start(), _end(low, match.end()), "handle"
    for match in islice(DOTTED.finditer(low), MOST) if low.count(".") >= DOTS else ():
        yield *match.span(), "handle"


def _behind(plain: Plain, cue: re.Match[str]) -> Hit | None:
    """Return the handle that follows a cue, over a few small words ("mun snäpissä oon ...")."""
    low = plain.low
    between = BETWEEN.match(low, cue.end())
    place = between.end() if between else cue.end()
    pressed = bool(between and set(":=→>👉👇") & set(between[0]))
    owned = bool(OWNER.search(low[max(0, cue.start() - 40) : cue.start()])) or cue[0].endswith("en")
    copula = named = False
    first = False
    told = bool(cue["account"]) and cue[0].startswith(NAMINGS)
    for _ in range(STEPS):
        token = TOKEN.match(low, place)
        if not token:
            return None
        word = token[0].rstrip(".-")
        if CUE.fullmatch(word) or (
            word in JOINERS and not (pressed and not copula and _rest_is_empty(low, token.end()))
        ):
            first = first or (word in FIRST_PERSON and not copula)
            named = named or word in NAMED
            copula = copula or word in COPULAS
            between = BETWEEN.match(low, token.end())
            place = between.end() if between else token.end()
            pressed = pressed or bool(between and set(":=→>") & set(between[0]))
            if between and not between[0]:
                return None
            continue
        if cue["account"] and word.endswith(PLACED) and not copula:
            place = token.end() + 1
            continue
        apart = LETTERS_APART.match(low, place)
        if apart and (pressed or owned or copula or place - cue.end() == 1):
            return place, apart.end(), "handle"
        ends = _rest_is_empty(low, token.end())
        sure = (
            pressed
            or named
            or (owned and ends)
            or (owned and copula and word not in STATES)
            or (copula and bool(cue["account"]))
            or (first and ends and word not in STATES)
            or (told and (copula or bool(CUE.match(low, token.end() + 1))))
            or (not copula and _alone(low, cue.start(), token.end()))
        )
        spoken = (named or told) and word not in STATES and not DESCRIBES.search(word)
        return _judged(plain, token, sure=sure, owned=owned, pressed=pressed or spoken)
    return None


def _judged(plain: Plain, token: re.Match[str], *, sure: bool, owned: bool, pressed: bool) -> Hit | None:
    """Return the token as a handle when its shape or its place says so."""
    word = token[0].rstrip(".-")
    bare = word.lstrip("@")
    if not SHORTEST <= len(bare) <= LONGEST or bare in PLAIN_WORDS or not LETTER.search(bare):
        return None
    start, end = token.start(), token.start() + len(word)
    dotted = plain.low[max(0, start - 2) : start] == " ."
    if dotted and owned:
        return start - 1, _end(plain.low, end), "handle"
    joined = JOINED.match(plain.low, end)
    written = plain.text[start:end]
    mixed = any(sign.isupper() for sign in written[1:]) and not written.isupper()
    if SHAPED.search(bare) or mixed or (joined and joined[0].strip()[:1].isalpha()):
        return start, _end(plain.low, end), "handle"
    if sure and (pressed or not TAIL.search(bare)) and len(bare) > SHORTEST:
        return start, _end(plain.low, end), "handle"
    if owned and joined and not re.match(r"\s\d{1,2}\s(?:v|år|vuot|kert|min|tun)", plain.low[end : end + 12]):
        return start, _end(plain.low, end), "handle"
    return None


def _later(plain: Plain, cue: re.Match[str]) -> Hit | None:
    """Return the handle that a word for a name tells some words behind the cue."""
    match = LATER.match(plain.low, cue.end())
    word = match["name"].rstrip(".-") if match else ""
    if not match or len(word) <= SHORTEST or word in PLAIN_WORDS or word in JOINERS or word in STATES:
        return None
    sure = SHAPED.search(word) or "nim" in match[0] or "namn" in match[0] or "nik" in match[0] or "tunnu" in match[0]
    if not sure and (TAIL.search(word) or not _rest_is_empty(plain.low, match.end())):
        return None
    return match.start("name"), _end(plain.low, match.end()), "handle"


def _before(plain: Plain, cue: re.Match[str]) -> Hit | None:
    """Return the handle that stands before a cue ("löydät mut maikku_09 nimellä snäpistä", "kissa.07 on insta")."""
    if cue["account"]:
        return None
    low = plain.low
    window = low[max(0, cue.start() - 60) : cue.start()]
    tokens = list(TOKEN.finditer(window))
    told = INTRO.search(window)
    for token in reversed(tokens[-4:]):
        word = token[0].rstrip(".-")
        bare = word.lstrip("@")
        if bare in JOINERS or bare in PLAIN_WORDS:
            continue
        start = cue.start() - len(window) + token.start()
        written = plain.text[start : start + len(word)]
        mixed = any(sign.isupper() for sign in written[1:]) and any(sign.islower() for sign in written[:1])
        letters = re.search(r"[^\W\d_]{2}", bare)
        if (
            letters
            and SHORTEST <= len(bare) <= LONGEST
            and ((SHAPED.search(bare) and not re.match(r"\d", bare)) or mixed)
        ):
            return start, start + len(word), "handle"
        if told and letters and not TAIL.search(bare) and len(bare) > SHORTEST and token.end() == told.start("tail"):
            return start, start + len(word), "handle"
        return None
    return None


def _end(low: str, end: int) -> int:
    """Return the handle's end with spoken signs, a number apart and a case ending."""
    while end and low[end - 1] in ".-":
        end -= 1
    for _ in range(3):
        joined = JOINED.match(low, end)
        if not joined:
            break
        end = joined.end()
    match = re.compile(r"[:'’][a-zåäö]{1,5}(?![^\W_])").match(low, end)
    return match.end() if match else end


def _alone(low: str, start: int, end: int) -> bool:
    """Tell whether nothing but a cue and its handle stands in the clause."""
    before = low[:start].rstrip()
    return _rest_is_empty(low, end) and (not before or before[-1] in ",;.\n/!?:")


def _rest_is_empty(low: str, place: int) -> bool:
    """Tell whether nothing follows, or only an offer ("jos haluut jutella")."""
    return not FOLLOWED.match(low, place)
