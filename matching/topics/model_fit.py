"""Fits what topic models are made of: one-against-rest logistic regressions, and their blend with aliases.

Both minimise a penalised log loss with L-BFGS; same input, same result.
"""

from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.sparse.linalg import svds

from matching.topics.model import Reals, sigmoid

DIMENSIONS, TINY = 500, 3
LOOSENESS, RARE = 5.0, -3.0
FOLDS = 4
STEPS, BLEND_STEPS = 40, 100
BEGIN = (0.6, 2.0, 5.0, 0.0)
COMMON_RIDGE, OWN_RIDGE = 0.5, 0.5
HALF_LIFE = 200.0


def directions(rows: csr_matrix) -> Reals:
    """The directions (words × dimensions) in which most of the rows' differences lie."""
    most = min(DIMENSIONS, min(rows.shape) - 1)
    if most < TINY:
        return np.eye(rows.shape[1], min(rows.shape), dtype=np.float32)
    found = svds(rows, k=most, v0=np.ones(min(rows.shape)), return_singular_vectors="vh")[2]
    return np.ascontiguousarray(found.T, dtype=np.float32)


def one_against_rest(places: Reals, right: Reals) -> tuple[Reals, Reals]:
    """Weights (dimensions × topics) and biases; *right* is 1 where a request had a topic."""
    shape = (places.shape[1], right.shape[1])
    cut = shape[0] * shape[1]

    def loss(flat: Reals) -> tuple[float, Reals]:
        weights, biases = flat[:cut].reshape(shape).astype(np.float32), flat[cut:].astype(np.float32)
        logits = places @ weights + biases
        error = sigmoid(logits) - right
        size = (weights**2).sum() / LOOSENESS + 0.1 * ((biases - RARE) ** 2).sum()
        slope = [(places.T @ error + weights / LOOSENESS).ravel(), error.sum(axis=0) + 0.1 * (biases - RARE)]
        return _log_loss(logits, right) + float(size) / 2, np.concatenate(slope).astype(np.float64)

    flat = _least(loss, np.concatenate([np.zeros(cut), np.full(shape[1], RARE)]), STEPS)
    return flat[:cut].reshape(shape).astype(np.float32), flat[cut:].astype(np.float32)


def unseen_logits(places: Reals, right: Reals) -> Reals:
    """Each row's logits by regressions that saw only others: a drawn fourth is left out in turn."""
    logits = np.zeros(right.shape, dtype=np.float32)
    fold = np.random.default_rng(FOLDS).permutation(len(places)) % FOLDS
    for each in range(FOLDS):
        weights, biases = one_against_rest(places[fold != each], right[fold != each])
        logits[fold == each] = places[fold == each] @ weights + biases
    return logits


def blend(signs: Reals, right: Reals) -> Reals:
    """The weight of each sign for each topic (signs × topics): one in common plus the topic's own.

    *signs* is signs × requests × topics, requests in order of time: a request counts half as much as the
    one 300 later. Both parts are held by a ridge, so with few requests the weights are those of `BEGIN`.
    """
    count, length, topics = signs.shape
    recent = 0.5 ** (np.arange(length)[::-1, None] / HALF_LIFE)
    begin = np.array(BEGIN)

    def loss(flat: Reals) -> tuple[float, Reals]:
        common, own = flat[:count], flat[count:].reshape(count, topics)
        logits = np.einsum("snt,st->nt", signs, common[:, None] + own)
        slope = np.einsum("snt,nt->st", signs, recent * (sigmoid(logits) - right))
        size = COMMON_RIDGE * ((common - begin) ** 2).sum() + OWN_RIDGE * (own**2).sum()
        slopes = [slope.sum(axis=1) + COMMON_RIDGE * (common - begin), (slope + OWN_RIDGE * own).ravel()]
        return _log_loss(logits, right, recent) + float(size) / 2, np.concatenate(slopes)

    flat = _least(loss, np.concatenate([begin, np.zeros(count * topics)]), BLEND_STEPS)
    weights: Reals = flat[:count, None] + flat[count:].reshape(count, topics)
    return weights


def helps(signs: Reals, weights: Reals, right: Reals) -> bool:
    """Whether blended signs do better than the words of topics alone.

    They have to put a right topic first more often, and to name all topics no worse (micro-F1).
    """
    alone = np.array([0.0, *BEGIN[1:]])[:, None] + np.zeros_like(weights)
    is_first = _firsts(signs, weights, right) > _firsts(signs, alone, right)
    return is_first and _most_f1(signs, weights, right) >= _most_f1(signs, alone, right)


def _most_f1(signs: Reals, weights: Reals, right: Reals) -> float:
    """The most micro-F1 that taking all topics from one logit on gives."""
    rates = f1_rates(np.einsum("snt,st->nt", signs, weights), right)[1]
    return float(rates.max(initial=0.0))


def f1_rates(sure: Reals, right: Reals) -> tuple[Reals, Reals]:
    """The surenesses, falling, and the micro-F1 of taking all that are at least as sure as each."""
    order = np.argsort(-sure, axis=None, kind="stable")
    hits = np.cumsum(right.ravel()[order], dtype=np.float64)
    meant = max(float(right.sum()), 1.0)
    return sure.ravel()[order], 2 * hits / (np.arange(len(order)) + 1 + meant)


def _firsts(signs: Reals, weights: Reals, right: Reals) -> float:
    if not right.size:
        return 0.0
    logits = np.einsum("snt,st->nt", signs, weights)
    return float(right[np.arange(len(right)), logits.argmax(axis=1)].sum())


def _log_loss(logits: Reals, right: Reals, counts: Reals | float = 1.0) -> float:
    return float((counts * (np.logaddexp(0, logits) - right * logits)).sum(dtype=np.float64))


def _least(loss: Any, begin: Reals, steps: int) -> Reals:
    found: Reals = minimize(loss, begin, jac=True, method="L-BFGS-B", options={"maxiter": steps}).x
    return found
