"""Reads English as children write it who learn it at school: "drinked", "he is hit me", "cant breath", "many pill".

Patterns of English and messages in English pass the same table, so that a phrase is written once in the rules.
"""

from collections.abc import Collection, Sequence

SAME = {
    form: word
    for word, forms in {
        "drank": "drinked dranked drinkd", "took": "taked tooked", "ate": "eated eatted", "fell": "falled felled",
        "hit": "hitted hited", "beat": "beated beeted", "broke": "breaked broked braked",
        "cut": "cutted cuted", "bit": "bited bitted",
        "threw": "throwed throwd", "put": "putted", "hurt": "hurted", "ran": "runned", "went": "goed wented",
        "gave": "gived",
        "sent": "sended", "brought": "bringed bringd", "left": "leaved lefted", "lost": "losed", "slept": "sleeped",
        "woke": "waked", "got": "getted", "made": "maked", "told": "telled", "felt": "feeled", "bled": "bleeded",
        "stole": "stealed", "shot": "shooted", "wrote": "writed", "found": "finded", "came": "comed", "held": "holded",
        "kept": "keeped", "froze": "freezed", "drove": "drived", "stung": "stinged", "swallowed": "swalowed swolled",
        "sank": "sinked", "hung": "hunged", "dying": "dieing diing", "choking": "chocking", "choked": "chocked",
        "suicide": "suiside sucide suecide", "bleeding": "bleading bleding", "unconscious": "unconcious unconsious",
        "knife": "knive nife", "ambulance": "ambulanse ambulans", "medicine": "medecine medicin medisin",
        "because": "becouse becaus cuz", "without": "widout", "with": "wiht whit",
    }.items()
    for form in forms.split()
}  # fmt: skip
BREATHLESS = frozenset(["cant", "cannot", "not", "to", "dont", "doesnt", "didnt", "can", "barely", "hardly", "couldnt"])
BE = frozenset(["is", "am", "are", "was", "were", "be"])
DONE_TO = frozenset(
    [
        "hit",
        "kick",
        "punch",
        "beat",
        "slap",
        "push",
        "choke",
        "touch",
        "rape",
        "kill",
        "burn",
        "hurt",
        "cut",
        "lock",
        "force",
    ]
)
WHOM = frozenset(["me", "my", "him", "her", "us", "them", "mom", "mum", "our"])
TAKEN = frozenset(["eaten", "ate", "eat", "taken", "took", "take", "drunk", "drank", "drink", "swallowed", "swallow"])
SO_MUCH = frozenset(
    ["many", "all", "some", "too", "lot", "much", "poison", "pills", "pill", "whole", "medicine", "twenty", "thirty"]
)
MANY = frozenset(
    ["many", "all", "some", "several", "few", "more", "those", "ten", "twenty", "thirty", "forty", "fifty"]
)
COUNTED = frozenset(["pill", "tablet", "painkiller", "capsule", "scar", "bruise"])
IN_PATTERNS = SAME.keys() | COUNTED | {"breath"}
CHANGED = IN_PATTERNS | BE


def plain(words: Sequence[str], *, known: Collection[str]) -> list[str]:  # noqa: ARG001 - the shape of every language's
    """Return each word as books write it, "" for one that carries no meaning."""
    found: list[str] = []
    for place, word in enumerate(words):
        if word not in CHANGED:
            found.append(word)
            continue
        before = words[place - 1] if place else ""
        after = words[place + 1] if place + 1 < len(words) else ""
        beyond = words[place + 2] if place + 2 < len(words) else ""
        found.append(changed(word, before, (SAME.get(after, after), beyond)))
    return found


def changed(word: str, before: str, ahead: tuple[str, str]) -> str:
    """Return what one word stands for between others."""
    if word in SAME:
        return SAME[word]
    if word in BE:
        after, beyond = ahead
        return "" if (after in DONE_TO and beyond in WHOM) or (after in TAKEN and beyond in SO_MUCH) else word
    if word == "breath":
        return "breathe" if before in BREATHLESS else word
    return f"{word}s" if before in MANY or before.isdigit() else word


def pattern(text: str) -> str:
    """Return an English pattern as `plain` leaves the words it must meet; "" where nothing changes or is left."""
    bare = text.lstrip("=~")
    words = bare.split(" ")
    if IN_PATTERNS.isdisjoint(words):
        return ""
    marks = text[: len(text) - len(bare)]
    made = " ".join(word for word in plain(words, known=frozenset()) if word)
    return marks + made if made and marks + made != text else ""
