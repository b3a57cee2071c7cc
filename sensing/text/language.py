"""In which language a text is written, if not in English: by its script and small words. Pure.

It says nothing where it is not sure: of scraps, of names, of English with a few words of something else.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence, Set
from functools import cache
from importlib.resources import files

ANOTHER = "another language"  # which one is not told apart
ENGLISH = "English"
LEAST = 2  # small words of a language, where some are English, too
SHORT = 4  # words; in fewer one small word says nothing
FEWEST = 4  # of so many letters one is of another script
_LOCALES = {"de": "German", "fr": "French", "es": "Spanish", "pt": "Portuguese", "it": "Italian"}
_LOCALES |= {"nl": "Dutch", "pl": "Polish", "sv": "Swedish", "da": "Danish", "tr": "Turkish"}
_LOCALES |= {"ko": "Korean", "ja": "Japanese", "zh": "Chinese", "th": "Thai", "el": "Greek", "he": "Hebrew"}
_LOCALES |= {"uk": "Ukrainian", "ru": "Russian"}
_WORDS = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?")
# By the first word of a letter's name; other scripts serve several languages.
_SCRIPTS = {"HANGUL": "Korean", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "CJK": "Chinese"}
_SCRIPTS |= {"THAI": "Thai", "GREEK": "Greek", "HEBREW": "Hebrew"}
_TELLING = {"і": "Ukrainian", "ї": "Ukrainian", "є": "Ukrainian", "ґ": "Ukrainian"}
_TELLING |= {"ы": "Russian", "э": "Russian", "ё": "Russian"}
_LETTERS = {"ß": "German", "ł": "Polish", "ą": "Polish", "ę": "Polish", "ś": "Polish", "ż": "Polish"}
_LETTERS |= {"ñ": "Spanish", "¿": "Spanish", "¡": "Spanish", "ã": "Portuguese", "õ": "Portuguese"}
_LETTERS |= {"ğ": "Turkish", "ş": "Turkish", "ı": "Turkish", "œ": "French", "ø": "Danish"}


def language(text: str) -> str | None:
    """The English name of the language of a text, ANOTHER, or None for English and what is unclear."""
    words = [word.lower() for word in _WORDS.findall(text.replace("’", "'"))]
    return _by_script(words) or _by_small_words(text.lower(), words)


@cache
def names() -> tuple[str, ...]:
    """The names of the languages that are told apart, in order."""
    every = {*_small_words(), *_SCRIPTS.values(), *_TELLING.values()} - {ENGLISH}
    return tuple(sorted(every))


def of_locale(locale: str | None) -> str | None:
    """The language of a locale like de-DE, where it is told apart."""
    return _LOCALES.get((locale or "").partition("-")[0].partition("_")[0].lower())


def is_foreign(text: str) -> bool:
    """Whether a text is surely not in English."""
    return language(text) is not None


def is_english(text: str) -> bool:
    """Whether a text is surely in English: scraps and names are not."""
    words = {word.lower() for word in _WORDS.findall(text.replace("’", "'"))}
    return len(words & _small_words()[ENGLISH]) >= LEAST and not is_foreign(text)


def _by_script(words: Sequence[str]) -> str | None:
    if all(map(str.isascii, words)):
        return None
    letters = [letter for word in words for letter in word]
    others = [script for script in map(_script, letters) if script != "LATIN"]
    # A foreign name or message may be quoted in English.
    fewest = 2 if len(_small_words()[ENGLISH] & set(words)) > 1 else FEWEST
    if fewest * len(others) < len(letters) or not others:
        return None
    if "CYRILLIC" in others:
        return _only({_TELLING[letter] for letter in letters if letter in _TELLING})
    named = {_SCRIPTS.get(script, ANOTHER) for script in others}
    return "Japanese" if named == {"Chinese", "Japanese"} else _only(named)


def _only(named: Set[str]) -> str:
    return next(iter(named)) if len(named) == 1 else ANOTHER


def _script(letter: str) -> str:
    return unicodedata.name(letter, "LATIN").partition(" ")[0].partition("-")[0]


def _by_small_words(text: str, words: Sequence[str]) -> str | None:
    """The language with the most small words, where they are more than those of English."""
    said = set(words)
    english = len(said & _small_words()[ENGLISH])
    found = Counter({name: len(said & own) for name, own in _small_words().items() if name != ENGLISH})
    found.update(_LETTERS[letter] for letter in set(text) & _LETTERS.keys())
    (first, most), (_, second) = found.most_common(2)
    # One such word stands in many an English text, and be it in the name of a place.
    least = LEAST if english or len(words) < SHORT else 1
    if most < least or most <= english:
        return None
    return first if most > second else ANOTHER


@cache
def _small_words() -> Mapping[str, frozenset[str]]:
    """The small words of each language; those of English are of no other."""
    lines = files("sensing.words").joinpath("languages.txt").read_text("utf-8").splitlines()
    named = dict(line.split(":", 1) for line in lines if line and not line.startswith("#"))
    every = {name: frozenset(words.split()) for name, words in named.items()}
    return {name: words if name == ENGLISH else words - every[ENGLISH] for name, words in every.items()}
