"""What the past says about people for one ask, as numbers: zero for someone it knows nothing of.

Each group of columns answers one question a colleague would ask, and becomes one reason. Logarithms
throughout: the step from one answer to three counts like the one from ten to thirty.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from matching.decayed_counts import Numbers, Tally
from matching.learning.history import DAY_HOURS, Floats, History, hour_of
from matching.topics.latent import Vectors
from matching.topics.similar_texts import words_of
from matching.values import Ask, ReasonKind

NEAREST, NEAR = 200, 50
FIRST = 400
LONG_AGO = 3650.0
FINE = 20.0
EXPANDED, EXPANDERS = 12, 60
HOURS_AROUND = range(-3, 4)

COLUMNS: dict[ReasonKind, tuple[str, ...]] = {
    ReasonKind.ANSWERED: (
        *("topic_30", "topic_120", "topic_365", "topic_all"),
        *("topic_share_30", "topic_share_120", "topic_share_365", "topic_share_all"),
        *("topic_most_365", "topic_most_all", "topic_least_365"),
        *("topic_covered", "topic_last", "topic_likely", "topic_focus"),
    ),
    ReasonKind.SIMILAR: (
        *("like_fresh", "like_near", "like_text", "like_all", "like_all_fresh", "like_square_fresh"),
        *("like_fourth", "like_most", "kin_topics", "kin_topics_share"),
        *("about_average", "about_direction", "about_all"),
    ),
    ReasonKind.ACTIVE: (
        *("active_7", "active_30", "active_90", "active_365", "active_all"),
        *("many_7", "many_90", "many_all"),
        *("last", "last_week", "tenure", "pace", "overdue", "rhythm_due"),
    ),
    ReasonKind.RELIABLE: ("worked_share", "worked_365", "worked_all"),
    ReasonKind.RHYTHM: (
        *("hour", "hours_around", "seen_3", "seen_14", "seen_60", "seen_all"),
        *("seen_last", "seen_hour", "seen_day"),
    ),
    ReasonKind.PAIR: ("pair",),
}
NAMES = tuple(name for names in COLUMNS.values() for name in names)


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like each past ask is: by words, and by words and topics in equal parts; and where it points."""

    text: Floats
    mixed: Floats
    point: Vectors


def likeness_of(history: History, ask: Ask) -> Likeness:
    """Compare an ask with every past one."""
    words = words_of(ask.text)
    text = history.texts.likeness(words)
    mixed = (text + history.tags.likeness(dict.fromkeys(ask.topics, 1))) / 2
    return Likeness(text, mixed, history.lens.of(words))


def evidence(history: History, ask: Ask, likeness: Likeness, people: Numbers, day: float) -> Floats:
    """One row a person (−1: unknown to the history) and the columns of `NAMES`."""
    columns = [
        *_topics(history, ask, people, day),
        *_similar(history, likeness, people, day),
        *history.profiles.compare(likeness.point, people, day),
        *_active(history, people, day),
        *_worked(history, people, day),
        *_rhythm(history, people, day),
        _pair(history, ask, people, day),
    ]
    return np.stack(columns, axis=1)


def acquaintances(history: History, ask: Ask, likeness: Likeness, day: float) -> Iterator[list[int]]:
    """Yield, some at a time, those for whom the past speaks.

    It does by answers in the topics, or to asks that share telling words. Someone who was merely active is no
    candidate. Order: strength of that record and of recent activity, then number.
    """
    size = len(history.ids)
    topics, votes = np.zeros(size), history.answers.votes
    for topic in dict.fromkeys(ask.topics):
        if topic in history.by_topic:
            tally = history.by_topic[topic]
            topics[tally.keys] += np.log1p(tally.cells(day)[:, 2] / 0.3)
    alike = np.log1p(FINE * votes(likeness.text, size))
    record = topics + alike + np.log1p(FINE * votes(_only(likeness.mixed, NEAREST), size)) / 2
    known = np.flatnonzero(record)
    counts, last = history.active.faded(known, day)
    fresh = _freshness(np.maximum(last, history.seen_at.faded(known, day)[1]), day)
    strength = record[known] + 0.3 * np.log1p(FINE * counts[:, 1:3]).sum(axis=1) + fresh
    for places in falling(strength, FIRST):
        yield known[places].tolist()


def falling(values: Floats, first: int) -> Iterator[Numbers]:
    """Yield the places of the highest values, about *first*, then of the others; equals in their order."""
    least = np.partition(values, -first)[-first] if len(values) > first else -math.inf
    for some in (np.flatnonzero(values >= least), np.flatnonzero(values < least)):
        yield some[np.argsort(-values[some], kind="stable")]


def _only(likeness: Floats, most: int) -> Floats:
    """The likenesses with all but the *most* highest set to zero; equals of the last stay."""
    if len(likeness) <= most:
        return likeness
    least = max(np.partition(likeness, -most)[-most], 1e-12)
    return np.where(likeness >= least, likeness, 0.0)


def _topics(history: History, ask: Ask, people: Numbers, day: float) -> list[Floats]:
    topics = list(dict.fromkeys(ask.topics))
    count, size = max(1, len(topics)), len(people)
    weighted, shares, most = np.zeros((size, 4)), np.zeros((size, 4)), np.zeros((size, 4))
    covered, likely, focus = np.zeros(size), np.zeros(size), np.zeros(size)
    least, last = np.full(size, math.inf if topics else 0.0), np.full(size, -math.inf)
    breadth = history.breadth.faded(people, day)[0][:, 0]
    everything = 1.0 + history.breadth.totals[0] * history.breadth.fade(day)[0]
    for topic in topics:
        tally = history.by_topic.get(topic)
        if tally is None:
            least[:] = 0.0
            continue
        counts, days = tally.faded(people, day)
        counts = counts[:, :4]
        logs, idf = np.log1p(counts), _rarity(history, tally, day)
        weighted += idf * logs
        shares += np.log1p(counts / 0.3) / count
        most, least = np.maximum(most, logs), np.minimum(least, logs[:, 2])
        covered += counts[:, 3] > 0
        last = np.maximum(last, days)
        common = 8 * (tally.totals[2] * tally.fade(day)[2] + 0.1) / everything
        likely += np.log((counts[:, 2] + common) / (breadth + 8)) - math.log(common / 8)
        focus += idf * counts[:, 3] / (breadth / count + 3)
    return [
        *weighted.T,
        *shares.T,
        *most.T[2:],
        least,
        covered / count,
        _freshness(last, day),
        likely,
        focus,
    ]


def _rarity(history: History, tally: Tally, day: float) -> float:
    """The inverse document frequency of a topic among all answers: ln((1 + all) / (1 + its own)) + 1."""
    return math.log((1 + len(history.answers)) / (1 + tally.totals[-1])) + 1.0


def _similar(history: History, likeness: Likeness, people: Numbers, day: float) -> list[Floats]:
    size = len(history.ids) + 1
    text, mixed, votes = likeness.text, likeness.mixed, history.answers.votes
    squared, half_a_year = mixed * mixed, history.answers.fade(180.0, day)
    summed = [
        votes(_only(mixed, NEAREST), size, history.answers.fade(365.0, day)),
        votes(_only(mixed, NEAR), size),
        votes(_only(text, NEAREST), size),
        votes(text, size),
        votes(text, size, half_a_year),
        votes(squared, size, half_a_year),
        votes(squared * squared, size),
    ]
    nearest = history.answers.nearest(mixed, size)[people]
    return [*(np.log1p(FINE * each[people]) for each in summed), nearest, *_kin(history, mixed, people, day)]


def topics_alike(history: History, alike: Floats, most: int) -> tuple[str, ...]:
    """The likeliest topics, as those of the asks say that are most *alike*: a number for each one."""
    weights = _weights(history, alike)
    return tuple(topic for topic in _likeliest(weights)[:most] if weights[topic] > 0)


def _weights(history: History, alike: Floats) -> dict[str, float]:
    weights: dict[str, float] = {}
    nearest = next(falling(alike, EXPANDERS))[:EXPANDERS]
    for number, likeness in zip(nearest.tolist(), alike[nearest].tolist(), strict=True):
        for topic in history.pasts[number].topics:
            weights[topic] = weights.get(topic, 0.0) + likeness
    return weights


def _likeliest(weights: Mapping[str, float]) -> list[str]:
    return sorted(weights, key=lambda topic: (-weights[topic], topic))


def _kin(history: History, mixed: Floats, people: Numbers, day: float) -> list[Floats]:
    """The record in the topics of the asks most like this one: what the asker may not have tagged."""
    weights = _weights(history, mixed)
    total = sum(weights.values()) or 1.0
    summed, shares = np.zeros(len(people)), np.zeros(len(people))
    for topic in _likeliest(weights)[:EXPANDED]:
        tally = history.by_topic.get(topic)
        if tally is not None and weights[topic] > 0:
            counts = tally.lately(people, day, 2)
            summed += weights[topic] / total * _rarity(history, tally, day) * np.log1p(counts)
            shares += weights[topic] / total * np.log1p(counts / 0.3)
    return [summed, shares]


def _active(history: History, people: Numbers, day: float) -> list[Floats]:
    counts, last = history.active.faded(people, day)
    since = np.minimum(np.maximum(day - last, 0.0), LONG_AGO)
    tenure = np.maximum(day - _first_days(history, people), 0.0)
    gap = (tenure + 10) / (counts[:, 4] + 1)
    known = counts[:, 4] > 0
    return [
        *np.log1p(FINE * counts).T,
        *np.log1p(counts[:, [0, 2, 4]]).T,
        _freshness(last, day),
        np.exp(-since / 7) * known,
        np.log1p(tenure),
        np.log1p(FINE * counts[:, 4] / (tenure + 30)),
        np.where(known, np.log((since + 0.05) / (gap + 0.05)), 0.0),
        np.exp(-since / (gap + 0.5)) * known,
    ]


def _worked(history: History, people: Numbers, day: float) -> list[Floats]:
    worked = history.worked.faded(people, day)[0]
    answered = history.active.faded(people, day)[0][:, 4]
    share = np.log((worked[:, 1] + 2) / (answered + 6) * 3)
    return [share, *np.log1p(worked).T]


def _rhythm(history: History, people: Numbers, day: float) -> list[Floats]:
    seen, seen_last = history.seen_at.faded(people, day)
    active, active_last = history.active.faded(people, day)
    last = np.maximum(seen_last, active_last)
    since = np.minimum(np.maximum(day - last, 0.0), LONG_AGO)
    moments = seen[:, 3] + active[:, 4]
    hours = np.array([(hour_of(day) + away) % DAY_HOURS for away in HOURS_AROUND])
    keys = (people * DAY_HOURS)[None, :] + hours[:, None]
    there = history.rhythm.faded(keys.ravel(), day)[0].reshape(keys.shape)
    return [
        _likelier(there[2:5], moments),
        _likelier(there, moments),
        *np.log1p(seen).T,
        _freshness(last, day),
        np.exp(-since / 0.1),
        np.exp(-since),
    ]


def _likelier(there: Floats, moments: Floats) -> Floats:
    """The log of how much likelier than by chance people are there then; ten even hours pad."""
    even = len(there) / DAY_HOURS
    likelier: Floats = np.log((there.sum(axis=0) + 10 * even) / (moments + 10) / even)
    return likelier


def _pair(history: History, ask: Ask, people: Numbers, day: float) -> Floats:
    asker = history.people.get(ask.asker_id)
    tally = history.pairs.get(asker) if asker is not None else None
    return np.zeros(len(people)) if tally is None else np.log1p(tally.faded(people, day)[0][:, 0])


def _freshness(last: Floats, day: float) -> Floats:
    """0 for never or ten years ago, rising as the log of the days since gets smaller."""
    since = np.minimum(np.maximum(day - last, 0.0), LONG_AGO)
    return math.log1p(LONG_AGO) - np.log1p(since)


def _first_days(history: History, people: Numbers) -> Floats:
    days: Floats = np.append(history.first_days.values, math.inf)[people]
    return days
