"""Drafts everyday words for topics: near to one of them in meaning, and to no unrelated one as near."""

from collections.abc import Sequence

import numpy as np

from matching.meaning.static_vectors import Reals, StaticVectors
from matching.topics.tagging import TopicWords
from matching.topics.tokens import key

NEAR, AHEAD = 0.42, 0.03


def drafted(topics: Sequence[TopicWords], table: StaticVectors, most: int = 40) -> dict[str, list[str]]:
    """Words for each topic, the nearest first, without those that some topic has already."""
    words, rows = table.words()
    phrases = [" ".join([topic.label, *topic.aliases, *topic.words, *topic.examples]) for topic in topics]
    likeness = _unit(rows) @ _unit(table.many(phrases)).T
    had = {atom for topic in topics for name in (*topic.names, *topic.words) for atom in key(name)}
    return {
        topic.id: [
            word
            for word in _nearest(words, likeness[:, at], likeness[:, _strangers(topics, topic)])
            if word not in had
        ][:most]
        for at, topic in enumerate(topics)
    }


def _strangers(topics: Sequence[TopicWords], topic: TopicWords) -> list[int]:
    """Where the topics stand that are neither this one, nor above or below it."""
    return [
        at
        for at, other in enumerate(topics)
        if other.id not in (topic.id, topic.parent) and other.parent != topic.id
    ]


def _unit(rows: Reals) -> Reals:
    unit: Reals = rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-9)
    return unit


def _nearest(words: Sequence[str], own: Reals, others: Reals) -> list[str]:
    """The words that are near to one topic and clearly nearer than to any stranger."""
    fits = np.flatnonzero((own >= NEAR) & (own >= others.max(axis=1, initial=-1.0) + AHEAD))
    return [words[place] for place in fits[np.argsort(-own[fits], kind="stable")].tolist()]
