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
        turns_of_all: int = 1000,
        people: int = 0,
        enrolled: bool = True,
        speaks: str = "openai",
        seconds: float = 8,
    ) -> AsyncIterator[World]:
        text, manifest = MANIFEST.read_text("utf-8"), tmp_path / "manifest.yml"
        if has_contact:
            text = text.replace("support: []", "support: [{name: Employee line, how: dial 4711}]")
        if is_allowed:
            text = text.replace("model: none", "model: allowed")
        text = text.replace("    turns_per_day: 60", f"    turns_per_day: {turns}")
        text = text.replace("workspace_turns_per_day: 1000", f"workspace_turns_per_day: {turns_of_all}")
        manifest.write_text(text, "utf-8")
        url = provider.url if speaks == "openai" else provider.url.removesuffix("/v1")
        named = {"WAYMARK_MODEL": f"{speaks}:stand-in", "WAYMARK_MODEL_URL": url}
        named["WAYMARK_MODEL_SECONDS"] = str(seconds)
        async with start_world(
            tmp_path, redis_url, manifest=manifest, environment=named if is_set else {}, people=people
        ) as started:
            if enrolled:
                await started.enrol_cast()
            yield started

    return world
