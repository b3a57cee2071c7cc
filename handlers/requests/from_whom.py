"""From whom help is wanted, where a text says nothing else: *give me somebody senior please*. Pure."""

from functools import cache

from coaching.data import read
from coaching.patterns import Language, Pattern
from mentoring.model.request import Wish

LONGEST = 120  # characters; whoever writes more says what it is about


class _Known(Language):
    senior: Pattern
    peer: Pattern
    reverse: Pattern


@cache
def _known() -> _Known:
    return read("handlers.requests", "from_whom", _Known)


def wanted(text: str) -> Wish | None:
    """From whom a text wants help that says no more than that; else None."""
    words = " ".join(text.replace("’", "'").split())
    if len(words) > LONGEST:
        return None
    shapes: dict[Wish, Pattern] = {
        "senior": _known().senior,
        "peer": _known().peer,
        "reverse": _known().reverse,
    }
    return next((wish for wish, shape in shapes.items() if shape.search(words)), None)
