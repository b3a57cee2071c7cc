"""Grave words as people type them: veiled ("su1cide", "k*ll", "d i e"), misspelt by one letter, run together.

Only words that somebody might hide or type in haste are looked after; all other text is left as it is.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache

_VEILED = """
suicide suicidal kill killed killing die died dying dead death myself overdose overdosed cutting
life live living alive hurt murder rape raped harm hang hanging fuck fucked fucking shit bitch whore cunt
depressed unalive want kys kms
"""
_MISSPELT = """
suicide suicidal killing myself himself herself overdose overdosed hopeless worthless pointless helpless
depressed depression depressing exhausted exhaustion burnout anxiety anxious goodbye farewell anymore
disappear disappeared existing existence breathing swallowed bridge tonight tomorrow nothing everyone
everything nobody without harassed harassing harassment bullied bullying discriminated discrimination
threatened threatening threatens stalking following touching uncomfortable overwhelmed overwhelming
desperate lonely alone crying breakdown colleague manager husband boyfriend girlfriend
"""
# One letter off, but words of their own.
_OTHERS = "manage manger exiting staking noting bride aloe"
VEILED, MISSPELT = tuple(_VEILED.split()), tuple(_MISSPELT.split())
RUN_TOGETHER: Mapping[str, tuple[str, ...]] = {
    "killmyself": ("kill", "myself"),
    "killingmyself": ("killing", "myself"),
    "hurtmyself": ("hurt", "myself"),
    "hatemyself": ("hate", "myself"),
    "cutmyself": ("cut", "myself"),
    "endmylife": ("end", "my", "life"),
    "hatemylife": ("hate", "my", "life"),
    "wanttodie": ("want", "to", "die"),
    "wannadie": ("want", "to", "die"),
    "letmedie": ("let", "me", "die"),
    "enditall": ("end", "it", "all"),
    "betteroff": ("better", "off"),
    "selfharm": ("self", "harm"),
    "selfharming": ("self", "harming"),
    "panicattack": ("panic", "attack"),
    "panicattacks": ("panic", "attacks"),
}
_STANDS_FOR = {
    "1": "il",
    "!": "il",
    "|": "il",
    "3": "e",
    "0": "o",
    "@": "a",
    "4": "a",
    "$": "s",
    "5": "s",
    "7": "t",
}
_VEIL = re.compile(
    r"\b(?=[a-z]{1,7}[*#@$!|0-9])[a-z][a-z*#@$!|0-9]{1,9}(?:[a-z]|(?<=[a-z*#@$!|0-9]{5})3)(?!\w)",
    re.IGNORECASE,
)
_SPACED = re.compile(r"(?<!\w)[a-z](?:([ .*_-])[a-z])(?:\1[a-z])+(?!\w)", re.IGNORECASE)


def unveiled(text: str) -> str:
    """A text with the grave words that were veiled as they are; everything else stays."""
    return _SPACED.sub(_closed, _VEIL.sub(_bare, text))


def respelt(word: str) -> str:
    """The word that one in lower case was meant to be: itself, or a grave one."""
    return _variants().get(word, word)


def _bare(found: re.Match[str]) -> str:
    written = found[0].lower()
    return next((word for word in VEILED if _veils(written, word)), found[0])


def _veils(written: str, word: str) -> bool:
    return len(written) == len(word) and all(
        sign in ("*", "#", letter) or letter in _STANDS_FOR.get(sign, "")
        for sign, letter in zip(written, word, strict=True)
    )


def _closed(found: re.Match[str]) -> str:
    word = found[0].replace(found[1], "").lower()
    return word if word in VEILED else found[0]


@cache
def _variants() -> Mapping[str, str]:
    known = {*MISSPELT, *VEILED, *_OTHERS.split()}
    return {slip: word for word in MISSPELT for slip in _slips(word) if slip not in known}


def _slips(word: str) -> Iterator[str]:
    """Yield a word with one letter left out (neither first nor last), doubled, or two changed about."""
    for place in range(1, len(word)):
        if place + 1 < len(word):
            yield word[:place] + word[place + 1 :]
        yield word[:place] + word[place - 1] + word[place:]
        yield word[: place - 1] + word[place] + word[place - 1] + word[place + 1 :]
