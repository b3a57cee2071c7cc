"""What the browser page asks the playground for, and what it is pushed."""

from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import make_blocks as make
import pytest
from aiohttp import web
from page_session import page_session
from patience import PATIENCE
from playground_endpoint import Endpoint
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground

GENERAL = {"user": "U0MAYA", "conversation": "C0GENERAL"}


@pytest.fixture
async def page(slack: Playground) -> AsyncIterator[aiohttp.ClientSession]:
    async with page_session(slack.page_url) as page:
        yield page


async def get(page: aiohttp.ClientSession, path: str, **query: str) -> Any:
    async with page.get(f"/ui/{path}", params=query) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def post(page: aiohttp.ClientSession, path: str, **body: Any) -> Any:
    async with page.post(f"/ui/{path}", json=body) as answer:
        assert answer.status == 200, await answer.text()
        return await answer.json()


async def refusal(page: aiohttp.ClientSession, path: str, **body: Any) -> tuple[int, str]:
    async with page.post(f"/ui/{path}", json=body) as answer:
        return answer.status, (await answer.json())["error"]


async def test_the_world_is_what_one_person_sees(page: aiohttp.ClientSession):
    world = await get(page, "world", user="U0NOA")

    names = {place["name"] for place in world["conversations"]}
    assert world["user"]["real_name"] == "נועה בן־דוד"
    assert {"general", "design", "Waymark"} <= names
    assert "python" not in names
    assert world["channels"]["C0PYTHON"] == "python", "a public channel's name is nobody's secret"
    assert {"general", "data"} < set(world["channels"].values())
    assert not set(world["channels"]) & {
        each["id"] for each in world["conversations"] if each["kind"] != "channel"
    }
    assert world["app"]["connected"]
    assert [command["command"] for command in world["app"]["commands"]] == ["/ask-mentor", "/coach-me"]
    assert "U0WAYMARK" not in [person["id"] for person in world["people"]]


async def test_without_a_name_the_page_plays_an_ordinary_member(page: aiohttp.ClientSession):
    user = (await get(page, "world"))["user"]

    assert (user["is_admin"], user["is_guest"]) == (False, False)


async def test_somebody_unknown_cannot_be_played(page: aiohttp.ClientSession):
    async with page.get("/ui/world", params={"user": "U0NOBODY"}) as answer:
        assert answer.status == 404
        assert await answer.json() == {"error": "Slack says: user_not_found."}


async def test_a_page_of_messages_ends_where_the_next_begins(slack: Playground, page: aiohttp.ClientSession):
    for number in range(5):
        await slack.say("U0RAJ", str(number), conversation="C0GENERAL")

    newest = await get(page, "messages", **GENERAL, limit="3")
    older = await get(page, "messages", **GENERAL, limit="3", before=newest["messages"][0]["ts"])

    assert [message["text"] for message in newest["messages"]] == ["2", "3", "4"]
    assert [message["text"] for message in older["messages"]] == ["0", "1"]
    assert (newest["more"], older["more"]) == (True, False)


async def test_replies_are_counted_below_their_message_and_shown_in_the_thread(
    slack: Playground, page: aiohttp.ClientSession
):
    root = await slack.say("U0RAJ", "root", conversation="C0GENERAL")
    reply = await slack.say("U0NOA", "reply", conversation="C0GENERAL", thread_ts=root.ts)

    [shown] = (await get(page, "messages", **GENERAL))["messages"]
    thread = (await get(page, "thread", **GENERAL, thread=root.ts))["messages"]

    assert (shown["reply_count"], shown["latest_reply"]) == (1, reply.ts)
    assert [message["text"] for message in thread] == ["root", "reply"]


async def test_a_line_that_starts_with_a_slash_is_a_command(app: Endpoint, page: aiohttp.ClientSession):
    app.answer = lambda _: web.json_response({"text": "Noted"})

    answer = await post(page, "message", **GENERAL, text="/ask-mentor How do I test?")

    assert answer["ok"]
    assert answer["shown"]["text"] == "Noted"
    assert answer["shown"]["ephemeral"]
    assert answer["shown"]["name"] == "Waymark"


async def test_text_of_the_page_is_taken_as_slack_stores_it(page: aiohttp.ClientSession):
    answer = await post(page, "message", **GENERAL, text="&lt;3 <@U0RAJ>")

    assert answer["message"]["text"] == "&lt;3 <@U0RAJ>"


async def test_a_click_in_a_message_reaches_the_app(
    slack: Playground, app: Endpoint, page: aiohttp.ClientSession, client: AsyncWebClient
):
    row = make.actions(make.button(value="7"), block_id="row")
    posted = await client.chat_postMessage(channel="U0MAYA", text="Card", blocks=[row])
    container = {"type": "message", "conversation": posted["channel"], "ts": posted["ts"]}
    named = {"user": "U0MAYA", "container": container, "block_id": "row", "action_id": "press"}

    done = await post(page, "action", **named, action={"type": "button", "value": "7"}, state={"values": {}})
    app.answer = lambda _: web.Response(status=500)
    failed = await post(page, "action", **named, action={"type": "button", "value": "7"}, state={})

    sent: Any = slack.calls("block_actions")[0].request
    assert done == {"ok": True, "error": None}
    assert sent["actions"][0]["value"] == "7"
    assert sent["message"]["text"] == "Card"
    assert not failed["ok"]
    assert await refusal(page, "action", **{**named, "action_id": "gone"}) == (
        409,
        "That is no longer there.",
    )


async def test_a_modal_is_filled_in_and_submitted(
    slack: Playground, app: Endpoint, page: aiohttp.ClientSession, client: AsyncWebClient
):
    trigger_id = slack.slack.triggers.issue("U0MAYA")
    fields = [make.field("plain_text_input"), make.field("multi_external_select", "topics", optional=True)]
    view = (await client.views_open(trigger_id=trigger_id, view=make.modal(*fields)))["view"]
    app.answer = lambda _: web.json_response({"options": [make.option()]})
    named = {"user": "U0MAYA", "view_id": view["id"]}
    menu = {
        "user": "U0MAYA",
        "container": {"type": "view", "view_id": view["id"]},
        "block_id": "topics",
        "action_id": "it",
    }

    offered = await post(page, "options", **menu, value="py")
    empty = await post(page, "submit", **named, state={"values": {}})
    app.answer = lambda _: web.json_response({"response_action": "errors", "errors": {"field": "Say more."}})
    typed = {"values": {"field": {"it": {"type": "plain_text_input", "value": "x"}}}}
    refused = await post(page, "submit", **named, state=typed)
    app.answer = lambda _: web.Response()
    closed = await post(page, "submit", **named, state=typed)

    assert offered == {"options": [make.option()]}
    assert empty == {"errors": {"field": "Please complete this required field."}}
    assert refused == {"errors": {"field": "Say more."}}
    assert closed == {"closed": True, "stack": 0}


async def test_looking_at_a_conversation_reads_it_and_tells_the_app_only_of_its_own(
    slack: Playground, app: Endpoint, page: aiohttp.ClientSession, client: AsyncWebClient
):
    await slack.say("U0RAJ", "hello", conversation="C0GENERAL")
    await client.chat_postMessage(channel="U0MAYA", text="hello")
    dm = slack.dm("U0MAYA")[0].conversation
    await slack.settled()

    before = (await get(page, "world", user="U0MAYA"))["conversations"]
    await post(page, "open", **GENERAL)
    await post(page, "open", user="U0MAYA", conversation=dm)
    await slack.settled()
    after = (await get(page, "world", user="U0MAYA"))["conversations"]

    assert sum(place["unread"] for place in before) == 2
    assert sum(place["unread"] for place in after) == 0
    opened: list[Any] = [entry.request for entry in slack.calls("app_home_opened")]
    assert [(each["event"]["channel"], each["event"]["tab"]) for each in opened] == [(dm, "messages")]


async def test_a_new_direct_message_begins_by_opening_it(page: aiohttp.ClientSession):
    answer = await post(page, "open", **{"user": "U0MAYA", "with": ["U0RAJ"]})
    group = await post(page, "open", **{"user": "U0MAYA", "with": ["U0RAJ", "U0NOA"]})

    assert answer["conversation"]["kind"] == "im"
    assert group["conversation"]["kind"] == "mpim"


async def test_the_page_is_pushed_what_its_person_may_see(
    slack: Playground, page: aiohttp.ClientSession, client: AsyncWebClient
):
    async with page.ws_connect("/ui/live", params={"user": "U0MAYA"}) as live:
        await slack.until(lambda: slack.slack.feed.watched)
        await client.chat_postMessage(channel="U0RAJ", text="for Raj")
        await client.chat_postMessage(channel="U0MAYA", text="for Maya")
        pushed = []
        while not pushed or pushed[-1]["type"] != "message":
            pushed.append(await live.receive_json(timeout=PATIENCE))

    kinds = [change["type"] for change in pushed]
    assert pushed[-1]["message"]["text"] == "for Maya"
    assert kinds.count("message") == 1
    assert {"type": "unread", "user": "U0RAJ", "total": 1}.items() <= next(
        change for change in pushed if change["type"] == "unread"
    ).items()


async def test_the_page_follows_the_stack_of_modals(
    slack: Playground, page: aiohttp.ClientSession, client: AsyncWebClient
):
    async with page.ws_connect("/ui/live", params={"user": "U0MAYA"}) as live:
        await slack.until(lambda: slack.slack.feed.watched)
        view = (await client.views_open(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=make.modal()))[
            "view"
        ]
        await client.views_push(trigger_id=slack.slack.triggers.issue("U0MAYA"), view=make.modal())
        await client.views_update(view_id=view["id"], view=make.modal())
        await post(page, "close", user="U0MAYA", view_id=view["id"], clear=True)
        pushed: list[Any] = []
        while not pushed or pushed[-1].get("stack") != 0:
            pushed.append(await live.receive_json(timeout=PATIENCE))

    steps = [(change["type"], change["stack"]) for change in pushed if change["type"].startswith("view_")]
    assert steps == [
        ("view_open", 1),
        ("view_open", 2),
        ("view_update", 2),
        ("view_close", 1),
        ("view_close", 0),
    ]


async def test_the_clock_skips_to_nine_tomorrow_where_the_person_is(page: aiohttp.ClientSession):
    now = (await post(page, "clock", preset="tomorrow_9", user="U0AIKO"))["now"]

    assert now[11:16] == "00:00"
    status, sentence = await refusal(page, "clock", skip_seconds=-1)
    assert (status, sentence) == (409, "The clock only moves forward.")


async def test_faults_are_set_shown_and_mended(page: aiohttp.ClientSession, slack: Playground):
    await post(page, "faults", rate_limit={"method": "chat.postMessage", "times": 3, "retry_after": 5})
    await post(page, "faults", lost_answer={"times": 2})
    shown = await post(page, "faults", slow_ms=300, repeat_events=True)
    await post(page, "faults", rate_limit=None, slow_ms=0)

    assert shown["rate_limit"] == {"method": "chat.postMessage", "times": 3, "retry_after": 5}
    assert shown["lost_answer"] == {"method": "*", "times": 2}
    assert (shown["slow_ms"], shown["repeat_events"]) == (300, True)
    assert (await get(page, "faults"))["rate_limit"] is None
    assert slack.faults.slow_ms == 0


async def test_the_log_goes_on_from_a_number(slack: Playground, page: aiohttp.ClientSession):
    await slack.command("U0MAYA", "/ask-mentor", "one")
    seen = (await get(page, "log", after="0"))["entries"][-1]["n"]
    await slack.command("U0MAYA", "/ask-mentor", "two")

    [entry] = (await get(page, "log", after=str(seen)))["entries"]

    assert (entry["from"], entry["kind"], entry["name"], entry["status"]) == (
        "slack",
        "http",
        "/ask-mentor",
        200,
    )
    assert entry["headers"]["X-Slack-Signature"].endswith("…")


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("message", {"user": "U0MAYA"}),
        ("message", ["a list"]),
        ("action", {"user": "U0MAYA", "container": {"type": "view"}, "block_id": "a", "action_id": "b"}),
        ("dnd", {"user": "U0MAYA", "minutes": "soon"}),
        ("dnd", {"user": "U0MAYA", "minutes": 4_000_000_000}),
        ("faults", {"slow_ms": "very"}),
        ("clock", {"to": "tomorrow"}),
        ("clock", {}),
        ("message", {"user": "U0BEA", "conversation": "C0GENERAL", "text": "I left"}),
        ("message", {"user": "U0NOA", "conversation": "D0RAJ", "text": "x"}),
        ("submit", {"user": "U0MAYA", "view_id": "V1"}),
    ],
)
async def test_what_cannot_be_done_is_answered_with_a_sentence(
    page: aiohttp.ClientSession, path: str, body: Any
):
    async with page.post(f"/ui/{path}", json=body) as answer:
        sentence = (await answer.json())["error"]

    assert 400 <= answer.status < 500
    assert sentence.endswith(".")


async def test_a_permanent_address_leads_to_the_conversation(
    page: aiohttp.ClientSession, client: AsyncWebClient
):
    posted = await client.chat_postMessage(channel="U0MAYA", text="Card")
    link = await client.chat_getPermalink(channel=posted["channel"], message_ts=posted["ts"])

    async with page.get(link["permalink"], allow_redirects=False) as answer:
        assert answer.headers["Location"] == f"/#//{posted['channel']}"


async def test_the_page_is_served_with_a_strict_policy(page: aiohttp.ClientSession):
    async with page.get("/") as answer:
        assert answer.status == 200
        assert "default-src 'self'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-cache"
