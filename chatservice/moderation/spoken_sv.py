"""Reads spoken Swedish as it is written in books: one form for "int", "mej", "de e", "tagi", "spåre".

Patterns of Swedish and messages in Swedish pass the same tables, so that a phrase is written once in the rules and
found in any dialect. A word keeps its place; only words that carry no meaning ("typ", "asså") are left out.
"""

from collections.abc import Collection, Iterator, Sequence

SAME = {
    form: word
    for word, forms in {
        "inte": "int ente ine", "jag": "ja jaa jak", "mig": "mej mäj maej", "sig": "sej säi", "dig": "dej däj",
        "är": "e ä", "det": "de", "dom": "dem tem töm döm", "skulle": "sku", "nån": "någon",
        "nåt": "något nåntin naa nåå naat",
        "nånting": "någonting", "några": "nåra", "mycket": "mycke myke myki", "till": "ti", "vid": "ve", "med": "me",
        "sa": "sade", "säger": "säjer sägr", "säg": "säj", "aldrig": "aldri alri alldrig", "sen": "sedan",
        "huvudet": "huvu huve huvet", "imorgon": "imorron imorrn imorn imårgon imoron", "morgon": "morron",
        "tillbaka": "tillbaks tillbax tebaka tibaka tebax", "från": "frå ifrån ifrå", "hemifrån": "hemifrå",
        "ner": "ned", "väldigt": "väldit", "riktigt": "riktit rikti", "bara": "ba baa", "ikväll": "ikveld ikvälls",
        "pappa": "papp pappo", "mamma": "mamm mammo", "hem": "heim", "hemma": "heima", "han": "an", "hon": "on",
        "slagit": "slaji slaje sloji", "under": "unde", "karl": "kar", "gubben": "gubbin gubbn", "piller": "pille",
        "blöder": "blör blöer", "spytt": "spyii spyi", "skuffar": "skuff", "dag": "da", "tröjan": "tröjon",
        "äter": "käkar ät", "ätit": "käkat", "äta": "käka", "tiden": "tidn tin",
        "måste": "måst", "brinner": "brinn", "varje": "varj", "snälla": "snella", "hjälp": "jälp",
        "har": "ha haar", "tagit": "tatt taji tage",
        "varit": "vari vare", "hade": "hadd", "hela": "heila heil", "fått": "fåt fådd", "gått": "gådd", "tror": "trur",
        "kommer": "komber kommä", "blivit": "blivi blitt", "månader": "månar månan", "ingen": "ingon", "du": "tu",
        "slog": "slo slåg", "blödde": "bleidd bleid bledd", "byxorna": "byxona bykson byxon", "mer": "meir mejr",
        "kunde": "kund", "ben": "bein", "benet": "beine bene", "hemskt": "heimst hemst",
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
CHANGED = FILLERS | SAME.keys() | {"å", "o", "va", "he", "na"}
IN_PATTERNS = CHANGED | {"inte"}
# After these, "e" is "det" ("ja sku gör e"), elsewhere "är"; "he" is the "det" of Österbotten, or English.
DOING = frozenset(["gör", "göra", "gjort", "gjorde", "vet", "klarar", "orkar", "gä"])
BEFORE_HE = frozenset(["att", "om", "när", "trur", "tror", "vet", "fast", "men", "så"])
AFTER_HE = frozenset(
    [
        "e",
        "ä",
        "är",
        "va",
        "var",
        "gör",
        "ska",
        "blir",
        "blöder",
        "börja",
        "börjar",
        "brinner",
        "brinn",
        "finns",
        "gick",
    ]
)
# After these, "na" is "henne"; around these, "va" is "var" or "vad".
BEFORE_NA = frozenset(
    ["åt", "till", "på", "med", "slår", "slog", "hör", "ringt", "frågat", "väcka", "hitta", "från", "av"]
)
BEFORE_VAR = frozenset(["jag", "ja", "han", "hon", "hen", "vi", "dom", "dem", "det", "de", "he", "som"])
AFTER_VAD = frozenset(["ska", "gör", "är", "e", "händer", "kan", "skulle", "sku"])
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
# After these, the "me" of Österbotten is "mig", elsewhere "med".
TO_ME = frozenset(
    [
        "på",
        "åt",
        "av",
        "mot",
        "hos",
        "slår",
        "slog",
        "slo",
        "slagit",
        "slaji",
        "slaje",
        "skuff",
        "skuffar",
        "skuffa",
        "tvinga",
        "tvingar",
        "hota",
        "hotar",
        "sparka",
        "sparkar",
    ]
)
SUBJECTS = frozenset(["jag", "han", "hon", "hen", "dom", "vi", "man"])
# Verbs whose denial is danger: the word order of a clause must not hide it.
FINITE = frozenset(
    [
        "orkar", "orkade", "vill", "ville", "kan", "kunde", "går", "gick", "vågar", "vågade", "tänker", "svarar",
        "svarade", "vaknar", "vaknade", "andas", "andades", "finns", "lever", "pallar", "ids", "klarar", "klarade",
        "ska", "skulle", "kommer", "hittar", "rör", "får", "fick", "äter", "åt", "sover", "reagerar", "slutar",
    ]
)  # fmt: skip
THINKING = frozenset(["tänker", "funderar", "drömmer", "önskar", "planerar", "brukar", "hoppas", "fantiserar", "orkar"])
INFINITIVES = frozenset(
    [
        "leva", "dö", "döda", "göra", "vara", "finnas", "sova", "somna", "vakna", "andas", "äta", "skära", "hoppa",
        "slå", "skada", "försvinna", "prata", "berätta", "komma", "träffa", "kämpa", "fortsätta", "sluta", "spy",
    ]
)  # fmt: skip
SHORTEST = 4
UNSURE = frozenset(["e", "na", "he", "va"])
# How words end in speech and in books: "tagi", "spåre", "polisn", "trappon", "tidin", "konstit", "brinn", "ramla".
ENDINGS = (
    *(("e", "et"), ("i", "it"), ("a", "at"), ("n", "en"), ("on", "an"), ("in", "en"), ("it", "igt"), ("st", "skt")),
    *(("", "er"), ("", "r"), ("å", "ade"), ("a", "ade")),
)


def plain(words: Sequence[str], *, known: Collection[str]) -> list[str]:
    """Return each word as books write it, "" for one that carries no meaning; `known` are the words of the rules."""
    found: list[str] = []
    for place, word in enumerate(words):
        before = words[place - 1] if place else ""
        if word in FILLERS:
            found.append("")
        elif word in {"å", "o"}:
            after = words[place + 1] if place + 1 < len(words) else ""
            infinitive = after in INFINITIVES and before not in INFINITIVES
            found.append("att" if infinitive or SAME.get(before, before) in BEFORE_ATT else "och")
        elif (word == "me" and before in ENGLISH) or (word == "de" and before in HITTING):
            found.append(word)
        elif word == "me" and before in TO_ME:
            found.append("mig")
        elif word in UNSURE:
            found.append(sure(word, before, words[place + 1] if place + 1 < len(words) else ""))
        elif word in SAME:
            found.append(SAME[word])
        else:
            found.append(whole(word, known=known))
    return found


def sure(word: str, before: str, after: str) -> str:
    """Return what a short word stands for between two others."""
    if word == "e":
        return "det" if before in DOING else "är"
    if word == "na":
        return "henne" if before in BEFORE_NA else word
    if word == "he":
        return "det" if before in BEFORE_HE or after in AFTER_HE else word
    if before in BEFORE_VAR:
        return "var"
    return "vad" if after in AFTER_VAD else word


def whole(word: str, *, known: Collection[str]) -> str:
    """Return the known word whose last sounds speech has dropped ("tagi", "spåre", "polisn"), or the word itself."""
    if len(word) < SHORTEST or not known or word in known:
        return word
    for form in (word, word.replace("ei", "e")) if "ei" in word else (word,):
        if form in known:
            return form
        for spoken, written in ENDINGS:
            if form.endswith(spoken) and (made := form[: len(form) - len(spoken)] + written) in known:
                return made
    return word


def turns(words: Sequence[str], *, breaks: Sequence[int]) -> Iterator[int]:
    """Yield the places of words that change place with the next, so that "inte" follows its verb as in "jag kan inte".

    That is "kan jag inte", "då tänker jag på" and, in a subordinate clause, "att hon inte kan"; not after "om",
    which asks or threatens.
    """
    place = 0
    while place < len(words) - 1:
        word, after = words[place], words[place + 1]
        if not breaks[place + 1]:
            third = words[place + 2] if place + 2 < len(words) and not breaks[place + 2] else ""
            asked = place > 1 and words[place - 2] in {"om", "ifall"}
            if (after in SUBJECTS and (word in THINKING or (word in FINITE and third == "inte"))) or (
                word == "inte" and after in FINITE and not asked
            ):
                yield place
                place += 1
        place += 1


def pattern(text: str) -> str:
    """Return a Swedish pattern as `plain` leaves the words it must meet; "" where nothing changes or is left."""
    bare = text.lstrip("=~")
    words = bare.split(" ")
    if IN_PATTERNS.isdisjoint(words) or (len(words) == 1 and words[0] not in SAME):
        return ""
    marks = text[: len(text) - len(bare)]
    left = words if CHANGED.isdisjoint(words) else [word for word in plain(words, known=frozenset()) if word]
    for place in turns(left, breaks=[0] * len(left)):
        left[place : place + 2] = left[place + 1], left[place]
    made = " ".join(left)
    return marks + made if made and marks + made != text and "no" not in words else ""
