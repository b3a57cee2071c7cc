"""The audit sees what is wrong: of a sound workspace each test breaks one thing."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

import make
import pytest
from chaos_audit import (
    MADE_WAY,
    Findings,
    Stored,
    check_answers,
    check_follow_ups,
    check_messages,
    check_rules,
)
from chaos_people import Answer
from make import ADA, ASKER, BEN, CY, DAY, DEE, NOW, PYTHON
from make_answer_card import shared
from make_mentorship import agreed
from make_opinion import O1, seated
from make_sponsorship import going as sponsored
from slack_clients import client_of

from handlers.block_kit import blocks
from kernel.values import Document
from mentoring.model.check import ASK_CHECK, Check, check_id
from playground.driver import Playground
from relationships.answer_cards.answer_card import CardWords
from relationships.circles.circle import CIRCLE_DUE, Circle
from relationships.growth_plan.goal import Goal
from relationships.mentor_search.wish import WISH_DUE, SuggestedMentor, begun
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.record import MENTORSHIP_DUE
from relationships.second_opinions.second_opinion import VIEWS_DUE
from relationships.sponsorships.sponsorship import SPONSORSHIP_DUE
from slackapp.delivery.postings import EVENT

PAIR = agreed()
WISH = begun("W1", CY, "Grow", (PYTHON,), (SuggestedMentor(mentor_id=ADA),), now=NOW).ask(ADA, NOW + DAY)
GOAL = Goal(id="G1", person_id=ASKER, title="Read", set_at=NOW, touched_at=NOW)
CIRCLE = Circle(
    id="C1",
    mentor_id=DEE,
    mentee_ids=(ASKER, CY),
    agreement=Agreement(purpose="Circles"),
    answers={ASKER: True},
    made_at=NOW,
)
LOADS = (
    make.load(ADA, promised={PAIR.id: PAIR.agreement.weekly_minutes}),
    make.load(ASKER, open_opinions=(O1,)),
)
AWAITED = {
    (WISH_DUE, "W1"): WISH.answer_by or NOW,
    (VIEWS_DUE, O1): seated().closes_at,
    (MENTORSHIP_DUE, PAIR.id): NOW,
    (SPONSORSHIP_DUE, sponsored().id): NOW,
    (CIRCLE_DUE, "C1"): NOW,
}


@dataclass
class Sound:
    """A workspace in which all is as it should be, before a test breaks something."""

    documents: dict[str, Document] = field(
        default_factory=lambda: {
            it.thing: it for it in (PAIR, WISH, GOAL, CIRCLE, *LOADS, seated(), sponsored(), shared())
        }
    )
    agenda: dict[tuple[str, str], float] = field(
        default_factory=lambda: {entry: at.timestamp() for entry, at in AWAITED.items()}
    )
    lost: str = ""

    def put(self, *documents: Document) -> None:
        """Store these as they are."""
        self.documents |= {it.thing: it for it in documents}

    def stored(self) -> Stored:
        """As the audit reads it, with the message of each document's card."""
        lists = defaultdict[str, set[str]](set)
        for it in self.documents.values():
            for name in it.lists():
                lists[name] |= {it.id} - {self.lost}
        return Stored(
            documents={(it.kind, it.id): json.loads(it.model_dump_json()) for it in self.documents.values()},
            cards={},
            messages={f"D1 {it.thing}": f"{ASKER} {it.thing}" for it in self.documents.values()},
            lists={name: frozenset(ids) for name, ids in lists.items() if ids},
            agenda=self.agenda,
            endless=Counter(),
        )


def faults(stored: Stored) -> set[str]:
    findings = Findings()
    check_rules(stored, findings)
    return {heading for heading, those in findings.faults.items() if those}


def again(document: Document, ids: Iterable[str], **changed: object) -> list[Document]:
    return [document.model_copy(update={"id": id, **changed}) for id in ids]


def waits_for_nobody(it: Sound) -> None:
    del it.agenda[(MENTORSHIP_DUE, PAIR.id)]


def waits_too_long(it: Sound) -> None:
    it.agenda[(WISH_DUE, "W1")] += 60


def two_wishes(it: Sound) -> None:
    it.put(*again(WISH, ["W2"]))
    it.agenda[(WISH_DUE, "W2")] = it.agenda[(WISH_DUE, "W1")]


def four_goals(it: Sound) -> None:
    it.put(*again(GOAL, ["G2", "G3", "G4"]))


def one_pair_twice(it: Sound) -> None:
    it.put(*again(PAIR, ["M2"]), make.load(ADA, promised={PAIR.id: 1, "M2": 1}))
    it.agenda[(MENTORSHIP_DUE, "M2")] = 0


BREAKS: tuple[tuple[str, Callable[[Sound], object]], ...] = (
    ("two open where one may be", two_wishes),
    ("two open where one may be", four_goals),
    ("two open where one may be", one_pair_twice),
    (
        "accepted, and nothing came of it",
        lambda it: it.put(WISH.model_copy(update={"state": "met", "ended_at": NOW})),
    ),
    (
        "accepted, and nothing came of it",
        lambda it: it.put(PAIR.model_copy(update={"state": "agreeing"})),
    ),
    (
        "accepted, and nothing came of it",
        lambda it: it.put(CIRCLE.model_copy(update={"answers": {ASKER: True, CY: True, DEE: True}})),
    ),
    ("mentors' minutes that do not add up", lambda it: it.put(make.load(ADA))),
    ("mentors' minutes that do not add up", lambda it: it.put(make.load(ASKER))),
    (
        "seats, talks and words that cannot be",
        lambda it: it.put(seated().model_copy(update={"seats": seated().seats * 2})),
    ),
    (
        "seats, talks and words that cannot be",
        lambda it: it.put(PAIR.model_copy(update={"talks": PAIR.talks * 2})),
    ),
    (
        "seats, talks and words that cannot be",
        lambda it: it.put(shared(words=CardWords(question="", answer=""))),
    ),
    ("reminders missing", waits_for_nobody),
    ("reminders missing", waits_too_long),
    ("lists that do not add up", lambda it: setattr(it, "lost", "W1")),
)


def test_of_a_sound_workspace_nothing_is_said():
    assert faults(Sound().stored()) == set()


@pytest.mark.parametrize(("heading", "breaks"), BREAKS)
def test_whatever_is_broken_is_found(heading: str, breaks: Callable[[Sound], object]):
    sound = Sound()

    breaks(sound)

    assert faults(sound.stored()) == {heading}


def test_of_a_talk_that_ended_somebody_was_asked_or_will_be():
    ended = make.session().model_copy(update={"state": "closed", "ended_at": NOW})
    never, later, asked = Sound(), Sound(), Sound()
    for it in (never, later, asked):
        it.put(ended)
    later.agenda[(ASK_CHECK, check_id(ended.id, "d2"))] = 0
    asked.put(Check.begin(ended, "d2", NOW))

    missed = {}
    for name, it in {"never": never, "later": later, "asked": asked}.items():
        check_follow_ups(it.stored(), findings := Findings())
        missed[name] = findings.faults.get("follow-ups missing", [])

    assert missed == {"never": [ended.id], "later": [], "asked": []}


async def test_what_was_acknowledged_is_missed_and_what_is_gone_is_no_double():
    """A text that made way was told of, and its message belongs to nothing any more."""
    pressed = (("agreed", DEE, PAIR), ("picked", CY, WISH), ("joined", CY, CIRCLE), ("joined", ASKER, CIRCLE))
    answers = [Answer(kind, who, f"D1 {of.thing}") for kind, who, of in pressed]
    answers += [Answer("wished", CY, "x404x"), *(Answer("said", "U0MAYA", f"x{at}x") for at in (1, 2))]
    async with Playground.start() as slack, client_of(slack) as client:
        told = f"I keep your last 10 texts, and {MADE_WAY}"
        for text, about in ((told, ""), ("gone", "D404"), ("posted twice", "W1"), ("posted twice", "W1")):
            label = {"event_type": EVENT, "event_payload": {"id": "1"}}
            shown = blocks.actions([blocks.button("Stop", "stop", about)]) if about else []
            last = await client.chat_postMessage(
                channel="U0MAYA", text=text, blocks=[blocks.section(text), *shown], metadata=label
            )
        stored = Sound().stored()
        known = {f"{last['channel']} {last['ts']}": f"U0MAYA {WISH.thing}"}
        stored, findings = replace(stored, messages={**stored.messages, **known}), Findings()

        check_answers(stored, slack, answers, findings)
        check_messages(stored, slack, findings)

    missing = " ".join(findings.faults["acknowledged and missing"])
    assert [missing.count(f"kind='{kind}'") for kind in ("agreed", "picked", "joined")] == [1, 0, 1]
    assert "x404x" in missing
    assert missing.count("'said'") == 1, "one of two was told of"
    assert findings.looked_at["messages"] == 4
    [doubled] = findings.doubled
    assert "posted twice" in doubled


async def test_what_somebody_changed_themselves_is_not_missing():
    """A later text of theirs took a view's place, and who was in a circle left it; none else excuses it."""
    circle = CIRCLE.model_copy(update={"answers": {ASKER: False, CY: False, DEE: False}})
    sound = Sound()
    sound.put(circle, seated().answer(ADA, "Mend it case x7x", NOW), seated(id="O2"))
    views = [Answer("gave a view", ADA, f"{O1} x{number}x") for number in (5, 7, 9)]
    elsewhere = [Answer("gave a view", BEN, f"{O1} x5x"), Answer("gave a view", ADA, "O2 x6x")]
    place = f"D1 {circle.thing}"
    before, joined = Answer("stayed out", CY, place), [Answer("joined", it, place) for it in (ASKER, CY, DEE)]
    left = Answer("left a circle", ASKER, place)
    answers, findings = [*views, *elsewhere, before, *joined, left], Findings()

    async with Playground.start() as slack:
        check_answers(sound.stored(), slack, answers, findings, {Answer("stayed out", DEE, place)})

    missing = findings.faults["acknowledged and missing"]
    assert sorted(missing) == sorted(map(str, [views[2], *elsewhere, joined[1]]))
