"""First and last name together, in both orders and any case form; written small only where both are known names."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chatservice.moderation.personal import glued, lexicon
from chatservice.moderation.personal.codes import Hit, with_ending
from chatservice.moderation.personal.plain import Plain

TOKEN = re.compile(r"[^\W\d_][\w'’\-]{0,60}")
PAIR = re.compile(r"(?<![\w'’\-])[^\W\d_a-zåäö][\w'’\-]*+[,.]?\s{1,2}[^\W\d_a-zåäö]")
TOLD = re.compile(r"nim|heter|hette|namn|name|called|suku|\boon |\bolen |jag är|i'm |\bim |i am")
TOLD_HINTS = ("nim", "heter", "hette", "nam", "called", "suku", "oon ", "olen ", "jag är", "i'm ", "im ", "i am")
SURNAME = re.compile(
    r"\b(?:suku(?:ni|nimi\w*)?|surname|last name|efternamn\w*)\s(?:on\s|is\s|är\s)?([^\W\d_][\w\-]{3,})"
)
SURNAME_HINTS = ("suku", "surname", "last name", "efternamn")
INITIAL = re.compile(r"(?<![\w.])[A-ZÅÄÖ]\.\s?([A-ZÅÄÖ][a-zåäö][\w\-]{2,})")
NOBLE = re.compile(r"\s(?:af|von|van|der|den|bin|ibn|al|zu)\s[A-ZÅÄÖ]")
# A heart, a star or two spaces between two names do not part them; a full stop or a comma does.
GAP = re.compile(r"[^\w.,;:!?()\n&+=/]{1,4}")
ENDS = re.compile(r"\s*(?:[,.!?;)\n]|\Z)")
LEET = str.maketrans("013457", "oieast")
ARTICLES = ("al-", "el-")
MOST, SENTENCE, SHORT, LONG_GENITIVE = 5, 5, 3, 8


class Token(NamedTuple):
    """A word of the text: its place and lower case without 's, whether it begins with a capital, whether all do."""

    start: int
    end: int
    low: str
    capital: bool
    shouted: bool


def find(plain: Plain) -> Iterator[Hit]:
    """Yield first and last names that stand together."""
    yield from glued.find(plain)
    cued = not lexicon.CUED_STARTS.isdisjoint(plain.starts) and bool(lexicon.CUED.search(plain.low))
    surname = any(hint in plain.low for hint in SURNAME_HINTS)
    # Where none of these is, the words that tell of names bring none.
    told = (cued or surname or plain.figures or plain.capitals or "-" in plain.low) and _names_told(plain.low)
    if not told and not _named(plain):
        return
    yield from _surnames(plain, told=surname)
    tokens = _tokens(plain)
    last = 0
    for index, token in enumerate(tokens):
        if token.start < last or not (cued or _may_begin(tokens, index)):
            continue
        end = _forward(plain, tokens, index) or _particled(plain, tokens, index) or _backward(plain, tokens, index)
        if not end and cued:
            end = _told(plain, tokens, index)
        if end and not _place_of(plain, end) and not lexicon.is_known(plain.low[token.start : end]):
            last = with_ending(plain.low, end)
            yield token.start, last, "name"


def _may_begin(tokens: list[Token], index: int) -> bool:
    """Tell whether a name may begin at a word: it has a capital, or is a first name or stands before one."""
    here = tokens[index]
    if here.capital or here.low in lexicon.FIRST or "-" in here.low:
        return True
    return index + 1 < len(tokens) and tokens[index + 1].low in lexicon.FIRST


def _names_told(low: str) -> bool:
    """Tell whether words of names stand in a text, or somebody says who they are."""
    return any(hint in low for hint in TOLD_HINTS) and TOLD.search(low) is not None


def _named(plain: Plain) -> bool:
    """Tell whether a first name stands in a text, or capitals as names have them."""
    if not lexicon.FIRST.isdisjoint(plain.runs):
        return True
    shapes = (PAIR, NOBLE, INITIAL) if plain.capitals else ()
    return any(shape.search(plain.text) for shape in shapes)


def _surnames(plain: Plain, *, told: bool) -> Iterator[Hit]:
    """Yield what is said to be a surname, and surnames behind an initial ("O. Koivulehto")."""
    for match in SURNAME.finditer(plain.low) if told else ():
        # "our family has decided" is no surname: it is written with a capital.
        if match[1] not in lexicon.COMMON and (
            not match[0].startswith("suku ") or plain.text[match.start(1)].isupper()
        ):
            yield *match.span(1), "name"
    for match in INITIAL.finditer(plain.text) if plain.capitals else ():
        if lexicon.rare_surname(match[1].lower()) or lexicon.shaped(match[1].lower()):
            yield *match.span(), "name"


def _tokens(plain: Plain) -> list[Token]:
    found = []
    for match in TOKEN.finditer(plain.text):
        start, end = match.span()
        low = plain.low[start:end]
        if low.isalpha():
            found.append(Token(start, end, low, match[0][0].isupper(), end - start > 1 and match[0].isupper()))
            continue
        low = low.rstrip("'’-")
        low = low if low.isalpha() else low.translate(LEET)
        low = low[:-2] if low.endswith(("'s", "’s")) else low
        word = match[0][3:] if low.startswith(ARTICLES) else match[0]
        found.append(Token(start, start + len(low), low, word[:1].isupper(), len(word) > 1 and word.isupper()))
    if len(found) >= SENTENCE and sum(token.capital for token in found) >= len(found) - 1:
        return [token._replace(shouted=True) for token in found]
    return found


def _forward(plain: Plain, tokens: list[Token], index: int) -> int:
    """Return the end of "Maija Virtanen" that begins at a token, 0 where none does."""
    first = tokens[index]
    if not lexicon.is_first(first.low):
        return 0
    best = 0
    for place in range(index + 1, min(index + 1 + MOST, len(tokens))):
        token = tokens[place]
        if not _adjoins(plain, tokens[place - 1], token):
            break
        if _is_last(first, token, told=False):
            best = token.end
        more = token.low in lexicon.FIRST or token.low in lexicon.PARTICLES or (token.capital and len(token.low) == 1)
        if best != token.end and not more:
            break
    return best


def _is_last(first: Token, token: Token, *, told: bool) -> bool:
    """Tell whether a word behind a first name is its surname; an ordinary word needs a rare one."""
    if len(token.low) < 2 or token.low in lexicon.COMMON:  # noqa: PLR2004 - an initial is no surname
        return False
    if first.capital and token.capital and not (first.shouted and token.shouted):
        return _is_last_with_capital(token.low)
    ordinary = first.low in lexicon.FIRST_WORDS and not told
    if "-" in token.low:
        return not ordinary and (bool(lexicon.surnames(token.low)) or token.low.startswith(ARTICLES))
    if lexicon.rare_surname(token.low):
        return True
    sure = lexicon.shaped_small(token.low) or not lexicon.SAFE.isdisjoint(lexicon.surnames(token.low))
    return not ordinary and (sure or (told and bool(lexicon.surnames(token.low))))


def _is_last_with_capital(low: str) -> bool:
    if low.startswith(ARTICLES) or lexicon.surnames(low):
        return True
    if lexicon.is_place(low):
        return False
    return bool(lexicon.SHAPE.search(low)) or (not lexicon.first_form(low) and low not in lexicon.TITLES)


def _backward(plain: Plain, tokens: list[Token], index: int) -> int:
    """Return the end of "Virtanen Maija", or of "Kaneli Virtanen" whose first name is on no list; 0 for neither."""
    if index + 1 >= len(tokens):
        return 0
    here, token = tokens[index], tokens[index + 1]
    if not here.capital and not token.capital:
        return token.end if _is_small_surname_first(plain, here, token) else 0
    if not (here.capital and token.capital) or here.low in lexicon.COMMON or token.low in lexicon.COMMON:
        return 0
    gap = plain.text[here.end : token.start]
    if _is_surname_first(plain, here, token):
        return max(_more_first(plain, tokens, index + 1), _forward(plain, tokens, index + 1))
    if gap != " " or not _is_unlisted(plain, here, token):
        return 0
    return max(_surname_behind(plain, tokens, index + 1), _forward(plain, tokens, index + 1))


def _particled(plain: Plain, tokens: list[Token], index: int) -> int:
    """Return the end of "Elis af Hällström", whatever the first name is; 0 where no such name stands here."""
    here = tokens[index]
    if not here.capital or index + 1 == len(tokens) or tokens[index + 1].low not in lexicon.NOBLE:
        return 0
    rest = tokens[index + 1 : index + 4]
    if here.low not in lexicon.FIRST and (here.low in lexicon.COMMON or here.low in lexicon.OPENERS):
        return 0
    last = rest[1] if len(rest) > 1 and rest[1].low not in lexicon.NOBLE else rest[-1]
    return (
        last.end
        if last.capital
        and plain.text[here.end : last.start].count(" ") == len(plain.text[here.end : last.start].split()) + 1
        else 0
    )


def _is_surname_first(plain: Plain, here: Token, token: Token) -> bool:
    """Tell whether "Virtanen Maija", "Virtanen, Maija" or "Virtasen Maijalle" stands here."""
    low, gap = here.low, plain.text[here.end : token.start]
    shaped = lexicon.shaped_small(low) and not low.endswith("n") and token.low in lexicon.FIRST_SMALL
    listed = (
        low in lexicon.LAST
        or shaped
        or bool(lexicon.STRICT.search(low))
        or ("-" in low and bool(lexicon.surnames(low)))
    )
    if listed and gap in {" ", ", "} and lexicon.first_form(token.low):
        return gap == " " or low not in lexicon.LAST_WORDS
    if _opens(plain, here.start) and not lexicon.surnames(low):
        return gap == " " and lexicon.genitive(low) and lexicon.first_form(token.low) and len(low) >= LONG_GENITIVE
    if gap != " " or not lexicon.genitive(low):
        return False
    other = token.low in lexicon.TITLES or token.low in lexicon.BRANDS
    return lexicon.first_form(token.low) or (lexicon.rare_surname(low) and not other)


def _is_small_surname_first(plain: Plain, here: Token, token: Token) -> bool:
    """Tell whether "laakkosen minttu" or "nieminen aada" stands here: a sure surname before a sure first name."""
    if plain.text[here.end : token.start] != " " or token.low not in lexicon.FIRST_SMALL:
        return False
    return lexicon.rare_surname(here.low) and (here.low in lexicon.LAST or lexicon.genitive(here.low))


def _is_unlisted(plain: Plain, here: Token, token: Token) -> bool:
    """Tell whether two words are a name although the first is on no list: by the surname, or by who is spoken of."""
    if here.shouted or here.low in lexicon.TITLES or lexicon.is_place(here.low) or len(here.low) < 3:  # noqa: PLR2004 - no name is shorter
        return False
    if lexicon.rare_surname(token.low) or lexicon.STRICT.search(token.low):
        return True
    sure = lexicon.shaped_small(token.low) and not here.low.endswith("n")
    if lexicon.is_place(token.low) or not {here.low, token.low}.isdisjoint(lexicon.BRANDS):
        return False
    opens = _opens(plain, here.start)
    owned = plain.text[token.end : token.end + 2] in {"'s", "’s"}
    strange = (
        lexicon.strange(here.low, token.low) if not opens else lexicon.strange_opening(here.low, token.low, owned=owned)
    )
    if sure or strange or (not opens and lexicon.built(here.low, token.low)):
        return True
    return bool(lexicon.PERSON.search(plain.low[max(0, here.start - 24) : here.start]))


def _surname_behind(plain: Plain, tokens: list[Token], index: int) -> int:
    """Return the end of a name of which one more part may follow ("Ahti Kalevanpoika Linnavirta")."""
    third = tokens[index + 1] if index + 1 < len(tokens) else None
    if third and third.capital and _adjoins(plain, tokens[index], third) and lexicon.shaped(third.low):
        return third.end
    return tokens[index].end


def _more_first(plain: Plain, tokens: list[Token], index: int) -> int:
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following and following.capital and following.low in lexicon.FIRST and _adjoins(plain, tokens[index], following):
        return following.end
    return tokens[index].end


def _told(plain: Plain, tokens: list[Token], index: int) -> int:
    """Return the end of two words that a cue calls a name ("mun nimi on ..."), 0 where no cue stands before."""
    if index == 0 or index + 1 >= len(tokens):
        return 0
    first, token = tokens[index], tokens[index + 1]
    if first.low in lexicon.COMMON or token.low in lexicon.COMMON or not _adjoins(plain, first, token):
        return 0
    cue = lexicon.CUE.search(plain.low[max(0, first.start - 32) : first.start])
    if not cue:
        return 0
    if lexicon.is_place(token.low):
        return 0
    known = lexicon.is_first(first.low) and (_is_last(first, token, told=True) or lexicon.shaped(token.low))
    turned = first.low in lexicon.LAST and lexicon.first_form(token.low)
    ends = bool(ENDS.match(plain.low, token.end)) and len(token.low) > SHORT and token.low not in lexicon.ORDINARY
    english = lexicon.ENGLISH.search(token.low) and first.low in lexicon.FIRST_SMALL
    eastern = cue["naming"] and lexicon.EASTERN.search(token.low)
    known = known or bool(english) or bool(eastern) or (bool(cue["naming"]) and ends and lexicon.is_first(first.low))
    if known or turned or lexicon.shaped_small(token.low) or (cue["naming"] and lexicon.rare_surname(token.low)):
        return token.end
    return _capitals(plain, tokens, index) if cue["naming"] and first.capital and token.capital else 0


def _capitals(plain: Plain, tokens: list[Token], index: int) -> int:
    """Return the end of two or three words with a capital."""
    token = tokens[index + 1]
    third = tokens[index + 2] if index + 2 < len(tokens) else None
    if third and third.capital and third.low not in lexicon.COMMON and _adjoins(plain, token, third):
        return third.end
    return token.end


def _adjoins(plain: Plain, left: Token, right: Token) -> bool:
    gap = plain.text[left.end : right.start]
    return gap == " " or bool(GAP.fullmatch(gap)) or (gap == ". " and len(left.low) == 1)


def _opens(plain: Plain, start: int) -> bool:
    """Tell whether a word begins a sentence, where a capital says nothing."""
    before = plain.text[max(0, start - 8) : start].rstrip(" \"'“”(-")
    return not before or before[-1] in ".!?\n:…" or not (before[-1].isascii() or before[-1].isalpha())


def _place_of(plain: Plain, end: int) -> bool:
    """Tell whether the name only names a school or a street ("Minna Canthin koulu")."""
    return plain.low[end : end + 1] in {" ", "-"} and bool(lexicon.BEHIND.match(plain.low, end + 1))
