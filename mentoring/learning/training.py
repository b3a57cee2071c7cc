"""What a workspace's own past teaches, told again from its beginning. Heavy: for a process of its own.

The evidence for each ask is written down as it stood then; the outcome follows when it became known.
"""

from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import datetime

from kernel.desk import Desk
from matching.hours import OpenHours
from matching.learning.history import History
from matching.learning.learned import Learned, Refit, refit
from matching.learning.lessons import Notebook
from matching.learning.memory import Memory
from matching.ranking.index import HelperIndex
from matching.topics.latent_fit import learn_lens
from matching.topics.model import Tagged, TopicModel
from matching.topics.model_training import learn_topics
from matching.values import NOTHING
from mentoring.learning.events import Asked, Gave, Happening, Helped, Seen, in_order, tell
from mentoring.learning.request_history import PastRequest, trail
from mentoring.learning.training_result import FEWEST_ASKS, FEWEST_OUTCOMES, Study

MOST_TEXTS = MOST_NOTED = 4_000
ALWAYS = OpenHours("UTC", tuple((day, 0, 1440) for day in range(7)))


async def study(
    desk: Desk, used: Memory, now: datetime, told: Callable[[int], object] = lambda _asks: None
) -> Study:
    """What the trail up to *now* teaches, beginning with the weights in *used*.

    *told* hears of each request that was gone through.
    """
    index = rested(await desk.directory.index())
    unnoted = max(0, await desk.store.count("requests") - MOST_NOTED)
    past = ToldPast(desk, used, index, unnoted)
    async for happening in in_order(_counted(trail(desk, until=now), told)):
        past.happened(happening)
    fitted = refit(past.notes.lessons, used.weights) if past.has_proved else None
    topics = _topics(desk, list(past.texts))
    return Study(
        _memory(past, fitted, topics, used),
        asks=past.asks,
        outcomes=past.outcomes,
        ranks=fitted is not None,
        guesses=topics is not None,
        refit=fitted,
    )


class ToldPast:
    """A past that is being told: the history so far, and the lessons from it.

    What is said of people who help no longer is left out: nothing is learned of them. The first *unnoted*
    asks give no lesson, so that a long past takes minutes, not hours.
    """

    def __init__(self, desk: Desk, used: Memory, index: HelperIndex, unnoted: int = 0) -> None:
        self._unnoted = unnoted
        self._tree, self._limits, self._index = desk.topics.tree, desk.policy.limits, index
        history = History()
        # As the last night saw it; what is made of all texts now serves from the next night on.
        history.look_through(used.history.lens)
        self.notes = Notebook(Learned(history, used.weights, by_words=used.by_words), words=True)
        self.asks = self.outcomes = 0
        self.texts: deque[Tagged] = deque(maxlen=MOST_TEXTS)

    @property
    def has_proved(self) -> bool:
        """Whether there were enough outcomes, foretold better by what was learned than by profiles."""
        return self.outcomes >= FEWEST_OUTCOMES and self.notes.trust.is_earned

    @property
    def history(self) -> History:
        """All that was told so far."""
        return self.notes.model.history

    def happened(self, happening: Happening) -> None:
        """Take in what happened next."""
        match happening:
            case Asked(at, past):
                self._asked(past, at)
            case Gave(_, helper_id) | Seen(_, helper_id) | Helped(_, _, helper_id) if (
                helper_id not in self._index
            ):
                return
            case Helped(_, ask_id, helper_id):
                self.outcomes += 1
                self.notes.helped(ask_id, helper_id)
        tell(self.history, happening)

    def _asked(self, past: PastRequest, at: datetime) -> None:
        self.asks += 1
        self.texts.append(Tagged(past.ask.text, past.ask.topics))
        # Evidence is kept until the outcome is known, so it is not gathered where there is none to come.
        if past.outcome is not None and len(self._index) and self.asks > self._unnoted:
            self.notes.asked(past.ask, self._index, at, self._tree, self._limits)


def rested(index: HelperIndex) -> HelperIndex:
    """Everyone as if at work and carrying nothing, since nobody knows how it was then."""
    people = (helper for id in index if (helper := index.get(id)) is not None)
    return HelperIndex(
        replace(
            helper,
            hours=ALWAYS,
            paused_until=None,
            is_available=True,
            minutes_booked=0,
            open_sessions=0,
            open_offers=0,
            helped=NOTHING,
            last_helped_at=None,
            offers_ended=0,
            offers_answered=0.0,
        )
        for helper in people
    )


async def _counted(
    past: AsyncIterator[PastRequest], told: Callable[[int], object]
) -> AsyncIterator[PastRequest]:
    async for each in past:
        told(1)
        yield each


def _topics(desk: Desk, texts: Sequence[Tagged]) -> TopicModel | None:
    return learn_topics(texts, desk.topics.tagger) if len(texts) >= FEWEST_ASKS else None


def _memory(past: ToldPast, fitted: Refit | None, topics: TopicModel | None, used: Memory) -> Memory:
    if fitted is None:
        return Memory(topics=topics)
    past.history.look_through(learn_lens(past.history.texts))
    by_words = refit(past.notes.by_words, used.by_words).weights
    return Memory(past.history, fitted.weights, past.notes.model.standings, topics, by_words)
