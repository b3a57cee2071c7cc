"""What kind of goal a text names, so that a plan can fit it. Pure.

A talk ahead and a decision come first: they are prepared and made, not practised. Of the others, the one
that most of the words speak for. Where none do, what is to be learned or practised is a skill, and all else
is open.
"""

from collections import Counter
from functools import cache

from sensing.text.finder import Finder
from sensing.text.phrases import phrases
from sensing.text.wording import normal, words
from sensing.triage.features import Subject, TriageFeature
from sensing.triage.triage import features

_FIRST = {TriageFeature.HARD_TALK: Subject.TALK, TriageFeature.OWN_DECISION: Subject.DECISION}
_LISTED = (
    Subject.TALK,
    Subject.MOVE,
    Subject.RELATE,
    Subject.HABIT,
    Subject.MEET,
    Subject.SPEAK,
    Subject.WRITE,
    Subject.LEAD,
    Subject.CONVERSE,
    Subject.CRAFT,
    Subject.SKILL,
)


def subject_of(goal: str) -> Subject:
    """What kind of goal it is; of equals the first in the order of the lists."""
    shown = features(goal)
    first = next((subject for feature, subject in _FIRST.items() if feature in shown), None)
    said = Counter(hit.name for hit in _finder().hits(words(normal(goal))))
    if first is None and said:
        return max(_LISTED, key=lambda subject: said[subject])
    return first or Subject.OPEN


@cache
def _finder() -> Finder:
    return Finder({subject: phrases(f"subjects/{subject}") for subject in _LISTED})
