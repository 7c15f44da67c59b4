"""Words that were written without the spaces between them, cut into words that are known."""

from collections.abc import Container

LONGEST_PART = 16
# Else a whole word falls to pieces that mean harm ("terapeutti" holds "rape").
SHORTEST_PART = 5
# Shorter parts are what people say all the time: else "toimittajan" is "toi mitt ajan" and somebody drives.
FINNISH = (
    "en ei mä sä se ne on oo ku ja me elää elän isä äiti iskä mua mut mun mulla mulle sua sut sun sitä hän nyt kun jos "
    "niin että ihan tosi oon olen ois oli lyö löi syö söi"
)
SWEDISH = (
    "vi du är jag mig mej dig sig han hon dom det att och inte int nu här har vill ska kan med alla tre två dör döda "
    "skär slår slog"
)
ENGLISH = (
    "my he is to i me the and you her him they she want kill die hit hurt cut rape dont cant will with that help live "
    "life feel need mum mom dad all wish was had has"
)
SHORT_PARTS = frozenset(f"{FINNISH} {SWEDISH} {ENGLISH}".split())
# Endings of Finnish words that are words elsewhere: "puhuisin" is not "puhu isin", "naiseksi" no "nai seksi".
NO_PARTS = frozenset(("kasta", "massa", "oisin", "seksi", "lista", "lilla", "kalla", "trilla", "lasta", "mista"))
# To whom something is done, as it sticks to the act before it.
WHOM = (
    *("mua", "mut", "mulle", "minua", "minut", "itteni", "itteeni", "itseni", "itsensä", "ittensä"),
    *("mig", "mej", "sig", "him", "her"),
)


def parts(word: str, *, known: Container[str]) -> str | None:
    """Return the fewest known words a word is made of, None where it is made of none; short ones only as above."""
    best: list[tuple[int, int] | None] = [(0, 0), *([None] * len(word))]
    for end in range(2, len(word) + 1):
        for start in range(max(0, end - LONGEST_PART), end - 1):
            before = best[start]
            if before is None:
                continue
            part = word[start:end]
            if part not in known or (len(part) < SHORTEST_PART and part not in SHORT_PARTS):
                continue
            now = best[end]
            if part not in NO_PARTS and (now is None or before[0] + 1 < now[0]):
                best[end] = (before[0] + 1, start)
    return _joined(word, best)


def _joined(word: str, best: list[tuple[int, int] | None]) -> str | None:
    found: list[str] = []
    place = len(word)
    while place:
        step = best[place]
        if step is None:
            return None
        found.append(word[step[1] : place])
        place = step[1]
    return " ".join(reversed(found))


def is_speech(meant: str) -> bool:
    """Tell whether words written together are a sentence, not a compound: a word of speech is among them."""
    return not SHORT_PARTS.isdisjoint(meant.split(" "))


def act_and_whom(word: str, *, acts: Container[str]) -> str | None:
    """Return an act and the one it is done to, written together ("lyömua", "slårmig")."""
    for whom in WHOM:
        act = word.removesuffix(whom)
        if act != word and act in acts:
            return f"{act} {whom}"
    return None
