"""A site of past requests and who answered them, as a stream of asks, answers and presence in order of time.

A folder holds requests, answers and presence (.jsonl.gz, one object a line) and meta.json. Days count from
the site's first request.
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

EPOCH = datetime(2015, 1, 5, tzinfo=UTC)
OUTCOME_DAYS = 2.0
TEST_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer and when its outcome can be known."""

    day: float
    request: int
    helper: str
    is_accepted: bool
    is_best: bool
    known_on: float


@dataclass(frozen=True, slots=True)
class Request:
    """A question; *best* is who gave the accepted, else the best voted, else the first answer."""

    id: str
    day: float
    asker: str
    text: str
    tags: tuple[str, ...]
    best: str | None = None
    answerers: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Site:
    """Everything of one folder; requests from *test_from* on are the test."""

    name: str
    is_timed: bool
    requests: list[Request]
    answers: list[Answered]
    presence: list[tuple[float, str]] = field(default_factory=list)
    test_from: int = 0


def moment(day: float) -> datetime:
    """A day of the site as a moment."""
    return EPOCH + timedelta(days=day)


def load(folder: Path) -> Site:
    """Read a folder."""
    meta = json.loads((folder / "meta.json").read_text())
    is_timed = meta["family"] == "timed"
    raw = list(_lines(folder / "requests.jsonl.gz"))
    given = _given(folder, raw)
    best = {at: min(answers, key=_rank)["helper"] for at, answers in given.items()}
    requests = [_request(each, best.get(at), given[at]) for at, each in enumerate(raw)]
    answers = [
        _answered(each, at, best[at], requests[at].day, OUTCOME_DAYS if is_timed else 0.0)
        for at, answers in given.items()
        for each in answers
    ]
    answers.sort(key=lambda each: (each.known_on, each.day, each.request, each.helper))
    presence = sorted(
        (day, each["helper"]) for each in _lines(folder / "presence.jsonl.gz") for day in each["t"]
    )
    return Site(folder.name, is_timed, requests, answers, presence, _test_from(meta, requests))


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _given(folder: Path, raw: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """The answers by request, those of the asker's own left out."""
    numbers = {each["id"]: at for at, each in enumerate(raw)}
    given: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for each in _lines(folder / "answers.jsonl.gz"):
        at = numbers.get(each["request"])
        if at is not None and each["helper"] != raw[at]["asker"]:
            given[at].append(each)
    return given


def _rank(answer: dict[str, Any]) -> tuple[bool, float, float]:
    return (not answer["accepted"], -answer["score"], answer["t"])


def _request(raw: dict[str, Any], best: str | None, answers: list[dict[str, Any]]) -> Request:
    text = f"{raw['title']}\n{raw['title']}\n{raw['text']}"
    tags, who = tuple(sorted(set(raw["tags"]))), frozenset(each["helper"] for each in answers)
    return Request(raw["id"], raw["t"], raw["asker"], text, tags, best, who)


def _answered(raw: dict[str, Any], at: int, best: str, asked_on: float, delay: float) -> Answered:
    """An answer that is known once its outcome is, and never before its question."""
    known_on = max(raw["t"] + delay, asked_on)
    return Answered(raw["t"], at, raw["helper"], bool(raw["accepted"]), raw["helper"] == best, known_on)


def _test_from(meta: dict[str, Any], requests: list[Request]) -> int:
    day = meta.get("test_from_t")
    if day is None:
        return int(len(requests) * (1 - TEST_SHARE))
    return next((at for at, each in enumerate(requests) if each.day >= day), len(requests))
