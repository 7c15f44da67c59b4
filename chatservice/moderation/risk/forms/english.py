"""The English phrases of the risk rules, slot by slot.

A rule of `risk/data/en` that begins with `@` is a phrase to be written out: `hit+` stands for all forms of the verb,
`{me}` for each alternative of a slot (`-` is nothing). `lemmas.toml` holds the slots, the irregular verbs and the
words that mean something else in Finnish or Swedish, which count only in an English message.
"""

from collections.abc import Mapping

from chatservice.moderation.risk.forms.slots import Row, halved, written_out

VOWELS = "aeiou"
LONGEST_AMBIGUOUS = 4
SHORTEST_DOUBLED = 3


def rows(phrase: str, lemmas: Mapping[str, Mapping[str, str]]) -> list[Row]:
    """Return every wording of a phrase, a lone short or shared word bound to English.

    :raises KeyError: a slot of the phrase is not in `lemmas`.
    """
    slots = [alternatives(part, lemmas) for part in phrase.split()]
    shared = lemmas["shared"]["words"]
    row = halved(slots)
    if row.heads and (shortest(row) <= LONGEST_AMBIGUOUS or any(" " in words for words in shared)):
        row = Row([], [], written_out(slots))
    bound = [f"~{form}" if len(form) <= LONGEST_AMBIGUOUS or form in shared else form for form in row.alone]
    return [row._replace(alone=bound)]


def shortest(row: Row) -> int:
    """Return the length of the shortest phrase of a head and a tail."""
    return min(map(len, row.heads)) + 1 + min(map(len, row.tails))


def alternatives(part: str, lemmas: Mapping[str, Mapping[str, str]]) -> list[str]:
    """Return what one part of a phrase may be: a slot's alternatives, a verb's forms, or the word itself."""
    if part[0] == "{":
        return ["" if each == "-" else each for each in lemmas["slots"][part[1:-1]].split("|")]
    if part[-1] == "+":
        return conjugated(part[:-1], lemmas["irregular"])
    return [part]


def conjugated(verb: str, irregular: Mapping[str, str]) -> list[str]:
    """Return the forms of a verb, a hasty "punchd" too; an irregular one's past forms stand in the table."""
    past = irregular.get(verb, "").split() or [regular_past(verb), f"{verb}d"]
    stem = doubled(verb)
    third = f"{verb}es" if verb.endswith(("s", "sh", "ch", "x", "z", "o")) else f"{verb}s"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        third = f"{verb[:-1]}ies"
    going = f"{stem[:-1] if stem.endswith('e') and not stem.endswith('ee') else stem}ing"
    return [verb, third, going, going[:-1], *past]


def regular_past(verb: str) -> str:
    """Return the past of a regular verb: kick-ed, slap-ped, choke-d, bully -> bullied."""
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return f"{verb[:-1]}ied"
    return f"{doubled(verb)}ed"


def doubled(verb: str) -> str:
    """Return a short verb with its last letter doubled where English doubles it: hit-t, grab-b."""
    short = len(verb) >= SHORTEST_DOUBLED and sum(letter in VOWELS for letter in verb) == 1
    return verb + verb[-1] if short and verb[-1] not in "aeiouwxy" and verb[-2] in VOWELS else verb
