"""Reads spoken Swedish as it is written in books: one form for "int", "mej", "de e", "tagi", "spåre".

Patterns of Swedish and messages in Swedish pass the same tables, so that a phrase is written once in the rules and
found in any dialect. A word keeps its place; only words that carry no meaning ("typ", "asså") are left out.
"""

from collections.abc import Collection, Sequence

SAME = {
    form: word
    for word, forms in {
        "inte": "int ente ine", "jag": "ja jaa jak", "mig": "mej mäj maej", "sig": "sej säi", "dig": "dej däj",
        "är": "e ä", "det": "de", "dom": "dem", "skulle": "sku", "nån": "någon", "nåt": "något nåntin",
        "nånting": "någonting", "några": "nåra", "mycket": "mycke myke myki", "till": "ti", "vid": "ve", "med": "me",
        "sa": "sade", "säger": "säjer sägr", "säg": "säj", "aldrig": "aldri alri alldrig", "sen": "sedan",
        "huvudet": "huvu huve huvet", "imorgon": "imorron imorrn imorn imårgon imoron", "morgon": "morron",
        "tillbaka": "tillbaks tillbax tebaka tibaka tebax", "från": "frå ifrån ifrå", "hemifrån": "hemifrå",
        "ner": "ned", "väldigt": "väldit", "riktigt": "riktit rikti", "bara": "ba baa", "ikväll": "ikveld ikvälls",
        "tiden": "tidn tin", "måste": "måst", "varje": "varj", "snälla": "snella", "hjälp": "jälp",
    }.items()
    for form in forms.split()
}  # fmt: skip
FILLERS = frozenset(
    [
        "typ",
        "asså",
        "alltså",
        "liksom",
        "lixom",
        "ju",
        "nog",
        "no",
        "väl",
        "fan",
        "jävla",
        "jäkla",
        "fucking",
        "också",
        "oxå",
        "egentligen",
    ]
)
CHANGED = FILLERS | SAME.keys() | {"å", "o"}
# After these, "å" and "o" stand for "att", elsewhere for "och".
BEFORE_ATT = frozenset(
    [
        "svårt",
        "lust",
        "på",
        "för",
        "utan",
        "om",
        "av",
        "med",
        "börjar",
        "börja",
        "börjat",
        "började",
        "slutat",
        "sluta",
        "slutar",
        "slutade",
        "försöker",
        "försökt",
        "försökte",
        "rädd",
        "trött",
        "vågar",
        "kommer",
        "sugen",
        "bad",
        "ber",
        "hotar",
        "hotade",
        "lovar",
        "ont",
        "går",
        "nära",
        "redo",
        "jobbigt",
        "bättre",
        "bäst",
        "skönt",
        "enklare",
        "lättare",
        "drömmer",
        "planerar",
        "bestämt",
        "tänkt",
        "håller",
        "inte",
        "tänker",
        "less",
        "behov",
    ]
)
# What an English "me" follows, and whom "de" (they) hit.
ENGLISH = frozenset(
    [
        "kill",
        "help",
        "hate",
        "let",
        "fuck",
        "love",
        "touch",
        "rape",
        "leave",
        "tell",
        "hit",
        "hurt",
    ]
)
HITTING = frozenset(
    [
        "slår",
        "slog",
        "sparkar",
        "sparkade",
        "hotar",
        "tvingar",
        "spöar",
        "slagit",
        "jagar",
        "mobbar",
    ]
)
SHORTEST = 4


def plain(words: Sequence[str], *, known: Collection[str]) -> list[str]:
    """Return each word as books write it, "" for one that carries no meaning; `known` are the words of the rules."""
    found: list[str] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word in FILLERS:
            found.append("")
        elif word in {"å", "o"}:
            found.append("att" if SAME.get(before, before) in BEFORE_ATT else "och")
        elif (word == "me" and before in ENGLISH) or (word == "de" and before in HITTING):
            found.append(word)
        elif word in SAME:
            found.append(SAME[word])
        else:
            found.append(whole(word, known=known))
    return found


def whole(word: str, *, known: Collection[str]) -> str:
    """Return the known word whose last sounds speech has dropped ("tagi", "spåre", "polisn"), or the word itself."""
    if len(word) < SHORTEST or word in known:
        return word
    if word[-1] in "eia" and word + "t" in known:
        return word + "t"
    if word[-1] == "n" and word[:-1] + "en" in known:
        return word[:-1] + "en"
    return word


def pattern(text: str) -> str:
    """Return a Swedish pattern as `plain` leaves the words it must meet; "" where nothing changes or is left."""
    marks = text[: len(text) - len(text.lstrip("=~"))]
    words = text[len(marks) :].split(" ")
    if CHANGED.isdisjoint(words) or (len(words) == 1 and words[0] not in SAME):
        return ""
    made = " ".join(word for word in plain(words, known=frozenset()) if word)
    return marks + made if made and marks + made != text and "no" not in words else ""
