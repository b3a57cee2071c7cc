"""Sponsorships: the card of each of the two, what waits on the Home tab, the doors, and what is refused."""

from handlers.block_kit import blocks, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.sponsorships import card, form, sponsorships
from handlers.sponsorships import texts as words
from kernel.store import Snapshot
from relationships.sponsorships.feature import FEATURE
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS, Sponsorship
from relationships.sponsorships.sponsorships import CannotSponsor


def _card(it: Sponsorship, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to not in it.both:
        return None
    return card.card(it, sponsorships.sight_of(read, it, reader.to, reader.now))


def _waiting(overview: Overview) -> list[Block]:
    return [row for it in overview.of(OPEN_SPONSORSHIPS, Sponsorship) for row in _asked(it, overview)]


def _asked(it: Sponsorship, overview: Overview) -> list[Block]:
    """Return what waits for this person: an answer, the question of the month, or acts to look at."""
    if it.state == "asked":
        if overview.me != it.asked_id:
            return []
        return [blocks.section(card.asks(it)), texts.reminder(it.wants), *blocks.actions(card.answers(it))]
    if overview.me == it.protege_id:
        return card.asked_of_protege(it, overview.today)
    if it.question_at is None:
        return []
    return [blocks.section(card.asked_this_month(it)), *blocks.actions(card.month(it))]


def _section(overview: Overview) -> list[Block]:
    """Return the sponsorships that go on, and the doors."""
    found = overview.of(OPEN_SPONSORSHIPS, Sponsorship)
    rows = [_row(it, overview) for it in found if it.state == "going" or it.asked_by == overview.me]
    return [*rows, *blocks.actions([form.find_button(), form.offer_button()])]


def _row(it: Sponsorship, overview: Overview) -> Block:
    other, is_mine = mrkdwn.mention(it.other(overview.me)), overview.me == it.sponsor_id
    who = f"You're {other}'s sponsor" if is_mine else f"{other} is your sponsor"
    if it.state == "asked":
        said = (
            f"You've offered to be {other}'s sponsor"
            if is_mine
            else f"You've asked {other} to be your sponsor"
        )
        return blocks.section(f"{said}: no answer yet")
    way = (
        blocks.button("Note what I did", card.NOTE, it.id)
        if is_mine
        else blocks.button("My line", card.LINE, it.id)
    )
    return blocks.section(f"{who}: {words.so_far(it)}", way)


_WORD = "begins a sponsorship: somebody who speaks for you where you aren't."
_LONG = "This is too long; {limit} characters fit."
CONVERSATION = Conversation(
    feature=FEATURE,
    listen=(sponsorships.register,),
    painters={Sponsorship.kind: drawn(Sponsorship, _card)},
    home=(
        HomePart(
            name="sponsorships",
            lists={OPEN_SPONSORSHIPS: Sponsorship},
            waiting=_waiting,
            waits_at=43,
            section=_section,
            stands_at=47,
        ),
    ),
    coach_words={
        "sponsor": SubWord(help=f"`/coach-me sponsor` {_WORD}", answer=sponsorships.called, takes_rest=True),
    },
    ask_words={
        "sponsor": SubWord(
            help=f"`/ask-mentor sponsor` {_WORD}",
            answer=sponsorships.called,
            takes_rest=True,
            most=40,
            also=("sponsorship",),
        ),
    },
    refusals={
        CannotSponsor: lambda no: (
            f"I can't put this to {mrkdwn.mention(no.person_id)} now. A sponsor is nobody in your own "
            "reporting line, and there are other reasons that I don't tell. Choose somebody else."
        ),
    },
    field_refusals={
        ("who", "empty"): "Choose a person.",
        ("who", "asked"): "You've asked them already: the card is in your messages with me.",
        ("who", "already"): "You two have this sponsorship already.",
        ("who", "too_many"): (
            "{limit} people have your question already. Take one back, or wait for an answer."
        ),
        ("who", "full"): (
            "You sponsor {limit} people, counting those you've offered it to. That's the most at a time: "
            "finish one, or take an offer back."
        ),
        ("what_for", "empty"): "Write what for, in a sentence.",
        ("what_for", "too_long"): _LONG,
        ("line", "empty"): "Write one line that can be said aloud.",
        ("line", "too_long"): _LONG,
        ("line", "not_yours"): "This line is theirs to write. Leave it empty.",
        ("acted_on", "future"): "This day is still to come. Note it once it's done.",
        ("acted_on", "too_old"): "Choose a day within the last year.",
        ("deed_words", "empty"): "Say in a few words what you did.",
        ("deed_words", "too_long"): _LONG,
    },
)
