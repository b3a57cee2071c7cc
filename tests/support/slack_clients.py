"""A real client of the playground, for tests of what calls Slack."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground
from slackapp.workspaces.slack_calls import web_client, web_session


@asynccontextmanager
async def client_of(slack: Playground, token: str | None = None) -> AsyncIterator[AsyncWebClient]:
    """Open a client with the app's bot token, or another one."""
    async with web_session() as session:
        yield web_client(session, slack.api_url, slack.bot_token if token is None else token)
