"""What it takes to begin a sprint: `PYTHONPATH=. python bench/sprint_start.py`.

Three ways are walked through the whole app, beside a playground, each to a sprint that has begun: the form of
all fields, the five questions with a goal of one's own, and a suggestion; each answers what has to be
answered, and no more. Counted are *turns*, what the person sends after what is shown; *taps*, one for each
press and for each text that is begun; *read* and *typed*, words. A line counts once, labels and hints too.
`minutes` takes reading at 200 words a minute, typing at 40, and two seconds a tap. What to write is thought
of for nothing, eight texts in the form and two in the questions. With --words what is read is printed.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ack import SECRET, program, settings_for

from playground.driver import Message, Playground
from playground.workspace.messages import spoken

READ, TYPED, TAP = 200, 40, 2  # words a minute, words a minute, seconds
ME, GOAL = "U0MAYA", "Read query plans without help"
SUPPORT = ("support: []", "support: [{name: Employee line, how: dial 4711}]")
MANIFEST = Path(__file__).parents[1] / "manifest.yml"
FORM: Mapping[str, str] = {
    "goal": GOAL,
    "expected": "Two queries explained alone",
    "more": "Three queries explained alone",
    "much_more": "Four queries explained alone",
    "less": "One query explained with help",
    "much_less": "None so far",
    "cue": "the stand-up is over",
    "action": "open one slow query",
}


@dataclass
class Hand:
    """One person at work, and what it took so far."""

    slack: Playground
    lines: list[str] = field(default_factory=list)
    turns: int = 0
    taps: int = 0
    typed: int = 0

    async def command(self, text: str) -> None:
        """Type a command and send it."""
        self._sends(f"/coach-me {text}", taps=1)
        await self.slack.command(ME, "/coach-me", text)

    async def sees(self, containing: str) -> Message:
        """Read the card once it says so."""
        card = await self.slack.message(ME, containing=containing)
        self._reads("\n".join(spoken(card.blocks)))
        return card

    async def press(self, card: Message, label: str) -> None:
        """Press a button."""
        self._sends("", taps=1)
        await self.slack.press(ME, card, label)

    async def fills(self, **written: str) -> None:
        """Read the window that is open, fill it in and send it."""
        window = await self.slack.until(lambda: self.slack.modal(ME))
        self._reads(window.words)
        self._sends(" ".join(written.values()), taps=len(written) + 1)
        sent = await self.slack.submit(ME, written, window)
        if sent.errors:
            raise SystemExit(f"The form was refused: {sent.errors}")

    def _reads(self, text: str) -> None:
        self.lines += [line for line in text.splitlines() if line not in self.lines]

    def _sends(self, text: str, taps: int) -> None:
        self.turns, self.taps, self.typed = self.turns + 1, self.taps + taps, self.typed + len(text.split())

    def figures(self) -> dict[str, float]:
        """What it took by now."""
        read = sum(len(line.split()) for line in self.lines)
        minutes = read / READ + self.typed / TYPED + self.taps * TAP / 60
        counted = {"turns": self.turns, "taps": self.taps, "read": read, "typed": self.typed}
        return {**counted, "minutes": round(minutes, 1)}


async def by_form(hand: Hand) -> None:
    """All fields at once, as it was before the questions."""
    await hand.command("sprint-form")
    await hand.fills(**FORM)


async def by_questions(hand: Hand) -> None:
    """The five questions, with a goal and an expectation of one's own."""
    await hand.command("sprint")
    await hand.press(await hand.sees("Question 1 of 5"), "Write my own")
    await hand.fills(goal=FORM["goal"])
    await hand.press(await hand.sees("Question 2 of 5"), "Write my own")
    await hand.fills(expected=FORM["expected"])
    await hand.press(await hand.sees("Question 3 of 5"), "That's right")
    await hand.press(await hand.sees("Question 4 of 5"), "Tuesday and Thursday")
    await hand.press(await hand.sees("Question 5 of 5"), "2 weeks")
    await hand.press(await hand.sees("How sure are you?"), "Begin")


async def by_suggestion(hand: Hand) -> None:
    """A suggestion, taken as it is."""
    await hand.command("sprint")
    await hand.press(await hand.sees("Question 1 of 5"), "Write messages that get answered")
    await hand.press(await hand.sees("How sure are you?"), "Begin")


WAYS: Mapping[str, Callable[[Hand], Awaitable[None]]] = {
    "form": by_form,
    "questions": by_questions,
    "suggestion": by_suggestion,
}


async def measure() -> dict[str, Hand]:
    """Walk each way in a workspace of its own."""
    return {name: await _walked(way) for name, way in WAYS.items()}


async def _walked(way: Callable[[Hand], Awaitable[None]]) -> Hand:
    async with AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        manifest = folder / "manifest.yml"
        manifest.write_text(MANIFEST.read_text("utf-8").replace(*SUPPORT), "utf-8")
        slack = await stack.enter_async_context(Playground.start(signing_secret=SECRET))
        settings = settings_for(slack, folder) | {"WAYMARK_MANIFEST": str(manifest)}
        app = await stack.enter_async_context(program([sys.executable, "-m", "slackapp", "run"], settings))
        slack.app_url = f"{app}/slack/events"
        hand = Hand(slack)
        await way(hand)
        await slack.message(ME, containing="Your skill sprint")
        return hand


def main() -> None:
    """Print the figures of each way, and what was read."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("--words", action="store_true", help="print what was read, screen by screen")
    hands = asyncio.run(measure())
    if options.parse_args().words:
        for name, hand in hands.items():
            print(f"--- {name}", *hand.lines, sep="\n")
    print(json.dumps({name: hand.figures() for name, hand in hands.items()}, indent=2))


if __name__ == "__main__":
    main()
