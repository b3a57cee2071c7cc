"""The card that puts a request to a helper, and the form in which they name someone who fits better."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from handlers.block_kit import blocks, labels, mrkdwn, paging, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import WORD, Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.offers import words
from handlers.offers.channel_post import TAKE
from handlers.profile import form as profile_form
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import OfferId
from mentoring.model.offer import Offer
from mentoring.model.request import NAMED, Request
from mentoring.model.session import TURNS
from sensing.text.language import ANOTHER, language

ACCEPT = "offer.accept"
DECLINE = "offer.decline"
PASS_ON = "offer.pass_on"
MENU = "offer.menu"
UNDO = "offer.undo"
FORM = "offer.pass_on_form"
NOTE_LENGTH = 500

problems = refusals.under("to")


def card(
    offer: Offer,
    request: Request,
    desk: Desk,
    clock: Sequence[Block] = (),
    *,
    can_undo: bool = False,
    paused_until: datetime | None = None,
    role: str = "",
) -> Picture:
    """The card as the offer stands. It knocks when it is new; its end is shown in place.

    *clock* is a line on what time it is for the asker. *can_undo*: a no can still be taken back.
    *paused_until*: its helper is paused now. *role* is what the asker does, in mrkdwn; nothing where they
    are unnamed.
    """
    if offer.is_pending:
        return _pending(offer, request, desk, clock, role)
    return _paused(offer, request, paused_until) if offer.paused_until else _ended(offer, request, can_undo)


def _pending(offer: Offer, request: Request, desk: Desk, clock: Sequence[Block], role: str) -> Picture:
    topics = texts.plain_topics(request.topics, desk.topics)
    who = words.SOMEBODY if request.anonymous else mrkdwn.mention(request.asker_id)
    shown = [
        blocks.section(_put(offer, request, who, topics)),
        *texts.whole(request.question),
        *texts.headed(words.TRIED, request.tried),
        *blocks.actions([paging.open_button(request)]),
        *_handed(offer),
        blocks.context("\n".join([*_asker(request, role), *_small_print(offer, request, desk)])),
        *clock,
        *blocks.actions(_buttons(offer, request)),
    ]
    if offer.undone:  # by the helper, who looks at it
        return quiet("pending again", shown)
    return knock("pending", shown, closing=words.MOVED_DOWN)


def _put(offer: Offer, request: Request, who: str, topics: str) -> str:
    """What is asked of the helper, in one line."""
    if offer.is_exception:
        would = words.WOULD if request.anonymous else words.from_would(words.FROM[offer.lane])
        return words.would_you_help(would, who, topics, request.minutes)
    if request.way == "help":
        return words.can_you_help(who, topics, request.minutes)
    each = request.minutes // TURNS
    return words.coach_each_other(who, each, topics)


def _handed(offer: Offer) -> list[Block]:
    if not offer.handed_by:
        return []
    thought = words.thought_of_you(mrkdwn.mention(offer.handed_by))
    return [blocks.section(thought), *texts.whole(offer.note)]


def _asker(request: Request, role: str) -> list[str]:
    return [f"{mrkdwn.mention(request.asker_id)}: {role}."] if role and not request.anonymous else []


def _small_print(offer: Offer, request: Request, desk: Desk) -> list[str]:
    def label(topic: str) -> str:
        return texts.label(desk.topics, topic)

    why = reasons.for_helper(offer.reasons, label, anonymous=request.anonymous)
    until = mrkdwn.moment(offer.deadline)
    names = words.WITHOUT_NAME
    fits = words.ASKED_FOR_YOU if offer.wave == NAMED else words.PROFILE_FITS
    return [
        *([words.EXCEPTION] if offer.is_exception else []),
        *([words.why_you(why)] if why else []),
        *([words.why_you(fits)] if not why and not offer.handed_by else []),
        words.until_when(texts.NEEDED[request.urgency].capitalize(), until),
        *([names] if request.anonymous else []),
        *_language(request),
    ]


def _language(request: Request) -> list[str]:
    """In which language a question is written that is not in English, as far as that is clear."""
    written = language(request.question)
    if written is None:
        return []
    return [words.NOT_ENGLISH if written == ANOTHER else words.written_in(written)]


def _buttons(offer: Offer, request: Request) -> list[Element]:
    yes = words.I_CAN_HELP if request.way == "help" else words.YES_LETS
    return [
        blocks.button(yes, ACCEPT, offer.id, style="primary"),
        blocks.button(labels.NOT_NOW, DECLINE, offer.id),
        blocks.button(words.SOMEONE_FITS_BETTER, PASS_ON, offer.id),
        blocks.overflow(
            MENU, [blocks.option(label, f"{length} {offer.id}") for length, label in words.PAUSES.items()]
        ),
    ]


def pause_chosen(value: str) -> tuple[str, OfferId]:
    """The length of the pause and the offer, from the menu behind three dots."""
    return payload.words(tuple[Id, Annotated[OfferId, WORD]], value)


def _ended(offer: Offer, request: Request, can_undo: bool) -> Picture:
    if offer.state == "accepted":
        who = words.SOMEBODY if request.anonymous else mrkdwn.mention(request.asker_id)
        return quiet(offer.state, [blocks.section(words.said_yes(who))])
    undo = [blocks.button(labels.UNDO, UNDO, offer.id)] if can_undo and offer.was_refused else []
    end = [blocks.section(_end(offer)), texts.reminder(request.question)]
    return quiet(offer.state, [*end, *blocks.actions(undo)])


def _paused(offer: Offer, request: Request, until: datetime | None) -> Picture:
    """Say that a pause took it away: until when, and the ways back."""
    if until:
        said = words.paused(mrkdwn.weekday_moment(until))
        lengths = [blocks.option(label, f"{length} {offer.id}") for length, label in words.PAUSES.items()]
        change = {**blocks.menu(lengths, placeholder=labels.CHANGE), "action_id": MENU}
        ways = [profile_form.resume_button(words.UNDO_PAUSE), change]
    else:
        said = words.CAN_BE_ASKED_AGAIN
        can_take = request.is_looking or request.state == "unanswered"
        ways = [blocks.button(words.AFTER_ALL, TAKE, request.id)] if can_take else []
    return quiet(offer.state, [blocks.section(said), texts.reminder(request.question), *blocks.actions(ways)])


def _end(offer: Offer) -> str:
    if offer.state != "passed_on":
        return words.ENDED[offer.state]
    if not offer.has_named:
        return words.I_LOOK_FOR_BETTER
    return words.PASSED_ON


@dataclass(frozen=True, slots=True)
class OfferPassedOn:
    """Who fits better, and a word for them."""

    offer_id: Annotated[OfferId, WORD]
    to: Someone | None = None
    note: str = ""


def form(offer_id: str) -> View:
    """The form in which a helper names someone who fits better."""
    note = blocks.text_input(multiline=True, at_most=NOTE_LENGTH, placeholder=words.A_WORD_EXAMPLE)
    return blocks.modal(
        FORM,
        words.WHO_FITS_BETTER,
        [
            blocks.section(words.GOES_AS_IT_IS),
            blocks.field("to", words.PERSON, blocks.person_menu(), optional=True),
            blocks.field(
                "note",
                words.A_WORD,
                note,
                optional=True,
                hint=words.WHO_SEES_IT,
            ),
        ],
        submit=words.PASS_IT_ON,
        metadata=json.dumps({"offer_id": offer_id}),
    )


def passed_on(view: View) -> OfferPassedOn:
    """What was submitted."""
    return payload.filled(OfferPassedOn, view)
