"""A talk led by a model, in a browser: its terms, its questions, Slack's stop button, the yes taken back."""

from collections.abc import AsyncIterator, Callable

import pytest
from app_model import Opened
from app_world import World
from patience import PATIENCE_MS
from playwright.async_api import Page, expect
from test_browser_conversation import a_tab, play, press, sees, write
from test_playground_page import CHROMIUM

from playground.provider import Provider

MAYA = "U0MAYA"
SCRIPTED = "Scripted guide, no AI model used"
BY_MODEL = "Written by an AI model (stand-in); it can be wrong"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}"),
]


@pytest.fixture
async def modelled(opened_with_model: Callable[..., Opened]) -> AsyncIterator[World]:
    async with opened_with_model(seconds=15) as started:
        yield started


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with a_tab() as tab:
        yield tab


async def answer(page: Page, text: str) -> None:
    """Answer in the thread that is open."""
    await page.get_by_test_id("thread-composer").fill(text)
    await page.get_by_test_id("thread-composer").press("Enter")


async def asked_by(page: Page, by: str, number: int) -> None:
    """Wait until the thread has so many questions of theirs."""
    asked = page.get_by_test_id("thread").get_by_test_id("message").filter(has_text=by)
    await expect(asked).to_have_count(number, timeout=PATIENCE_MS)


async def test_a_model_leads_is_stopped_fails_and_loses_its_yes(
    modelled: World, page: Page, provider: Provider
):
    await play(page, modelled, MAYA)
    await write(page, "/coach-me I can't decide whether to tell Priya about the outage")
    await press(page, "Think it through")
    await press(page, "Use the model")
    await page.get_by_test_id("thread-link").last.click()
    await asked_by(page, BY_MODEL, 1)

    await answer(page, "A clear yes or no")
    await asked_by(page, BY_MODEL, 2)
    await press(page, "This helps")
    await expect(page.get_by_text("You said that this question helps.").last).to_be_visible(
        timeout=PATIENCE_MS
    )

    provider.fault = "hang"
    await answer(page, "I told her half of it")
    await page.get_by_test_id("agent-stop").click()
    await sees(page, "is paused")
    provider.fault = None
    await press(page, "Continue")
    await asked_by(page, BY_MODEL, 3)

    provider.fault = "error"
    await answer(page, "7, because she asks fair questions")
    await asked_by(page, SCRIPTED, 1)

    provider.fault = None
    await write(page, "/coach-me privacy")
    await press(page, "Take my yes back")
    await press(page, "Take it back")
    await expect(page.get_by_text("A model wrote this; it's erased.").last).to_be_visible(timeout=PATIENCE_MS)
