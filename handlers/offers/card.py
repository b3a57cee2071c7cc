"""The card that puts a request to a helper, and the form in which they name someone who fits better."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from handlers.block_kit import blocks, mrkdwn, paging, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import WORD, Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.offers.channel_post import TAKE
from handlers.profile import form as profile_form
from handlers.requests import reasons
from kernel.desk import Desk
from kernel.values import OfferId
from matching.values import Lane
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

PAUSES = {"1d": "Pause me for a day", "3d": "Pause me for 3 days", "1w": "Pause me for a week"}
problems = refusals.under("to")
_EXCEPTION = (
    "Your profile says you'd rather be asked by others, but nobody else is left to ask. *Not now* is fine."
)
_FROM = {
    Lane.REVERSE: "Someone senior to you",
    Lane.PEER: "Someone at your level",
    Lane.SENIOR: "Someone with less experience",
}
_ENDED = {
    "declined": "*Not this time: that's fine.* I'll look for someone else, and won't say who it was with.",
    "expired": "*The time to answer this one is over.* That's fine: I won't say who it was with.",
    "taken": "*Someone else was faster.* Thank you for being there!",
    "withdrawn": "*You don't need to answer this one any more.* Thank you for being there!",
}


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
    """Return the card as the offer stands. It knocks when it is new; its end is shown in place.

    *clock* is a line on what time it is for the asker. *can_undo*: a no can still be taken back.
    *paused_until*: its helper is paused now. *role* is what the asker does, in mrkdwn; nothing where they
    are unnamed.
    """
    if offer.is_pending:
        return _pending(offer, request, desk, clock, role)
    return _paused(offer, request, paused_until) if offer.paused_until else _ended(offer, request, can_undo)


def _pending(offer: Offer, request: Request, desk: Desk, clock: Sequence[Block], role: str) -> Picture:
    topics = texts.plain_topics(request.topics, desk.topics)
    who = "someone" if request.anonymous else mrkdwn.mention(request.asker_id)
    shown = [
        blocks.section(_put(offer, request, who, topics)),
        *texts.whole(request.question),
        *texts.headed("Tried so far", request.tried),
        *blocks.actions([paging.open_button(request)]),
        *_handed(offer),
        blocks.context("\n".join([*_asker(request, role), *_small_print(offer, request, desk)])),
        *clock,
        *blocks.actions(_buttons(offer, request)),
    ]
    if offer.undone:  # by the helper, who looks at it
        return quiet("pending again", shown)
    return knock("pending", shown, closing="This question moved down to a newer message.")


def _put(offer: Offer, request: Request, who: str, topics: str) -> str:
    """Return what is asked of the helper, in one line."""
    if offer.is_exception:
        would = "*Would" if request.anonymous else f"*{_FROM[offer.lane]} asks: would"
        return f"{would} you help {who} with {topics}?* About {request.minutes} minutes."
    if request.way == "help":
        return f"*Can you help {who} with {topics}?* About {request.minutes} minutes."
    each = request.minutes // TURNS
    return (
        f"*Would you and {who} coach each other?* {each} minutes each: first you ask and they think aloud, "
        f"then you swap. I bring the questions. You meet over {topics}; this is on their mind:"
    )


def _handed(offer: Offer) -> list[Block]:
    if not offer.handed_by:
        return []
    thought = f"{mrkdwn.mention(offer.handed_by)} thought of you for this."
    return [blocks.section(thought), *texts.whole(offer.note)]


def _asker(request: Request, role: str) -> list[str]:
    return [f"{mrkdwn.mention(request.asker_id)}: {role}."] if role and not request.anonymous else []


def _small_print(offer: Offer, request: Request, desk: Desk) -> list[str]:
    def label(topic: str) -> str:
        return texts.label(desk.topics, topic)

    why = reasons.for_helper(offer.reasons, label, anonymous=request.anonymous)
    until = mrkdwn.moment(offer.deadline)
    names = "They asked without their name. You talk through me; names are shown once you both agree."
    fits = "they asked for you" if offer.wave == NAMED else "your profile fits this question"
    return [
        *([_EXCEPTION] if offer.is_exception else []),
        *([f"Why you: {why}."] if why else []),
        *([f"Why you: {fits}."] if not why and not offer.handed_by else []),
        f"{texts.NEEDED[request.urgency].capitalize()}. You have until {until} to answer.",
        *([names] if request.anonymous else []),
        *_language(request),
    ]


def _language(request: Request) -> list[str]:
    """Return in which language a question is written that is not in English, as far as that is clear."""
    written = language(request.question)
    if written is None:
        return []
    return ["It isn't written in English." if written == ANOTHER else f"It's written in {written}."]


def _buttons(offer: Offer, request: Request) -> list[Element]:
    yes = "I can help" if request.way == "help" else "Yes, let's"
    return [
        blocks.button(yes, ACCEPT, offer.id, style="primary"),
        blocks.button("Not now", DECLINE, offer.id),
        blocks.button("Someone else fits better", PASS_ON, offer.id),
        blocks.overflow(
            MENU, [blocks.option(label, f"{length} {offer.id}") for length, label in PAUSES.items()]
        ),
    ]


def pause_chosen(value: str) -> tuple[str, OfferId]:
    """Return the length of the pause and the offer, from the menu behind three dots."""
    return payload.words(tuple[Id, Annotated[OfferId, WORD]], value)


def _ended(offer: Offer, request: Request, can_undo: bool) -> Picture:
    if offer.state == "accepted":
        who = "someone" if request.anonymous else mrkdwn.mention(request.asker_id)
        return quiet(offer.state, [blocks.section(f"*You said yes to {who}.* Your talk has its own card.")])
    undo = [blocks.button("Undo", UNDO, offer.id)] if can_undo and offer.was_refused else []
    end = [blocks.section(_end(offer)), texts.reminder(request.question)]
    return quiet(offer.state, [*end, *blocks.actions(undo)])


def _paused(offer: Offer, request: Request, until: datetime | None) -> Picture:
    """Return that a pause took it away: until when, and the ways back."""
    if until:
        said = f"*You're paused until {mrkdwn.weekday_moment(until)}.* I'm looking for someone else for this."
        lengths = [blocks.option(label, f"{length} {offer.id}") for length, label in PAUSES.items()]
        change = {**blocks.menu(lengths, placeholder="Change"), "action_id": MENU}
        ways = [profile_form.resume_button("Undo the pause"), change]
    else:
        said = "*You can be asked again.* While you were paused, I looked for someone else for this one."
        can_take = request.is_looking or request.state == "unanswered"
        ways = [blocks.button("I can help after all", TAKE, request.id)] if can_take else []
    return quiet(offer.state, [blocks.section(said), texts.reminder(request.question), *blocks.actions(ways)])


def _end(offer: Offer) -> str:
    if offer.state != "passed_on":
        return _ENDED[offer.state]
    if not offer.has_named:
        return "*Thank you!* I'll look for someone who fits better."
    return "*Passed on. Thank you!* If whoever you picked can't be asked or can't help, I'll go on looking."


@dataclass(frozen=True, slots=True)
class PassedOn:
    """Who fits better, and a word for them."""

    offer_id: Annotated[OfferId, WORD]
    to: Someone | None = None
    note: str = ""


def form(offer_id: str) -> View:
    """Return the form in which a helper names someone who fits better."""
    note = blocks.text_input(
        multiline=True, at_most=NOTE_LENGTH, placeholder="You built the new importer, so …"
    )
    return blocks.modal(
        FORM,
        "Who fits better?",
        [
            blocks.section(
                "The question goes to them as it is. If you don't have a name, I'll look for someone else."
            ),
            blocks.field("to", "Person", blocks.person_menu(), optional=True),
            blocks.field(
                "note",
                "A word for them",
                note,
                optional=True,
                hint="They see that it comes from you; nobody else does.",
            ),
        ],
        submit="Pass it on",
        metadata=json.dumps({"offer_id": offer_id}),
    )


def passed_on(view: View) -> PassedOn:
    """Return what was submitted."""
    return payload.filled(PassedOn, view)
