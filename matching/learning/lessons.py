"""Lessons from a past that is told again: the evidence at the time of an ask, and the outcome later."""

from datetime import datetime

from matching.learning.choice_model import Lesson
from matching.learning.learned import Learned, LearnedView
from matching.learning.model_selection import Trust
from matching.ranking.index import HelperIndex
from matching.topic_tree import TopicTree
from matching.values import Ask, Limits


class Notebook:
    """Keeps each ask's evidence until it is known who helped, then the lesson: the latest *most* of them.

    *trust* tells whether the model has foretold the latest outcomes better than declared profiles did.
    """

    def __init__(self, model: Learned, most: int = 3000) -> None:
        self.model, self._most = model, most
        self._open: dict[str, LearnedView] = {}
        self.lessons: list[Lesson] = []
        self.trust = Trust()

    def asked(
        self, ask: Ask, index: HelperIndex, now: datetime, tree: TopicTree, limits: Limits
    ) -> LearnedView:
        """Write down the evidence on everyone who could be asked, as of now, and return it."""
        view = self._open[ask.id] = self.model.view(ask, index, now, tree, limits)
        return view

    def helped(self, ask_id: str, helper_id: str) -> None:
        """Write down who it was; trust and standings move. An ask that is not open changes nothing."""
        view = self._open.pop(ask_id, None)
        if view is None:
            return
        self.trust = view.weigh(helper_id, self.trust)
        view.settle(helper_id)
        lesson = view.lesson(helper_id)
        if lesson is not None:
            self.lessons = [*self.lessons[1 - self._most :], lesson]
