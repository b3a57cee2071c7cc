"""What stands in the app's own conversation with someone: by `im:history`, and so in no other conversation.

docs.slack.dev/reference/methods/conversations.history
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from slackapp.workspaces.slack_calls import part

Ask = Callable[[str, dict[str, Any]], Awaitable[dict[str, Any]]]
PAGE = 200
SKEW = 3600.0  # seconds by which the clock of this machine may be ahead of Slack's


async def since(
    ask: Ask, channel: str, moment: float, thread_ts: str | None = None
) -> AsyncIterator[dict[str, Any]]:
    """The messages of a conversation, or of a thread there, that were written after a moment."""
    params = {"channel": channel, "oldest": f"{moment:.6f}", "limit": PAGE, "include_all_metadata": "true"}
    method = "conversations.replies" if thread_ts else "conversations.history"
    params |= {"ts": thread_ts} if thread_ts else {}
    while True:
        answer = await ask(method, params)
        for message in part(answer, "messages", list):
            yield message
        cursor = (answer.get("response_metadata") or {}).get("next_cursor")
        if not cursor:
            return
        params["cursor"] = cursor
