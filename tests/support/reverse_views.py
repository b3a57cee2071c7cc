"""Every card and form of reverse mentoring, and of the questions before a talk, with any text in it."""

from collections.abc import Iterator
from typing import Any, get_args

import make
import mentorship_views
from make import ADA, ASKER, BEN, CY, NOW

from handlers.block_kit.picture import Picture
from handlers.hybrid import questions_form
from handlers.hybrid.feature import first_words
from handlers.mentor_search import reverse_form, reverse_wish_card, wish_form
from handlers.reverse_mentoring import group_card, voice_form
from kernel.desk import Desk
from kernel.values import PersonId, TopicId
from relationships.hybrid.preparation import LONGEST, QUESTIONS, Preparation, QuestionId
from relationships.mentor_search.wish import MentorWish
from relationships.reverse_mentoring.juniors_group import GroupWish, JuniorsGroup, State
from relationships.reverse_mentoring.juniors_voice import Impression, JuniorsVoice


def prepared(text: str) -> Iterator[Preparation]:
    """Yield what somebody wrote before a talk, with nothing, one and all of it ticked."""
    answers = dict.fromkeys(QUESTIONS, text[:LONGEST].strip() or "x")
    ticks: tuple[tuple[QuestionId, ...], ...] = ((), QUESTIONS[:1], QUESTIONS)
    for ticked in ticks:
        said = {"answers": answers, "ticked": frozenset(ticked), "made_at": NOW}
        yield Preparation(id="S" * 80, person_id=ASKER, **said)


def wishes(text: str) -> list[MentorWish]:
    """Searches for a junior in every state."""
    return [wish.model_copy(update={"is_reverse": True}) for wish in mentorship_views.wishes(text)]


def pictures(text: str, desk: Desk) -> Iterator[Picture]:
    """Yield every card, of whoever has one."""
    for wish in wishes(text):
        yield reverse_wish_card.card(wish)
        for left in (False, True):
            yield from (reverse_wish_card.invitation(wish, to, desk, has_left=left) for to in (ADA, BEN, CY))
    yield group_card.message(JuniorsGroup(id="G" * 40, members=(ADA, BEN, CY, ASKER), made_at=NOW))
    for kept in prepared(text):
        yield from (first_words(kept, make.session(anonymous=hidden)) for hidden in (True, False))


def views(text: str, desk: Desk) -> Iterator[dict[str, Any]]:
    """Yield every form."""
    topic = (TopicId("topic-1"),)
    yield reverse_form.form(wish_form.Filling("c" * 20, text[:3000], topic, draft_id="d" * 20), desk)
    yield reverse_form.form(wish_form.Filling("c"), desk)
    yield voice_form.form("M" * 40, "Ada Lovelace")
    called = "Ada Lovelace"
    yield questions_form.form("S" * 80, called, None)
    for kept in prepared(text):
        yield questions_form.form("S" * 80, called, kept)
        yield from (questions_form.preview(kept, called), questions_form.sent(kept, called))
    yield questions_form.kept()


def voices() -> list[JuniorsVoice]:
    """What six juniors say."""
    said = get_args(Impression)
    who = [PersonId(f"U{number}") for number in range(6)]
    return [
        JuniorsVoice(
            id=f"V{junior_id}", senior_id=ASKER, junior_id=junior_id, said=said[number % 3], said_at=NOW
        )
        for number, junior_id in enumerate(who)
    ]


def group_wishes(state: State) -> list[GroupWish]:
    """Somebody's wish for a group."""
    return [GroupWish(id=ASKER, state=state, wished_at=NOW)]
