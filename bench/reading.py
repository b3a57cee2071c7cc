"""How long each stage of reading what is written takes, and how it grows: `python bench/reading.py`.

Each stage reads texts of 3,000, 12,000 and 40,000 characters, each one unit again and again. Printed are, for
each stage, the slowest text at 40,000 characters, its processor time at each length, and by which power of
its length it grows from 12,000 on: 1 is linear, 2 quadratic. --stage and --unit choose one of each.
"""

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from functools import partial
from math import log
from time import thread_time
from typing import Any

from coaching.guide import talks
from coaching.guide.engine import next_reply
from coaching.guide.form_selection import form_for
from coaching.guide.talk import GuidedTalk
from coaching.language.commands import steering
from coaching.plans.action_plan import PlanWish, action_plan
from handlers.block_kit import blocks, mrkdwn
from handlers.conversations import ALL
from handlers.guided_talks import card as talk_card
from handlers.requests import ask_line, draft_card
from kernel.values import PersonId
from kernel.working_hours import OFFICE
from matching.topics.tagging import Tagger, TopicWords
from mentoring.requests.drafts import Draft
from sensing.safety.safety import read
from sensing.text.language import is_foreign
from sensing.triage.triage import advise

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LENGTHS = (3_000, 12_000, 40_000)
TOPICS = [TopicWords("python", "Python", ("asyncio",)), TopicWords("net", ".NET"), TopicWords("cpp", "C++")]
TAGGER = Tagger(TOPICS)
SIGNS = "@ ? ! , # & < “ - . a 7 _ * ` > 😀 e\u0301\u0301 \u200b \u0301 א 語 a@b 10,7 ```a &amp;"
WORDS = (
    "a|a@b|- |1)|<@U1>|<#C1>|#a|topic: a,|:a:|https://a.b|:)|(a|م|k*ll|urgent|asap|how do I|I feel stuck"
    "|afraid of him|kill myself|in a novel kill myself|a talk with my boss|they never ask me|python|to to"
    "|maybe|and I|lol|so,|I will ask her on Monday,|call him, or write, or wait.|no idea|that's why I|ERROR"
    "|my name is Maya Okafor|Ünïcödé|DON'T|I'm|what would you do?|you are not enough"
)
UNITS = (" ", "\n", "a\n", *SIGNS.split(), *(f"{words} " for words in WORDS.split("|")))


def stages() -> Mapping[str, Callable[[str], object]]:
    """What reads a text on its way from a command, a message, a form or an answer."""
    return {
        "safety": read,
        "advice": advise,
        "topics": TAGGER.suggest,
        "unknown tags": TAGGER.unknown_tags,
        "tags off": TAGGER.strip_tags,
        "line": partial(ask_line.read, words=ALL.ask_words),
        "unescaped": mrkdwn.unescape,
        "in pieces": lambda text: blocks.paragraphs(mrkdwn.escape(text)),
        "quoted": lambda text: mrkdwn.opening(mrkdwn.quote(text)),
        "one line": mrkdwn.one_line,
        "steering": steering,
        "language": is_foreign,
        "form of talk": form_for,
        "draft's card": lambda text: draft_card.card(draft(text), [], ALL.ask_words),
        "plan": lambda text: action_plan(PlanWish(goal=text), OFFICE, date(2026, 11, 23)),
        "answers": guided,
    }


def draft(text: str) -> Draft:
    """A text that is kept."""
    return Draft(id="D1", person_id=PersonId("U0BENCH"), text=text, source="dm", made_at=NOW)


def guided(text: str) -> None:
    """Lead a talk whose opening and first four answers are a text, and draw its cards."""
    talk = GuidedTalk(
        id="T1", person_id=PersonId("U0BENCH"), form="grow", opening=text[:3_000], begun_at=NOW, spoken_at=NOW
    )
    for _ in range(4):
        said = next_reply(talk) if talk.is_open else None
        if said is None:
            break
        talk = talks.heard(talk.ask(said, NOW), text, NOW)
    talk_card.card(talk)
    talk_card.turn(talk, len(talk.turns) - 1, ())


def took(stage: Callable[[str], object], unit: str, length: int) -> float:
    """The milliseconds of processor time that a stage takes for a text, the better of two."""
    text = (unit * (length // len(unit) + 1))[:length]
    return min(_once(stage, text) for _ in range(2)) * 1e3


def _once(stage: Callable[[str], object], text: str) -> float:
    started = thread_time()
    stage(text)
    return thread_time() - started


def _slowest(name: str, stage: Callable[[str], Any], units: tuple[str, ...]) -> str:
    times = {unit: [took(stage, unit, length) for length in LENGTHS] for unit in units}
    unit = max(times, key=lambda each: times[each][-1])
    _, middle, most = times[unit]
    grows = log(most / max(middle, 1e-3)) / log(LENGTHS[2] / LENGTHS[1])
    return f"{name:14} {''.join(f'{each:9.1f}' for each in times[unit])} ms  ^{grows:4.1f}  {unit!r}"


def main() -> None:
    """Print a line for each stage."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--stage", choices=stages())
    parser.add_argument("--unit")
    given = parser.parse_args()
    read("")
    advise("")
    print(f"{'':14} {''.join(f'{length:9,}' for length in LENGTHS)}")
    for name, stage in stages().items():
        if given.stage in (None, name):
            print(_slowest(name, stage, (given.unit,) if given.unit else UNITS), flush=True)


if __name__ == "__main__":
    main()
