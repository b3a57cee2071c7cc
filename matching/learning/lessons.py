"""Lessons from a past that is told again: the evidence at the time of an ask, and the outcome later."""

from dataclasses import replace
from datetime import datetime

from matching.learning.choice_model import Lesson
from matching.learning.learned import Learned, LearnedView, is_by_words
from matching.learning.model_selection import Trust
from matching.ranking.index import HelperIndex
from matching.topic_tree import TopicTree
from matching.values import Ask, Limits


class Notebook:
    """Keeps each ask's evidence until it is known who helped, then the lesson: the latest *most* of them.

    *trust* tells whether the model has foretold the latest outcomes better than declared profiles did. With
    *words* each ask teaches a second time, as if it had come without topics: *by_words*.
    """

    def __init__(self, model: Learned, most: int = 3000, *, words: bool = False) -> None:
        self.model, self._most, self._has_words = model, most, words
        self._open: dict[str, LearnedView] = {}
        self._open_by_words: dict[str, LearnedView] = {}
        self.lessons: list[Lesson] = []
        self.by_words: list[Lesson] = []
        self.trust = Trust()

    def asked(
        self, ask: Ask, index: HelperIndex, now: datetime, tree: TopicTree, limits: Limits
    ) -> LearnedView:
        """Write down the evidence on everyone who could be asked, as of now, and return it."""
        view = self._open[ask.id] = self.model.view(ask, index, now, tree, limits)
        if self._has_words:
            bare = replace(ask, topics=())
            is_bare = is_by_words(ask)
            worded = view if is_bare else self.model.view(bare, index, now, tree, limits)
            self._open_by_words[ask.id] = worded
        return view

    def helped(self, ask_id: str, helper_id: str) -> None:
        """Write down who it was; trust and standings move. An ask that is not open changes nothing."""
        view = self._open.pop(ask_id, None)
        if view is None:
            return
        self.trust = view.weigh(helper_id, self.trust)
        view.settle(helper_id)
        self.lessons = self._with(self.lessons, view, helper_id)
        if self._has_words:
            self.by_words = self._with(self.by_words, self._open_by_words.pop(ask_id), helper_id)

    def _with(self, lessons: list[Lesson], view: LearnedView, helper_id: str) -> list[Lesson]:
        lesson = view.lesson(helper_id)
        return lessons if lesson is None else [*lessons[1 - self._most :], lesson]
