"""The slips of quick typing mended, where a word is given back outside quotation marks. Pure."""

from collections.abc import Mapping
from functools import cache

from coaching.data import Data, read
from coaching.patterns import Language, Pattern


class _Slip(Data):
    meant: str
    shape: Pattern


class _Known(Language):
    names: Pattern
    i: Pattern
    slips: tuple[_Slip, ...]
    days: Mapping[str, str]


@cache
def _known() -> _Known:
    return read("coaching.language", "spelling", _Known)


SHOUTED = 10  # letters; a shorter text in capitals may be a name


def _lowered(words: str) -> str:
    """What was written in capitals throughout in small letters."""
    letters = [letter for letter in words if letter.isalpha()]
    is_loud = len(letters) > SHOUTED and sum(map(str.isupper, letters)) > 0.7 * len(letters)
    return words.lower() if is_loud else words


def neat(words: str) -> str:
    """Words in one line, with what was mistyped mended and days in capitals; all else as it is."""
    said = _lowered(" ".join(words.replace("’", "'").split()))
    for slip in _known().slips:
        said = slip.shape.sub(slip.meant, said)
    days = _known().days
    named = _known().names.sub(lambda name: days.get(name[0], name[0].capitalize()), said)
    return _known().i.sub("I", named)
