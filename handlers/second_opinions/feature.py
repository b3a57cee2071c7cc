"""Second opinions: their two cards, what waits on the Home tab, and their words after `/ask-mentor`."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.second_opinions import card, form, second_opinions, view_card, words
from kernel.store import Snapshot
from kernel.values import PersonId
from mentoring.model.person import Person
from relationships.second_opinions.feature import FEATURE
from relationships.second_opinions.reports import BOND
from relationships.second_opinions.second_opinion import (
    OPEN_SECOND_OPINIONS,
    VIEW,
    VIEWS_ASKED,
    SecondOpinion,
)
from relationships.second_opinions.second_opinions import NoTalkNow, TooManyOpinions

LINE = 120  # what a row shows of a text


def _card(opinion: SecondOpinion, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to != opinion.asker_id:
        return None
    people = read.all(Person, [seat.person_id for seat in opinion.answered])
    names = {it.id: texts.name(it.called) for it in people if it.called}
    return card.card(opinion, names, reader.desk, frozenset(it.id for it in people if it.is_gone))


def _view(opinion: SecondOpinion, read: Snapshot, reader: Reader) -> Picture | None:
    asker = read.find(Person, opinion.asker_id)
    has_left = asker is not None and asker.is_gone
    return view_card.card(opinion, reader.to, reader.desk, has_asker_left=has_left)


def _waiting(overview: Overview) -> list[Block]:
    return [row for opinion in overview.of(VIEWS_ASKED, SecondOpinion) for row in _asked(opinion)]


def _asked(opinion: SecondOpinion) -> list[Block]:
    until = mrkdwn.moment(opinion.closes_at)
    return [
        blocks.section(words.asked_of_you(view_card.asker(opinion), until)),
        texts.reminder(opinion.question, LINE),
        *blocks.actions(view_card.answers(opinion)),
    ]


def _section(overview: Overview) -> list[Block]:
    rows = [_row(opinion) for opinion in overview.of(OPEN_SECOND_OPINIONS, SecondOpinion)]
    return [*rows, *blocks.actions([form.open_button()])]


def _row(opinion: SecondOpinion) -> Block:
    state = words.STATES[opinion.state].format(len(opinion.answered), len(opinion.taken))
    return blocks.row(words.row(texts.quoted(opinion.question), state))


def _who_was_who(opinion: SecondOpinion) -> str:
    advisers = mrkdwn.listed([mrkdwn.mention(seat.person_id) for seat in opinion.answered])
    asker = mrkdwn.mention(opinion.asker_id)
    return words.who_was_who(asker, advisers or words.NOBODY_YET, words.LASTS[not opinion.is_ended])


def _view_of(opinion: SecondOpinion, who: PersonId, name: str) -> str:
    """Whose view it is: by how it begins, where names are not told."""
    seat = opinion.seat_of(who)
    called = words.SOMEONE[seat.lane].capitalize() if opinion.anonymous else name
    return words.view_of(called, texts.quoted(seat.text))


CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(second_opinions.register,),
    painters={
        SecondOpinion.kind: drawn(SecondOpinion, _card),
        VIEW: drawn(SecondOpinion, _view),
    },
    home=(
        HomePart(
            name="second opinions",
            lists={VIEWS_ASKED: SecondOpinion, OPEN_SECOND_OPINIONS: SecondOpinion},
            counts=(VIEWS_ASKED,),
            waits_in=(VIEWS_ASKED,),
            waiting=_waiting,
            waits_at=22,
            section=_section,
            stands_at=12,
        ),
    ),
    ask_words={
        "second opinion": SubWord(
            help=words.HELP,
            answer=second_opinions.called,
            takes_rest=True,
            asks=True,
            also=("second opinions", "second-opinion", "2nd opinion"),
        )
    },
    coach_words={
        "opinion": SubWord(
            help=words.COACH_HELP,
            answer=second_opinions.called,
            takes_rest=True,
            also=("second-opinion",),
        )
    },
    bonds=(
        Bonded(
            bond=BOND,
            cards=(SecondOpinion.kind, VIEW),
            what=words.A_SECOND_OPINION,
            end=words.END_NOW,
            follows=words.ASKED_NO_MORE,
            told=_who_was_who,
            label=_view_of,
        ),
    ),
    answers_itself=frozenset({form.ASK}),
    refusals={
        TooManyOpinions: lambda no: words.too_many(no.limit),
        NoTalkNow: lambda no: words.NO_TALK_NOW,
    },
    field_refusals={
        ("own_view", "empty"): words.OWN_VIEW_EMPTY,
        ("own_view", "too_long"): words.TOO_LONG,
        ("view", "empty"): words.VIEW_EMPTY,
        ("view", "too_long"): words.TOO_LONG,
        ("came_of", "too_long"): words.TOO_LONG,
    },
)
