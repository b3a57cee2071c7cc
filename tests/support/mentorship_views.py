"""Every message and form of mentorships and of the search for a mentor, with a text wherever one can type."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, get_args

import make_sprint
from make import ADA, ASKER, BEN, CY, NOW
from make_mentorship import agreed

from handlers.block_kit.picture import Picture
from handlers.mentor_search import open_search, places_form, wish_card, wish_form
from handlers.mentorships import agreement_form, card, notes_form, small_forms
from handlers.mentorships.card import Sight
from kernel.desk import Desk
from kernel.values import TopicId
from matching.values import Reason as RankedFor
from matching.values import ReasonKind
from relationships.mentor_search.wish import MentorWish, PassedOn, SuggestedMentor
from relationships.mentorships.agreement import Agreement
from relationships.mentorships.mentorship import MOST_GOALS, Mentorship, begun
from relationships.mentorships.record import (
    AppQuestion,
    End,
    HandOver,
    News,
    OwnNote,
    OwnNotes,
    PairingReason,
    PairStep,
    SharedNote,
)
from relationships.mentorships.talk import MentorTalk

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TIMES = tuple(NOW + number * DAY for number in (1, 2, 3))
REASON = RankedFor(ReasonKind.TOPIC, 1.0, {"topic": "topic-1", "level": 3})
BOTH = (ADA, ASKER)


def typed(text: str) -> str:
    """A text as long as a line of a mentorship may be."""
    return text[:500].strip() or "x"


def fresh(text: str) -> Mentorship:
    """A mentorship that is still to be agreed on."""
    said = typed(text)
    terms = Agreement(purpose=said, rules=said)
    return begun("M" * 40, ADA, ASKER, terms, NOW, told=BOTH)


def going(text: str) -> Mentorship:
    """One that goes on, with as much in it as can be."""
    said = typed(text)
    steps = [PairStep(number=number, of=BOTH[number % 2], text=said, set_at=NOW) for number in range(12)]
    notes = [SharedNote(talk=1, by=ADA, text=text[:2000].strip() or "x", at=NOW) for _ in range(12)]
    held = [
        MentorTalk(number=number, minutes=30, at=NOW - DAY, picked_by=ADA, came="met") for number in (1, 2, 3)
    ]
    return agreed(purpose=said, rules=said).model_copy(
        update={
            "id": "M" * 40,
            "goals": (said,) * MOST_GOALS,
            "steps": tuple(steps),
            "notes": tuple(notes),
            "talks": (*held, MentorTalk(number=4, minutes=30, times=TIMES)),
        }
    )


def open_ones(text: str) -> Iterator[Mentorship]:
    """Yield mentorships that are open, in every state, with every news and every question."""
    one = going(text)
    yield from upwards(text)
    talk = one.talks[-1]
    yield from (fresh(text), fresh(text).agree(ASKER, NOW, NOW), agreed())
    reasons = (
        PairingReason(kind="wish"),
        *(PairingReason(kind="knows", topic=TopicId("topic-1"), depth=it) for it in (1, 3)),
    )
    yield fresh(text).model_copy(update={"is_proposed": True, "reasons": reasons})
    for news in get_args(News):
        yield one.knock(news, *BOTH)
    for about in ("fit", "quality", "silence", "ending"):
        asked = AppQuestion(about=about, due_at=NOW, who=BOTH, asked=dict.fromkeys(BOTH, NOW))
        yield one.ask("q:1", asked)
        yield agreed().ask("q:1", asked)
    for at in (
        {"times": ()},
        {"times": (NOW - DAY,)},
        {"at": NOW + DAY},
        {"at": NOW + DAY, "is_announced": True},
    ):
        yield one.with_talk(talk.model_copy(update=at))
    yield one.with_talk(talk.model_copy(update={"at": NOW - DAY, "asked_at": NOW}))
    yield agreed().book(ASKER, 1, NOW + HOUR, NOW).discuss(ASKER, NOW)
    yield agreed().answer("silence", ASKER, "fine", NOW)
    yield one.pause(ASKER, NOW + DAY, NOW)
    for named in (BEN, None):
        yield one.model_copy(update={"hand_over": HandOver(suggested=named, word=typed(text), at=NOW)})


def upwards(text: str) -> Iterator[Mentorship]:
    """Yield open ones where a junior mentors, in the states in which that is seen."""
    one = going(text).model_copy(update={"is_reverse": True})
    talk = one.talks[-1].model_copy(update={"at": NOW + DAY, "is_announced": True})
    yield from (one.knock("agreed", *BOTH), one.with_talk(talk))


def mentorships(text: str) -> Iterator[Mentorship]:
    """Yield mentorships in every state, and ended in every way, also where a junior mentors."""
    yield from open_ones(text)
    for end in get_args(End):
        over = going(text).close(end, NOW)
        yield over.model_copy(update={"is_reverse": True})
        yield from (over, over.gain(ADA, typed(text)), agreed().close(end, NOW))
        yield over.model_copy(update={"reopen_by": ASKER})
    yield fresh(text).close("never_agreed", NOW).model_copy(update={"is_taken_back": True})


def wishes(text: str) -> Iterator[MentorWish]:
    """Yield searches for a mentor in every state."""
    some = tuple(SuggestedMentor(mentor_id=who, reasons=(REASON,)) for who in (ADA, BEN, CY))
    tried = (
        some[0].model_copy(update={"answer": "no"}),
        some[1].model_copy(update={"answer": "late"}),
        some[2],
    )
    passed = PassedOn(by=BEN, goals=(typed(text),) * 5, notes=(text[:2000],) * 10)
    base = MentorWish(
        id="W" * 40,
        person_id=ASKER,
        wants=typed(text),
        topics=(TopicId("topic-1"),),
        suggested=some,
        made_at=NOW,
        looked_until=NOW + DAY,
    )
    for state in ("choosing", "asked", "waiting", "met", "ended"):
        for update in (
            {},
            {"suggested": tried, "refused_id": ADA},
            {"ended_at": NOW + DAY},
            {"answer_by": NOW, "passed_on": passed},
        ):
            who = ADA if state in ("asked", "met") else None
            yield base.model_copy(update={"state": state, "asked_id": who, **update})


def sights(it: Mentorship) -> Iterator[Sight]:
    """Yield how each of the two sees it."""
    step = next((step.text for step in it.steps), "x")
    for me, sprint in ((it.mentor_id, None), (it.mentee_id, make_sprint.sprint(goal=step))):
        called = "Ada Lovelace", NOW, "Ben Bitdiddle"
        yield Sight(me, "Asia/Kathmandu", *called, me == ADA, sprint, can_practise=True)


def pictures(text: str, desk: Desk) -> Iterator[Picture]:
    """Yield every card."""
    for it in mentorships(text):
        yield from (card.card(it, sight) for sight in sights(it))
    names = {ADA: "Ada Lovelace", BEN: "Ben"}
    for wish in wishes(text):
        yield from (wish_card.card(wish, names, desk, frozenset(gone)) for gone in ((), names))
        for left in (False, True):
            yield from (wish_card.invitation(wish, to, desk, has_left=left) for to in (ADA, BEN, CY))


def views(text: str, desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield every form and window."""
    it, called = going(text), "Ada Lovelace"
    note = OwnNote(talk=1, text=text[:2000].strip() or "x", at=NOW)
    own = OwnNotes(id="N", person_id=ASKER, mentorship_id=it.id, notes=(note,), made_at=NOW)
    yield from (agreement_form.form(one) for one in (it, fresh(text), agreed()))
    yield from (notes_form.form(one, called, kept, "c") for one, kept in ((it, own), (agreed(), None)))
    yield small_forms.other_time(it, 1, called, NOW)
    yield small_forms.pause(it, called, NOW)
    yield small_forms.hand_over(it, called)
    yield from (small_forms.gained(it, called, typed(text), is_other_out=out) for out in (False, True))
    for one in (it, it.model_copy(update={"is_reverse": True})):
        yield from (small_forms.close(one, called, me) for me in one.both)
    yield small_forms.what_would_help(it)
    for one in mentorships(text):
        yield from (small_forms.stands(one, sight) for sight in sights(one))
    yield wish_form.form(
        wish_form.Filling("c" * 20, text[:3000], (TopicId("topic-1"),), ADA, "d" * 20), desk, "A note."
    )
    yield wish_form.form(wish_form.Filling("c"), desk)
    for wish in wishes(text):
        for one in (wish, wish.model_copy(update={"is_reverse": True})):
            typed_anew = wish_form.Filling("c" * 20, text[:3000], (TopicId("topic-1"),), draft_id="d" * 20)
            yield from (open_search.window(one, it) for it in (typed_anew, wish_form.Filling("c")))
    yield from (wish_form.pass_on(it, suggested, "c") for suggested in ("Ben Bitdiddle", ""))
    yield wish_form.pass_on(agreed(), "", "c")
    yield from (places_form.form(now) for now in (0, 2, 15))
