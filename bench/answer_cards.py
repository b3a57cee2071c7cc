"""Answers found for questions asked again: on sites of real questions, and how long 10,000 cards take.

    python bench/answer_cards.py FOLDER... [--list] [--json]
    python bench/answer_cards.py --cards 10000

Each question of a site is a card from the moment it was asked, found by later ones that share a tag, as the
app finds it; the first 30 % only become cards. A question is *repeated* where a person who reads both titles
would send its asker to the earlier answer: judged for every hit, by hand, in `data/answer_cards/judged.tsv`
(site, later, earlier, 1 or 0). The site's own links between duplicates are not in the data. Precision is that
of the hits that were judged; `--list` prints those that were not.
"""

import asyncio
import gzip
import json
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import click
from cryptography.fernet import Fernet

from kernel.desk import Desk
from kernel.policy import Policy
from kernel.store import Changes
from kernel.topics import Catalogue, Topic
from kernel.values import PersonId, RequestId, TopicId, WorkspaceId
from matching.topics.same_question import SAME, gist, likeness, nearest, telling
from mentoring.model.load import Load
from mentoring.model.person import Person
from mentoring.model.request import Request
from relationships.answer_cards import lookup
from relationships.answer_cards.answer_card import KEYS, AnswerCard, CardWords
from storage import Roster, Stores
from storage.server.embedded import embedded

JUDGED = Path(__file__).parent / "data" / "answer_cards" / "judged.tsv"
ONLY_CARDS = 0.3
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
TOPIC, AT_ONCE = TopicId("python"), 200
NOBODY = Roster(Person, Load, lambda person, load: None)


@dataclass(frozen=True, slots=True)
class Hit:
    """A later question, and the earlier one that was found for it."""

    later: str
    earlier: str
    score: float
    titles: tuple[str, str]


def hits(folder: Path) -> tuple[int, list[Hit]]:
    """How many questions of a site were asked of the cards before them, and what was found."""
    with gzip.open(folder / "requests.jsonl.gz", "rt", encoding="utf-8") as lines:
        asked = sorted((json.loads(line) for line in lines), key=lambda it: float(it["t"]))
    titles = {row["id"]: row["title"] for row in asked}
    cards: dict[str, dict[str, str]] = defaultdict(dict)
    tags = {row["id"]: set(row["tags"]) for row in asked}
    found, first = list[Hit](), int(len(asked) * ONLY_CARDS)
    for number, it in enumerate(asked):
        title = it["title"]
        if number >= first:
            near = {id: line for word in telling(title, lookup.WORDS) for id, line in cards[word].items()}
            near = {id: line for id, line in near.items() if tags[id] & tags[it["id"]]}
            found += _found(it, titles, near)
        for word in telling(title, KEYS):
            cards[word][it["id"]] = gist(title)
    return len(asked) - first, found


def _found(asked: dict[str, Any], titles: dict[str, str], cards: dict[str, str]) -> Iterator[Hit]:
    title = asked["title"]
    score, earlier = max(
        ((likeness(title, titles[id]), id) for id in nearest(title, cards)), default=(0.0, "")
    )
    if score >= SAME:
        yield Hit(asked["id"], earlier, score, (title, titles[earlier]))


@cache
def judged() -> dict[tuple[str, str, str], bool]:
    """Which pairs of a site were judged, and whether the later asks the earlier again."""
    if not JUDGED.exists():
        return {}
    rows = (line.split("\t") for line in JUDGED.read_text("utf-8").splitlines() if line)
    return {(site, later, earlier): same == "1" for site, later, earlier, same in rows}


def figures(site: str, asked: int, found: list[Hit]) -> dict[str, float]:
    """How many had a hit, and how many of the hits that were judged ask the same."""
    said = [judged()[key] for hit in found if (key := (site, hit.later, hit.earlier)) in judged()]
    right = sum(said) / len(said) if said else 0.0
    return {
        "asked": asked,
        "hits": len(found),
        "rate": len(found) / asked,
        "judged": len(said),
        "precision": right,
    }


async def timed(count: int, asks: int = 50) -> dict[str, float]:
    """How many milliseconds a question takes, with so many cards of which all share its topics."""
    secret, here = Fernet.generate_key().decode(), WorkspaceId("BENCH")
    topics = [TOPIC]
    with tempfile.TemporaryDirectory() as folder:
        async with embedded(Path(folder)) as url:
            stores = await Stores.open(url, NOBODY, secret=secret, timeout=30)
            catalogue = Catalogue(tuple(Topic(id=topic, label=topic) for topic in topics))
            desk = Desk(stores.of(here), catalogue, Policy(), None, None)  # type: ignore[arg-type]
            for start in range(0, count, AT_ONCE):
                cards = [_card(number, topics) for number in range(start, min(start + AT_ONCE, count))]
                await desk.store.commit(lambda _, cards=cards: (None, Changes(put=cards)))
            took, waited = list[float](), list[float]()
            for number in range(asks):
                request = _asked(number, topics)
                began = time.perf_counter()
                stalls = asyncio.create_task(_longest_stall())
                known = await lookup.known(desk, request)
                await lookup.best(desk, request.question, known)
                stalls.cancel()
                took.append(1000 * (time.perf_counter() - began))
                waited.append(1000 * await stalls)
            await stores.close()
    return {
        "cards": count,
        "ms p50": statistics.median(took),
        "ms p95": sorted(took)[int(0.95 * len(took))],
        "loop held, ms p50": statistics.median(waited),
    }


async def _longest_stall() -> float:
    """When cancelled, the longest time for which the event loop did not come round, in seconds."""
    longest, last = 0.0, time.perf_counter()
    try:
        while True:
            await asyncio.sleep(0)
            now = time.perf_counter()
            longest, last = max(longest, now - last), now
    except asyncio.CancelledError:
        return longest


@cache
def _words() -> list[str]:
    text = (Path(__file__).parents[1] / "matching" / "meaning" / "vectors" / "vocab.txt").read_text("utf-8")
    return [word for word in text.splitlines() if word.isalpha() and len(word) > 3][2_000:4_000]


def _question(number: int) -> str:
    words = _words()
    return " ".join(words[(number * 7919 + place * place * 101) % len(words)] for place in range(1, 10))


def _card(number: int, topics: list[TopicId]) -> AnswerCard:
    two = PersonId("U0ASKER"), PersonId("U0ADA")
    card = AnswerCard(
        id=f"C{number}",
        asker_id=two[0],
        answerer_id=two[1],
        words=CardWords(question=_question(number), answer="So."),
        topics=(topics[number % len(topics)],),
        agreed=frozenset({two[1]}),
        made_at=NOW,
        worded_at=NOW + timedelta(seconds=number),
    )
    return card.agree(two[0], 1, NOW, NOW + timedelta(days=90))


def _asked(number: int, topics: list[TopicId]) -> Request:
    said = {"question": f"How do I {_question(number * 31)}?", "topics": tuple(topics)}
    return Request(id=RequestId(f"R{number}"), asker_id=PersonId("U0CY"), asked_at=NOW, needed_by=NOW, **said)


@click.command()
@click.argument("folders", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--cards", type=int, help="Measure the time with so many cards.")
@click.option("--list", "listed", is_flag=True, help="Print the hits that nobody has judged.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def main(folders: tuple[Path, ...], cards: int | None, listed: bool, as_json: bool) -> None:
    """Print how often an answer is found, how often it is the right one, and how long that takes."""
    tables = {"time": asyncio.run(timed(cards))} if cards else {}
    for folder in folders:
        asked, found = hits(folder)
        tables[folder.name] = figures(folder.name, asked, found)
        for hit in found if listed else ():
            if (folder.name, hit.later, hit.earlier) not in judged():
                print(folder.name, hit.later, hit.earlier, f"{hit.score:.3f}", *hit.titles, sep="\t")
    if as_json:
        print(json.dumps(tables))
    else:
        for name, row in tables.items():
            print(f"{name:14}", *(f"{key} {value:,.3f}" for key, value in row.items()))


if __name__ == "__main__":
    main()
