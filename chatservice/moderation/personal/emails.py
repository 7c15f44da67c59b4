"""E-mail addresses, plain or written around ("maija piste v ät gmail piste com")."""

import re
from collections.abc import Iterator
from itertools import islice

from chatservice.moderation.personal import data
from chatservice.moderation.personal.codes import MOST, Hit, with_ending
from chatservice.moderation.personal.lexicon import FIRST_SMALL
from chatservice.moderation.personal.plain import Plain


def _any(key: str) -> str:
    return data.alternation(data.words("contacts", key))


LAST = re.compile(rf"(?:{_any('domains')})(?:[:'’]?(?:{_any('cases')}))?(?![\w])")
LABEL = re.compile(r"[a-z0-9åäö_\-]{1,40}")
DOT = re.compile(
    r"\s?\.\s?|\s?[(\[{<]\s?(?:dot|piste|pist|punkt|prick|\.|,)\s?[)\]}>]\s?"
    r"|\s{1,2}(?:dot|piste|pistä|punkt|prick|punto|period|full stop)\s{1,2}"
    r"|\s?[\-_*](?:dot|piste|punkt)[\-_*]\s?|,(?=(?:com|fi|net|se)\b)|(?:piste|dot|punkt)(?=(?:com|fi|net|se|gg)\b)"
)
PROVIDERS = frozenset(data.words("contacts", "providers"))
LONG_PROVIDERS = tuple(name for name in PROVIDERS if len(name) > len("mail"))
SURE = ("gmail", "hotmail", "outlook", "icloud", "luukku", "yahoo")
SPLIT_PROVIDER = re.compile(
    r"\s?(?:g|gee|jii|hot|ice?|out|pro?ton)[\s\-](?:mail|cloud|look)(?:\s?\.\s?|\s(?:piste|punkt|dot)\s)(?:com|fi|se|net)(?![\w])"
)
PROVIDER_END = re.compile(r"\s?(?:\.|piste|punkt|dot)?\s?(?:com|fi|se|net|org)(?![\w])")
AT = re.compile(
    # First what any of the ways may begin with: most signs of a text are none of these.
    rf"(?=[@(\[{{<*_‹«|/\\~\"'”’\s\-msäa])(?:@{{1,3}}|[(\[{{<*_‹«|/\\~\"'”’]\s?(?:{_any('at')}|@|a)\s?[)\]}}>*_›»|/\\~\"'”’]|(?<=[\s\w])\s(?:{_any('at')})(?=\s)"
    r"|(?<=\w)(?:miukumauku|snabela|snabel-a)(?=\w)|(?<=\w)\s?-(?:ät|at)-\s?(?=\w)|(?<=\w)(?:ät|at)(?=(?:gmail|hotmail|outlook|luukku|icloud|yahoo)))"
)
# "maija, snabel-a, gmail, punkt, com": commas beside what is said for a sign.
COMMAS = re.compile(
    rf",(?=\s(?:{_any('at')}|piste|punkt|dot|prick)(?![^\W_]))|(?<=snabel-a),|(?<=\bät),|(?<=mauku),|(?<=gmail),(?=\s(?:piste|punkt|dot))"
    r"|(?<=\s(?:punkt|piste)),|(?<=\sdot),"
)
AT_HINTS = tuple(hint.replace("_", " ") for hint in data.words("contacts", "at_hints"))
WORDED = tuple(hint for hint in AT_HINTS if hint.strip().isalpha())
SIGNED = tuple(hint for hint in AT_HINTS if hint not in WORDED)
# Of each of those the sign that is rarest in a message.
SIGNS = re.compile(f"[{re.escape(''.join(min(hint, key=str.isalpha) for hint in SIGNED))}]")
JOIN = rf"(?:\s?[(\[{{]\s?(?:dot|piste|punkt|\.)\s?[)\]}}]\s?|\s(?:{_any('joins')})\s|\s\.\s)"
THEN = r"(?:\s(?:ja|sit|sitten|loppu|perään|perässä|lopuks|och|sen|sedan|and|then|ends|slutar)){0,3}"
# Each part is bounded: the window before an at-sign is short.
LOCAL = re.compile(rf"(?:[\w.+%\-]{{1,40}}{JOIN}){{0,4}}[\w.+%\-]{{1,64}}{THEN}\s{{0,2}}\Z")
# "ella n 05 ät ...": the last part is a letter or a number, so words before it belong to the mailbox.
SHORT_BEFORE = re.compile(r"(?<![^\W_])[a-zåäö\-]{3,20}\s(?:[a-zåäö]\s)?\Z")
LETTER_LAST = re.compile(r"\A(?:[a-zåäö]|\d{1,4})\s*\Z")
APART = re.compile(r"(?<!\w)(?:\w[ .]{1,3}){2,40}\w?\s{0,2}\Z")
APART_DOMAIN = re.compile(
    r"\s?(?:[a-z0-9]\s){3,20}(?:\.|piste|dot|punkt)(?:(?:\s[a-z]){2,7}|\s?(?:com|fi|se|net|org))(?![\w])"
)
NO_BOX = frozenset(data.words("contacts", "no_box"))
# "mirri.koo gmailista": the provider in a case form, no ending of a domain.
INFLECTED = re.compile(
    r"(?<![\w.@])([\w\-]{2,30}[._\d][\w.\-]{0,30})\s(?:gmaili?|hotmaili?|outlooki?|luukku|luuku|icloudi?|yahoo|protonmaili?)(?:sta|ssa|s|st|lla|l|in|iin)?(?![\w])"
)
# What a provider is known by, in a case form too ("luukusta").
BARE_HINTS = ("gmail", "hotmail", "outlook", "luuk", "icloud", "yahoo", "protonmail")
BARE_PROVIDERS = ("gmail", "hotmail", "outlook", "luukku", "icloud", "yahoo", "protonmail")
BARE = re.compile(
    rf"(?<![\w.@])([\w.\-]{{3,40}})(?:\s{{1,2}}|\s?[%#*&^~/|\\]\s?)(?:{'|'.join(BARE_PROVIDERS)})"
    r"(?:\s?\.\s?|\s(?:piste|punkt|dot|prick)\s|\s)(?:com|fi|se|net)(?![\w])"
)
# "looked at outlook": nobody's mailbox, where no domain follows.
DOTTED = re.compile(r"\.|piste|punkt|prick|dot|(?:com|fi|se|net)\Z")
SHAPED = re.compile(r"[\d._]")
WRITE = re.compile(
    r"(?<![gt])mail|meil|mejl|post|osoit|osote|adres|kirjo[it]|laita|laitta|lähet|write|reach|contact|send|skriv|skick|\bits?\b"
)
VERB = re.compile(r"(?:ed|ing)\Z")
# "miska kolme viis ät ...": figures said belong to the word before them.
NUMBER = rf"(?:{_any('numbers')}){{1,4}}"
SAID = re.compile(NUMBER)
NUMBERED = re.compile(rf"(?<![^\W_])[\w.\-]{{2,30}}\s(?:(?:{NUMBER}|\d{{1,4}})\s){{0,5}}\Z")
JOINED = re.compile(rf"(?<![^\W_])(?:[\w.+%\-]{{1,40}}{JOIN}){{1,4}}\Z")
FIRST_BEFORE = re.compile(r"(?<![^\W_])([a-zåäö\-]{3,20})\s\Z")
# "the first bit is ..., then gmail": the mailbox told apart from its domain.
TOLD = re.compile(
    rf"(?<![^\W_])(?:(?P<sure>{_any('first_parts')})|{_any('beginnings')})(?![^\W_])(?:\s(?:{_any('copulas')})(?![^\W_])|\s?[:=])?\s{{0,2}}"
    r"[\"'”’]?(?P<box>[\w][\w.+\-]{2,40})"
)
# Signs that look like letters or dots of a domain.
LOOKALIKE = str.maketrans("аеорсухіјһԁѕ•・·∙。", "aeopcyxijhds.....")
LOOKS = re.compile(f"[{''.join(map(chr, LOOKALIKE))}]")
# Words before a provider that ask or tell of it.
NO_MAILBOX = NO_BOX | frozenset(data.words("contacts", "owners", "leads"))
# The whole address letter by letter, the words for its signs too.
SPELLED = re.compile(r"(?<![^\W_])(?:[\w@.]\s){10,80}[\w](?![^\W_])")
# So many of them stand between two spaces each.
LEAST_ALONE = 9
SPELLED_WHOLE = re.compile(
    r"[\w.]{2,40}(?:@|ät|at|miukumauku|snabela)[a-z]{3,20}(?:\.|piste|dot|punkt)(?:com|fi|se|net|org|ax)"
)
# "it happened at school. com on": behind a spoken sign a full stop ends the sentence.
SENTENCE = re.compile(r"\.\s")
REACH, NEAR = 90, 45
LABELS = 9


def find(plain: Plain) -> Iterator[Hit]:
    """Yield e-mail addresses."""
    low = plain.low.translate(LOOKALIKE) if LOOKS.search(plain.low) else plain.low
    for match in SPELLED.finditer(low) if plain.alone >= LEAST_ALONE else ():
        if SPELLED_WHOLE.fullmatch("".join(match[0].split())):
            yield *match.span(), "email"
    for hint in (*WORDED, *SIGNED) if SIGNS.search(low) else WORDED:
        if hint in low:
            yield from _boxed(low)
            return


def _boxed(low: str) -> Iterator[Hit]:
    """Yield what stands around an at-sign, or before a provider without one."""
    low = COMMAS.sub(" ", low) if "," in low else low
    if any(hint in low for hint in BARE_HINTS):
        yield from _bare(low)
    last = 0
    for match in islice(AT.finditer(low), MOST):
        if match.start() < last:
            continue
        end = _domain(low, match.end(), strict=match[0].strip() != "@" or low[match.start() - 1 : match.start()] == " ")
        start = _local(low, match.start(), last) if end else match.start()
        spoken = match[0].strip() in {"at", "ät"}
        box = low[start : match.start()].strip()
        if start == match.start() or (spoken and box in NO_BOX):
            continue
        if _is_place(
            low[max(0, start - REACH) : end + REACH], box, low[match.end() : end], spoken=match[0].strip() == "at"
        ):
            continue
        last = with_ending(low, end)
        yield start, last, "email"


def _is_place(around: str, box: str, domain: str, *, spoken: bool) -> bool:
    """Tell whether a sign without a domain's ending behind it is a place ("i@home", "mad at yahoo")."""
    if DOTTED.search(domain):
        return False
    return len(box) == 1 or (spoken and not SHAPED.search(box) and (bool(VERB.search(box)) or not WRITE.search(around)))


def _bare(low: str) -> Iterator[Hit]:
    """Yield addresses whose at-sign was left out ("miam08 gmail piste com")."""
    for match in islice(BARE.finditer(low), MOST):
        if match[1] not in NO_MAILBOX:
            yield match.start(), with_ending(low, match.end()), "email"
    for match in islice(INFLECTED.finditer(low), MOST):
        yield *match.span(), "email"
    for match in islice(TOLD.finditer(low), MOST):
        around = low[max(0, match.start() - NEAR) : match.start()]
        meant = match["sure"] or SHAPED.search(match["box"]) or WRITE.search(around)
        near = match["sure"] or any(
            hint in low[match.end() : match.end() + NEAR] or hint in around for hint in BARE_HINTS
        )
        if meant and near and match["box"].rstrip(".") not in NO_MAILBOX:
            yield *match.span("box"), "email"


def _local(low: str, at: int, floor: int) -> int:
    """Return where the mailbox before an at-sign begins, `at` itself where there is none."""
    begin = max(floor, at - REACH)
    window = low[begin:at]
    apart = APART.search(window)
    match = LOCAL.search(window)
    starts = [found.start() for found in (apart, match) if found]
    if not starts:
        return at
    start = begin + min(starts)
    if short := SHORT_BEFORE.search(low, max(floor, start - 24), start):
        start = short.start() if LETTER_LAST.search(low[start:at]) else start
    start = _widened(low, start, at, floor=floor)
    while start < at and low[start] in "-.+%":
        start += 1
    return start


def _widened(low: str, start: int, at: int, *, floor: int) -> int:
    """Return a mailbox's beginning with the word before figures said, or the first name before a last one."""
    box = low[start:at].strip()
    if SAID.fullmatch(box) and (said := NUMBERED.search(low, max(floor, start - REACH), start)):
        joined = JOINED.search(low, max(floor, said.start() - REACH), said.start())
        return joined.start() if joined else said.start()
    before = FIRST_BEFORE.search(low, max(floor, start - 24), start)
    return before.start() if before and box.isalpha() and before[1] in FIRST_SMALL else start


def _domain(low: str, place: int, *, strict: bool) -> int:
    """Return where the mail domain that begins here ends, 0 where there is none; `strict` wants a known ending."""
    spaces = len(low[place : place + 2]) - len(low[place : place + 2].lstrip(" \n"))
    strict = strict or low.startswith("\n", place)
    if split := SPLIT_PROVIDER.match(low, place):
        return split.end()
    first = LABEL.match(low, place + spaces)
    if not first:
        return _apart_domain(low, place)
    provider = first[0] in PROVIDERS or not strict
    known, end = (0, 0) if SENTENCE.match(low, first.end()) and not provider else _labels(low, first.end())
    if known:
        return known
    if first[0].rstrip("åäö") in PROVIDERS or first[0].startswith(SURE if strict else LONG_PROVIDERS):
        tail = PROVIDER_END.match(low, first.end())
        return tail.end() if tail else first.end()
    if strict or spaces:
        return _apart_domain(low, place)
    return end or (first.end() if len(first[0]) > 1 else 0)


def _labels(low: str, place: int) -> tuple[int, int]:
    """Return where the last known ending of a domain ends, and where its last label does; 0 for none."""
    known = end = 0
    for _ in range(LABELS):
        dot = DOT.match(low, place)
        label = LABEL.match(low, dot.end()) if dot else None
        if not dot or not label:
            break
        last = LAST.match(low, dot.end())
        if last and label.end() <= last.end():
            known = place = last.end()
        elif dot[0].strip().isalpha():
            place = label.end()
        elif " " in dot[0]:
            break
        else:
            place = end = label.end()
    return known, end


def _apart_domain(low: str, place: int) -> int:
    """Return the end of a domain spelled letter by letter ("g m a i l . c o m"), 0 where there is none."""
    match = APART_DOMAIN.match(low, place)
    return match.end() if match else 0
