"""Waymark with a stand-in for a provider of models behind it, as fixtures."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import TypeAlias

import pytest
from app_world import MANIFEST, World, start_world

from playground.provider import Provider

Opened: TypeAlias = AbstractAsyncContextManager[World]


@pytest.fixture
async def provider() -> AsyncIterator[Provider]:
    async with Provider.start() as started:
        yield started


@pytest.fixture
def opened_with_model(tmp_path: Path, redis_url: str, provider: Provider) -> Callable[..., Opened]:
    """Waymark with a model, as far as a test does not leave something out."""

    @asynccontextmanager
    async def world(
        *,
        is_set: bool = True,
        is_allowed: bool = True,
        has_contact: bool = True,
        turns: int = 60,
        speaks: str = "openai",
    ) -> AsyncIterator[World]:
        text, manifest = MANIFEST.read_text("utf-8"), tmp_path / "manifest.yml"
        if has_contact:
            text = text.replace("support: []", "support: [{name: Employee line, how: dial 4711}]")
        if is_allowed:
            text = text.replace("model: none", "model: allowed")
        manifest.write_text(text.replace("turns_per_day: 60", f"turns_per_day: {turns}"), "utf-8")
        url = provider.url if speaks == "openai" else provider.url.removesuffix("/v1")
        named = {"WAYMARK_MODEL": f"{speaks}:stand-in", "WAYMARK_MODEL_URL": url}
        async with start_world(
            tmp_path, redis_url, manifest=manifest, environment=named if is_set else {}
        ) as started:
            await started.enrol_cast()
            yield started

    return world
