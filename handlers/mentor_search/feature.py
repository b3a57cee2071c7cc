"""The search for a mentor: its two cards, what waits on the Home tab, its doors, its word of a command."""

from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.mentor_search import (
    places_form,
    reverse_form,
    reverse_wish_card,
    search,
    wish_card,
    wish_form,
    words,
)
from kernel.store import Snapshot
from mentoring.model.person import Person
from relationships.mentor_search.feature import FEATURE
from relationships.mentor_search.suggestions import NoPlace
from relationships.mentor_search.wish import (
    ASKED_TO_MENTOR,
    MENTOR_ASKED,
    OPEN_MENTOR_WISHES,
    MentorWish,
)
from sensing.triage.evidence_spans import SENIOR_LEVEL


def _card(wish: MentorWish, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to != wish.person_id:
        return None
    if wish.is_reverse:
        return reverse_wish_card.card(wish)
    people = read.all(Person, [it.mentor_id for it in wish.suggested])
    names = {it.id: texts.name(it.called) for it in people}
    return wish_card.card(wish, names, reader.desk, frozenset(it.id for it in people if it.is_gone))


def _invitation(wish: MentorWish, read: Snapshot, reader: Reader) -> Picture | None:
    draw = reverse_wish_card.invitation if wish.is_reverse else wish_card.invitation
    person = read.find(Person, wish.person_id)
    return draw(wish, reader.to, reader.desk, has_left=person is not None and person.is_gone)


def _waiting(overview: Overview) -> list[Block]:
    return [row for wish in overview.of(ASKED_TO_MENTOR, MentorWish) for row in _asked(wish)]


def _asked(wish: MentorWish) -> list[Block]:
    said = words.would_like(mrkdwn.mention(wish.person_id), to_learn=wish.is_reverse)
    return [blocks.section(said), texts.reminder(wish.wants), *blocks.actions(wish_card.answers(wish))]


def _section(overview: Overview) -> list[Block]:
    """The search that goes on, and the doors."""
    wishes = overview.of(OPEN_MENTOR_WISHES, MentorWish)
    person = overview.person
    places = places_form.open_button() if person and person.is_helper else None
    find = wish_form.open_button() if all(it.is_reverse for it in wishes) else None
    is_senior = person is not None and person.level >= SENIOR_LEVEL
    learn = reverse_form.open_button() if is_senior and not any(it.is_reverse for it in wishes) else None
    return [*(_row(wish) for wish in wishes), *blocks.actions([find, learn, places])]


def _row(wish: MentorWish) -> Block:
    if wish.is_reverse:
        return reverse_wish_card.row(wish)
    said = {"asked": words.ASKED, "waiting": words.WAITING}.get(wish.state, words.PICK)
    stop = blocks.button(words.STOP_LOOKING, wish_card.WITHDRAW, wish.id)
    return blocks.row(words.looking_for(said), stop)


_WORDS = 40  # of a line that begins with the word: more is a question
CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(search.register,),
    painters={"mentor-wish": drawn(MentorWish, _card), MENTOR_ASKED: drawn(MentorWish, _invitation)},
    home=(
        HomePart(
            name="mentor search",
            lists={ASKED_TO_MENTOR: MentorWish, OPEN_MENTOR_WISHES: MentorWish},
            counts=(ASKED_TO_MENTOR,),
            waits_in=(ASKED_TO_MENTOR,),
            waiting=_waiting,
            waits_at=25,
            section=_section,
            stands_at=46,
        ),
    ),
    coach_words={
        "mentor": SubWord(
            help=words.finds_a_mentor("/coach-me"), answer=search.MENTOR.called, takes_rest=True
        ),
        "reverse": SubWord(
            help=words.finds_a_junior("/coach-me"), answer=search.JUNIOR.called, takes_rest=True
        ),
    },
    ask_words={
        "mentor": SubWord(
            help=words.finds_a_mentor("/ask-mentor"),
            answer=search.MENTOR.called,
            takes_rest=True,
            most=_WORDS,
        ),
        "reverse": SubWord(
            help=words.finds_a_junior("/ask-mentor"),
            answer=search.JUNIOR.called,
            takes_rest=True,
            most=_WORDS,
        ),
    },
    refusals={
        NoPlace: lambda no: words.no_room(mrkdwn.mention(no.person_id)),
    },
    field_refusals={
        ("wants", "empty"): words.WANTS_EMPTY,
        ("wants", "too_long"): labels.TOO_LONG,
        ("wants", "one_at_a_time"): words.LOOKING_ALREADY,
        ("wants", "one_reverse_at_a_time"): words.LOOKING_TO_LEARN_ALREADY,
        ("topics", "not_upwards"): words.NOT_UPWARDS,
        ("topics", "none_upwards"): words.NONE_UPWARDS,
        ("mentor", "already"): words.ALREADY,
        ("places", "full"): words.FULL,
        ("places", "no_minutes"): words.NO_MINUTES,
        ("places", "unknown"): words.NOT_OFFERED,
    },
)
