"""How topics are learned from past requests. Heavy: belongs into a process of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np
from scipy.sparse import csr_matrix

from matching.topics.model import (
    EVERYTHING,
    NEVER,
    Reals,
    Tagged,
    TopicModel,
    bag_of,
    said_of,
    sigmoid,
    values_of,
)
from matching.topics.model_fit import blend, directions, f1_rates, helps, one_against_rest, unseen_logits
from matching.topics.tagging import Tagger, sure

VOCABULARY, SEEN_IN, LONGEST, LATEST, NEAR = 8000, 2, 40, 5000, 0.98
PRECISION, DOUBT, ENOUGH, JUDGED = 0.92, 2, 90, 400
ENOUGH_RIGHT = 0.9
EVEN, LIKELY = 0.5, 0.3


def learn_topics(past: Sequence[Tagged], tagger: Tagger) -> TopicModel | None:
    """A model of the latest 5,000 past requests in order of time, or None where topics' words do.

    They do where the model is no better, or cannot be sure enough to file at once while they can.
    """
    past = past[-LATEST:]
    topics = tuple(sorted({*tagger.topics, *(topic for each in past for topic in each.topics)}))
    model = _fitted(past, tagger, topics)
    if model is not None and model.threshold >= NEVER and words_suffice(past, tagger):
        return None
    return model


def words_suffice(past: Sequence[Tagged], tagger: Tagger) -> bool:
    """Whether topics' words file at once at all, and were right often enough lately."""
    filed = [(topic, each) for each in past[-JUDGED:] for topic in sure(tagger.suggest(each.text))]
    right = sum(topic in each.topics for topic, each in filed)
    return bool(filed) and right >= ENOUGH_RIGHT * len(filed)


def _fitted(past: Sequence[Tagged], tagger: Tagger, topics: tuple[str, ...]) -> TopicModel | None:
    words, idf = _vocabulary(past)
    right = np.array([[topic in each.topics for topic in topics] for each in past], dtype=np.float32)
    right = right.reshape(len(past), len(topics))
    axes, places = _places(past, words, idf)
    signs = np.stack([unseen_logits(places, right), *_all_said(past, tagger, topics), np.ones_like(right)])
    own = blend(signs, right).astype(np.float32)
    if not helps(signs, own, right):
        return None
    chances = sigmoid(np.einsum("snt,st->nt", signs, own))
    cuts = (
        _threshold(chances[-JUDGED:], right[-JUDGED:]) if len(past) >= ENOUGH else NEVER,
        _likely(chances, right),
    )
    weights, biases = one_against_rest(places, right)
    learned, in_headline, in_text, constant = own
    learned = np.maximum(learned, 0)
    weights, biases = (axes @ weights) * learned, biases * learned + constant
    return TopicModel(topics, words, idf, weights, biases, in_headline, in_text, *cuts)


def _vocabulary(past: Sequence[Tagged]) -> tuple[dict[str, int], Reals]:
    """The words worth weighing with their places, and their idf = log((1 + N) / (1 + n)) + 1."""
    found = Counter(word for each in past for word in bag_of(each.text) if len(word) <= LONGEST)
    known = sorted(word for word, count in found.most_common(VOCABULARY) if count >= SEEN_IN)
    counts = np.array([1 + found[word] for word in known])
    idf: Reals = (np.log((1 + len(past)) / counts) + 1).astype(np.float32)
    return {word: at for at, word in enumerate(known)}, idf


def _places(past: Sequence[Tagged], words: Mapping[str, int], idf: Reals) -> tuple[Reals, Reals]:
    """The directions that tell requests apart, and where each request lies on them."""
    rows = [values_of(each.text, words, idf) for each in past]
    ends = np.cumsum([0, *(len(at) for at, _ in rows)])
    at = np.concatenate([np.zeros(0, dtype=np.intp), *(at for at, _ in rows)])
    values = np.concatenate([np.zeros(0, dtype=np.float32), *(values for _, values in rows)])
    matrix = csr_matrix((values, at, ends), shape=(len(past), len(words)))
    axes = directions(matrix)
    return axes, np.asarray(matrix @ axes)


def _threshold(chances: Reals, right: Reals) -> float:
    """The least chance, at least even, above which guesses were right often enough, two wrong added.

    The chances are of requests that the regressions had not seen. Newer requests are a little harder than
    those, so more than the nine in ten that are wished have to be right.
    """
    order = np.argsort(-chances, axis=None, kind="stable")
    precise = np.cumsum(right.ravel()[order]) / (np.arange(len(order)) + 1 + DOUBT) >= PRECISION
    return max(float(chances.ravel()[order][np.flatnonzero(precise)[-1]]), EVEN) if precise.any() else NEVER


def _likely(chances: Reals, right: Reals) -> float:
    """The chance from which on taking all topics gives the most micro-F1: the middle of the best."""
    if not right.any():
        return LIKELY
    falling, rates = f1_rates(chances, right)
    return float(np.median(falling[rates >= NEAR * rates.max()]))


def _all_said(past: Sequence[Tagged], tagger: Tagger, topics: Sequence[str]) -> Reals:
    said = [said_of(tagger, each.text, tagger.suggest(each.text, EVERYTHING), topics) for each in past]
    both = np.array(said, dtype=np.float32).reshape(len(past), 2, len(topics))
    return both.transpose(1, 0, 2)
