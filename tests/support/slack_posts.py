"""Requests as Slack posts them, signed; for what the playground would not send."""

import json
import time
from typing import Any
from urllib.parse import urlencode

import aiohttp
from slack_sdk.signature import SignatureVerifier

FORM = "application/x-www-form-urlencoded"


def command(user: str, text: str, **fields: Any) -> str:
    """The body of /ask-mentor."""
    facts = {
        "command": "/ask-mentor",
        "text": text,
        "team_id": "T0PLAYGRND",
        "user_id": user,
        "channel_id": "C0GENERAL",
        "trigger_id": f"{time.time_ns()}.{user}",
        "response_url": "http://127.0.0.1:9/respond",
        "api_app_id": "A0WAYMARK",
    }
    return urlencode(facts | fields)


def message(user: str, text: str, event_id: str, **fields: Any) -> str:
    """The body of a message event in the app's conversation."""
    event = {
        "type": "message",
        "channel_type": "im",
        "channel": f"D{user[1:]}",
        "user": user,
        "text": text,
        "ts": "1795428000.000100",
    }
    return json.dumps(
        {
            "type": "event_callback",
            "team_id": "T0PLAYGRND",
            "api_app_id": "A0WAYMARK",
            "event_id": event_id,
            "event_time": 1795428000,
            "event": event | fields,
            "authorizations": [{"team_id": "T0PLAYGRND", "user_id": "U0WAYMARK", "is_bot": True}],
        }
    )


async def post(
    url: str, secret: str, body: str, *, at: float | None = None, headers: dict[str, str] | None = None
) -> tuple[int, str]:
    """Post a signed body and return status and text. *at* is when it says it was sent."""
    stamp = str(int(time.time() if at is None else at))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    signed = {
        "content-type": "application/json" if body.startswith("{") else FORM,
        "x-slack-request-timestamp": stamp,
        "x-slack-signature": str(signature),
    }
    every = signed | (headers or {})
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=every) as answer:
        return answer.status, await answer.text()
