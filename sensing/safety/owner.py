"""Whose burden a text speaks of: its writer's own, or that of somebody the writer works with. Pure.

"She cried after the demo" is no distress of the writer's; "she makes me cry" is. Of the words for people up
to the sign, in its sentence, the last one says whose it is; who only asks ("how do I help her") is none of
them. Where there is none, it is the writer's.
"""

from collections.abc import Mapping, Sequence

from sensing.text.phrases import word_lists
from sensing.text.wording import END, Word

LEADING = 4  # words of a sign that may still say whose it is: "my father died"
FAR = 14  # words before it; whoever is named before those is not its owner


def is_others(said: Sequence[Word], start: int, stop: int) -> bool:
    """Whether what words from *start* to *stop* say is said of somebody else than who writes."""
    people = _people()
    leading = range(start + 1, min(stop, start + LEADING))
    end = next(
        (place for place in leading if said[place].text in people["joints"]), max(start + 1, leading.stop)
    )
    for place in range(end - 1, max(-1, start - FAR), -1):
        word = said[place].text
        if word == END and place < start:
            return False
        if word in people["self"] and not (place and said[place - 1].text in people["asking"]):
            return False
        if word in people["others"]:
            return True
    return False


def _people() -> Mapping[str, frozenset[str]]:
    return word_lists("owners")
