"""What nobody else answers: old buttons and forms, and what went wrong on our side."""

import json
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import pytest
import slack_limits
from app_world import World
from office import Office
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.context.async_context import AsyncBoltContext
from slack_posts import post
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from handlers import fallback
from handlers.block_kit import blocks
from handlers.block_kit.errors import NotOpened, Stale
from handlers.offers.card import ACCEPT
from kernel.desk import Desk
from kernel.errors import NotAMember, NotFound, NotYours
from kernel.policy import Contact, Policy
from kernel.values import PersonId

MAYA = "U0MAYA"


@dataclass
class Response:
    """An answer over HTTP before anybody has written it."""

    status: int = 500
    body: str = ""
    headers: dict[str, Any] = field(default_factory=dict)


@dataclass
class Posted:
    """A client that takes down what is posted."""

    messages: list[dict[str, Any]] = field(default_factory=list)

    async def chat_postMessage(self, **message: Any) -> None:
        self.messages.append(message)


@dataclass
class Request:
    """What came from Slack."""

    body: dict[str, Any]
    headers: dict[str, Any] = field(default_factory=dict)
    context: Any = None


KNOWN = AuthorizeResult(enterprise_id=None, team_id="T1")


async def failed(
    body: dict[str, Any],
    desk: Desk | None = None,
    known: AuthorizeResult | None = KNOWN,
    error: Exception | None = None,
    respond: Any = None,
    **headers: list[str],
) -> tuple[Response, Posted]:
    """Let a listener fail on this, and return what goes back to Slack and what is posted."""
    response, client = Response(), Posted()
    renamed = {name.replace("_", "-"): value for name, value in headers.items()}
    context = {"client": client, "desk": desk, "respond": respond, "authorize_result": known}
    request: Any = Request(body, renamed, AsyncBoltContext(context))
    await fallback.failed(error or ValueError("broken"), request, response, body, client)
    return response, client


@pytest.mark.parametrize("text", ["", "How & why <!channel>?", "x" * 10_000, "&" * 40_000])
async def test_a_command_gives_back_what_was_typed(text: str):
    response, _ = await failed({"command": "/ask-mentor", "text": text})

    answer = json.loads(response.body)
    assert response.status == 200
    assert answer["response_type"] == "ephemeral"
    assert slack_limits.faults_of_message({"text": answer["text"], "blocks": answer["blocks"]}) == []


async def test_a_form_keeps_what_was_typed():
    view = blocks.modal("x", "X", [blocks.field("question", "Q", blocks.text_input())], submit="Ask")

    response, _ = await failed({"type": "view_submission", "view": view})

    assert set(json.loads(response.body)["errors"]) == {"question"}


async def test_a_menu_is_empty_and_a_button_is_acknowledged():
    assert json.loads((await failed({"type": "block_suggestion"}))[0].body) == {"options": []}
    assert (await failed({"type": "block_actions"}))[0].status == 200


LATE = SlackApiError("no", {"ok": False, "error": "expired_trigger_id"})
FIELD = blocks.modal("x", "X", [blocks.field("question", "Q", blocks.text_input())], submit="Ask")


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Stale(), "from an earlier time"),
        (NotYours(), "Only the people this is about"),
        (NotAMember(PersonId(MAYA), "guest"), "Guests can ask here"),
        (NotFound("request", "R1"), "out of date"),
        (LATE, "couldn't be opened"),
    ],
)
async def test_what_can_be_expected_is_said_and_is_no_error(
    error: Exception, words: str, caplog: pytest.LogCaptureFixture
):
    form, _ = await failed({"type": "view_submission", "view": FIELD}, error=error)
    bare, _ = await failed({"type": "view_submission", "view": {"blocks": "x"}}, error=error)
    menu, _ = await failed({"type": "block_suggestion"}, error=error)
    event, _ = await failed({"type": "event_callback", "event": {"type": "message"}}, error=error)

    assert words in json.loads(form.body)["errors"]["question"]
    assert words in json.dumps(json.loads(bare.body)["view"])
    assert json.loads(menu.body) == {"options": []}
    assert (event.status, event.body) == (200, "")
    assert caplog.records == []


@pytest.mark.parametrize("error", [NotYours(), LATE])
async def test_a_command_that_is_refused_gives_back_what_was_typed(error: Exception):
    response, _ = await failed({"command": "/ask-mentor", "text": "Why & how?"}, error=error)

    assert "Why &amp; how?" in json.loads(response.body)["text"]


async def test_what_is_turned_down_is_counted(http_world: World):
    press = {
        "type": "block_actions",
        "team": {"id": http_world.slack.team_id},
        "user": {"id": MAYA, "team_id": http_world.slack.team_id},
        "trigger_id": "1.2",
        "response_url": http_world.slack.slack.response_url(http_world.slack.slack.workspace.dm(MAYA), MAYA),
        "actions": [{"action_id": "plan.done", "block_id": "b", "type": "button", "value": "no plan at all"}],
    }
    url = f"http://127.0.0.1:{http_world.app.port}/slack/events"
    body = urlencode({"payload": json.dumps(press)})

    status, _ = await post(url, http_world.slack.signing_secret, body)

    figures = http_world.app.worker.metrics.text().decode()
    assert status == 200
    assert 'waymark_turned_down_total{why="stale"} 1.0' in figures


async def test_a_refusal_that_slack_loses_is_no_acknowledgement_and_said_at_the_next_press(http_world: World):
    slack, figures = http_world.slack, http_world.app.worker.metrics
    place = slack.slack.workspace.dm(MAYA)

    async def pressed() -> int:
        press = {
            "type": "block_actions",
            "team": {"id": slack.team_id},
            "user": {"id": MAYA, "team_id": slack.team_id},
            "trigger_id": "1.2",
            "response_url": slack.slack.response_url(place, MAYA),
            "actions": [{"action_id": ACCEPT, "block_id": "b", "type": "button", "value": "gone.U0MAYA"}],
        }
        url = f"http://127.0.0.1:{http_world.app.port}/slack/events"
        status, _ = await post(url, slack.signing_secret, urlencode({"payload": json.dumps(press)}))
        return status

    def read() -> list[str]:
        return [message.text for message in slack.dm(MAYA) if message.ephemeral]

    slack.faults.fail("response_url")
    assert (await pressed(), read()) == (424, [])
    slack.faults.lose("response_url")
    assert (await pressed(), len(read())) == (424, 1)

    assert (await pressed(), len(read())) == (200, 2)

    assert 'waymark_turned_down_total{why="unsaid"} 2.0' in figures.text().decode()


@pytest.mark.parametrize(("tries", "posts"), [((), 0), (("1",), 0), (("3",), 1)])
async def test_a_message_is_left_to_slack_and_its_writer_told_only_after_the_last_try(tries: Any, posts: int):
    event = {"type": "message", "user": MAYA, "channel": "D1", "text": "Why &amp; how?"}

    response, client = await failed({"type": "event_callback", "event": event}, x_slack_retry_num=list(tries))

    assert response.status == 500
    assert len(client.messages) == posts
    assert all("Why &amp; how?" in message["text"] for message in client.messages)


async def well(*_words: Any, **_options: Any) -> None:
    """Say something to whoever pressed."""


async def in_vain(*_words: Any, **_options: Any) -> None:
    """Find nobody to say it to."""
    raise OSError


@pytest.mark.parametrize(("error", "unsaid"), [(ValueError(), 503), (NotYours(), 424), (NotOpened(), 424)])
async def test_a_press_that_failed_is_acknowledged_only_where_that_could_be_said(
    error: Exception, unsaid: int
):
    press = {"type": "block_actions", "response_url": "https://hooks.slack.com/actions/1"}

    said, _ = await failed(press, respond=well, error=error)
    lost, _ = await failed(press, respond=in_vain, error=error)

    assert (said.status, lost.status) == (200, unsaid)


async def test_danger_that_could_not_be_saved_is_answered_with_whom_to_turn_to(office: Office):
    office.policy = Policy(support=(Contact(name="Employee line", how="dial 4711"),))
    event = {"type": "message", "user": MAYA, "channel": "D1", "text": "I don't want to live anymore"}

    body = {"type": "event_callback", "event": event}
    _, client = await failed(body, office.desk, x_slack_retry_num=["3"])

    [message] = client.messages
    assert "dial 4711" in message["text"]
    assert "want to live" not in message["text"]


@pytest.mark.parametrize(
    "body",
    [
        {"type": "block_actions", "response_url": "https://slack.example", "trigger_id": "1"},
        {"type": "event_callback", "event": {"type": "message", "user": MAYA, "channel": "D1", "text": "?"}},
    ],
)
async def test_slack_is_called_for_nobody_of_a_workspace_that_is_not_known(body: dict[str, Any]):
    response, client = await failed(body, known=None, x_slack_retry_num=["3"])

    assert (response, client.messages) == (Response(), [])


async def test_what_was_typed_is_given_back_before_the_workspace_is_known():
    response, client = await failed({"command": "/ask-mentor", "text": "How?"}, known=None)

    assert "How?" in response.body
    assert client.messages == []


async def test_the_apps_own_messages_are_never_answered():
    event = {"type": "message", "user": MAYA, "bot_id": "B1", "channel": "D1", "text": "Hi"}

    _, client = await failed({"type": "event_callback", "event": event}, x_slack_retry_num=["3"])

    assert client.messages == []


async def test_a_button_that_nobody_knows_is_answered(world: World):
    old = blocks.actions([blocks.button("Say yes", "of.an.earlier.version", "R1")])
    client = AsyncWebClient(world.slack.bot_token, base_url=world.slack.api_url)
    await client.chat_postMessage(channel=MAYA, text="An old card", blocks=old)
    card = await world.slack.message(MAYA, containing="An old card")

    pressed = await world.slack.press(MAYA, card, "Say yes")

    assert pressed.ok
    assert (await world.slack.message(MAYA, containing="from an earlier time")).ephemeral


async def test_a_form_that_nobody_knows_is_answered(socket_world: World):
    world = socket_world
    await world.slack.command(MAYA, "/ask-mentor")
    form = world.slack.modal(MAYA)
    assert form is not None
    client = AsyncWebClient(world.slack.bot_token, base_url=world.slack.api_url)
    other = blocks.modal(
        "of.an.earlier.version", "Old", [blocks.field("q", "Q", blocks.text_input())], submit="Ask"
    )
    await client.views_update(view_id=form.id, view=other)

    done = await world.slack.submit(MAYA, {"q": "What now?"})

    assert done.view is not None
    assert "nothing was saved" in done.view.words
