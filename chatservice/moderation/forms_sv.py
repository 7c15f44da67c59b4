"""Makes the Swedish patterns of the risk rules, offline: `python -m chatservice.moderation.forms_sv`.

`risk/data/sv/lemmas.toml` holds `[sets]` (a name and the words or verb forms it stands for) and `[phrases]` (a name
and rows of slots: `@skära -|jag|hon mig|sig`, each slot one of its alternatives, `@` a set, `-` nothing). What comes
out, `forms.toml`, holds every phrase written out; the rules name it as `@skära sig`.
"""

import sys
import tomllib
from itertools import product
from pathlib import Path

FOLDER = Path(__file__).parent / "risk" / "data" / "sv"


def main() -> int:
    """Write forms.toml anew from lemmas.toml."""
    data = tomllib.loads((FOLDER / "lemmas.toml").read_text(encoding="utf-8"))
    sets = {name: row.split() for name, row in data["sets"].items()}
    made = dict(sets)
    made |= {
        name: sorted({form for row in rows for form in written_out(row, sets)})
        for name, rows in data["phrases"].items()
    }
    lines = ["# Made by `python -m chatservice.moderation.forms_sv` from lemmas.toml; do not edit.", "[forms]"]
    for name, forms in sorted(made.items()):
        row = ", ".join(f'"{form}"' for form in forms)
        lines.append(f'"{name}" = [{row}]')
    (FOLDER / "forms.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return 0


def written_out(row: str, sets: dict[str, list[str]]) -> list[str]:
    """Return every phrase that a row of slots stands for."""
    slots = [
        [form.replace("_", " ") for part in slot.split("|") for form in (sets[part[1:]] if part[0] == "@" else [part])]
        for slot in row.split()
    ]
    return [" ".join(form for form in chosen if form != "-") for chosen in product(*slots)]


if __name__ == "__main__":
    sys.exit(main())
