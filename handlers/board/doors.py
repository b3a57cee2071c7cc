"""The way from an empty seat to whoever may fill it: one tap, to the form that asks."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from handlers.block_kit.blocks import Block, View
from handlers.interactions.button_click import Press
from handlers.interactions.command_call import Call
from handlers.mentor_search import search
from handlers.peer_coaching import peer_coaching
from handlers.requests import form as request_form
from handlers.requests.form import Filling
from handlers.second_opinions import second_opinions
from handlers.sponsorships import sponsorships
from mentoring.model.request import Wish
from relationships.board.board import Gap

Door = Callable[[Call, str], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class DoorPress(Call):
    """A press, for what answers a word of a command: forms open above the window that it stands in."""

    press: Press | None = None

    async def open(self, view: View) -> None:
        """Open a form, then acknowledge; or raise NotOpened."""
        assert self.press is not None
        await self.press.open(view)
        await self.press.ack()

    async def say(self, text: str, shown: Sequence[Block] = ()) -> None:
        """Answer the press, for this person alone."""
        assert self.press is not None
        await self.press.say(text, shown)
        await self.press.ack()


def _asking(lane: Wish) -> Door:
    async def ask(call: Call, _rest: str) -> None:
        await call.open(await request_form.opened(Filling(call.cause, lane=lane), call))

    return ask


_DOORS: dict[Gap, Door] = {
    "arena": second_opinions.called,
    "craft": _asking("any"),
    "advice": _asking("senior"),
    "role_model": search.MENTOR.called,
    "sponsor": sponsorships.called,
    "peer_coach": peer_coaching.called,
    "reverse": _asking("reverse"),
}


GAPS: frozenset[Gap] = frozenset(_DOORS)


async def go(press: Press, gap: Gap) -> None:
    """Open what looks for somebody for a seat that has a door."""
    said = (press.body, press.ack, press.client, press.desk, press.me, press.now, press.terms)
    await _DOORS[gap](DoorPress(*said, press=press), "")
