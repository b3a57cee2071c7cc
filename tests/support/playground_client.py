"""A small app on stock slack_bolt, which the playground's tests run against the playground."""

from typing import Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground

FORM = {
    "type": "modal",
    "callback_id": "ask",
    "title": {"type": "plain_text", "text": "Ask"},
    "submit": {"type": "plain_text", "text": "Send"},
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "question",
            "label": {"type": "plain_text", "text": "Question"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        },
        {
            "type": "input",
            "block_id": "topics",
            "optional": True,
            "label": {"type": "plain_text", "text": "Topics"},
            "element": {"type": "multi_external_select", "action_id": "topics", "min_query_length": 0},
        },
    ],
}
CARD = [
    {"type": "section", "text": {"type": "mrkdwn", "text": "*Maya* asks about asyncio"}},
    {
        "type": "actions",
        "elements": [
            {
                "type": "button",
                "action_id": "accept",
                "value": "r1",
                "text": {"type": "plain_text", "text": "I can help"},
            }
        ],
    },
]


def option(label: str) -> dict[str, Any]:
    return {"text": {"type": "plain_text", "text": label}, "value": label.lower()}


def stock_app(slack: Playground) -> AsyncApp:
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    app = AsyncApp(client=client, signing_secret=slack.signing_secret)
    app.command("/ask-mentor")(ask)
    app.action("accept")(accept)
    app.options("topics")(topics)
    app.view("ask")(submitted)
    app.view_closed("ask")(closed)
    app.event("app_home_opened")(home)
    app.event("message")(heard)
    app.shortcut("ask_about_it")(about)
    return app


async def ask(ack: Any, command: Any, client: Any) -> None:
    if command["text"]:
        await client.chat_postMessage(channel="U0AIKO", text="Maya asks about asyncio", blocks=CARD)
        await ack(f"Noted: {command['text']}")
    else:
        await client.views_open(trigger_id=command["trigger_id"], view=FORM)
        await ack()


async def accept(ack: Any, body: Any, client: Any, respond: Any) -> None:
    await ack()
    await client.chat_update(
        channel=body["channel"]["id"], ts=body["message"]["ts"], text="You help Maya", blocks=[]
    )
    await respond("Thank you", replace_original=False)


async def topics(ack: Any, payload: Any) -> None:
    await ack(
        options=[option(each) for each in ("Python", "SQL") if payload["value"].lower() in each.lower()]
    )


async def submitted(ack: Any, view: Any, client: Any, body: Any) -> None:
    values = view["state"]["values"]
    if values["question"]["text"]["value"] == "?":
        await ack(response_action="errors", errors={"question": "Say a little more."})
        return
    chosen = [each["value"] for each in values["topics"]["topics"]["selected_options"]]
    await client.chat_postMessage(channel=body["user"]["id"], text=f"Filed under {', '.join(chosen)}")
    await ack()


async def closed(ack: Any, body: Any, client: Any) -> None:
    await ack()
    await client.chat_postMessage(channel=body["user"]["id"], text="Closed without asking")


async def home(event: Any, client: Any) -> None:
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"Hello <@{event['user']}>"}}
    await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [section]})


async def heard(message: Any, say: Any) -> None:
    if "subtype" not in message:
        await say(f"You said: {message['text']}", thread_ts=message.get("thread_ts"))


async def about(ack: Any, shortcut: Any, client: Any) -> None:
    await ack()
    await client.views_open(trigger_id=shortcut["trigger_id"], view=FORM)
