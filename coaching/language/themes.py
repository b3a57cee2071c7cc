"""What somebody's words are about, where that calls for another question than the usual one. Pure."""

from collections.abc import Mapping
from functools import cache

from coaching.data import read
from coaching.language.form import Theme
from coaching.patterns import Language, Pattern


class _Known(Language):
    shown: Mapping[Theme, Pattern]


@cache
def _known() -> _Known:
    return read("coaching.language", "themes", _Known)


def themes(text: str) -> tuple[Theme, ...]:
    """What a text is about, by the first that counts."""
    said = text.replace("’", "'")
    return tuple(theme for theme, shape in _known().shown.items() if shape.search(said))
