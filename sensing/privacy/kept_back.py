"""Whether a text speaks of what is sent to no model: pay, law, health, harassment, of whomever. Pure.

It is wider than `sensing.safety`, which decides what somebody is told: where this is wrong a script leads the
talk in a model's place, and nothing else is lost.
"""

from functools import cache

from sensing.text.finder import Finder
from sensing.text.phrases import phrases
from sensing.text.wording import CUT, END, Word, normal, words

SUBJECTS = ("pay", "legal", "medical", "harassment")


def is_kept_back(text: str) -> bool:
    """Whether a text is not for a model. Sayings ("pay attention") are taken out first."""
    plain = normal(text)
    said = [*words(plain), Word(END, len(plain), len(plain))]
    near = {place for hit in _near().hits(said) for place in range(hit.start, hit.stop)}
    meant = [word._replace(text=CUT) if place in near else word for place, word in enumerate(said)]
    return bool(_finder().named(meant))


@cache
def _finder() -> Finder:
    return Finder({subject: phrases(f"kept_back/{subject}") for subject in SUBJECTS})


@cache
def _near() -> Finder:
    return Finder({"near": phrases("kept_back/near")})
