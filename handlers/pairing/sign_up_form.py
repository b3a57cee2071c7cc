"""The form in which people put themselves forward for a programme, and what they see of it."""

import json
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field

from handlers.block_kit import blocks, mrkdwn, payload, refusals, texts
from handlers.block_kit.blocks import Block, Element, View
from handlers.block_kit.payload import Id, Someone
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions import topics_menu
from handlers.pairing.words import Words
from kernel.desk import Desk
from kernel.values import TopicId
from matching.pairing.values import Bind
from relationships.cohorts.result import Alone
from relationships.cohorts.sign_up import MOST_TOPICS, MOST_WISHES, Asked, SignUp

OPEN = "programme.take_part"
FORM = "programme.sign_up"
WITHDRAW = "programme.withdraw"
PLACES = 5  # that are offered
problems = refusals.under("sides", mentees="places")
_WHO_SEES = (
    "Admins see what you choose here when they look at the pairs, and whoever you're paired with sees what "
    "of it they meet. A pair begins only when both say yes."
)


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
    def asked(self) -> Asked:
        """Return what the person asks of the programme."""
        return Asked(
            mentee="mentee" in self.sides,
            mentor="mentor" in self.sides,
            wishes=self.wishes,
            wants=self.wants,
            needs=self.needs,
            places=self.places,
        )


def open_button(programme_id: str, label: str = "Take part") -> Element:
    """Return the button that opens the form."""
    return blocks.button(label, OPEN, programme_id)


def form(programme_id: str, name: str, before: SignUp | None, desk: Desk) -> View:
    """Return the form, with what the person has asked before."""
    asked = before.asked if before else Asked()
    chosen = [role for role in ("mentee", "mentor") if getattr(asked, role)]
    roles = [blocks.option("I'd like a mentor", "mentee"), blocks.option("I'd mentor somebody", "mentor")]
    places = [blocks.option(str(number), str(number)) for number in range(1, PLACES + 1)]
    fields = [
        texts.reminder(name),
        blocks.field("sides", "What would you like?", blocks.checkboxes(roles, chosen)),
        blocks.field(
            "wishes",
            "Who would you like to be paired with?",
            blocks.people_menu(asked.wishes),
            hint=f"Favourite first, up to {MOST_WISHES} people.",
            optional=True,
        ),
        blocks.field(
            "wants",
            "What would you like your mentor to know?",
            topics_menu.menu(asked.wants, desk.topics, at_most=MOST_TOPICS),
            optional=True,
        ),
        blocks.field(
            "needs",
            "What does your mentor need to know?",
            topics_menu.menu(asked.needs, desk.topics, at_most=MOST_TOPICS),
            hint="I'd rather find you nobody than someone without it.",
            optional=True,
        ),
        blocks.field(
            "places",
            "If you mentor: how many people?",
            blocks.menu(places, str(min(max(asked.places, 1), PLACES))),
            hint="Never more than you take on in all. In circles you have three to seven at once.",
        ),
        *(blocks.actions([_withdraw(before)]) if before else []),
        blocks.context(_WHO_SEES),
    ]
    metadata = json.dumps({"programme_id": programme_id})
    return blocks.modal(
        FORM, "Take part", fields, submit="Save" if before else "Take part", metadata=metadata
    )


def filled(view: View) -> Filled:
    """Return what was submitted."""
    return payload.filled(Filled, view)


def saved(it: SignUp) -> View:
    """Return the window that says that somebody takes part."""
    said = (
        f"*You're in as {role(it.asked)}:* {mrkdwn.quoted(it.programme)}. Once the pairs are final, I'll "
        "message you. Until then you can change this on your Home tab."
    )
    return blocks.modal("saved", "You're in", [blocks.section(said)])


def out(name: str) -> View:
    """Return the window that says that somebody takes part no more."""
    said = f"*You're out of {mrkdwn.quoted(name)}.* A mentorship that has begun goes on."
    return blocks.modal("saved", "You're out", [blocks.section(said)])


def role(asked: Asked) -> str:
    """Return as what somebody takes part."""
    roles = [f"a {name}" for name in ("mentee", "mentor") if getattr(asked, name)]
    return " and ".join(roles)


def card(it: SignUp, words: Words) -> Picture | None:
    """Return what somebody is told who is in no pair; nothing as long as nobody told them anything."""
    outcome, name = it.outcome, mrkdwn.quoted(it.programme)
    if outcome is None:
        return None
    if outcome.is_on_hold:
        said = f"{name}: the pairs are being changed. I'll message you once they're final."
        return quiet("on_hold", [blocks.section(said)])
    shown: list[Block] = []
    if outcome.alone:
        why = reason(outcome.alone, words)
        shown.append(blocks.section(f"*I found no mentor for you this time* in {name}. {why}"))
        shown.append(blocks.context("`/ask-mentor mentor` finds you one at any time, outside the programme."))
    if outcome.is_free:
        shown.append(blocks.section(f"There was no mentee for you this time in {name}. Thanks for offering."))
    return knock(f"told.{outcome.at.timestamp():.0f}", shown, closing="") if shown else None


def reason(alone: Alone, words: Words) -> str:
    """Return why somebody stays without a mentor, as they themselves may know it: no names, no bans."""
    told = alone.bind is Bind.NOBODY_HAS or (alone.bind is Bind.FEW_PLACES and alone.people > 0)
    if not told:
        return "Nobody who fits had a place left."
    return words.why_unpaired(alone.model_copy(update={"mentors": ()}).unpaired())


def _withdraw(it: SignUp) -> Element:
    sure = blocks.confirmation(
        "Stop taking part?",
        "What you chose here is deleted. A mentorship that has begun goes on.",
        "Stop taking part",
        "Stay in",
    )
    return blocks.button("Stop taking part", WITHDRAW, it.programme_id, style="danger", confirm=sure)
