"""What number an answer says, where a talk needs to know. Pure."""

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
_DIGITS = r"(?:10|\d)(?:[.,]\d++)?+(?![\d.,]{0,20}\d)"
_ANY = rf"{_DIGITS}|\b(?:{'|'.join(_WORDS)})\b"
_UNIT = (
    r"(?!\s*[%:]|(?:\s|-)*(?:years?|months?|weeks?|days?|hours?|minutes?|mins?|times?|kids?|children|people"
    r"|o.clock|[ap]m\b|uhr|h\b|jahre?n?|wochen?|tagen?|ans?\b|of (?!10|ten)))"
)
_OF_TEN = r"\s*(?:/\s*10|out of (?:10|ten)|of (?:10|ten)|von (?:10|zehn)|sur (?:10|dix)|de (?:10|diez))\b"
_PERCENT = re.compile(
    r"(?:^\W*(?:(?:about|around|maybe|say|like|probably|roughly|so|i'?d say|i'?m)\W+)*|[,.;]\s+|\b(?:sure"
    r"|at)\s+)"
    r"(100|\d{1,2})(?:[.,]\d+)?\s*(?:%|per ?cent\b|prozent\b)",
    re.IGNORECASE,
)
_SAID = tuple(
    re.compile(shape, re.IGNORECASE)
    for shape in (
        rf"(?<![\d.,:])({_ANY}){_OF_TEN}",
        rf"^\W*(?:(?:about|around|maybe|roughly|perhaps|like|probably|i'd say|say|hm+|well|honestly|ok|so"
        rf"|i guess|i think"
        rf"|we'?re at|i'?m at|it'?s)\b\W+)*(?:an? )?({_ANY})\b{_UNIT}"
        r"(?=\W*$|ish\b|\W*[.,;:!?)–/-]|\s+(?:because|since|as|or|and|to|maybe|perhaps|i|but|at best|of"
        r"|out|today|right"
        r"|now|so|then|would|probably|it|my|we)\b)",
        rf"(?:[.!?;,]|\bso|\bhonestly)\s+(?:an? )?({_ANY})"
        r"(?:\s+(?:or so|maybe|i guess|i think|today|now))?\W*$",
        r"\b(?:i'?m at|i am at|it'?s at|around|maybe|probably|say|between|solid|more like)\s+"
        rf"(?:an? )?({_ANY})\b{_UNIT}"
        r"(?=\W*$|[.,;!?)]|\s+(?:because|since|or|and|to|today|right|now|but|maybe|i|at best)\b)",
    )
)
_NAMED = "|".join(list(_WORDS)[2:11])
_SOMEWHERE = re.compile(
    rf"(?<![\d.,:/])(?<!\bat )(?<!he's )(?<!she's )(?<!he is )(?<!she is )(?:\ba )?"
    rf"({_DIGITS}|\b(?:{_NAMED})\b){_UNIT}",
    re.IGNORECASE,
)
_SHORT = 12  # words; in a longer text a number by the way is no rating
_RANGE = re.compile(
    r"\b(?:from )?(?:0|zero) to (?:10|ten)\b|\b(?:out of|of|/)\s*(?:10|ten)\b(?=\W*$)", re.IGNORECASE
)
_CORRECTED = re.compile(
    rf"(?:{_ANY})\b.{{0,12}}?\b(?:no|nah|rather|actually|make (?:it|that))\b,?\s+"
    rf"(?:an? |more like )?({_ANY})\W*$",
    re.IGNORECASE,
)
_SPAN = re.compile(
    rf"(?<![\d.,])({_ANY})(?:\s*[-–]\s*|\s+(?:or|to)\s+)(?:{_ANY})(?![\d.,]*\d)", re.IGNORECASE
)
_DECIMAL = re.compile(r"(?<![\d.,])(\d)[.,]\d(?!\d)")
_NUMBERED = re.compile(
    rf"(?:\b(?:so|maybe|honestly|probably|about|around|i'd say|i would say|say|like|i'?m at|we'?re at"
    rf"|it'?s at|it'?s"
    r"|i think|i guess|at|between|just|only|give it|solid)\s+){0,4}"
    rf"(?:\ban?\s+)?(?<![\d.,])(?:{_ANY})(?:(?:\s*[-–]\s*|\s+(?:or|to|and)\s+)(?:{_ANY}))?"
    rf"(?:{_OF_TEN}|\s*%|\s*per ?cent\b)?"
    r"(?:(?:\s*,)?\s*(?:or so|maybe|i think|i guess|i'd say|probably|today|now|right now|at best"
    r"|at most)\b)*",
    re.IGNORECASE,
)


READ = 1_200  # characters; what the script reads of one answer
READ_TWICE = 2 * READ


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


def legible(text: str) -> str:
    """Return as much of a text as is read, in one spacing: patterns take their time over long ones."""
    lines = (" ".join(line.split()) for line in text[:READ_TWICE].split("\n"))
    return "\n".join(filter(None, lines))[:READ].strip()


def is_only_a_number(text: str) -> bool:
    """Return whether a text is a number from 0 to 10 and nothing else: "7", "eight and a half"."""
    return scale_number(text) is not None and not has_letters(without_number(text).replace("and a half", ""))


def has_letters(text: str) -> bool:
    """Return whether there is a word in it."""
    return any(map(str.isalpha, text))


def _first(text: str, shapes: tuple[re.Pattern[str], ...]) -> int | None:
    if found := _PERCENT.search(text):
        return int(found[1]) // 10
    if corrected := _CORRECTED.search(text):
        return _value(corrected[1])
    rest = text if _SAID[0].search(text) else _RANGE.sub(" ", text)
    found = next((found for shape in shapes if (found := shape.search(rest))), None)
    return _value(found[1]) if found else None


def _value(said: str) -> int:
    word = said.lower()
    return _WORDS[word] if word in _WORDS else int(re.split(r"[.,]", word)[0])


def number_as_said(text: str) -> str:
    """Return the number that a text names, as it was written where it lies between two: "6 or 7", "7.5"."""
    number = scale_number(text)
    if re.search(r"\band a half\b", text, re.IGNORECASE) and number is not None:
        return f"{number}.5"
    found = _SPAN.search(text) or _DECIMAL.search(text)
    return found[0].lower().replace(",", ".") if found and _value(found[1]) == number else str(number)


def without_number(text: str) -> str:
    """Return what a text says besides the number that it names, where that can be cut out."""
    named = (found for found in _NUMBERED.finditer(text) if scale_number(found[0]) == scale_number(text))
    found = next(named, None)
    rest = text if found is None else f"{text[: found.start()]} {text[found.end() :]}"
    return rest.strip(" \t\n.,;:-–—()!?")
