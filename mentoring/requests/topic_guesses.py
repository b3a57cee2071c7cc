"""What a text may be about: by topics' own words, and by what past requests have taught."""

from kernel.desk import Desk
from matching.topics.tagging import Suggestion

__all__ = ["guessed_topics"]


def guessed_topics(desk: Desk, text: str) -> list[Suggestion]:
    """Return the topics a text may be about, the surest first, as `Tagger.suggest` does; never waits."""
    learned = desk.experience if desk.policy.learning.enabled else None
    model = learned.topics if learned else None
    if model is None:
        return desk.topics.tagger.suggest(text)
    return model.suggest(desk.topics.tagger, text)
