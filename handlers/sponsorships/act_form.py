"""The form in which a sponsor notes an act, what it says before it takes one, and the window of all acts."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Literal

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id
from handlers.sponsorships import words
from handlers.sponsorships.card import TAKE_BACK, SponsorshipSight
from relationships.sponsorships.act import LONGEST, Act, Audience, Deed
from relationships.sponsorships.sponsorship import Sponsorship

FORM = "sponsor.act_form"
OFFER_TALK = "sponsor.offer_talk"
SHOWN = 20  # acts in the window
problems = refusals.under("what", deed_words="what")


@dataclass(frozen=True, slots=True)
class Filling:
    """What stands in the form. *cause* is what led to it, so that submitting twice notes one act.

    *cautioned* says what the person was told before they sent it again: that it reads like advice, or like an
    act that they have noted already.
    """

    sponsorship_id: Id
    cause: Id
    deed: Deed | Literal["advice"] = "advice"
    audience: Audience = "one"
    acted_on: date | None = None
    what: str = ""
    cautioned: tuple[Literal["advice", "alike"], ...] = ()


def form(
    filling: Filling, called: str, today: date, caution: tuple[Block, ...] = (), *, chosen: bool = True
) -> View:
    """The form; *called* is the protégé's name, and a *caution* stands above it."""
    deeds = [blocks.option(label, deed) for deed, label in words.DEEDS.items()]
    deeds.append(blocks.option(words.GAVE_ADVICE, "advice"))
    audiences = [blocks.option(label, audience) for audience, label in words.AUDIENCES.items()]
    what = blocks.text_input(
        initial=mrkdwn.fitting(filling.what, LONGEST),
        multiline=True,
        placeholder=words.ACT_EXAMPLE,
        at_most=LONGEST,
    )
    fields = [
        blocks.field("deed", words.WHAT_DID_YOU_DO, blocks.menu(deeds, filling.deed if chosen else None)),
        blocks.field("audience", words.AMONG_WHOM, blocks.menu(audiences, filling.audience)),
        blocks.field("acted_on", words.WHEN, blocks.date_picker(filling.acted_on or today)),
        blocks.field("what", words.IN_A_FEW_WORDS, what, hint=words.reads_this(called)),
    ]
    kept = {
        "sponsorship_id": filling.sponsorship_id,
        "cause": filling.cause,
        "cautioned": list(filling.cautioned),
    }
    shown = [*caution, *fields]
    return blocks.modal(FORM, words.WHAT_I_DID, shown, submit=words.NOTE_IT, metadata=json.dumps(kept))


def filled(view: View) -> Filling:
    """What was submitted, or stood in the form when a button in it was pressed."""
    return payload.filled(Filling, view)


def of_advice(filling: Filling, called: str, *, is_sure: bool) -> tuple[Block, ...]:
    """Say that advice is no act, and the talk that it may be instead."""
    name = mrkdwn.inert(called)
    head = words.NO_ACT if is_sure else words.LIKE_ADVICE
    again = "" if is_sure else words.SEND_AGAIN
    said = words.no_act(head, name, again)
    offer = blocks.button(words.OFFER_TALK, OFFER_TALK, filling.sponsorship_id, style="primary")
    return (blocks.section(said), *blocks.actions([offer]))


def of_alike(act: Act, today: date) -> tuple[Block, ...]:
    """Say that just this was noted already."""
    said = words.noted_already(words.done(act, "them"), words.when(act, today))
    return (blocks.section(words.another_one(said)), texts.reminder(act.what))


def window(it: Sponsorship, sight: SponsorshipSight) -> View:
    """All acts, the latest first, and how far they went."""
    latest = sorted(it.acts, key=lambda act: (act.on, act.number), reverse=True)
    more = len(latest) - SHOWN
    rows = [block for act in latest[:SHOWN] for block in _row(it, act, sight)]
    left = [blocks.context(words.latest(SHOWN, len(latest)))] if more > 0 else []
    shown = [blocks.section(f"*{words.so_far(it)}*"), *rows, *left, blocks.context(words.ONLY_YOU)]
    return blocks.modal("sponsor.window", words.ALL_ACTS, shown)


def _row(it: Sponsorship, act: Act, sight: SponsorshipSight) -> list[Block]:
    is_sponsor = sight.me == it.sponsor_id
    who = words.YOU if is_sponsor else mrkdwn.mention(it.sponsor_id)
    whom = mrkdwn.mention(it.protege_id) if is_sponsor else "you"
    state = words.standing(act, sight.me, it)
    said = words.row(who, words.done(act, whom), words.when(act, sight.today), state)
    row = blocks.section(said, _take_back(it, act) if is_sponsor else None)
    return [row, *([texts.reminder(act.what)] if act.what else [])]


def _take_back(it: Sponsorship, act: Act) -> Element | None:
    can = it.state == "going" and act.word == "open"
    return blocks.button(words.TAKE_IT_BACK, TAKE_BACK, f"{it.id} {act.number}") if can else None
