"""Makes the English patterns of the risk rules, offline: `python -m chatservice.moderation.forms_en`.

A rule of `risk/data/en` that begins with `@` is a phrase to be written out: `hit+` stands for all forms of the verb,
`{me}` for each alternative of a slot (`-` is nothing). `lemmas.toml` holds the slots, the irregular verbs and the
words that mean something else in Finnish or Swedish, which count only in an English message. Result: `forms.toml`.
"""

import sys
import tomllib
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent / "risk" / "data" / "en"
MADE = frozenset({"forms.toml", "lemmas.toml"})
VOWELS = "aeiou"
LONGEST_AMBIGUOUS = 4
SHORTEST_DOUBLED = 3


def main() -> int:
    """Write forms.toml anew from every phrase that the English rules name."""
    data = tomllib.loads((FOLDER / "lemmas.toml").read_text(encoding="utf-8"))
    shared = frozenset(data["shared"]["words"])
    lines = [
        "# Made by `python -m chatservice.moderation.forms_en` from lemmas.toml and the rules; do not edit.",
        "[forms]",
    ]
    for phrase in sorted(phrases()):
        row = ", ".join(f'"{form}"' for form in written_out(phrase, data, shared=shared))
        lines.append(f'"{phrase}" = [{row}]')
    (FOLDER / "forms.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def phrases() -> set[str]:
    """Return the phrases that the rule files ask for."""
    named: set[str] = set()
    for path in FOLDER.glob("*.toml"):
        if path.name not in MADE:
            words = tomllib.loads(path.read_text(encoding="utf-8")).get("words", {})
            named |= {each[1:] for row in words.values() for each in row if each.startswith("@")}
    return named


def written_out(phrase: str, data: dict[str, dict[str, str]], *, shared: frozenset[str]) -> list[str]:
    """Return every wording of a phrase; a lone short or shared word is bound to English."""
    slots = [alternatives(part, data) for part in phrase.split()]
    made = {" ".join(" ".join(chosen).split()) for chosen in product(*slots)}
    return sorted(f"~{form}" if form in shared or len(form) <= LONGEST_AMBIGUOUS else form for form in made)


def alternatives(part: str, data: dict[str, dict[str, str]]) -> list[str]:
    """Return what one part of a phrase may be: a slot's alternatives, a verb's forms, or the word itself."""
    if part[0] == "{":
        return ["" if each == "-" else each for each in data["slots"][part[1:-1]].split("|")]
    if part[-1] == "+":
        return conjugated(part[:-1], data["irregular"])
    return [part]


def conjugated(verb: str, irregular: dict[str, str]) -> list[str]:
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


if __name__ == "__main__":
    sys.exit(main())
