"""Sponsorships: the card of each of the two, what waits on the Home tab, the doors, and what is refused."""

from handlers.block_kit import blocks, labels, mrkdwn, texts
from handlers.block_kit.blocks import Block
from handlers.block_kit.picture import Picture
from handlers.interactions.conversation import Bonded, Conversation, HomePart, Overview, Reader, drawn
from handlers.interactions.sub_words import SubWord
from handlers.sponsorships import card, form, sponsorships, words
from kernel.store import Snapshot
from relationships.sponsorships.feature import FEATURE
from relationships.sponsorships.reports import BOND
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS, Sponsorship
from relationships.sponsorships.sponsorships import CannotSponsor


def _card(it: Sponsorship, read: Snapshot, reader: Reader) -> Picture | None:
    if reader.to not in it.both:
        return None
    return card.card(it, sponsorships.sight_of(read, it, reader.to, reader.now))


def _waiting(overview: Overview) -> list[Block]:
    return [row for it in overview.of(OPEN_SPONSORSHIPS, Sponsorship) for row in _asked(it, overview)]


def _asked(it: Sponsorship, overview: Overview) -> list[Block]:
    """What waits for this person: an answer, the question of the month, or acts to look at."""
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
    """The sponsorships that go on, and the doors."""
    found = overview.of(OPEN_SPONSORSHIPS, Sponsorship)
    rows = [_row(it, overview) for it in found if it.state == "going" or it.asked_by == overview.me]
    return [*rows, *blocks.actions([form.find_button(), form.offer_button()])]


def _row(it: Sponsorship, overview: Overview) -> Block:
    other, is_mine = mrkdwn.mention(it.other(overview.me)), overview.me == it.sponsor_id
    who = words.you_sponsor(other) if is_mine else words.sponsors_you(other)
    if it.state == "asked":
        said = words.you_offered(other) if is_mine else words.you_asked(other)
        return blocks.section(words.no_answer_yet(said))
    way = (
        blocks.button(words.NOTE, card.NOTE, it.id)
        if is_mine
        else blocks.button(words.MY_LINE, card.LINE, it.id)
    )
    return blocks.section(f"{who}: {words.so_far(it)}", way)


def _who_was_who(it: Sponsorship) -> str:
    sponsor, protege = (mrkdwn.mention(each) for each in it.both)
    return words.who_was_who(sponsor, protege, words.LASTS[it.is_open])


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
        "sponsor": SubWord(help=words.COACH_HELP, answer=sponsorships.called, takes_rest=True),
    },
    ask_words={
        "sponsor": SubWord(
            help=words.ASK_HELP,
            answer=sponsorships.called,
            takes_rest=True,
            most=40,
            also=("sponsorship",),
        ),
    },
    bonds=(
        Bonded(
            bond=BOND,
            cards=(Sponsorship.kind,),
            what=words.A_SPONSORSHIP,
            end=words.END_NOW,
            follows=words.ASKED_NO_MORE,
            told=_who_was_who,
        ),
    ),
    refusals={
        CannotSponsor: lambda no: words.cannot_ask(mrkdwn.mention(no.person_id)),
    },
    field_refusals={
        ("who", "empty"): words.WHO_EMPTY,
        ("who", "asked"): words.ASKED_ALREADY,
        ("who", "already"): words.HAVE_IT,
        ("who", "too_many"): (words.TOO_MANY),
        ("who", "full"): (words.FULL),
        ("what_for", "empty"): words.WHAT_FOR_EMPTY,
        ("what_for", "too_long"): labels.TOO_LONG,
        ("line", "empty"): words.LINE_EMPTY,
        ("line", "too_long"): labels.TOO_LONG,
        ("line", "not_yours"): words.LINE_THEIRS,
        ("acted_on", "future"): words.STILL_TO_COME,
        ("acted_on", "too_old"): words.TOO_OLD,
        ("deed_words", "empty"): words.WHAT_EMPTY,
        ("deed_words", "too_long"): labels.TOO_LONG,
    },
)
