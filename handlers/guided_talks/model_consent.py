"""What people are told before a model leads their talks, what was sent last, and their yes or no to it."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

from coaching.guide import consent
from coaching.guide.consent import Consent
from coaching.guide.model import Terms
from coaching.language.form import FormId
from handlers.block_kit import blocks, mrkdwn, payload
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from kernel.policy import Policy

AGREE = "consent.agree"
DECLINE = "consent.decline"
SHOW = "consent.show"
SHOWN_OF_EACH, MOST_LINES = 200, 30  # characters of each text that was sent, and how many texts are shown
_BESIDES = (
    "With it went the kind of talk, the step, and the app's own instructions, which are the same for "
    "everyone. Long texts are cut here; the button shows every character."
)
_SURE = (
    "The script leads your talks from then on. What was sent last, and every question that a model wrote in "
    "your talks, is erased. Your own answers stay."
)

KEPT = (
    "*What a guided talk keeps:* your answers, for you alone, for 180 days after you last wrote; then they "
    "are erased. No colleague and no admin can read them. If you write that a life is in danger, the talk "
    "ends and all its words are erased.\n"
    "*What a sprint keeps:* your plan and check-ins, for 365 days after the last change. Nobody else reads "
    "them, unless you name a partner: once they say yes, they see the goal and the check-ins."
)
_NO_MODEL = (
    "*No AI model gets any of this,* and nothing leaves this workspace but what Slack itself carries. "
    "Guided talks are a script."
)
_NO = "*You said no to an AI model,* so none gets your words: guided talks are a script."
_ERASED = "*Done.* The script leads your talks from now on. What I kept of what was sent before is erased."


def terms_text(terms: Terms) -> str:
    """Return what people agree to: provider, host, model, and every field that is sent."""
    return (
        "*May an AI model lead your guided talks?* Without one, a script leads them.\n"
        f"Your admins allow `{terms.model}`, run by {mrkdwn.inert(terms.provider)}, reached at "
        f"`{terms.host}`.\n"
        "• *Sent there with each turn of a talk:* what you wrote or quoted to begin it, the questions, your "
        "answers, which kind of talk it is, and at its end the day's date.\n"
        "• *Hidden first:* the names of everyone here, mentions, channels, e-mail addresses, links, phone "
        "numbers, passwords, keys and ids, as far as I recognise them. Some may slip through.\n"
        "• *Never sent:* your profile, or anyone else's.\n"
        "• What the provider keeps depends on its contract with your workspace.\n"
        "• A model can be wrong. Whenever it fails, the script goes on.\n"
        "`/coach-me privacy` shows exactly what was sent last, and there you can take your yes back at any "
        f"time. (Version {terms.version} of this text.)"
    )


def asked(terms: Terms, about: str) -> list[Block]:
    """Return the question put once, before the first turn; *about* is what goes on after the answer."""
    return [blocks.section(terms_text(terms)), *_choice(terms, about)]


def answered(value: str) -> tuple[str, str]:
    """Return the seal of the terms that a button stands under, and what goes on after the answer."""
    seal, _, about = value.partition(" ")
    return seal, about


def to_begin(value: str) -> tuple[str, FormId] | None:
    """Return the draft and the kind of the talk that goes on after the answer, if one does."""
    _, about = answered(value)
    return payload.words(tuple[Id, FormId], about) if " " in about else None


def begun_words(consent: Consent) -> str:
    """Return what is said once somebody has answered."""
    return "Agreed: a model leads from your next talk on." if consent.answer == "agreed" else _ERASED


def privacy(policy: Policy, terms: Terms | None, said: Consent) -> list[Block]:
    """Return what is kept and what is sent, a person's word on it, and what was sent last."""
    return [blocks.section(KEPT), *_state(policy, terms, said), *_last(said)]


def sent_view(said: Consent) -> View:
    """Return everything that was sent last, as it left."""
    return blocks.modal("sent", "What was sent last", _payload(said) or [blocks.section("Nothing is kept.")])


def _state(policy: Policy, terms: Terms | None, said: Consent) -> list[Block]:
    if terms is None or not consent.is_allowed(policy):
        back = blocks.actions([_take_back()]) if said.answer == "agreed" else []
        return [blocks.section(_NO_MODEL), *back]
    if said.covers(terms):
        return [
            blocks.section(f"*You agreed {_on(said.answered_at)}* to this:"),
            blocks.section(mrkdwn.quote(terms_text(terms))),
            *blocks.actions([_take_back()]),
        ]
    declined = [blocks.section(_NO)] if said.answer == "declined" else []
    return [*declined, *asked(terms, "")]


def _last(said: Consent) -> list[Block]:
    if not said.sent:
        return [blocks.context("Nothing that was sent to a model is kept.")]
    exactly = blocks.button("Show it exactly as it left", SHOW, "sent")
    return [
        blocks.section(f"*Sent last, {_on(said.sent_at)}.* What is in brackets was hidden first:"),
        *_told(said.sent[-1]),
        *blocks.actions([exactly]),
        blocks.context(_BESIDES),
    ]


def _told(request: str) -> list[Block]:
    """What of a talk a request told the model, in words; nothing where it is of a form that nobody knows."""
    data = _data(request)
    turns = [it for it in data.get("turns", ()) if isinstance(it, dict)]
    said = [
        ("You began with:", data.get("opening")),
        ("You quoted:", data.get("colleagues_message")),
        *(pair for it in turns for pair in (("Question:", it.get("question")), ("You:", it.get("answer")))),
    ]
    lines = [
        (label, mrkdwn.cut(text, SHOWN_OF_EACH)) for label, text in said if isinstance(text, str) and text
    ]
    return [blocks.lines(lines[:MOST_LINES])] if lines else []


def _data(request: str) -> dict[str, Any]:
    """What the person's part of a request holds, by the protocols that are spoken; else nothing."""
    with suppress(ValueError, TypeError, KeyError, AttributeError):
        for message in json.loads(request)["messages"]:
            content = message["content"]
            parts = [content] if isinstance(content, str) else [it.get("text") for it in content or ()]
            if message["role"] == "user" and parts and isinstance(parts[0], str):
                found = json.loads(parts[0])
                return found if isinstance(found, dict) else {}
    return {}


def _payload(said: Consent) -> list[Block]:
    return [block for each in said.sent for block in blocks.verbatim(each)]


def _choice(terms: Terms, about: str) -> list[Block]:
    value = f"{terms.seal} {about or 'privacy'}"
    return blocks.actions(
        [
            blocks.button("Use the model", AGREE, value, style="primary"),
            blocks.button("Stay with the script", DECLINE, value),
        ]
    )


def _take_back() -> blocks.Element:
    sure = blocks.confirmation("Take your yes back?", _SURE, "Take it back", "Keep it")
    return blocks.button("Take my yes back", DECLINE, "any privacy", confirm=sure)


def _on(at: datetime | None) -> str:
    return f"on {mrkdwn.weekday_moment(at)}" if at else ""
