"""The form in which people put themselves forward for a programme, and what they see of it."""

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from handlers.block_kit import blocks, labels, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions import topics_menu
from handlers.pairing import words_of_programmes as said
from handlers.pairing.words import CohortWords
from kernel.desk import Desk
from kernel.values import TopicId
from matching.pairing.values import Bind
from relationships.cohorts.result import Alone
from relationships.cohorts.sign_up import MOST_TOPICS, MOST_WISHES, SignUp, SignUpChoices

OPEN = "programme.take_part"
FORM = "programme.sign_up"
WITHDRAW = "programme.withdraw"
PLACES = 5  # that are offered
problems = refusals.under("sides", mentees="places")


@dataclass(frozen=True, slots=True)
class Filled:
    """What was submitted."""

    programme_id: Id
    sides: tuple[Literal["mentee", "mentor"], ...] = ()
    wishes: tuple[Someone, ...] = ()
    wants: tuple[TopicId, ...] = ()
    needs: tuple[TopicId, ...] = ()
    places: Annotated[int, Field(ge=1, le=PLACES)] = 1

    @property
    def asked(self) -> SignUpChoices:
        """What the person asks of the programme."""
        return SignUpChoices(
            mentee="mentee" in self.sides,
            mentor="mentor" in self.sides,
            wishes=self.wishes,
            wants=self.wants,
            needs=self.needs,
            places=self.places,
        )


def open_button(programme_id: str, label: str = said.TAKE_PART) -> Element:
    """The button that opens the form."""
    return blocks.button(label, OPEN, programme_id)


def form(programme_id: str, name: str, before: SignUp | None, desk: Desk) -> View:
    """The form, with what the person has asked before."""
    asked = before.asked if before else SignUpChoices()
    chosen = [role for role in ("mentee", "mentor") if getattr(asked, role)]
    roles = [blocks.option(said.LIKE_A_MENTOR, "mentee"), blocks.option(said.WOULD_MENTOR, "mentor")]
    places = [blocks.option(str(number), str(number)) for number in range(1, PLACES + 1)]
    fields = [
        texts.reminder(name),
        blocks.field("sides", said.WHAT_WOULD_YOU_LIKE, blocks.checkboxes(roles, chosen)),
        blocks.field(
            "wishes",
            said.PAIRED_WITH,
            blocks.people_menu(asked.wishes),
            hint=said.favourite_first(MOST_WISHES),
            optional=True,
        ),
        blocks.field(
            "wants",
            said.MENTOR_TO_KNOW,
            topics_menu.menu(asked.wants, desk.topics, at_most=MOST_TOPICS),
            optional=True,
        ),
        blocks.field(
            "needs",
            said.MENTOR_NEEDS_TO_KNOW,
            topics_menu.menu(asked.needs, desk.topics, at_most=MOST_TOPICS),
            hint=said.RATHER_NOBODY,
            optional=True,
        ),
        blocks.field(
            "places",
            said.HOW_MANY,
            blocks.menu(places, str(min(max(asked.places, 1), PLACES))),
            hint=said.NEVER_MORE,
        ),
        *(blocks.actions([_withdraw(before)]) if before else []),
        blocks.context(said.WHO_SEES),
    ]
    metadata = json.dumps({"programme_id": programme_id})
    return blocks.modal(
        FORM, said.TAKE_PART, fields, submit=labels.SAVE if before else said.TAKE_PART, metadata=metadata
    )


def filled(view: View) -> Filled:
    """What was submitted."""
    return payload.filled(Filled, view)


def saved(it: SignUp) -> View:
    """The window that says that somebody takes part."""
    told = said.in_as(role(it.asked), mrkdwn.quoted(it.programme))
    return blocks.modal("saved", said.YOURE_IN, [blocks.section(told)])


def out(name: str) -> View:
    """The window that says that somebody takes part no more."""
    return blocks.modal("saved", said.YOURE_OUT, [blocks.section(said.out_of(mrkdwn.quoted(name)))])


def role(asked: SignUpChoices) -> str:
    """As what somebody takes part."""
    return said.role(mentee=asked.mentee, mentor=asked.mentor)


def card(it: SignUp, words: CohortWords) -> Picture | None:
    """What somebody is told who is in no pair; nothing as long as nobody told them anything."""
    outcome, name = it.outcome, mrkdwn.quoted(it.programme)
    if outcome is None:
        return None
    if outcome.is_on_hold:
        return quiet("on_hold", [blocks.section(said.on_hold(name))])
    shown: list[Block] = []
    if outcome.alone:
        why = reason(outcome.alone, words)
        shown.append(blocks.section(said.no_mentor(name, why)))
        shown.append(blocks.context(said.OUTSIDE))
    if outcome.is_free:
        shown.append(blocks.section(said.no_mentee(name)))
    return knock(f"told.{outcome.at.timestamp():.0f}", shown, closing="") if shown else None


def reason(alone: Alone, words: CohortWords) -> str:
    """Why somebody stays without a mentor, as they themselves may know it: no names, no bans."""
    told = alone.bind is Bind.NOBODY_HAS or (alone.bind is Bind.FEW_PLACES and alone.people > 0)
    if not told:
        return said.NOBODY_LEFT
    return words.why_unpaired(alone.model_copy(update={"mentors": ()}).unpaired())


def _withdraw(it: SignUp) -> Element:
    sure = blocks.confirmation(*said.STOP_SURE)
    return blocks.button(said.STOP, WITHDRAW, it.programme_id, style="danger", confirm=sure)
