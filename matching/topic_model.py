"""Topics learned from a workspace's own past requests, added to what topics' own words say.

One logistic regression a topic over tf-idf words (one against the rest), with one weight in common for how
sure the plain tagger is. With few requests that weight decides, so that learning begins where aliases end.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from matching.similar import words_of
from matching.tagging import FILE_AT_ONCE, Suggestion, Tagger

Reals = NDArray[np.floating[Any]]
VOCABULARY, SEEN_IN = 4000, 2
STEPS, PACE, RIDGE = 150, 0.1, 0.5
ALIAS_WEIGHT, RARE = 5.0, -4.0
PRECISION, HELD_BACK, ENOUGH = 0.9, 0.2, 90
EVERYTHING, NEVER, ALMOST = 200, 1.0, 0.99


@dataclass(frozen=True, slots=True)
class Tagged:
    """A past request and the topics it had in the end."""

    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """What was learned, as arrays; *threshold* is the chance from which on nine in ten were right."""

    topics: tuple[str, ...]
    words: Mapping[str, int]
    idf: Reals
    weights: Reals
    biases: Reals
    alias_weight: float
    threshold: float

    def suggest(self, tagger: Tagger, text: str, limit: int = 5) -> list[Suggestion]:
        """Return the topics of a text as `Tagger.suggest` does: tags win, then the chance of each topic.

        A confidence of `FILE_AT_ONCE` is where nine in ten were right on requests held back.
        """
        plain = {each.topic_id: each for each in tagger.suggest(text, EVERYTHING)}
        exact = [each for each in plain.values() if each.exact]
        chances = dict(zip(self.topics, self.chances(tagger, text).tolist(), strict=True))
        tagged = {each.topic_id for each in exact}
        guesses = [
            Suggestion(topic, self._confidence(chance), plain[topic].evidence if topic in plain else ())
            for topic, chance in chances.items()
            if tagger.known(topic) and topic not in tagged
        ]
        guesses.sort(key=lambda guess: (-guess.confidence, guess.topic_id))
        return [*exact, *guesses][:limit]

    def chances(self, tagger: Tagger, text: str) -> Reals:
        """Return the chance of each of the learned topics."""
        said = _said(tagger, text, self.topics)
        logits = _row(text, self.words, self.idf) @ self.weights + self.biases + self.alias_weight * said
        return _sigmoid(logits)

    def _confidence(self, chance: float) -> float:
        if chance < self.threshold or self.threshold >= NEVER:
            return round(FILE_AT_ONCE * min(chance / self.threshold, ALMOST), 4)
        return round(FILE_AT_ONCE + (1 - FILE_AT_ONCE) * (chance - self.threshold) / (1 - self.threshold), 4)


def learn_topics(past: Sequence[Tagged], tagger: Tagger) -> TopicModel:
    """Return a model of past requests in order of time; the latest fifth sets the threshold.

    Heavy: belongs into a process of its own.
    """
    topics = tuple(sorted({*tagger.topics, *(topic for each in past for topic in each.topics)}))
    split = len(past) - int(len(past) * HELD_BACK)
    trial = _fitted(past[:split], tagger, topics, threshold=NEVER)
    threshold = _threshold(trial, past[split:], tagger) if len(past) >= ENOUGH else NEVER
    return _fitted(past, tagger, topics, threshold)


def _fitted(past: Sequence[Tagged], tagger: Tagger, topics: tuple[str, ...], threshold: float) -> TopicModel:
    counts = Counter(word for each in past for word in words_of(each.text))
    known = [word for word, count in counts.most_common(VOCABULARY) if count >= SEEN_IN]
    words = {word: at for at, word in enumerate(known)}
    found = np.array([1 + counts[word] for word in known])
    idf: Reals = (np.log((1 + len(past)) / found) + 1).astype(np.float32)
    rows = np.array([_row(each.text, words, idf) for each in past]).reshape(len(past), len(words))
    said = np.array([_said(tagger, each.text, topics) for each in past]).reshape(len(past), len(topics))
    right = np.array([[topic in each.topics for topic in topics] for each in past], dtype=np.float32)
    weights, biases, alias_weight = _descend(rows, said, right.reshape(said.shape))
    return TopicModel(topics, words, idf, weights, biases, alias_weight, threshold)


def _descend(rows: Reals, said: Reals, right: Reals) -> tuple[Reals, Reals, float]:
    """Return weights, biases and the common weight of the least penalised log loss (Adam, full batches)."""
    count = max(1, len(rows))
    shapes = (rows.shape[1] * said.shape[1], said.shape[1], 1)
    at = np.concatenate([np.zeros(shapes[0]), np.full(shapes[1], RARE), [ALIAS_WEIGHT]]).astype(np.float32)
    begin, cuts, shape = at.copy(), np.cumsum(shapes)[:-1], (rows.shape[1], said.shape[1])
    speed: Reals = np.zeros_like(at)
    spread: Reals = np.zeros_like(at)
    for step in range(1, STEPS + 1):
        weights, biases, alias = np.split(at, cuts)
        error = _sigmoid(rows @ weights.reshape(shape) + biases + alias * said) - right
        slope = np.concatenate([(rows.T @ error).ravel(), error.sum(axis=0), [(error * said).sum()]]) / count
        slope = (slope + RIDGE / count * (at - begin)).astype(np.float32)
        speed, spread = 0.9 * speed + 0.1 * slope, 0.99 * spread + 0.01 * slope**2
        at -= PACE * (speed / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.99**step)) + 1e-8)
    weights, biases, alias = np.split(at, cuts)
    return weights.reshape(shape), biases, float(alias[0])


def _threshold(model: TopicModel, held_back: Sequence[Tagged], tagger: Tagger) -> float:
    """Return the least chance from which on the guesses above it were right nine times in ten."""
    chances = np.array([model.chances(tagger, each.text) for each in held_back]).ravel()
    right = np.array([topic in each.topics for each in held_back for topic in model.topics])
    order = np.argsort(-chances, kind="stable")
    precise = np.cumsum(right[order]) / np.arange(1, len(order) + 1) >= PRECISION
    return float(chances[order][np.flatnonzero(precise)[-1]]) if precise.any() else NEVER


def _row(text: str, words: Mapping[str, int], idf: Reals) -> Reals:
    """Return the tf-idf of a text, of length one."""
    row: Reals = np.zeros(len(words), dtype=np.float32)
    for word, count in words_of(text).items():
        if word in words:
            row[words[word]] = (1 + np.log(count)) * idf[words[word]]
    row /= max(float(np.linalg.norm(row)), 1e-9)
    return row


def _said(tagger: Tagger, text: str, topics: Sequence[str]) -> Reals:
    """Return how sure the plain tagger is of each topic."""
    plain = {each.topic_id: each.confidence for each in tagger.suggest(text, EVERYTHING)}
    return np.array([plain.get(topic, 0.0) for topic in topics], dtype=np.float32)


def _sigmoid(logits: Reals) -> Reals:
    chances: Reals = 1 / (1 + np.exp(-np.clip(logits, -30, 30)))
    return chances
