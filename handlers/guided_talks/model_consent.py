"""What people are told before a model leads their guided talks, what was sent last, and their yes or no."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any

from coaching.guide import consent
from coaching.guide.consent import Consent
from coaching.guide.model import Terms
from coaching.language.form import FormId
from handlers.block_kit import blocks, labels, mrkdwn, payload
from handlers.block_kit.blocks import Block, View
from handlers.block_kit.payload import Id
from handlers.guided_talks import words
from kernel.policy import Policy

AGREE = "consent.agree"
DECLINE = "consent.decline"
SHOW = "consent.show"
SHOWN_OF_EACH, MOST_LINES = 200, 30  # characters of each text that was sent, and how many texts are shown


def terms_text(terms: Terms) -> str:
    """What people agree to: provider, host, model, and every field that is sent."""
    return words.terms(terms.model, mrkdwn.inert(terms.provider), terms.host, terms.version)


def asked(terms: Terms, about: str) -> list[Block]:
    """The question put once, before the first turn; *about* is what goes on after the answer."""
    return [blocks.section(terms_text(terms)), *_choice(terms, about)]


def answered(value: str) -> tuple[str, str]:
    """The seal of the terms that a button stands under, and what goes on after the answer."""
    seal, _, about = value.partition(" ")
    return seal, about


def to_begin(value: str) -> tuple[str, FormId] | None:
    """The draft and the kind of the guided talk that goes on after the answer, if one does."""
    _, about = answered(value)
    return payload.words(tuple[Id, FormId], about) if " " in about else None


def begun_words(consent: Consent) -> str:
    """What is said once somebody has answered."""
    return words.AGREED if consent.answer == "agreed" else words.NO_MORE


def privacy(policy: Policy, terms: Terms | None, said: Consent) -> list[Block]:
    """What is kept and what is sent, a person's word on it, and what was sent last."""
    return [blocks.section(words.KEPT), *_state(policy, terms, said), *_last(said)]


def sent_view(said: Consent) -> View:
    """Everything that was sent last, as it left."""
    return blocks.modal("sent", words.SENT_TITLE, _payload(said) or [blocks.section(words.NOTHING_KEPT)])


def _state(policy: Policy, terms: Terms | None, said: Consent) -> list[Block]:
    if terms is None or not consent.is_allowed(policy):
        back = blocks.actions([_take_back()]) if said.answer == "agreed" else []
        return [blocks.section(words.NO_MODEL), *back]
    if said.covers(terms):
        return [
            blocks.section(words.agreed(_on(said.answered_at))),
            blocks.section(mrkdwn.quote(terms_text(terms))),
            *blocks.actions([_take_back()]),
        ]
    declined = [blocks.section(words.NO)] if said.answer == "declined" else []
    return [*declined, *asked(terms, "")]


def _last(said: Consent) -> list[Block]:
    if not said.sent:
        return [blocks.context(words.NOTHING_SENT)]
    exactly = blocks.button(words.EXACTLY, SHOW, "sent")
    return [
        blocks.section(words.sent_last(_on(said.sent_at))),
        *_told(said.sent[-1]),
        *blocks.actions([exactly]),
        blocks.context(words.BESIDES),
    ]


def _told(request: str) -> list[Block]:
    """What of a guided talk a request told the model, in words; nothing where nobody knows its form."""
    data = _data(request)
    turns = [it for it in data.get("turns", ()) if isinstance(it, dict)]
    asked = [((words.QUESTION, it.get("question")), (words.YOU, it.get("answer"))) for it in turns]
    said = [
        (words.BEGAN_WITH, data.get("opening")),
        (words.QUOTED, data.get("colleagues_message")),
        *(line for pair in asked for line in pair),
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
            blocks.button(words.USE_MODEL, AGREE, value, style="primary"),
            blocks.button(words.STAY, DECLINE, value),
        ]
    )


def _take_back() -> blocks.Element:
    sure = blocks.confirmation(words.TAKE_BACK_TITLE, words.SURE, words.TAKE_IT_BACK, labels.KEEP_IT)
    return blocks.button(words.TAKE_BACK, DECLINE, "any privacy", confirm=sure)


def _on(at: datetime | None) -> str:
    return words.on(mrkdwn.weekday_moment(at)) if at else ""
