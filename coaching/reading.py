"""What an answer says, where a talk needs to know: a number, a list. Pure."""

import re

_WORDS: dict[str, int] = {
    word: number
    for words in (
        "zero one two three four five six seven eight nine ten",
        "null eins zwei drei vier fünf sechs sieben acht neun zehn",
        "zéro un deux trois quatre cinq six sept huit neuf dix",
        "cero uno dos tres cuatro cinco seis siete ocho nueve diez",
    )
    for number, word in enumerate(words.split())
    if word not in ("un", "uno")
}
_DIGITS = r"(?:10|\d)(?:[.,]\d+)?(?![\d.,]*\d)"
_ANY = rf"{_DIGITS}|\b(?:{'|'.join(_WORDS)})\b"
_UNIT = (
    r"(?!\s*[%:]|(?:\s|-)*(?:years?|months?|weeks?|days?|hours?|minutes?|mins?|times?|kids?|children|people"
    r"|o.clock|[ap]m\b|uhr|h\b|jahre?n?|wochen?|tagen?|ans?\b|of (?!10|ten)))"
)
_OF_TEN = r"\s*(?:/\s*10|out of (?:10|ten)|of (?:10|ten)|von (?:10|zehn)|sur (?:10|dix)|de (?:10|diez))\b"
_PERCENT = re.compile(r"(?<![\d.,])(100|\d{1,2})(?:[.,]\d+)?\s*(?:%|per ?cent\b|prozent\b)", re.IGNORECASE)
_SAID = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<![\d.,:])({_ANY}){_OF_TEN}",
        rf"^\W*(?:an? )?({_ANY})\b{_UNIT}",
        rf"(?:[.!?;,]|\bso|\bhonestly)\s+(?:an? )?({_ANY})"
        r"(?:\s+(?:or so|maybe|i guess|i think|today|now))?\W*$",
        r"\b(?:i'?m at|i am at|it'?s at|around|maybe|probably|say|between|solid|more like)\s+"
        rf"(?:an? )?({_ANY})\b{_UNIT}"
        r"(?=\W*$|[.,;!?)]|\s+(?:because|since|or|and|to|today|right|now|but|maybe|i|at best)\b)",
    )
)
_SOMEWHERE = re.compile(
    rf"(?<![\d.,:/])(?<!\bat )(?:\ba )?({_DIGITS}|\b(?:{'|'.join(list(_WORDS)[2:11])})\b){_UNIT}",
    re.IGNORECASE,
)
_SHORT = 12  # words; in a longer text a number by the way is no rating
_RANGE = re.compile(
    r"\b(?:from )?(?:0|zero) to (?:10|ten)\b|\b(?:out of|of|/)\s*(?:10|ten)\b(?=\W*$)", re.IGNORECASE
)
_BULLET = re.compile(r"^\s*(?:[-*•–]|\(?\d{1,2}[.):]\)?|[a-z][.)])\s+", re.IGNORECASE)
_INLINE = re.compile(r"(?:^|\s)\(?\d[.)]\s+")
_COMMAS = re.compile(r",\s+(?:(?:and|or|und|oder|et|ou|y|o)\s+)?|\s+/\s+")
_SLASHES = re.compile(r"\s+(?:/|or|oder|ou)\s+", re.IGNORECASE)
_FILLERS = "well honestly actually maybe yes no ok okay however hmm sure also and but then i so because"
_NO_ITEM = frozenset(_FILLERS.split())


def one_of(*ways: str) -> re.Pattern[str]:
    """Return a pattern that finds any of several, in capitals or not."""
    return re.compile("|".join(ways), re.IGNORECASE)


def scale_number(text: str) -> int | None:
    """Return the number from 0 to 10 that a text names where a number was asked for, rounded down, or None.

    One "of ten" counts first, then one at the beginning, then what looks like a rating, then any, if the text
    is short. Of a span the lower end counts; per cent are tenths.
    """
    return _first(text, (*_SAID, _SOMEWHERE) if len(text.split()) <= _SHORT else _SAID)


def rating(text: str) -> int | None:
    """Return the number from 0 to 10 by which a text rates something, though it was not asked to, or None."""
    return _first(text, _SAID)


def has_letters(text: str) -> bool:
    """Return whether there is a word in it."""
    return any(map(str.isalpha, text))


def _first(text: str, shapes: tuple[re.Pattern[str], ...]) -> int | None:
    if found := _PERCENT.search(text):
        return int(found[1]) // 10
    rest = text if _SAID[0].search(text) else _RANGE.sub(" ", text)
    found = next((found for shape in shapes if (found := shape.search(rest))), None)
    return _value(found[1]) if found else None


def _value(said: str) -> int:
    word = said.lower()
    return _WORDS[word] if word in _WORDS else int(re.split(r"[.,]", word)[0])


def listed(text: str) -> tuple[str, ...]:
    """Return the items of an answer: one a line, numbered, or divided by semicolons, slashes or commas."""
    divided = _INLINE.sub("\n", text) if len(_INLINE.findall(text)) > 1 else text
    lines = [line for part in divided.splitlines() for line in part.split(";")]
    items = tuple(item for line in lines if (item := _BULLET.sub("", line).strip(" \t.,-")))
    return _in_line(items[0]) if len(items) == 1 else items


def _in_line(text: str) -> tuple[str, ...]:
    """Return the items of a single line: three or more by commas, two by "or"; else the line."""
    commas = [part.strip(" .") for part in _COMMAS.split(text) if part.strip(" .")]
    if len(commas) > 2 and all(_is_item(part) for part in commas):
        return tuple(commas)
    either = [part.strip(" .,") for part in _SLASHES.split(text)]
    return tuple(either) if len(either) > 1 and all(len(part.split()) > 1 for part in either) else (text,)


def _is_item(part: str) -> bool:
    return len(part.split()) <= 10 and part.lower() not in _NO_ITEM
