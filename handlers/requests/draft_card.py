"""The card for text that a person wrote to the app: nothing is passed to anyone before they say so."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.block_kit import blocks, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.draft_buttons import ASK, CHANGE, forget_button
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions.sub_words import SubWords
from handlers.requests import ask_line
from handlers.requests.ask_line import Question
from mentoring.requests.drafts import MOST, Draft

SEND = "draft.send"

_HELP = (
    "*Write what you are stuck with, and I'll find someone who can help.*\n"
    "• `/ask-mentor How do I profile asyncio? #python` asks at once.\n"
    "• `/ask-mentor` alone opens a form.\n"
    "{words}"
    "• `/coach-me` and a line tells you which kind of help fits.\n"
    "Your own overview is on the *Home* tab."
)

_DISPLACED = f"I keep your last {MOST} texts, and this one made way. Write it again if you still need it."


class OpenTalk:
    """A talk that a message may have been meant for."""

    __slots__ = ("id", "name")

    def __init__(self, id: str, name: str) -> None:
        self.id, self.name = id, name


class Unclear(NamedTuple):
    """What is asked of a question whose topic is not clear, and the buttons that answer it."""

    lead: str
    ways: Sequence[Element]


def card(draft: Draft, talks: Sequence[OpenTalk], words: SubWords, unclear: Unclear | None = None) -> Picture:
    """Return the card of a draft. *talks* are those that the text may have been meant for.

    *words* are what can be typed after `/ask-mentor`; a text that is one of them gets the help.
    """
    if draft.state == "used":
        return quiet("used", [blocks.context("This became a question; its card is in our messages.")])
    if draft.state == "discarded":
        return quiet("discarded", [blocks.context("That's done. I kept none of it.")])
    if draft.state == "displaced":
        return quiet("displaced", [blocks.context(_DISPLACED)])
    line = ask_line.read(mrkdwn.escape(draft.text), words)
    if isinstance(line, Question) or talks or draft.source == "guided":
        return _question(draft, talks, unclear)
    return quiet("help", help_blocks(words))


def _question(draft: Draft, talks: Sequence[OpenTalk], unclear: Unclear | None) -> Picture:
    asked = "*A new question, or part of a talk?*" if talks else "*Shall I find someone for this?*"
    asked = unclear.lead if unclear else asked
    intro = f"This guided talk has ended. {asked}" if draft.source == "guided" else asked
    length = mrkdwn.width(draft.text)
    kept = [blocks.context(f"All {length:,} characters are kept.")] if length > mrkdwn.QUOTED else []
    return quiet(
        "kept",
        [
            blocks.section(f"{intro} Nobody has seen it so far."),
            texts.reminder(draft.text),
            *kept,
            *blocks.actions(_ways(draft, talks, unclear)),
        ],
    )


def _ways(draft: Draft, talks: Sequence[OpenTalk], unclear: Unclear | None) -> list[Element]:
    if unclear:
        return [*unclear.ways, forget_button(draft.id)]
    return [*_talks(draft, talks), *_buttons(draft, bool(talks))]


def _talks(draft: Draft, talks: Sequence[OpenTalk]) -> list[Element]:
    return [
        blocks.button(f"Send to {texts.name(talk.name)}", f"{SEND}.{number}", f"{draft.id} {talk.id}")
        for number, talk in enumerate(talks[:5])
    ]


def _buttons(draft: Draft, has_talks: bool) -> list[Element]:
    return [
        blocks.button("Ask this", ASK, draft.id, style="" if has_talks else "primary"),
        blocks.button("Change", CHANGE, draft.id),
        forget_button(draft.id),
    ]


def sent(value: str) -> tuple[str, str]:
    """Return the draft and the talk that it goes to, from the value of a button."""
    return payload.words(tuple[Id, Id], value)


def help(words: SubWords) -> str:
    """Return what can be typed."""
    return _HELP.replace("{words}", "".join(f"• {line}\n" for line in words.help))


def help_blocks(words: SubWords, note: str = "") -> list[Block]:
    """Return what can be typed, below a note on what was typed."""
    return [*([blocks.section(note)] if note else []), blocks.section(help(words))]
