"""Topics learned from a workspace's own past requests, added to what topics' own words say.

One logistic regression a topic over tf-idf words (one against the rest), blended with how sure the plain
tagger is of the text and of its headline. With few requests the tagger decides: learning begins where
aliases end.
"""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from matching.atoms import fold
from matching.everyday import FUNCTION_WORDS
from matching.tagging import FILE_AT_ONCE, Suggestion, Tagger
from matching.topic_fit import (
    BEGIN,
    RARE,
    Reals,
    blend,
    directions,
    helps,
    one_against_rest,
    sigmoid,
    unseen_logits,
)

WORD = re.compile(r"[^\W_][\w+#.-]*[\w+#]|[^\W_]")
HEADLINE = re.compile(r"\s*((?:\S+[^\S\n]*){1,15})")
VOCABULARY, SEEN_IN, LONGEST, LATEST, NEAR = 8000, 2, 40, 5000, 0.98
PRECISION, DOUBT, HELD_BACK, ENOUGH = 0.9, 2, 0.2, 90
EVERYTHING, NEVER, ALMOST, EVEN, LIKELY = 200, 1.0, 0.99, 0.5, 0.3


@dataclass(frozen=True, slots=True)
class Tagged:
    """A past request and the topics it had in the end."""

    text: str
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TopicModel:
    """What was learned, as arrays: word × topic *weights* and, for each topic, the rest.

    *threshold* is the chance from which on nine in ten were right on requests held back; topics from
    *likely* on are what a text is about, taken together (most micro-F1).
    """

    topics: tuple[str, ...]
    words: Mapping[str, int]
    idf: Reals
    weights: Reals
    biases: Reals
    headline_weights: Reals
    alias_weights: Reals
    threshold: float
    likely: float

    def suggest(self, tagger: Tagger, text: str, limit: int = 5) -> list[Suggestion]:
        """Return the topics of a text as `Tagger.suggest` does: tags win, then the chance of each topic.

        A confidence of `FILE_AT_ONCE` is where nine in ten were right on requests held back.
        """
        plain = {each.topic_id: each for each in tagger.suggest(text, EVERYTHING)}
        exact = [each for each in plain.values() if each.exact]
        chances = self._chances(tagger, text, list(plain.values()))
        tagged = {each.topic_id for each in exact}
        best = [self.topics[at] for at in np.argsort(-chances, kind="stable")]
        chance_of = dict(zip(self.topics, chances.tolist(), strict=True))
        guesses = [topic for topic in best if tagger.known(topic) and topic not in tagged][:limit]
        guessed = [_guess(topic, self.confidence(chance_of[topic]), plain) for topic in guesses]
        return [*exact, *guessed][:limit]

    def chances(self, tagger: Tagger, text: str) -> Reals:
        """Return the chance of each of the learned topics."""
        return self._chances(tagger, text, tagger.suggest(text, EVERYTHING))

    def confidence(self, chance: float) -> float:
        """Return how sure a chance makes, on the scale on which `FILE_AT_ONCE` is sure enough."""
        if chance < self.threshold or self.threshold >= NEVER:
            return round(FILE_AT_ONCE * min(chance / self.threshold, ALMOST), 4)
        return round(FILE_AT_ONCE + (1 - FILE_AT_ONCE) * (chance - self.threshold) / (1 - self.threshold), 4)

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Return everything as arrays without objects, fit for `numpy.savez` and back without pickle."""
        words = sorted(self.words, key=self.words.__getitem__)
        return {
            "topics": np.array(self.topics, dtype=np.str_),
            "words": np.array(words, dtype=np.str_),
            "idf": self.idf,
            "weights": self.weights,
            "biases": self.biases,
            "headline_weights": self.headline_weights,
            "alias_weights": self.alias_weights,
            "cuts": np.array([self.threshold, self.likely]),
        }

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> "TopicModel":
        """Return the model that `to_arrays` wrote down."""
        words: list[str] = arrays["words"].tolist()
        threshold, likely = arrays["cuts"].tolist()
        names = ("idf", "weights", "biases", "headline_weights", "alias_weights")
        reals = {name: np.asarray(arrays[name], dtype=np.float32) for name in names}
        index = {word: at for at, word in enumerate(words)}
        return cls(tuple(arrays["topics"].tolist()), index, **reals, threshold=threshold, likely=likely)

    def _chances(self, tagger: Tagger, text: str, plain: Sequence[Suggestion]) -> Reals:
        at, values = _values(text, self.words, self.idf)
        in_headline, in_text = _said(tagger, text, plain, self.topics)
        logits = values @ self.weights[at] + self.biases
        return sigmoid(logits + self.headline_weights * in_headline + self.alias_weights * in_text)


def learn_topics(past: Sequence[Tagged], tagger: Tagger) -> TopicModel:
    """Return a model of the latest 5,000 past requests in order of time; the latest fifth sets its threshold.

    Heavy (seconds to minutes): belongs into a process of its own.
    """
    past = past[-LATEST:]
    topics = tuple(sorted({*tagger.topics, *(topic for each in past for topic in each.topics)}))
    if len(past) < ENOUGH:
        return _fitted(past, tagger, topics, NEVER)
    split = len(past) - int(len(past) * HELD_BACK)
    trial = _fitted(past[:split], tagger, topics, NEVER)
    return _fitted(past, tagger, topics, _threshold(trial, past[split:], tagger))


def aliases_alone(tagger: Tagger) -> TopicModel:
    """Return the model that has learned nothing: the words of topics decide, and nothing is filed at once."""
    count, (_, in_headline, in_text, _) = len(tagger.topics), BEGIN
    none, same = np.zeros(0, dtype=np.float32), np.ones(count, dtype=np.float32)
    said = (RARE * same, in_headline * same, in_text * same)
    return TopicModel(tuple(sorted(tagger.topics)), {}, none, none.reshape(0, count), *said, NEVER, LIKELY)


def headline(text: str) -> str:
    """Return the first line of a text, its first fifteen words at most."""
    found = HEADLINE.match(text)
    return found[1] if found else ""


def _guess(topic: str, confidence: float, plain: Mapping[str, Suggestion]) -> Suggestion:
    return Suggestion(topic, confidence, plain[topic].evidence if topic in plain else ())


def _fitted(past: Sequence[Tagged], tagger: Tagger, topics: tuple[str, ...], threshold: float) -> TopicModel:
    words, idf = _vocabulary(past)
    right = np.array([[topic in each.topics for topic in topics] for each in past], dtype=np.float32)
    right = right.reshape(len(past), len(topics))
    axes, places = _places(past, words, idf)
    signs = np.stack([unseen_logits(places, right), *_all_said(past, tagger, topics), np.ones_like(right)])
    own = blend(signs, right).astype(np.float32)
    if not helps(signs, own, right):
        return aliases_alone(tagger)
    likely = _most_f1(sigmoid(np.einsum("snt,st->nt", signs, own)), right)
    weights, biases = one_against_rest(places, right)
    learned, in_headline, in_text, constant = own
    learned = np.maximum(learned, 0)
    weights, biases = (axes @ weights) * learned, biases * learned + constant
    return TopicModel(topics, words, idf, weights, biases, in_headline, in_text, threshold, likely)


def _vocabulary(past: Sequence[Tagged]) -> tuple[dict[str, int], Reals]:
    """Return the words worth weighing with their places, and their idf = log((1 + N) / (1 + n)) + 1."""
    found = Counter(word for each in past for word in _bag(each.text) if len(word) <= LONGEST)
    known = sorted(word for word, count in found.most_common(VOCABULARY) if count >= SEEN_IN)
    counts = np.array([1 + found[word] for word in known])
    idf: Reals = (np.log((1 + len(past)) / counts) + 1).astype(np.float32)
    return {word: at for at, word in enumerate(known)}, idf


def _places(past: Sequence[Tagged], words: Mapping[str, int], idf: Reals) -> tuple[Reals, Reals]:
    """Return the directions that tell requests apart, and where each request lies on them."""
    rows = [_values(each.text, words, idf) for each in past]
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    at = np.concatenate([np.zeros(0, dtype=np.intp), *(at for at, _ in rows)])
    values = np.concatenate([np.zeros(0, dtype=np.float32), *(values for _, values in rows)])
    matrix = csr_matrix((values, at, ends), shape=(len(past), len(words)))
    axes = directions(matrix)
    return axes, np.asarray(matrix @ axes)


def _threshold(model: TopicModel, held_back: Sequence[Tagged], tagger: Tagger) -> float:
    """Return the least chance, at least even, above which nine guesses in ten were right, two wrong added."""
    chances = np.array([model.chances(tagger, each.text) for each in held_back]).ravel()
    right = np.array([topic in each.topics for each in held_back for topic in model.topics])
    order = np.argsort(-chances, kind="stable")
    precise = np.cumsum(right[order]) / (np.arange(len(order)) + 1 + DOUBT) >= PRECISION
    return max(float(chances[order][np.flatnonzero(precise)[-1]]), EVEN) if precise.any() else NEVER


def _most_f1(chances: Reals, right: Reals) -> float:
    """Return the chance from which on taking all topics gives the most micro-F1: the middle of the best."""
    if not right.any():
        return LIKELY
    order = np.argsort(-chances, axis=None, kind="stable")
    hits = np.cumsum(right.ravel()[order])
    rates = hits / (np.arange(len(order)) + 1 + hits[-1])
    return float(np.median(chances.ravel()[order][rates >= NEAR * rates.max()]))


def _bag(text: str) -> Counter[str]:
    """Return the folded words of a text with their counts, those of the headline counted twice."""
    twice = f"{headline(text)}\n{text}"
    return Counter(word for word in WORD.findall(fold(twice)) if word not in FUNCTION_WORDS)


def _values(text: str, words: Mapping[str, int], idf: Reals) -> tuple[NDArray[np.intp], Reals]:
    """Return which known words a text has, and their tf-idf, of length one together."""
    counts = {words[word]: count for word, count in _bag(text).items() if word in words}
    at = np.array(sorted(counts), dtype=np.intp)
    values: Reals = (1 + np.log(np.array([counts[each] for each in at.tolist()], dtype=np.float32))) * idf[at]
    values /= max(float(np.linalg.norm(values)), 1e-9)
    return at, values


def _all_said(past: Sequence[Tagged], tagger: Tagger, topics: Sequence[str]) -> Reals:
    said = [_said(tagger, each.text, tagger.suggest(each.text, EVERYTHING), topics) for each in past]
    both = np.array(said, dtype=np.float32).reshape(len(past), 2, len(topics))
    return both.transpose(1, 0, 2)


def _said(tagger: Tagger, text: str, plain: Sequence[Suggestion], topics: Sequence[str]) -> Reals:
    """Return how sure the plain tagger is of each topic, by the headline and by the whole text."""
    top = headline(text)
    first = plain if top == text else tagger.suggest(top, EVERYTHING)
    sure = [{each.topic_id: each.confidence for each in guesses} for guesses in (first, plain)]
    return np.array([[each.get(topic, 0.0) for topic in topics] for each in sure], dtype=np.float32)
