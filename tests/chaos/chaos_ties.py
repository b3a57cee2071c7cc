"""What people begin for months while everything breaks: mentors, sponsors, views, circles, goals."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from chaos_people import People, newest, place_of

from handlers.answer_cards import card as answer_card
from handlers.circles import card as circle_card
from handlers.growth_plan import window as goals_window
from handlers.mentor_search import wish_card
from handlers.mentorships import card as pair_card
from handlers.peer_coaching import card as peer_card
from handlers.second_opinions import card as opinion_card
from handlers.second_opinions import view_card
from handlers.sponsorships import card as sponsor_card
from handlers.sprints import outline_card
from playground.workspace.messages import Message
from playground.workspace.view_state import elements

ASK, COACH = "/ask-mentor", "/coach-me"
TORN = "I can't decide whether to lead the python migration"
ACT = {"deed": "Put their name forward", "audience": "People who decide"}
TWICE = 0.25  # of all presses are made twice at once, as by an impatient thumb
TAPS = (outline_card.SUGGESTION, outline_card.EXPECTED, outline_card.AGREE, outline_card.DAYS)

YOUNGER = (
    *("wish", "pick", "stop_looking", "agree", "book", "move_talk", "met", "write_notes"),
    *("ask_views", "take_views_back", "thank_all", "find_sponsor", "take_wish_back", "confirm_act"),
    *("agree_to_answer", "take_answer_back", "set_goal", "join_circle", "leave_circle", "outline"),
)
OLDER = (
    *("take_mentee", "refuse_mentee", "agree", "book", "move_talk", "met", "write_notes", "close_pair"),
    *("give_view", "no_time", "sponsor", "note_act", "note_act", "write_answer", "take_answer_back"),
    *("join_circle", "coach_peer", "be_peer", "turn"),
)


@dataclass
class Companions(People):
    """Askers and helpers, who also do what lasts. *helpers* can be named."""

    helpers: Sequence[str] = ()
    _asked: set[tuple[str, str]] = field(default_factory=set)

    # A mentor

    async def wish(self, person: str, draw: Random) -> None:
        """Look for a mentor, by name or among those who are suggested."""
        named = {"mentor": draw.choice(self.helpers)} if draw.random() < 0.7 else {}
        case = self.case()
        await self._fill(
            "wished", person, COACH, "mentor", case, wants=f"Lead a team {case}", topics=["Python"], **named
        )

    async def pick(self, person: str, draw: Random) -> None:
        """Ask one of those who are suggested."""
        await self._tap("picked", person, wish_card.ASK, draw)

    async def stop_looking(self, person: str, draw: Random) -> None:
        """Stop looking, maybe while the other says yes."""
        if draw.random() < 0.3:
            await self._tap("stopped looking", person, wish_card.WITHDRAW, draw)

    async def take_mentee(self, person: str, draw: Random) -> None:
        """Say yes to somebody who looks for a mentor."""
        await self._tap("took a mentee", person, wish_card.YES, draw)

    async def refuse_mentee(self, person: str, draw: Random) -> None:
        """Say no to them."""
        if draw.random() < 0.3:
            await self._tap("refused a mentee", person, wish_card.NO, draw)

    async def agree(self, person: str, draw: Random) -> None:
        """Agree on how the two work together."""
        await self._tap("agreed", person, pair_card.AGREE, draw)

    async def book(self, person: str, draw: Random) -> None:
        """Take one of the times for the next talk."""
        await self._tap("booked", person, f"{pair_card.PICK}.{draw.randint(0, 2)}", draw)

    async def move_talk(self, person: str, draw: Random) -> None:
        """Take the time back."""
        if draw.random() < 0.3:
            await self._tap("moved", person, pair_card.MOVE, draw)

    async def met(self, person: str, draw: Random) -> None:
        """Say that the two talked."""
        await self._tap("met", person, pair_card.MET, draw)

    async def write_notes(self, person: str, _draw: Random) -> None:
        """Write what both read after a talk, and what only the writer does."""
        ours, mine = self.case(), self.case()
        said = {"ours": f"On delegating {ours}", "mine": f"I was nervous {mine}"}
        done = await self._opened("noted", person, pair_card.NOTES, ours, said)
        if done:
            self.ledger.note("noted", person, mark_of(mine), ok=True)

    async def close_pair(self, person: str, draw: Random) -> None:
        """End it before it has begun."""
        if draw.random() < 0.2:
            await self._tap("closed", person, pair_card.CLOSE, draw)

    # Views

    async def ask_views(self, person: str, _draw: Random) -> None:
        """Ask for a second opinion."""
        case = self.case()
        await self._fill(
            "asked for views", person, ASK, f"second opinion Rewrite or mend it {case} #python", case
        )

    async def give_view(self, person: str, _draw: Random) -> None:
        """Answer one, or answer it anew."""
        case = self.case()
        found = self._with(person, view_card.GIVE)
        opinion_id = _value(found, view_card.GIVE) if found else ""
        said = {"view": f"Mend it {case}"}
        await self._opened("gave a view", person, view_card.GIVE, case, said, about=opinion_id)

    async def no_time(self, person: str, draw: Random) -> None:
        """Have no time for one."""
        await self._tap("had no time", person, view_card.NO_TIME, draw)

    async def take_views_back(self, person: str, draw: Random) -> None:
        """Withdraw one, maybe while it is answered."""
        if draw.random() < 0.3:
            await self._tap("took views back", person, opinion_card.WITHDRAW, draw)

    async def thank_all(self, person: str, draw: Random) -> None:
        """Have read enough."""
        await self._tap("thanked all", person, opinion_card.SETTLE, draw)

    # A sponsor

    async def find_sponsor(self, person: str, draw: Random) -> None:
        """Ask somebody to be one's sponsor, each once."""
        left = [it for it in self.helpers if (person, it) not in self._asked]
        if left:
            case, other = self.case(), draw.choice(left)
            self._asked.add((person, other))
            await self._fill(
                "asked a sponsor", person, ASK, f"sponsor <@{other}|x> Lead the platform {case}", case
            )

    async def take_wish_back(self, person: str, draw: Random) -> None:
        """Take it back, maybe while the other says yes."""
        if draw.random() < 0.3:
            await self._tap("took a wish back", person, sponsor_card.WITHDRAW, draw)

    async def sponsor(self, person: str, draw: Random) -> None:
        """Be somebody's sponsor, or not."""
        kind, way = draw.choice((("sponsors", sponsor_card.YES), ("refused to sponsor", sponsor_card.NO)))
        await self._tap(kind, person, way, draw)

    async def note_act(self, person: str, draw: Random) -> None:
        """Note what one did for somebody."""
        case = self.case()
        await self._opened(
            "noted an act", person, sponsor_card.NOTE, case, {**ACT, "what": f"For the review {case}"}
        )

    async def confirm_act(self, person: str, draw: Random) -> None:
        """Confirm it."""
        await self._tap("confirmed", person, f"{sponsor_card.CONFIRM}.yes", draw)

    # An answer

    async def write_answer(self, person: str, _draw: Random) -> None:
        """Write down what helped, after a talk."""
        found = self._with(person, answer_card.WRITE)
        if found is not None:
            self.slack.slack.views.clear(person)
            await self.slack.press(person, found, answer_card.WRITE)
            if self.slack.modal(person) is not None:
                await self.slack.submit(person, {"answer": f"Run a profiler for a minute {self.case()}"})
                done = await self.slack.submit(person, {"unnamed": ["unnamed"]})
                self.ledger.note("wrote an answer", person, place_of(found), ok=done.closed)

    async def agree_to_answer(self, person: str, draw: Random) -> None:
        """Let others find it."""
        await self._tap("agreed to an answer", person, answer_card.AGREE, draw)

    async def take_answer_back(self, person: str, draw: Random) -> None:
        """Take it away, maybe while the other agrees."""
        if draw.random() < 0.3:
            await self._tap("took an answer back", person, answer_card.WITHDRAW, draw)

    # Goals, a plan of a sprint, a circle, a peer

    async def set_goal(self, person: str, draw: Random) -> None:
        """Set a goal, and then a step on its way."""
        self.slack.slack.views.clear(person)
        await self.slack.command(person, COACH, "goals")
        way, field = draw.choice(((goals_window.NEW, "goal_title"), (goals_window.STEP, "goal_step")))
        opened = self.slack.modal(person)
        if opened is not None and _has(opened.blocks, way):
            case = self.case()
            await self.slack.press(person, opened, way)
            done = await self.slack.submit(person, {field: f"Read query plans {case}"})
            self.ledger.note("set a goal", person, mark_of(case), ok=done.closed or done.view is not None)

    async def outline(self, person: str, draw: Random) -> None:
        """Plan a sprint by its five questions, a tap each."""
        found = self._with(person, *TAPS)
        if found is None:
            await self.slack.command(person, COACH, "sprint")
            return
        taps = [it["action_id"] for _, it in elements(found.blocks) if it["action_id"].startswith(TAPS)]
        await self._press_twice(person, found, draw.choice(taps), draw)

    async def join_circle(self, person: str, draw: Random) -> None:
        """Say that one is in a circle, or not."""
        kind, way = ("joined", circle_card.YES) if draw.random() < 0.9 else ("stayed out", circle_card.NO)
        await self._tap(kind, person, way, draw)

    async def leave_circle(self, person: str, draw: Random) -> None:
        """Leave one."""
        if draw.random() < 0.1:
            await self._tap("left a circle", person, circle_card.LEAVE, draw)

    async def coach_peer(self, person: str, _draw: Random) -> None:
        """Look for somebody to coach each other with."""
        case = self.case()
        await self._fill("sought a peer", person, COACH, f"peer {TORN} {case}", case, topics=["Python"])

    async def be_peer(self, person: str, _draw: Random) -> None:
        """Be that somebody."""
        await self.press("answered", person, "Yes, let's")

    async def turn(self, person: str, draw: Random) -> None:
        """Begin the turns where the two talk, or swap them: both may at once."""
        for place in reversed([it for it in self.slack.conversations(person) if it.kind == "mpim"]):
            found = newest(self.slack.messages(person, place.id), lambda it: _has(it.blocks, peer_card.NEXT))
            if found is not None:
                await self._press_twice(person, found, peer_card.NEXT, draw)
                return

    # How

    def _with(self, person: str, *actions: str) -> Message | None:
        """The newest message to a person with one of these buttons."""
        return newest(self.slack.dm(person), lambda it: _has(it.blocks, *actions))

    async def _tap(self, kind: str, person: str, action: str, draw: Random) -> None:
        """Press a button of the newest card that has it, and write down what is acknowledged."""
        found = self._with(person, action)
        if found is not None:
            ok = await self._press_twice(person, found, action, draw)
            self.ledger.note(kind, person, place_of(found), ok=ok)

    async def _press_twice(self, person: str, found: Message, action: str, draw: Random) -> bool:
        before = self.whispers(person)
        times = 2 if draw.random() < TWICE else 1
        pressed = await asyncio.gather(*(self.slack.press(person, found, action) for _ in range(times)))
        return all(it.ok for it in pressed) and self.whispers(person) == before

    async def _fill(self, kind: str, person: str, command: str, line: str, case: str, **said: object) -> None:
        """Open a form by a command, fill it in, and write down where it was taken."""
        self.slack.slack.views.clear(person)
        await self.slack.command(person, command, line)
        if self.slack.modal(person) is not None:
            done = await self.slack.submit(person, said)  # type: ignore[arg-type]
            self.ledger.note(kind, person, mark_of(case), ok=done.closed)

    async def _opened(
        self, kind: str, person: str, action: str, case: str, said: dict[str, str], *, about: str = ""
    ) -> bool:
        """Open a form by the button of a card; the rest as in *_fill*. Whether it was taken.

        *about* is the id that is written down before the word of the text.
        """
        found = self._with(person, action)
        if found is None:
            return False
        self.slack.slack.views.clear(person)
        await self.slack.press(person, found, action)
        if self.slack.modal(person) is None:
            return False
        done = await self.slack.submit(person, said)
        self.ledger.note(kind, person, f"{about} {mark_of(case)}".strip(), ok=done.closed)
        return done.closed


def mark_of(case: str) -> str:
    """The word by which a text is found again."""
    return case.rsplit(maxsplit=1)[-1]


def _has(blocks: object, *actions: str) -> bool:
    found = [it["action_id"] for _, it in elements(blocks)]  # type: ignore[arg-type]
    return any(it.startswith(actions) for it in found)


def _value(message: Message, action: str) -> str:
    return next(str(it["value"]) for _, it in elements(message.blocks) if it["action_id"] == action)
