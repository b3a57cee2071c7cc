"""A story that leads through the app's conversations, and every payload that Slack sends or could send in it.

Whatever can be pressed, chosen, typed ahead or submitted at any point of the story is composed by the
playground's own client, and swallowed on its way to the app, so that looking changes nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import aiohttp
import growth_views
import make
from aiohttp import web
from app_world import World
from make_sprint import SCALE

from coaching.sprints.outline import QUESTIONS
from handlers.conversations import ALL
from kernel.store import Changes, Show
from kernel.values import Document, PersonId, RequestId, TopicId
from mentoring.requests import requests
from playground.acting import clicks
from playground.acting.clicks import Target, Where
from playground.workspace import picks
from playground.workspace.view_state import elements, refused
from playground.workspace.views import OpenView
from relationships.another_angle.angle import Angle
from relationships.another_angle.pattern import Pattern
from relationships.board.board import BOARD_GAP, Board
from relationships.growth_plan.growth_plan import LOOKED_BACK, GrowthPlan
from slackapp.demo.reverse import seed_reverse_pair

MAYA, PRIYA, JONAS, EMILY, HANNAH = (f"U0{name}" for name in ("MAYA", "PRIYA", "JONAS", "EMILY", "HANNAH"))
PEOPLE = (MAYA, PRIYA, JONAS, EMILY)
PYTHON = TopicId("python")
MARKER = "Zebrafish"
SECRET = "Axolotl"
FILLED: Mapping[str, picks.Pick] = {
    "goal": f"Read query plans for {MARKER}",
    **SCALE.model_dump(),
    "cue": "the stand-up is over",
    "action": "open one slow query",
    "confidence": "7",
    "level": "0",
    "helped": "yes",
    "question": f"How do I profile {MARKER}?",
    "mind": f"I keep putting off a talk about {MARKER}",
    "text": f"Something about {MARKER}",
    "blocker": f"{MARKER} is slow",
    "topics": ["Python"],
    "wants": f"Grow beyond {MARKER}",
    "gained": f"I know {MARKER} now",
    "thought": f"I say yes to all of {MARKER}",
    "own_view": f"Leave {MARKER} alone",
    "view": f"Mend {MARKER}",
    "outcome": "acted",
    "thanks": f"Thank you for {MARKER}",
    "answer": "Slowly, with water.",
    "unnamed": ["unnamed"],
    "goal_title": f"Know all of {MARKER}",
    "goal_step": f"Read on {MARKER}",
    "reader": PRIYA,
    "who": PRIYA,
    "deed": "nominated",
    "what": f"Put forward for {MARKER}",
    "line": f"Knows {MARKER}",
    "colleague": JONAS,
    "initials": "",
    "roles": ["advice"],
    "impression": "listens",
    "name": f"A programme for {MARKER}",
    "sides": ["mentee"],
    "one": MAYA,
    "other": PRIYA,
}
SEEN_OF_EACH = 2


class Registry:
    """What the app listens to, by kind, as its own registration says."""

    def __init__(self) -> None:
        self.listened: list[tuple[str, re.Pattern[str]]] = []
        ALL.register(self)  # type: ignore[arg-type]  # it answers to any of an app's methods

    def __getattr__(self, kind: str) -> Any:
        def register(what: Any) -> Any:
            if isinstance(what, str | re.Pattern):
                pattern = what if isinstance(what, re.Pattern) else re.compile(re.escape(what))
                self.listened.append((kind, pattern))
            return lambda listener: listener

        return register

    @property
    def tried(self) -> list[tuple[str, re.Pattern[str]]]:
        """Each kind with what is listened to, but for what answers whatever is left over."""
        return [(kind, it) for kind, it in self.listened if it.pattern != ".*"]

    def of(self, kind: str) -> list[re.Pattern[str]]:
        """What is listened to of one kind."""
        return [it for listened, it in self.tried if listened == kind]


@dataclass(frozen=True)
class Recorded:
    """A payload that Slack sent, or could have sent. *kind* is the app's word for it, *name* its id."""

    kind: str
    name: str
    payload: dict[str, Any]


def recorded(payload: dict[str, Any]) -> Recorded:
    """A payload with its kind and name."""
    kinds = {"shortcut": "shortcut", "message_action": "shortcut", "view_submission": "view"}
    type = payload.get("type", "command")
    if type == "command":
        return Recorded("command", payload["command"], payload)
    if type == "event_callback":
        return Recorded("event", payload["event"]["type"], payload)
    if type == "block_actions":
        return Recorded("action", payload["actions"][0]["action_id"], payload)
    if type == "block_suggestion":
        return Recorded("options", payload["action_id"], payload)
    return Recorded(kinds.get(type, type), (payload.get("view") or payload)["callback_id"], payload)


@dataclass
class Story:
    """The story so far."""

    world: World
    seen: dict[tuple[str, str, str], int] = field(default_factory=dict)
    looked_at: set[str] = field(default_factory=set)
    payloads: list[Recorded] = field(default_factory=list)
    read: int = 0

    @property
    def slack(self) -> Any:
        """The playground."""
        return self.world.slack

    def take_down(self) -> None:
        """Keep what Slack has sent since the last time, a few of each."""
        for entry in self.slack.log(after=self.read):
            self.read = entry.n
            if entry.sender == "slack" and entry.kind == "http" and isinstance(entry.request, dict):
                self._keep(recorded(entry.request))

    def _keep(self, one: Recorded) -> None:
        user = one.payload.get("user", one.payload.get("event", {}).get("user"))
        key = (one.kind, one.name, json.dumps(user))
        self.seen[key] = self.seen.get(key, 0) + 1
        if self.seen[key] <= 2 * SEEN_OF_EACH:
            self.payloads.append(one)

    async def look(self) -> None:
        """Compose what anybody could press, choose or submit now."""
        await self.world.settle()
        self.take_down()
        async with swallowed(self.world):
            for user in PEOPLE:
                for where in self._visible(user):
                    await self._compose(user, where)
        self.take_down()

    def _visible(self, user: str) -> Iterator[Where]:
        shown = [self.slack.modal(user), self.slack.home(user)]
        places = self.slack.conversations(user)
        shown += [message for place in places for message in self.slack.messages(user, place.id)]
        for where in filter(None, shown):
            mark = f"{user} {json.dumps(where.blocks)}"
            if mark not in self.looked_at:
                self.looked_at.add(mark)
                yield where

    async def _compose(self, user: str, where: Where) -> None:
        for block, element in list(elements(where.blocks)):
            if block["type"] != "input" or element["type"] in picks.EXTERNAL:
                await self._use(user, Target(where, block["block_id"], element["action_id"]), element)
        if isinstance(where, OpenView) and where.body.get("submit"):
            needed = {name: self._filled(name) for name in refused(where.blocks, where.values)}
            await self.slack.submit(user, needed, where)

    def _filled(self, name: str) -> picks.Pick:
        is_file = name == "list_file"
        return [self.slack.hand_in("list.csv", f"mentee\n{MARKER}\n".encode())] if is_file else FILLED[name]

    async def _use(self, user: str, target: Target, element: dict[str, Any]) -> None:
        kind = element["type"]
        if kind in picks.EXTERNAL:
            await clicks.options(self.slack.slack, user, target, "py")
            return
        if kind == "feedback_buttons":
            answers = [{"value": element[side]["value"]} for side in ("positive_button", "negative_button")]
        elif "options" in element:
            answers = [{"selected_option": option} for option in element["options"][:4]]
        else:
            answers = [{"value": element.get("value", "")}]
        for answer in answers:
            if self.seen.get(("action", element["action_id"], user), 0) < SEEN_OF_EACH:
                await clicks.act(self.slack.slack, user, target, answer, {})

    async def press(self, user: str, action_id: str) -> bool:
        """Press the newest button of a kind that somebody sees, look at what opens, say if there was one."""
        home, modal = self.slack.home(user), self.slack.modal(user)
        places = self.slack.conversations(user)
        messages = [message for place in places for message in self.slack.messages(user, place.id)]
        surfaces = [modal, *sorted(messages, key=lambda it: it.ts, reverse=True), home]
        for where in filter(None, surfaces):
            if any(element["action_id"] == action_id for _, element in elements(where.blocks)):
                await self.slack.press(user, where, action_id)
                await self.look()
                return True
        return False

    async def opened(self, user: str, action_id: str) -> None:
        """Press what opens a form, look at it, and leave it."""
        await self.press(user, action_id)
        await self.leave(user)

    async def leave(self, user: str) -> None:
        """Close whatever is open."""
        if self.slack.modal(user):
            await self.slack.close(user, all_views=True)

    async def submit(self, user: str, **values: picks.Pick) -> None:
        """Submit the form that is open; nothing in it may be wrong."""
        sent = await self.slack.submit(user, values)
        assert not sent.errors, sent.errors
        await self.look()

    async def say(self, user: str, command: str, text: str = "") -> None:
        """Use a command, and look."""
        await self.slack.command(user, command, text)
        await self.look()

    async def skip(self, **by: int) -> None:
        """Let time pass, and look."""
        await self.slack.skip(timedelta(**by))
        await self.look()

    async def next_morning(self) -> None:
        """Go on when everybody's day is well under way, however long the chapter before has taken."""
        now = self.world.now
        days = (now + timedelta(days=n) for n in range(1, 4))
        morning = next(day for day in days if day.weekday() < 5)
        await self.slack.skip_to(morning.replace(hour=10, minute=15, second=0, microsecond=0))
        await self.look()

    def about(self, user: str, list_name: str) -> Any:
        """The ids of a list of somebody's things."""
        return self.world.app.worker.stores.of(self.world.workspace).ids(f"{list_name}:{user}")


@asynccontextmanager
async def swallowed(world: World) -> Any:
    """Let nothing that Slack sends reach the app, but what a type-ahead menu asks."""
    app_url = world.slack.app_url

    async def swallow(request: web.Request) -> web.Response:
        sent = await request.read()
        if b"block_suggestion" not in sent:
            return web.Response(status=500)
        ask = aiohttp.request("POST", str(app_url), data=sent, headers=request.headers)
        async with ask as answer:
            return web.json_response(await answer.json())

    app = web.Application()
    app.router.add_post("/", swallow)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    world.slack.app_url = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    try:
        yield
    finally:
        world.slack.app_url = app_url
        await runner.cleanup()


async def told(world: World) -> Story:
    """Lead through the whole story; return it with everything that was or could have been sent."""
    story, slack = Story(world), world.slack
    await _bystander(story)
    await slack.command(EMILY, "/ask-mentor", "profile")
    await story.look()
    await story.leave(EMILY)
    for helper in (PRIYA, JONAS):
        await world.enrol(helper, topics={"python": 3})
    for chapter in CHAPTERS:
        await story.next_morning()
        await chapter(story)
    await story.next_morning()
    for user in PEOPLE:
        await slack.open_home(user)
        await slack.open_dm(user)
    await story.look()
    for action_id in ("coach.open", "profile.open", "reading.requests", "reading.sessions", "home.how"):
        await story.opened(PRIYA if action_id == "profile.open" else MAYA, action_id)
    await story.press(MAYA, "reading.requests")
    await story.press(MAYA, "reading.older")
    await story.leave(MAYA)
    return story


async def _bystander(story: Story) -> None:
    """Somebody who has nothing to do with the others."""
    slack = story.slack
    await slack.command(HANNAH, "/ask-mentor", f"Who knows {SECRET} in #kubernetes? #anonymous")
    await slack.command(HANNAH, "/coach-me", f"plan learn {SECRET}")
    await slack.say(HANNAH, f"A word on {SECRET}")
    await slack.command(HANNAH, "/coach-me", "sprint-form")
    if slack.modal(HANNAH):
        await slack.submit(HANNAH, {**{k: FILLED[k] for k in list(FILLED)[1:11]}, "goal": f"Learn {SECRET}"})
    await story.world.settle()
    story.take_down()
    story.payloads.clear()
    story.seen.clear()


async def _asking(story: Story) -> None:
    slack = story.slack
    await story.say(MAYA, "/ask-mentor")
    await story.leave(MAYA)
    for line in ("status", "help", "topics py", "profile", "pause 2d", "resume", "withdraw", "pause maybe"):
        await story.say(PRIYA, "/ask-mentor", line)
    await story.leave(PRIYA)
    await story.say(PRIYA, "/ask-mentor", "pause 2d")
    await slack.open_home(PRIYA)
    await story.look()
    await story.say(PRIYA, "/ask-mentor", "resume")
    await slack.say(PRIYA, "I get too many requests")
    await story.look()
    for action_id in ("remark.other_day", "remark.only"):
        await story.opened(PRIYA, action_id)
    await slack.shortcut(MAYA, "ask_mentor")
    await story.leave(MAYA)
    note = await slack.say(MAYA, f"Does anyone know {MARKER}?", "C0GENERAL")
    await slack.shortcut(MAYA, "ask_about_message", note)
    await story.look()
    await story.leave(MAYA)
    await story.say(MAYA, "/ask-mentor", f"How do I profile asyncio in {MARKER}? #week #python")
    for action_id in ("request.change", "request.topics"):
        await story.opened(MAYA, action_id)


async def _helper(story: Story, action_id: str) -> str:
    """Who can press something now."""
    for user in (PRIYA, JONAS):
        if await story.press(user, action_id):
            return user
    raise LookupError(action_id)


async def _talking(story: Story) -> None:
    slack = story.slack
    helper = await _helper(story, "offer.pass_on")
    await story.leave(helper)
    await _helper(story, "offer.accept")
    await story.press(MAYA, "session.questions")
    await story.submit(MAYA, wanted=f"To know {MARKER}", matters=MARKER, show_wanted=["show"])
    await story.submit(MAYA)
    for action_id in ("session.wrap_up", "session.plan", "report.open"):
        await story.opened(MAYA, action_id)
    await _meeting(story)
    await story.say(MAYA, "/ask-mentor", f"Why does asyncio of {MARKER} stall? #anonymous #python")
    await _helper(story, "offer.accept")
    await slack.say(MAYA, f"Words about {MARKER}")
    await story.look()
    await story.press(MAYA, "session.wrap_up")
    await story.submit(MAYA)
    await story.opened(MAYA, "session.plan")
    await story.press(MAYA, "feedback.yes")
    await story.opened(MAYA, "feedback.answer")
    await story.skip(days=2)
    await story.say(MAYA, "/ask-mentor", f"How do I profile asyncio for {MARKER}? #week #python")
    await _helper(story, "offer.accept")


async def _meeting(story: Story) -> None:
    """Two who propose times to each other, agree on one, come late, and are there."""
    helper = await _helper(story, "meeting.propose")
    await story.submit(helper)
    await story.press(MAYA, "meeting.propose")
    await story.submit(MAYA)
    await story.press(helper, "meeting.choose_1")
    await story.press(MAYA, "meeting.late")
    for user in (MAYA, helper):
        await story.press(user, "meeting.start")


async def _nobody(story: Story) -> None:
    """Questions that nobody takes, and a long list of those that are over."""
    world, desk = story.world, await story.world.desk()
    for number in range(12):
        id, new = RequestId(f"R{number}"), make.new_request(question=f"What is {MARKER} {number}?")
        await requests.file(desk, PersonId(MAYA), new, id, world.now)
        await requests.withdraw(desk, PersonId(MAYA), id, world.now)
    await story.say(MAYA, "/ask-mentor", f"Who knows helm in {MARKER}? #week #kubernetes")
    await story.press(MAYA, "request.tell_admins")
    await story.press(MAYA, "request.post_in_channel")
    long = f"How do I profile asyncio? #python {MARKER} " + "and so on " * 3_900
    await story.say(JONAS, "/ask-mentor", long)
    if story.slack.modal(JONAS):
        await story.submit(JONAS)
    await story.press(JONAS, "reading.open")
    await story.leave(JONAS)


async def _writing(story: Story) -> None:
    slack = story.slack
    await slack.say(MAYA, f"How do I profile asyncio beside {MARKER}?")
    await story.look()
    await slack.say(PRIYA, f"A thought about {MARKER}")
    await story.look()


async def _coaching(story: Story) -> None:
    slack, world = story.slack, story.world
    text = f"I keep putting off a hard conversation about {MARKER} and can't decide how to begin"
    await story.say(MAYA, "/coach-me")
    await story.say(MAYA, "/coach-me", "privacy")
    await story.say(MAYA, "/coach-me", text)
    await story.opened(MAYA, "coach.sprint")
    await story.press(MAYA, "peer.begin")
    await story.leave(MAYA)
    await story.press(MAYA, "coach.begin")
    await story.opened(MAYA, "talk.person")
    for _ in range(14):
        await story.look()
        asked = [it for it in slack.dm(MAYA) if "talk.skip" in json.dumps(it.blocks)]
        if not asked:
            break
        await slack.say(MAYA, "8 of 10, on Tuesday", thread_ts=asked[-1].thread_ts)
        await world.settle()
    await story.look()
    await story.opened(MAYA, "talk.change")
    await story.opened(MAYA, "talk.sprint")
    for _ in range(3):
        for kept in [it for it in slack.dm(MAYA) if "talk.check_in" in json.dumps(it.blocks)][-1:]:
            await slack.choose(MAYA, kept, "talk.check_in", "Every week")
            await story.look()
    await story.skip(days=8)
    await story.say(MAYA, "/coach-me", f"{text}, still")
    await story.press(MAYA, "coach.begin")
    asked = [it for it in slack.dm(MAYA) if "talk.skip" in json.dumps(it.blocks)]
    if asked:
        thread = {"channel": asked[-1].conversation, "thread_ts": asked[-1].thread_ts or asked[-1].ts}
        stopped = {"type": "agent_session_stopped", "user": MAYA, **thread}
        slack.slack.announce("agent_session_stopped", stopped)
    await story.look()
    await story.say(MAYA, "/coach-me", f"peer I can't decide about python and {MARKER}")
    await story.submit(MAYA)
    for helper in (PRIYA, JONAS):
        if await story.press(helper, "offer.accept"):
            await story.press(helper, "peer.thought")


async def _home(story: Story) -> None:
    """Open the Home tab, and look."""
    await story.slack.open_home(MAYA)
    await story.look()


async def _planning(story: Story) -> None:
    await story.say(MAYA, "/coach-me", f"plan explain {MARKER} without help")
    await story.press(MAYA, "plan.keep")
    await story.press(MAYA, "plan.done")
    await story.skip(days=1)
    await _home(story)
    for action_id in ("plan.reword", "plan.other_day", "plan.done"):
        await story.press(MAYA, action_id)
    await story.skip(days=3)


async def _sprint(story: Story) -> None:
    slack = story.slack
    for _ in range(3):
        await story.say(MAYA, "/coach-me", "sprint")
    await story.press(MAYA, "outline.own_words")
    await story.submit(MAYA, goal=f"Speak up about {MARKER}")
    for step in ("expected.0", "agree", "days.0", "weeks.1", "back", "weeks.1"):
        await story.press(MAYA, f"outline.{step}")
    await story.leave(MAYA)
    await story.say(MAYA, "/coach-me", "sprint")
    for _ in range(2 * len(QUESTIONS)):  # to the first question, past what a suggestion answers at once
        await story.press(MAYA, "outline.back")
    await story.press(MAYA, "outline.suggestion.0")
    await story.leave(MAYA)
    await story.say(MAYA, "/coach-me", "sprint-form")
    await story.submit(MAYA, **{name: FILLED[name] for name in list(FILLED)[:11]}, partner=PRIYA)
    await story.press(PRIYA, "sprint.agree")
    for action_id in ("sprint.adjust", "sprint.check_in"):
        await story.opened(MAYA, action_id)
    await story.press(MAYA, "sprint.check_in")
    await story.submit(MAYA, level="0", minutes="20", blocker=f"{MARKER} is slow")
    await story.leave(MAYA)
    await story.press(MAYA, "sprint.pause")
    await story.press(MAYA, "sprint.resume")
    for _ in range(8):
        await story.skip(days=1)
        await story.opened(MAYA, "sprint.recall")
    await story.skip(days=7)
    await story.opened(MAYA, "sprint.review")
    await story.press(MAYA, "sprint.review")
    await story.submit(MAYA, level="0", confidence="7")
    await story.skip(days=15)
    await story.say(MAYA, "/coach-me", "sprint-form")
    await story.submit(MAYA, **{name: FILLED[name] for name in list(FILLED)[:11]}, partner=PRIYA)
    await story.press(MAYA, "sprint.check_in")
    await story.submit(MAYA, level="0", minutes="20", blocker=f"{MARKER} is slow")
    await story.leave(MAYA)
    await story.say(MAYA, "/coach-me", f"plan practise {MARKER} daily")
    await story.press(MAYA, "plan.keep")
    await story.say(MAYA, "/ask-mentor", f"How do I profile asyncio with {MARKER}? #week #python")
    await story.say(MAYA, "/ask-mentor", f"Why is asyncio under {MARKER} slow? #week #python")
    await _helper(story, "offer.accept")
    await story.say(MAYA, "/ask-mentor", f"Who knows helm under {MARKER}? #week #kubernetes")
    await story.press(MAYA, "request.post_in_channel")
    with_draft = await slack.say(MAYA, f"One more thing on {MARKER}", thread_ts=None)
    assert with_draft
    await story.look()


async def _opinions(story: Story) -> None:
    """One question to several, from their answers to what came of it; and one that nobody answers."""
    await story.say(MAYA, "/ask-mentor", f"second opinion Is {MARKER} worth it? #python")
    await story.submit(MAYA)
    await story.opened(MAYA, "opinion.own_view")
    for user in (PRIYA, JONAS):
        await story.press(user, "opinion.give")
        await story.submit(user, view=f"Mend {MARKER}")
    await story.press(MAYA, "opinion.settle")
    await story.opened(MAYA, "opinion.say_outcome")
    await story.skip(days=7)
    await story.press(MAYA, "opinion.outcome.acted")
    await story.say(MAYA, "/ask-mentor", f"second opinion What of {MARKER}? #python")
    await story.submit(MAYA)
    await story.skip(days=4)


async def _answers(story: Story) -> None:
    """An answer that is written down, agreed to, found by somebody else, and taken away."""
    await story.say(MAYA, "/ask-mentor", f"How do I sharpen {MARKER} blades? #python")
    helper = await _helper(story, "offer.accept")
    await story.press(helper, "session.wrap_up")
    await story.submit(helper)
    await story.press(helper, "answer_card.write")
    await story.submit(helper, answer="Slowly, with water.")
    await story.submit(helper, unnamed=["unnamed"])
    await story.opened(helper, "answer_card.change")
    await story.press(MAYA, "answer_card.agree")
    await story.say(EMILY, "/ask-mentor", f"How do I sharpen {MARKER} blades? #python")
    await story.press(EMILY, "answer_card.solved")
    await story.press(EMILY, "answer_card.after_all")
    await story.press(EMILY, "request.withdraw")
    await story.press(MAYA, "answer_card.withdraw")


async def _programme(story: Story) -> None:
    """Emily's programme, in which two take part: paired, changed, proposed, taken back, closed."""
    await story.say(EMILY, "/ask-mentor", "programme")
    await story.press(EMILY, "programme.new")
    await story.submit(EMILY, name=f"Programme {MARKER}", form="pairs")
    for user, role in ((MAYA, "mentee"), (PRIYA, "mentor")):
        await story.say(user, "/ask-mentor", "programme")
        await story.submit(user, sides=[role], wants=["Python"])
        await story.leave(user)
    await story.press(EMILY, "programme.add")
    await story.submit(EMILY, mentees_added=[JONAS])
    await story.press(EMILY, "programme.pair_most")
    for page in ("programme.pairs", "programme.alone"):
        await story.press(EMILY, page)
        await story.press(EMILY, "programme.open")
    await story.opened(EMILY, "programme.bring")
    await story.say(EMILY, "/ask-mentor", "programme")
    await story.press(EMILY, "programme.open")
    await story.press(EMILY, "programme.edit")
    await story.submit(EMILY, edit="pin", one=MAYA, other=PRIYA)
    for button in ("programme.undo", "programme.propose", "programme.take_back", "programme.close"):
        await story.press(EMILY, button)
    await story.leave(EMILY)


async def _mentoring(story: Story) -> None:
    """Two who find each other, agree, talk, note, hand over and end."""
    slack = story.slack
    await story.opened(PRIYA, "mentor.places")
    await story.say(MAYA, "/ask-mentor", f"mentor grow beyond {MARKER}")
    await story.submit(MAYA, topics=["Python"], mentor=PRIYA)
    await story.say(MAYA, "/ask-mentor", f"mentor more of {MARKER}")
    await story.leave(MAYA)
    await story.press(PRIYA, "mentor.yes")
    await story.opened(MAYA, "mentorship.change")
    for user in (MAYA, PRIYA):
        await story.press(user, "mentorship.agree")
    await story.opened(MAYA, "mentorship.other_time")
    await story.press(MAYA, "mentorship.pick.0")
    await story.skip(days=1)
    await story.skip(hours=5)
    await story.press(MAYA, "mentorship.met")
    await story.press(MAYA, "mentorship.notes")
    await story.submit(MAYA, ours=f"On {MARKER}", mine=MARKER, step=f"Read {MARKER}", goals=MARKER)
    for user, way in (
        (MAYA, "Take a break"),
        (PRIYA, "Hand over to another mentor"),
        (MAYA, "Close it"),
    ):
        card = next(it for it in reversed(slack.dm(user)) if "mentorship.more" in json.dumps(it.blocks))
        await slack.choose(user, card, "mentorship.more", way)
        await story.look()
        if way.startswith("Hand"):
            await story.submit(user, word=f"No time for {MARKER}")
            await story.opened(MAYA, "mentorship.pass_on")
        await story.leave(user)
    await story.press(MAYA, "mentorship.close")
    await story.opened(MAYA, "mentorship.gained")
    await story.opened(MAYA, "mentorship.stands")


async def _sponsoring(story: Story) -> None:
    """One who acts for another: what is noted, confirmed, taken back, asked after a month, and ended."""
    await story.opened(MAYA, "sponsor.find")
    await story.say(MAYA, "/ask-mentor", f"sponsor <@{PRIYA}|priya> Lead beyond {MARKER}")
    await story.submit(MAYA, line=f"Knows {MARKER}")
    await story.press(PRIYA, "sponsor.yes")
    await story.opened(MAYA, "sponsor.line")
    for what in (f"For {MARKER}", f"I advised her on {MARKER}", f"For {MARKER}"):
        await story.press(PRIYA, "sponsor.note")
        await story.submit(PRIYA, deed="Put their name forward", what=what)
        if what.startswith("I advised"):
            await story.press(PRIYA, "sponsor.offer_talk")
        await story.leave(PRIYA)
    await story.press(MAYA, "sponsor.confirm.yes")
    await story.opened(MAYA, "sponsor.talk")
    await story.opened(PRIYA, "sponsor.acts")
    await story.skip(days=31)
    await story.press(MAYA, "sponsor.came_of.happened")
    await story.press(PRIYA, "sponsor.nothing")
    await story.press(MAYA, "sponsor.finish")


async def _upwards(story: Story) -> None:
    """A senior who learns from a junior, and what that one says of it."""
    slack = story.slack
    await story.say(MAYA, "/ask-mentor", f"reverse use {MARKER} as my team does")
    await story.submit(MAYA, topics=["Python"])
    await story.say(MAYA, "/ask-mentor", f"reverse more of {MARKER}")
    await story.submit(MAYA)
    await story.leave(MAYA)
    pair = {"id": "up", "junior": PRIYA, "senior": MAYA}
    await seed_reverse_pair(await story.world.desk(), story.world.now, **pair)
    await story.look()
    await slack.open_home(PRIYA)
    await story.press(PRIYA, "reverse.join")
    await story.press(PRIYA, "reverse.leave")
    await story.press(PRIYA, "mentorship.stands")
    await story.opened(PRIYA, "reverse.voice")
    await story.leave(PRIYA)
    await story.opened(MAYA, "mentorship.practise")
    await story.press(MAYA, "mentorship.stands")
    await story.press(MAYA, "mentorship.close")
    await story.leave(MAYA)
    await story.opened(MAYA, "reverse.again")


async def _growing(story: Story) -> None:
    """Goals with a past, from the first to the look back, and what somebody else reads of them."""
    slack, world = story.slack, story.world
    await story.press(MAYA, "goal.add_thing")
    await story.leave(MAYA)
    await story.say(MAYA, "/coach-me", "goals")
    await story.press(MAYA, "goal.new")
    tomorrow = (world.now + timedelta(days=1)).date()
    await story.submit(MAYA, goal_title=f"Profile {MARKER}", goal_by=tomorrow.isoformat())
    [goal_id] = await story.about(MAYA, "goals-of")
    await (await world.desk()).store.commit(lambda _: (None, Changes(put=_past(goal_id))))
    await story.press(MAYA, "goal.step")
    await story.submit(MAYA, goal_step=f"Read on {MARKER}")
    await story.leave(MAYA)
    await slack.open_home(MAYA)
    for action_id in ("goal.step_change", "goal.step_day"):
        await story.opened(MAYA, action_id)
    await story.say(MAYA, "/coach-me", "goals")
    for way in ("Change it", "Forget it", "Plan two weeks"):
        await slack.choose(MAYA, slack.modal(MAYA), "goal.menu", way)
        await story.look()
        if way == "Plan two weeks":
            await story.submit(MAYA)
        else:
            await story.leave(MAYA)
            await story.say(MAYA, "/coach-me", "goals")
    for action_id in (
        "goal.step_done",
        "goal.history",
        "goal.open",
        "goal.seen",
        "goal.open",
        "goal.exports",
    ):
        await story.press(MAYA, action_id)
    await story.press(MAYA, "goal.open")
    await story.press(MAYA, "goal.share")
    await story.submit(MAYA, reader=PRIYA)
    await story.submit(MAYA)
    await story.opened(PRIYA, "goal.read_shared")
    await story.leave(MAYA)
    await story.skip(days=2)
    await _looked_back(story)
    await story.say(MAYA, "/coach-me", "goals")
    await story.press(MAYA, "goal.reach")
    await story.press(MAYA, "goal.history")
    await story.leave(MAYA)


async def _board(story: Story) -> None:
    """A board with somebody of each kind, its menu, its picture and its prompt; another angle."""
    slack, world = story.slack, story.world
    await story.say(MAYA, "/coach-me", "board")
    await story.press(MAYA, "board.add")
    await story.submit(MAYA, colleague=PRIYA, roles=["sponsor"], initials="")
    await story.press(MAYA, "board.add")
    await story.submit(MAYA, initials="M.K.", roles=["role_model"])
    await slack.choose(MAYA, slack.modal(MAYA), "board.menu", "Change")
    await story.submit(MAYA, roles=["craft"], closeness="3")
    for action_id in ("board.fill", "board.draw", "board.seat.reverse"):
        await story.press(MAYA, action_id)
    await story.leave(MAYA)
    board = (await world.get(Board, MAYA)).bring_up("arena", world.now, 91)
    angle = Angle.of(PersonId(MAYA), Pattern(PersonId(PRIYA), PYTHON, 5, 4, 3), "gone", world.now)
    shown = [Show(BOARD_GAP.of(MAYA), MAYA), Show(angle.thing, MAYA)]
    await (await world.desk()).store.commit(lambda _: (None, Changes(put=[board, angle], show=shown)))
    await story.look()
    await story.press(MAYA, "angle.no_thanks")
    await story.press(MAYA, "board.not_now")
    await story.leave(MAYA)


def _past(goal_id: str) -> list[Document]:
    """More of what served a goal than one page of its history shows."""
    return [growth_views.served(f"On {MARKER}", goal_id, it, person_id=MAYA) for it in range(25)]


async def _looked_back(story: Story) -> None:
    """Have the quarter's question asked now, as waiting for it would end everything else."""
    plan = await story.world.get(GrowthPlan, MAYA)
    asked = plan.look_back(plan.open, story.world.now)
    shown = Changes(put=[asked], show=[Show(LOOKED_BACK.of(MAYA), MAYA)])
    await (await story.world.desk()).store.commit(lambda _: (None, shown))
    await story.look()


CHAPTERS = (
    _asking,
    _talking,
    _nobody,
    _writing,
    _coaching,
    _planning,
    _sprint,
    _opinions,
    _answers,
    _mentoring,
    _sponsoring,
    _upwards,
    _programme,
    _growing,
    _board,
)
