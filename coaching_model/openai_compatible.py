"""Any address that speaks OpenAI's chat completions: hosted models, and those on machines of one's own."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from openai import AsyncOpenAI
from pydantic_ai.models.openai import OpenAIChatModel
from pydantic_ai.providers.openai import OpenAIProvider

from coaching.guide.model import Access
from coaching_model.asking import Asking, asking
from coaching_model.wire import client


@asynccontextmanager
async def open_model(access: Access) -> AsyncIterator[Asking]:
    """Give the model for as long as the block lasts. It never tries again by itself."""
    async with client(access.seconds) as http:
        api = AsyncOpenAI(
            api_key=access.secret,
            base_url=access.url,
            max_retries=0,
            timeout=access.seconds,
            http_client=http,
        )
        yield asking(access, OpenAIChatModel(access.model, provider=OpenAIProvider(openai_client=api)))
