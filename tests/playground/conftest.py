"""The playground beside an endpoint that takes what it sends; a test that needs another one makes it."""

from collections.abc import AsyncIterator

import pytest
from playground_endpoint import Endpoint, endpoint
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground
from playground.foundation.wall import StillWall


@pytest.fixture
async def app() -> AsyncIterator[Endpoint]:
    async with endpoint() as app:
        yield app


@pytest.fixture
async def slack(app: Endpoint) -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall(), app_url=app.url) as slack:
        yield slack


@pytest.fixture
def client(slack: Playground) -> AsyncWebClient:
    return AsyncWebClient(slack.bot_token, base_url=slack.api_url)
