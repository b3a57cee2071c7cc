"""A whole sprint in a browser, two weeks long, with the real app behind the page and a partner."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from app_world import MANIFEST, World, start_world
from patience import PATIENCE_MS
from playwright.async_api import Page, expect
from test_browser_conversation import a_tab, play, press, sees, submit, write
from test_playground_page import CHROMIUM

MAYA, PRIYA = "U0MAYA", "U0PRIYA"
GOAL = "Explain the plan of a slow query without help"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}"),
]


@pytest.fixture
async def coached(tmp_path: Path, redis_url: str) -> AsyncIterator[World]:
    manifest = tmp_path / "manifest.yml"
    named = 'support: [{name: Employee line, how: "dial 4711"}]'
    manifest.write_text(MANIFEST.read_text("utf-8").replace("support: []", named), "utf-8")
    async with start_world(tmp_path, redis_url, manifest=manifest) as world:
        yield world


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with a_tab() as tab:
        yield tab


async def skip(page: Page, preset: str, times: int = 1) -> None:
    clock = page.get_by_test_id("clock-time")
    for _ in range(times):
        before = await clock.text_content()
        await page.get_by_test_id(f"clock-skip-{preset}").click()
        await expect(clock).not_to_have_text(before or "", timeout=PATIENCE_MS)


async def choose(page: Page, name: str, option: str) -> None:
    await page.get_by_test_id("modal").last.get_by_role("combobox", name=name).click()
    await page.get_by_role("option", name=option).first.click()


async def plan(page: Page) -> None:
    await write(page, "/coach-me sprint-form")
    await choose(page, "Or start from", "Read query plans")
    goal = page.get_by_label("Which skill do you want to build?").last
    await expect(goal).to_have_value(GOAL)
    await choose(page, "How sure are you", "7")
    await page.get_by_test_id("modal").last.get_by_label("Who may see your check-ins?").fill("priya")
    await page.get_by_role("option", name="Priya").first.click()
    await page.get_by_test_id("modal-submit").last.click()
    await expect(page.get_by_test_id("modal")).to_have_count(0, timeout=PATIENCE_MS)
    await sees(page, "Your skill sprint")


async def check_in(page: Page, level: str, minutes: str, blocker: str = "") -> None:
    await press(page, "Check in")
    await page.get_by_role("radio", name=level).check()
    await page.get_by_label("Minutes of practice").fill(minutes)
    await page.get_by_label("Is anything in the way?").fill(blocker)
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal").get_by_text("Saved.")).to_be_visible(timeout=PATIENCE_MS)


async def close(page: Page, layers: int = 1) -> None:
    for left in reversed(range(layers)):
        await page.keyboard.press("Escape")
        await expect(page.get_by_test_id("modal")).to_have_count(min(left, 1), timeout=PATIENCE_MS)
    await expect(page.get_by_test_id("modal")).to_have_count(0, timeout=PATIENCE_MS)


async def test_a_sprint_of_two_weeks_from_its_plan_to_its_review(coached: World, page: Page):
    await play(page, coached, MAYA)
    await plan(page)

    await play(page, coached, PRIYA)
    await press(page, "Yes, gladly")
    await sees(page, GOAL)

    await play(page, coached, MAYA)
    await skip(page, "hour", 6)
    await skip(page, "day")
    await press(page, "Done")
    await skip(page, "day", 2)
    await sees(page, "Not today")
    await check_in(page, "One explained, with help", "25", "Nested loops are a mystery to me")
    await press(page, "Ask a mentor about it")
    await expect(page.get_by_label("What are you stuck on?")).to_have_value(
        f"Nested loops are a mystery to me\n\nI practise this: {GOAL}"
    )
    await close(page, layers=2)

    await skip(page, "day", 4)
    await press(page, "Say it from memory")
    await page.get_by_label("When …, then …").fill("After the stand-up I open a query")
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_text("You had written:")).to_be_visible(timeout=PATIENCE_MS)
    await close(page)
    await check_in(page, "Two explained alone", "40")
    await close(page)

    await play(page, coached, PRIYA)
    await sees(page, "Levels so far: −1, 0")

    await play(page, coached, MAYA)
    await skip(page, "week")
    await sees(page, "Your sprint's time is up")
    await press(page, "Look back")
    await page.get_by_role("radio", name="Four explained alone").check()
    await choose(page, "How sure are you that it lasts", "8")
    await page.get_by_label("One lesson").fill("Read it from the inside out")
    await submit(page)

    await sees(page, "How your sprint went")
    await sees(page, "You did better than you expected.")
    await sees(page, "Read it from the inside out")
