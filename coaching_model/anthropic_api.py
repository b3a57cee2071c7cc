"""Anthropic's own API."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from anthropic import AsyncAnthropic
from pydantic_ai.models.anthropic import AnthropicModel
from pydantic_ai.providers.anthropic import AnthropicProvider

from coaching.guide.model import Access
from coaching_model.asking import Asking, asking
from coaching_model.wire import client


@asynccontextmanager
async def open_model(access: Access) -> AsyncIterator[Asking]:
    """Give the model for as long as the block lasts. It never tries again by itself."""
    async with client(access.seconds) as http:
        api = AsyncAnthropic(
            api_key=access.secret,
            base_url=access.url,
            max_retries=0,
            timeout=access.seconds,
            http_client=http,
        )
        provider = AnthropicProvider(anthropic_client=api)
        yield asking(access, AnthropicModel(access.model, provider=provider))
