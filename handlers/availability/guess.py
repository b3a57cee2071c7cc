"""What a text probably asks of the app itself, where no form of words says so for sure (`intents`).

Nothing is done by a guess: its card offers what can be done, and to take it as a question.
"""

from collections.abc import Mapping
from datetime import datetime
from functools import cache, partial

from coaching.data import Data, read
from handlers.interactions import pause_words
from handlers.interactions.intents import LENGTH, LONGEST, Wish
from kernel.desk import Desk
from kernel.reading import aside
from matching.meaning.kinds import Kinds
from matching.meaning.static_vectors import shipped
from matching.topics.tagging import sure
from mentoring.model.remark import Intent

# How far a remark has to be ahead of a question: of 204 everyday questions that no topic is sure for none is.
AHEAD = 0.1
# The same where no topic is likely, so that nobody could be asked: a form would open.
LOST, LIKELY = -0.2, 0.15
_HAS_NO_WAY_BACK: frozenset[Intent] = frozenset({"thanks", "greeting"})


class _Examples(Data):
    questions: tuple[str, ...]
    remarks: Mapping[Intent, tuple[str, ...]]


@cache
def _kinds() -> Kinds[Intent | None]:
    known = read("handlers.availability", "examples", _Examples)
    return Kinds({None: known.questions, **known.remarks}, shipped())


def guess(text: str, now: datetime, ahead: float = AHEAD) -> Wish | None:
    """What a text probably asks of the app itself, of a pause with its end; else None."""
    words = text.split()
    if not words or len(text) > LENGTH or len(words) > LONGEST:
        return None
    scores = _kinds().scores(text)
    least = scores.pop(None) + ahead
    score, intent = max((score, intent) for intent, score in scores.items() if intent)
    if score < least or intent in _HAS_NO_WAY_BACK:
        return None
    return Wish(intent, _end(words, now) if intent == "pause" else "", is_ambiguous=True, is_guess=True)


def _end(words: list[str], now: datetime) -> str:
    """The end of a pause that a text closes with, as *until 3 pm*; empty where none stands there."""
    tails = (" ".join(words[at:]) for at in range(len(words)))
    return next((tail for tail in tails if pause_words.names_end(tail, now)), "")


async def unlike_a_question(desk: Desk, text: str, now: datetime) -> Wish | None:
    """What a text probably asks of the app itself, unless it surely is about a topic."""
    tagger = desk.topics.tagger
    found = await aside(tagger.suggest, text, is_quick=tagger.is_quick)
    if sure(found):
        return None
    ahead = AHEAD if any(it.confidence >= LIKELY for it in found) else LOST
    is_read = _kinds.cache_info().currsize > 0
    return await aside(partial(guess, now=now, ahead=ahead), text, is_quick=is_read)
