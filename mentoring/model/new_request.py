"""What an asker writes, and what must be right about it before it is filed."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime

from kernel.errors import Invalid
from kernel.policy import Policy
from kernel.topics import Catalogue
from kernel.values import PersonId, RequestId, TopicId, Value
from matching.values import Urgency
from mentoring.model.request import Request, Way, Wish

LONGEST = 3_000
LONGEST_REST = 40_000
MOST_TOPICS = 10


class NewRequest(Value):
    """A request as a line or a form gives it. *continued* is the rest of a draft beyond the question.

    *excluded* are people who are not asked: whoever wrote what the question quotes. *anything*: it may have
    no topic, and then goes to people who take any question. *again*: it is asked though the asker has one
    like it, and goes to other people than that.

    *mask* is a random word, for one that is asked without a name: see `Request`.

    Peer coaching is with a peer, by name, for twice the policy's turn: whatever else was given.
    """

    question: str
    continued: str = ""
    tried: str = ""
    topics: tuple[TopicId, ...]
    anything: bool = False
    urgency: Urgency = Urgency.TODAY
    lane: Wish = "any"
    minutes: int = 25
    anonymous: bool = False
    mask: str = ""
    way: Way = "help"
    prefer: PersonId | None = None
    draft_id: str | None = None
    excluded: frozenset[PersonId] = frozenset()
    again: bool = False

    def as_request(self, id: RequestId, asker_id: PersonId, policy: Policy, now: datetime) -> Request:
        """The request that this becomes."""
        said = self.model_dump(exclude={"draft_id", "anything", "again"})
        needed_by = now + policy.needed_within_hours.of(self.urgency)
        return Request(id=id, asker_id=asker_id, asked_at=now, needed_by=needed_by, **said)


def like(request: Request, *, prefer: PersonId | None = None) -> NewRequest:
    """The words of a request, to be asked once more."""
    said = {
        name: getattr(request, name) for name in NewRequest.model_fields.keys() & Request.model_fields.keys()
    }
    return NewRequest(**said | {"prefer": prefer, "anything": not request.topics})


def checked(new: NewRequest, catalogue: Catalogue, policy: Policy) -> NewRequest:
    """The request tidied, or refuse the first wrong field: question, tried, minutes, topics."""
    question, tried = check_question(new.question), new.tried.strip()
    if len(tried) > LONGEST:
        raise Invalid("tried", "too_long", limit=LONGEST, length=len(tried))
    if new.way == "peer_coaching":
        mutual = {"lane": "peer", "anonymous": False, "minutes": 2 * policy.peer_turn_minutes}
        new = new.model_copy(update=mutual)
    elif new.minutes not in policy.session_minutes:
        raise Invalid("minutes", "unknown", minutes=new.minutes)
    tidy = {"question": question, "tried": tried, "continued": new.continued.strip()[:LONGEST_REST]}
    return new.model_copy(
        update={**tidy, "topics": check_topics(new.topics, catalogue, least=0 if new.anything else 1)}
    )


def check_question(text: str) -> str:
    """A question trimmed, or refuse one that is empty, has no words, or is too long for a card."""
    question = text.strip()
    if not question:
        raise Invalid("question", "empty")
    if not any(unicodedata.category(letter)[0] in "LN" for letter in _without_emoji_names(question)):
        raise Invalid("question", "no_words")
    if len(question) > LONGEST:
        raise Invalid("question", "too_long", limit=LONGEST, length=len(question))
    return question


def check_topics(
    topics: Sequence[TopicId],
    catalogue: Catalogue,
    *,
    field: str = "topics",
    least: int = 1,
    most: int = MOST_TOPICS,
) -> tuple[TopicId, ...]:
    """Topics without doubles, or refuse none at all, too many, or one that does not exist."""
    once = tuple(dict.fromkeys(topics))
    if len(once) < least:
        raise Invalid(field, "empty")
    if len(once) > most:
        raise Invalid(field, "too_many", limit=most)
    unknown = next((topic for topic in once if topic not in catalogue), None)
    if unknown is not None:
        raise Invalid(field, "unknown", topic=unknown)
    return once


def _without_emoji_names(text: str) -> str:
    """The text without `:emoji_names:`, which Slack writes for pictures."""
    return " ".join(word for word in text.split() if not (len(word) > 2 and word[0] == ":" == word[-1]))
