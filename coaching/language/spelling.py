"""The slips of quick typing mended, where a word is given back outside quotation marks. Pure."""

import re

SHOUTED = 10  # letters; a shorter text in capitals may be a name

_BARE = (
    r"(?:be|have|like|love|rather|do|go|ask|tell|send|say|speak|talk|write|read|call|get|make|take|give|need"
    r"|want|know|see|try|start|stop|finish|work|sleep|feel|put|use|wait|book|block|set|come|keep|leave|find"
    r"|bring|show|meet|prefer|hate|grab|sit|buy|let)\b"
)
_SLIPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(slip, re.IGNORECASE), meant)
    for slip, meant in (
        (r"\b(do|does|did|is|are|was|were|has|have|had|would|could|should)nt\b", r"\1n't"),
        (r"\bcant\b", "can't"),
        (
            r"(?<!\bthe )(?<!\ban )(?<!\bmy )(?<!\buser )\bid"
            rf"(?= (?:just |never |always |really |probably )?{_BARE})",
            "I'd",
        ),
        (rf"\bill(?= (?:just |also |then |probably |maybe )?{_BARE})", "I'll"),
        (r"\bwont\b", "won't"),
        (r"\b(that|there|what|who)s\b", r"\1's"),
        (
            r"\b(it)s(?= (?:getting|going|not|been|a|an|the|my|hard|too|so|always|all|just|really|never"
            r"|very|like"
            r"|been|only|still|good|boring|on track|team|over|too)\b)",
            r"\1's",
        ),
        (r"\b(they|we)re\b(?= \w+ing\b| not\b)", r"\1're"),
        (r"\b(?:tmrw|tmr|tmw|tomorow|tommorow|tommorrow|2moro)\b", "tomorrow"),
        (r"\bwanna\b", "want to"),
        (r"\bgonna\b", "going to"),
        (r"\bgotta\b", "have to"),
        (r"\bmgr\b", "manager"),
        (r"\b(?:bc|cuz|becuase|becasue|coz|beacuse)\b", "because"),
        (r"\bdefinately\b", "definitely"),
        (r"\bteh\b", "the"),
        (r"\brealy\b", "really"),
        (r"\balot\b", "a lot"),
        (r"\b(?:ppl|poeple)\b", "people"),
        (r"\bmins\b", "minutes"),
        (r"\bw/\s?", "with "),
    )
)
_NAMES = re.compile(
    r"(?<![+\w/])(monday|tuesday|wednesday|thursday|friday|saturday|sunday|january|february|april|june"
    r"|july|september"
    r"|october|november|december|english|german|french|spanish|christmas)(?=s?\b)"
    r"|(?<![+\w/])(mon|tue|tues|weds|wed|thu|thur|thurs|fri)(?=\W*$| (?:after|at|before|morning|afternoon"
    r"|evening|noon|\d))"
)
_DAYS = {
    "mon": "Monday",
    "tue": "Tuesday",
    "tues": "Tuesday",
    "wed": "Wednesday",
    "weds": "Wednesday",
    "thu": "Thursday",
    "thur": "Thursday",
    "thurs": "Thursday",
    "fri": "Friday",
}
_I = re.compile(r"\bi(?=\b(?!\.))")


def _lowered(words: str) -> str:
    """Return what was written in capitals throughout in small letters."""
    letters = [letter for letter in words if letter.isalpha()]
    is_loud = len(letters) > SHOUTED and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    return words.lower() if is_loud else words


def neat(words: str) -> str:
    """Return words in one line, with what was mistyped mended and days in capitals; all else as it is."""
    said = _lowered(" ".join(words.replace("’", "'").split()))
    for slip, meant in _SLIPS:
        said = slip.sub(meant, said)
    return _I.sub("I", _NAMES.sub(lambda name: _DAYS.get(name[0], name[0].capitalize()), said))
