"""Whether a question is one of somebody's life outside work, which no colleague is there to answer. Pure."""

from functools import cache

from sensing.text.finder import Finder
from sensing.text.phrases import phrases
from sensing.text.wording import normal, words


def is_private(text: str) -> bool:
    """Whether a text asks about life outside work, and has not a word about work."""
    named = _finder().named(words(normal(text)))
    return "private_life" in named and "at_work" not in named


@cache
def _finder() -> Finder:
    return Finder({name: phrases(name) for name in ("private_life", "at_work")})
