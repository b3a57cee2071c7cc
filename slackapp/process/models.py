"""Loads the coaching model that the settings name, by its entry point; without one, nothing of it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import entry_points

from coaching.guide.model import Access, LanguageModel
from slackapp.process.errors import Stop

GROUP = "waymark.models"
EXTRAS = {"openai": "ai", "anthropic": "anthropic"}


@asynccontextmanager
async def opened(access: Access | None) -> AsyncIterator[LanguageModel | None]:
    """Give the model for as long as the block lasts, or None where none is configured."""
    if access is None:
        yield None
        return
    found = entry_points(group=GROUP, name=access.provider)
    try:
        open_model = next(iter(found)).load()
    except (StopIteration, ImportError) as error:
        extra = EXTRAS[access.provider]
        raise Stop(
            f"WAYMARK_MODEL needs more packages: install them with `pip install 'waymark[{extra}]'`."
        ) from error
    async with open_model(access) as model:
        yield model
