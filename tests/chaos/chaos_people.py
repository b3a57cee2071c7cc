"""What people do while everything breaks, and what they are answered: written down outside the app."""

import asyncio
import json
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from random import Random

from test_conversation_sprints import FORM as SPRINT

from playground.driver import Playground
from playground.foundation.errors import NotPossible, SlackError
from playground.workspace.messages import Message

SAVED = "keep you posted"  # what a receipt says of a question
TEXTS = 9  # of one person: whatever becomes of them, the app keeps as many unsent
HARD = "I keep putting off a hard conversation with my manager and can't decide how to begin"
CASE = "case"
Act = Callable[[str, Random], Awaitable[None]]


@dataclass(frozen=True)
class Answer:
    """What someone was answered. *mark* is a word of their text, or where the message they pressed stands."""

    kind: str
    person: str
    mark: str


@dataclass
class Ledger:
    """The answers, in a file of their own, in their order; *unsure* may have been done all the same."""

    file: Path
    answers: list[Answer] = field(default_factory=list)
    unsure: set[Answer] = field(default_factory=set)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def has_asked(self) -> bool:
        """Whether any question was acknowledged."""
        return any(answer.kind == "asked" for answer in self.answers)

    def note(self, kind: str, person: str, mark: str, *, ok: bool) -> None:
        """Write down what the app has acknowledged; count what it has not."""
        answer = Answer(kind, person, mark)
        if not ok:
            self.refused[kind] += 1
            self.unsure.add(answer)
            return
        self.answers.append(answer)
        with self.file.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(answer)) + "\n")


@dataclass
class People:
    """Askers and helpers. *ways* are the addresses of the app: one is drawn for whatever Slack sends."""

    slack: Playground
    ledger: Ledger
    ways: Sequence[str | None]
    seed: int
    pause: float
    _said: Counter[str] = field(default_factory=Counter)
    _cases: Iterator[int] = field(default_factory=lambda: iter(range(10**9)))
    _seen: int = 0

    async def live(self, person: str, acts: Sequence[str]) -> None:
        """Do one thing after another, the first first and then as drawn, until cancelled."""
        draw, name = Random(f"{self.seed} {person}"), acts[0]
        while True:
            self.slack.app_url = draw.choice(self.ways)
            act: Act = getattr(self, name)
            try:
                await act(person, draw)
            except (LookupError, NotPossible, SlackError):
                self.ledger.refused["nothing to press"] += 1
            name = draw.choice(acts)
            await asyncio.sleep(draw.uniform(0, 2 * self.pause))

    async def listen(self) -> None:
        """Note which events with somebody's text the app has taken, until cancelled."""
        while True:
            self.read_log()
            await asyncio.sleep(0.2)

    def read_log(self) -> None:
        """Note which events with somebody's text the app has taken since this was last called."""
        for entry in self.slack.log(self._seen):
            self._seen = entry.n
            event = (entry.request or {}).get("event") or {} if entry.sender == "slack" else {}
            if entry.name == "message" and "bot_id" not in event and CASE in event.get("text", ""):
                mark = event["text"].split()[-1]
                self.ledger.note("said", event["user"], mark, ok=entry.summary == "acked")

    async def ask(self, person: str, _draw: Random) -> None:
        """Ask a question by the command."""
        await self._ask(person, "Why does my asyncio service stall? #python")

    async def ask_hidden(self, person: str, _draw: Random) -> None:
        """Ask without a name, which becomes a talk that the app carries from one to the other."""
        await self._ask(person, "Why does my asyncio service stall? #python #anonymous")

    async def write(self, person: str, _draw: Random) -> None:
        """Write to the app."""
        await self._say(person, "Which profiler do you use for asyncio?")

    async def talk_on(self, person: str, _draw: Random) -> None:
        """Write to the other one of a talk below its card."""
        found = _with_button(self.slack.dm(person), "Wrap up")
        if found is not None:
            await self._say(person, "It hangs in gather", found.ts)

    async def think(self, person: str, _draw: Random) -> None:
        """Begin a guided talk, one at a time."""
        if not _is_guided(self.slack.dm(person)):
            advised = await self.slack.command(person, "/coach-me", HARD)
            if advised.ok and advised.shown is not None:
                await self.slack.choose(person, advised.shown, "more", "Think it through")

    async def answer(self, person: str, _draw: Random) -> None:
        """Answer the question of a guided talk that waits, in its thread."""
        asked = next((it for it in reversed(self.slack.dm(person)) if _waits(it)), None)
        if asked is not None:
            await self._say(person, "I could ask her on Tuesday", asked.thread_ts)

    async def practise(self, person: str, _draw: Random) -> None:
        """Begin a sprint, or rehearse in the one that goes on."""
        if (found := _with_button(self.slack.dm(person), "Check in")) is not None:
            await self._form("practised", person, found, "Check in", {"level": "0", "minutes": "20"})
            return
        self.slack.slack.views.clear(person)
        await self.slack.command(person, "/coach-me", "sprint-form")
        if self.slack.modal(person) is not None:
            done = await self.slack.submit(person, SPRINT)
            self.ledger.note("planned", person, person, ok=done.closed)

    async def accept(self, person: str, _draw: Random) -> None:
        """Take a question."""
        await self.press("answered", person, "I can help")

    async def decline(self, person: str, _draw: Random) -> None:
        """Leave a question to others."""
        await self.press("answered", person, "Not now")

    async def follow_up(self, person: str, _draw: Random) -> None:
        """Say that advice was used."""
        await self.press("followed", person, "Yes, I used it")

    async def wrap_up(self, person: str, _draw: Random) -> None:
        """End a talk in its room."""
        rooms = [it for it in self.slack.conversations(person) if it.kind == "mpim"]
        for place in reversed(rooms):
            found = _with_button(self.slack.messages(person, place.id), "Wrap up")
            if found is not None:
                await self._form("wrapped", person, found, "Wrap up", {})
                return

    async def thank(self, person: str, _draw: Random) -> None:
        """Say how a talk went."""
        await self.press("thanked", person, "Partly")

    async def look(self, person: str, _draw: Random) -> None:
        """Look at the Home tab."""
        await self.slack.open_home(person)

    async def _say(self, person: str, words: str, thread_ts: str | None = None) -> None:
        if self._said[person] < TEXTS:
            self._said[person] += 1
            await self.slack.say(person, f"{words} {self.case()}", thread_ts=thread_ts)

    async def _ask(self, person: str, line: str) -> None:
        case = self.case()
        # Each is another question: the same twice is asked about, and kept aside.
        mark = case.split()[-1]
        what = f"in step{mark} of job{mark} on host{mark} {case}"
        answer = await self.slack.command(person, "/ask-mentor", f"{line} {what}")
        saved = answer.ok and answer.shown is not None and SAVED in answer.shown.words
        self.ledger.note("asked", person, mark, ok=saved)

    async def press(self, kind: str, person: str, button: str) -> None:
        """Press a button of the newest message that has it, and note what is acknowledged."""
        found = _with_button(self.slack.dm(person), button)
        if found is not None:
            before = self.whispers(person)
            pressed = await self.slack.press(person, found, button)
            is_told_otherwise = self.whispers(person) > before
            self.ledger.note(kind, person, place_of(found), ok=pressed.ok and not is_told_otherwise)

    async def _form(
        self, kind: str, person: str, found: Message, button: str, values: dict[str, str]
    ) -> None:
        self.slack.slack.views.clear(person)
        await self.slack.press(person, found, button)
        if self.slack.modal(person) is not None:
            done = await self.slack.submit(person, values)
            self.ledger.note(kind, person, place_of(found), ok=done.closed)

    def whispers(self, person: str) -> int:
        """How often the app has told someone what nobody else sees, as that a press failed."""
        return sum(message.ephemeral for message in self.slack.dm(person))

    def case(self) -> str:
        """Words that no other text has."""
        return f"{CASE} x{next(self._cases)}x"


def _waits(message: Message) -> bool:
    """Whether a message is a question of a guided talk that is not answered yet."""
    return message.bot and message.thread_ts is not None and "Skip" in message.words.splitlines()


def _is_guided(messages: Sequence[Message]) -> bool:
    return any(_waits(it) for it in messages)


def place_of(message: Message) -> str:
    """Where a message stands."""
    return f"{message.conversation} {message.ts}"


def newest(messages: Sequence[Message], fits: Callable[[Message], bool]) -> Message | None:
    """The newest message of the app's that fits."""
    return next((it for it in reversed(messages) if it.bot and fits(it)), None)


def _with_button(messages: Sequence[Message], button: str) -> Message | None:
    return newest(messages, lambda it: button in it.words.splitlines())
