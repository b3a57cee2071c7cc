"""How a press is answered, by its response_url or a window; and how a form that was sent is."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import make
import pytest
from make import ASKER, NOW
from patience import PATIENCE

from handlers.block_kit.errors import NotSaid
from handlers.block_kit.refusals import under
from handlers.interactions import button_click
from handlers.interactions.button_click import Press
from handlers.interactions.form_answer import answering
from handlers.sprints import sprints
from kernel.desk import Desk
from kernel.errors import Ended, Invalid, Refusal, Repeated

NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)


@dataclass
class Slack:
    """Takes down what it is told, slowly or not at all where a test says so."""

    seconds: float = 0.0
    breaks: bool = False
    told: list[tuple[str, dict[str, Any]]] = field(default_factory=list)

    async def respond(self, text: str, shown: Any = None, **how: Any) -> None:
        await asyncio.sleep(self.seconds)
        if self.breaks:
            raise ConnectionResetError
        self.told.append(("respond", {"text": text, **how}))

    async def views_open(self, **what: Any) -> None:
        self.told.append(("open", what))

    async def views_push(self, **what: Any) -> None:
        self.told.append(("push", what))

    async def ack(self, **what: Any) -> None:
        self.told.append(("ack", what))


def press(slack: Slack, **body: Any) -> Press:
    whole = {"trigger_id": "1.2", "actions": [{"action_id": "a", "value": "v"}], **body}
    ways: Any = slack
    return Press(whole, ways.ack, ways, ways.respond, DESK, ASKER, NOW)


async def test_a_message_is_answered_by_its_response_url():
    slack = Slack()

    await press(slack, response_url="https://slack.example").say("Done.")

    assert slack.told == [("respond", {"text": "Done.", "replace_original": False})]


async def test_only_a_receipt_is_replaced():
    slack = Slack()
    receipt = {"response_url": "https://slack.example", "container": {"is_ephemeral": True}}

    await press(slack, **receipt).say("Withdrawn.", replace=True)
    await press(slack, response_url="https://slack.example").say("Withdrawn.", replace=True)

    assert [how["replace_original"] for _, how in slack.told] == [True, False]


@pytest.mark.parametrize(("view", "way"), [({"type": "home"}, "open"), ({"type": "modal"}, "push")])
async def test_a_button_on_a_view_is_answered_by_a_window(view: dict[str, str], way: str):
    slack = Slack()

    await press(slack, view=view).say("Too late.")

    [(called, what)] = slack.told
    assert called == way
    assert "Too late." in str(what["view"])


@pytest.mark.parametrize("slack", [Slack(breaks=True), Slack(seconds=PATIENCE)])
@pytest.mark.parametrize("error", [None, Ended()])
async def test_a_press_whose_answer_is_lost_or_too_late_is_not_acknowledged(
    slack: Slack, error: Refusal | None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(button_click, "WITHIN", 0.05)

    async def done() -> str:
        if error:
            raise error
        return "it"

    receipt = {"response_url": "https://slack.example", "container": {"is_ephemeral": True}}

    with pytest.raises(NotSaid):
        await press(slack, **receipt).carry_out(done(), lambda what: f"Did {what}.")

    assert slack.told == []


async def test_a_refusal_is_said_and_the_press_is_acknowledged_last():
    slack = Slack()

    async def refused() -> None:
        raise Ended

    await press(slack, response_url="https://slack.example").carry_out(refused())

    assert [way for way, _ in slack.told] == ["respond", "ack"]
    assert "come to its end" in slack.told[0][1]["text"]


async def test_success_is_silent_but_on_a_receipt():
    slack = Slack()

    async def done() -> str:
        return "it"

    for body in ({}, {"container": {"is_ephemeral": True}}):
        way = press(slack, response_url="https://slack.example", **body)
        await way.carry_out(done(), lambda what: f"Did {what}.")

    assert [(way, how.get("text")) for way, how in slack.told] == [
        ("ack", None),
        ("respond", "Did it."),
        ("ack", None),
    ]


async def test_a_button_whose_form_is_refused_is_acknowledged_after_saying_why():
    slack = Slack()

    await sprints.from_template(press(slack, view={"type": "modal"}))

    assert [called for called, _ in slack.told] == ["push", "ack"]


SAVED = {"response_action": "update", "view": {"callback_id": "saved"}}


@pytest.mark.parametrize(
    ("refusal", "answer"),
    [
        (None, SAVED),
        (Repeated(), {}),
        (Invalid("minutes", "empty"), ("errors", "length")),
        (Ended(), ("errors", "text")),
    ],
)
async def test_a_form_is_acknowledged_once_by_what_came_of_it(refusal: Refusal | None, answer: Any):
    slack: Any = Slack()

    async with answering(slack.ack, under("text", minutes="length")) as said:
        said.update(SAVED)
        if refusal:
            raise refusal

    [(_, told)] = slack.told
    if isinstance(answer, tuple):
        assert (told["response_action"], *told["errors"]) == answer
        assert "view" not in told
    else:
        assert told == answer
