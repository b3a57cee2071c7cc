"""The gate that every text goes through first: where a life may be in danger, nothing else happens to it.

The text is then not kept and passed on to nobody. Only a guided talk hears of it, and ends; sprints and plans
rest, and no aim is asked about. A report to the admins alone goes on: that is its writer's choice.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from coaching.aims import aims
from coaching.guide import consent
from coaching.plans import plans
from coaching.sprints import sprints
from handlers.block_kit import blocks, mrkdwn
from handlers.block_kit.errors import NotOpened, NotSaid
from handlers.block_kit.payload import part
from handlers.block_kit.picture import Picture, knock, quiet
from handlers.interactions import ids
from handlers.interactions.button_click import soon
from handlers.interactions.conversation import Conversation, Reader
from handlers.interactions.opening import opened
from handlers.interactions.ports import App
from handlers.interactions.screening import Screening
from handlers.reports import form as report_form
from handlers.triage import advice, words
from kernel.desk import Desk
from kernel.errors import Repeated
from kernel.reading import aside
from kernel.values import PersonId
from mentoring.features import CARE
from mentoring.people import care_notes
from sensing.safety.safety import Category, Finding, Tier, read

Next = Callable[[], Awaitable[Any]]


class SafetyGate:
    """The gate; forms of *answers_itself* say themselves whom to turn to where a text speaks of distress."""

    def __init__(self, answers_itself: frozenset[str]) -> None:
        self._answers_itself = answers_itself

    async def gate(self, context: dict[str, Any], body: dict[str, Any], next: Next) -> Any:
        """Answer a text that speaks of danger to a life; let everything else through, with what was found.

        Distress, violence, harassment and discrimination go on, with a card on whom to turn to, once a day.
        """
        if "desk" not in context:
            return await next()
        context["screening"] = screening = await aside(Screening.by_reading, *texts(body))
        finding = screening.gravest
        if finding.tier is Tier.STOP and _form(body) != report_form.FORM:
            return await _stop(context, body, next)
        if finding.tier is Tier.CARE and not self._answers(body):
            now: datetime = context["now"]
            once = f"care:{context['me']}:{now.date()}"
            await _told(context, f"{ids.caused_by(once)}.{finding.category}", once)
        return await next()

    def _answers(self, body: Mapping[str, Any]) -> bool:
        """Say whether a command or form answers on the spot, or somebody else's words are quoted."""
        is_quoted = body.get("type") == "message_action"
        return is_quoted or "command" in body or _form(body) in self._answers_itself

    def register(self, app: App) -> None:
        """Stand before every listener, with the lists of phrases read before the first person writes."""
        read("")
        app.middleware(self.gate)


async def _stop(context: dict[str, Any], body: dict[str, Any], next: Next) -> Any:
    shown = advice.stop(context["desk"].policy.support, is_quoted=body.get("type") == "message_action")
    view = blocks.modal("care", words.TALK_TO_SOMEONE, shown)
    if body.get("type") == "message_action":
        try:
            await opened(context["client"].views_open(trigger_id=body["trigger_id"], view=view))
        except NotOpened:
            if not await soon(context["respond"](blocks.spoken(shown), shown, replace_original=False)):
                raise NotSaid from None
        return await context["ack"]()
    # Help is shown even where nothing can be saved just now.
    await soon(_hushed(context["desk"], context["me"], context["now"]))
    if "command" in body:
        return await context["ack"](text=blocks.spoken(shown), blocks=shown, response_type="ephemeral")
    if body.get("type") == "view_submission":
        return await context["ack"](response_action="update", view=view)
    cause = ids.of_event(body["event"], body["event_id"])
    await _told(context, cause, f"care:{cause}")
    return await next()


async def _hushed(desk: Desk, me: PersonId, now: datetime) -> None:
    """Let what reminds rest, and forget what was sent to a model; one that fails holds up no other."""
    resting = (rest(desk, me, now) for rest in (sprints.rest_all, plans.rest_all, aims.end_all))
    doing = (*resting, consent.forget_sent(desk, me))
    await asyncio.gather(*doing)


def _form(body: Mapping[str, Any]) -> str:
    return _text(part(body, "view"), "callback_id")


def texts(body: Mapping[str, Any]) -> Iterator[str]:
    """Yield every free text that an interaction brings: after a command, in a form's fields, in a message.

    A message counts as it is after an edit, and also where a shortcut is used on it. What Slack has marked up
    counts as it came and as it was typed.
    """
    event = part(body, "event")
    if "command" in body:
        yield from _both(_text(body, "text"))
    elif body.get("type") == "view_submission":
        yield from _typed(part(part(part(body, "view"), "state"), "values"))
    elif body.get("type") == "message_action":
        yield from _both(_text(part(body, "message"), "text"))
    elif event.get("type") == "message":
        yield from _both(_written(event))


def _both(sent: str) -> Iterator[str]:
    typed = mrkdwn.unescape(sent).strip()
    yield from (sent, typed) if typed != sent else (sent,)


def _typed(values: Mapping[str, Any]) -> Iterator[str]:
    for inputs in (part(values, block_id) for block_id in values):
        fields = (part(inputs, action_id) for action_id in inputs)
        yield from (_text(field, "value") for field in fields if field.get("type") == "plain_text_input")


def _written(event: Mapping[str, Any]) -> str:
    """What a person wrote, or changed a message to; nothing for what an app wrote."""
    if event.get("subtype") != "message_changed":
        return "" if event.get("bot_id") else _text(event, "text")
    now, before = part(event, "message"), part(event, "previous_message")
    text = _text(now, "text")
    return "" if now.get("bot_id") or text == before.get("text") else text


def _text(whole: Mapping[str, Any], name: str) -> str:
    text = whole.get(name)
    return text if isinstance(text, str) else ""


async def _told(context: Mapping[str, Any], cause: str, once: str) -> None:
    """Show the writer whom to turn to, on a card of its own."""
    with suppress(Repeated):
        await care_notes.tell(context["desk"], context["me"], cause, context["now"], once=once)


async def _card(reader: Reader) -> Picture | None:
    category = reader.id.partition(".")[2]
    if not category:
        return knock("care", advice.stop(reader.desk.policy.support), closing="")
    finding = Finding(Tier.CARE, Category(category))
    return quiet("care", advice.care(finding, reader.desk.policy.support))


CONVERSATION = Conversation(feature=CARE, painters={"care": _card})
