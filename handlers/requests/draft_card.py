"""The card for text that a person wrote to the app: nothing is passed to anyone before they say so."""

from collections.abc import Sequence
from typing import NamedTuple

from handlers.block_kit import blocks, labels, mrkdwn, payload, texts
from handlers.block_kit.blocks import Block, Element
from handlers.block_kit.draft_buttons import ASK, CHANGE, forget_button
from handlers.block_kit.payload import Id
from handlers.block_kit.picture import Picture, quiet
from handlers.interactions.sub_words import SubWords
from handlers.requests import ask_line, words
from handlers.requests.ask_line import Question, TypedSubWord
from mentoring.requests.drafts import MOST, Draft

SEND = "draft.send"
ANSWER = "draft.answer"
HOW = "home.how"


class OpenTalk(NamedTuple):
    """A session, by the other's name, or a guided talk, by its opening, that a message may be meant for."""

    id: str
    name: str
    is_guided: bool = False


class Unclear(NamedTuple):
    """What is asked of a question whose topic is not clear, and the buttons that answer it."""

    lead: str
    ways: Sequence[Element]


def card(
    draft: Draft,
    talks: Sequence[OpenTalk],
    sub_words: SubWords,
    unclear: Unclear | None = None,
    note: str = "",
) -> Picture:
    """The card of a draft. *talks* are those that the text may have been meant for; *note* leads the help.

    *sub_words* are what can be typed after `/ask-mentor`; a text that is one of them gets the help
    and what that word does.
    """
    if draft.state == "used":
        return quiet("used", [blocks.context(words.BECAME_QUESTION)])
    if draft.state == "sent":
        return quiet("sent", [blocks.context(words.IN_THE_TALK)])
    if draft.state == "discarded":
        return quiet("discarded", [blocks.context(words.KEPT_NONE)])
    if draft.state == "displaced":
        return quiet("displaced", [blocks.context(words.displaced(MOST))])
    line = ask_line.read(mrkdwn.escape(draft.text), sub_words)
    if isinstance(line, Question) or talks or draft.source == "guided":
        return _question(draft, talks, unclear)
    typed = sub_words[line.name].help if isinstance(line, TypedSubWord) else note
    return quiet("help", help_blocks(typed))


def _question(draft: Draft, talks: Sequence[OpenTalk], unclear: Unclear | None) -> Picture:
    asked = words.QUESTION_OR_TALK if talks else words.SHALL_I_FIND
    asked = unclear.lead if unclear else asked
    intro = words.talk_has_ended(asked) if draft.source == "guided" else asked
    length = mrkdwn.width(draft.text)
    kept = [blocks.context(words.all_kept(length))] if length > mrkdwn.QUOTED else []
    return quiet(
        "kept",
        [
            blocks.section(words.nobody_has_seen(intro)),
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
    return [_talk(draft, talk, number) for number, talk in enumerate(talks[:5])]


def _talk(draft: Draft, talk: OpenTalk, number: int) -> Element:
    if talk.is_guided:
        label, does = words.answer_in(texts.name(talk.name)), ANSWER
    else:
        label, does = words.send_to(texts.name(talk.name)), SEND
    return blocks.button(label, f"{does}.{number}", f"{draft.id} {talk.id}")


def _buttons(draft: Draft, has_talks: bool) -> list[Element]:
    return [
        blocks.button(words.ASK_THIS, ASK, draft.id, style="" if has_talks else "primary"),
        blocks.button(labels.CHANGE, CHANGE, draft.id),
        forget_button(draft.id),
    ]


def sent(value: str) -> tuple[str, str]:
    """The draft and the session or guided talk that it goes to, from the value of a button."""
    return payload.words(tuple[Id, Id], value)


def help_blocks(note: str = "") -> list[Block]:
    """The help in short, below a note on what was typed, with the way to all of it."""
    way = blocks.button(labels.SHOW_EVERYTHING, HOW, "help")
    lead = [blocks.section(note)] if note else []
    return [*lead, blocks.section(words.HELP), *blocks.actions([way])]


def whole_help(sub_words: SubWords) -> list[Block]:
    """All that can be typed."""
    lines = "".join(f"• {line}\n" for line in sub_words.help)
    return [blocks.section(words.WHOLE_HELP.replace("{words}", lines))]
