"""Reads English as children write it who learn it at school: "drinked", "he is hit me", "cant breath", "many pill".

Patterns of English and messages in English pass the same table, so that a phrase is written once in the rules.
"""

from collections.abc import Collection, Sequence

SAME = {
    form: word
    for word, forms in {
        "drank": "drinked dranked drinkd", "took": "taked tooked", "ate": "eated eatted", "fell": "falled felled",
        "hit": "hitted hited", "beat": "beated beeted", "broke": "breaked broked braked", "cut": "cutted cuted",
        "bit": "bited bitted", "threw": "throwed throwd", "put": "putted", "hurt": "hurted", "ran": "runned",
        "went": "goed wented", "gave": "gived", "sent": "sended", "brought": "bringed bringd",
        "left": "leaved lefted", "lost": "losed", "slept": "sleeped", "woke": "waked", "got": "getted",
        "made": "maked", "told": "telled", "felt": "feeled", "bled": "bleeded", "stole": "stealed", "shot": "shooted",
        "wrote": "writed", "found": "finded", "came": "comed", "held": "holded", "kept": "keeped", "froze": "freezed",
        "drove": "drived", "stung": "stinged", "swallowed": "swalowed swolled", "sank": "sinked", "hung": "hunged",
        "dying": "dieing diing", "choking": "chocking", "choked": "chocked chokd choaked",
        "suicide": "suiside sucide suecide", "bleeding": "bleading bleding", "unconscious": "unconcious unconsious",
        "knife": "knive nife", "ambulance": "ambulanse ambulans", "medicine": "medecine medicin medisin",
        "because": "becouse becaus cuz bcuz bcz becuase", "without": "widout", "with": "wiht whit wit",
        "want": "wnt waant", "wanna": "wnna wnana", "anymore": "anymre anymor anymroe animore", "live": "liv",
        "about": "abt abuot", "before": "b4", "every": "evry evrey evrry",
        "everyone": "evry1 every1 evryone evrybody", "someone": "sum1 some1 smone",
        "nobody": "no1 nobdy nobdoy nobodi", "anyone": "any1", "night": "nite nght",
        "tonight": "tonite 2nite tonit tonihgt", "tomorrow": "tomoro tmrow tommorow tomorow", "when": "wen",
        "will": "wil wll", "have": "hav hve", "has": "hs haz", "there": "ther", "our": "ower", "right": "rite",
        "all": "al", "help": "hlp halp hlep", "could": "cud", "couldnt": "cudnt", "dont": "dnt", "cant": "cnt",
        "people": "ppl", "school": "skool scool schol shcool", "house": "hous", "blood": "blod bloud",
        "friend": "frend freind frnd", "boyfriend": "boyfrend boyfreind", "girlfriend": "girlfrend girlfreind",
        "brother": "brohter brothr bruther brtoher", "sister": "sistr sisster sisiter",
        "mother": "muther mothr mohter", "father": "fathr fahter fater", "stepfather": "stepfahter stepfathr",
        "grandpa": "granpa grampa", "grandma": "granma gramma", "uncle": "uncel uncl",
        "teacher": "techer teecher teachr", "sleeping": "sleping sleepin", "razor": "rasor", "wrists": "rists",
        "wrist": "rist", "hitting": "hiting hittin hittn", "hits": "hitts", "punches": "punchs", "punched": "punchd",
        "touches": "toches", "touched": "toched touchd", "slapped": "slapt slaped", "slaps": "slapps",
        "screams": "screems", "cutting": "cuttin cutin", "breathing": "brething breething breating breathin",
        "wake": "wak", "collapsed": "colapsed collapsd", "throw": "thro", "fainted": "faintd",
        "addicted": "adicted addictd", "overdosed": "overdoesd overdosd", "alcohol": "alchol alkohol",
        "swear": "sware", "death": "deth", "dead": "ded", "pills": "pils pilz", "pill": "pil",
        "suicidal": "suisidal suicdal sucidal suicial", "raped": "rapd",
        "nudes": "nuds nudz", "bridge": "brige brigde", "jumping": "jumpin", "living": "livin", "hurting": "hurtin",
        "screaming": "screamin screeming", "yelling": "yellin", "drinking": "drinkin", "smoking": "smokin",
        "crying": "cryin", "hiding": "hidin", "nothing": "nuthin nothin", "something": "sumthin somthing somthin",
        "everything": "evrything everthing", "myself": "myslef myslf mysef mysel meself", "himself": "himslef himslf",
        "herself": "herslef herslf", "reason": "reson", "life": "lyf lfie", "again": "agen agian",
        "tried": "tryed tride", "happened": "hapend happend", "scared": "skared scard", "afraid": "afriad",
        "think": "thnk", "thinking": "thinkin", "really": "realy rly rlly",
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
# "the kitchen is burn", "we are hide".
GOING_ON = {
    "burn": "burning", "hide": "hiding", "bleed": "bleeding", "scream": "screaming", "shout": "shouting",
    "fight": "fighting", "come": "coming", "shake": "shaking", "drink": "drinking", "follow": "following",
    "throw": "throwing", "cry": "crying", "vomit": "vomiting",
}  # fmt: skip
# "i need 2 go", but "i have 2 sisters".
BEFORE_TO = frozenset(
    ["about", "want", "wants", "need", "have", "going", "trying", "able", "got", "like", "ready", "how"]
)
COUNTED = frozenset(["pill", "tablet", "painkiller", "capsule", "scar", "bruise"])
IN_PATTERNS = SAME.keys() | COUNTED | {"breath"}
CHANGED = IN_PATTERNS | BE | GOING_ON.keys() | {"2"}


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
    if word in GOING_ON:
        return GOING_ON[word] if before in BE else word
    if word == "2":
        after = ahead[0]
        return "to" if SAME.get(before, before) in BEFORE_TO and after.isalpha() and not after.endswith("s") else word
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
