"""The whole way in a browser, with the real app behind the page: two people, one visitor who plays both."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from app_world import HELP_LINE, World, start_world, with_support
from patience import PATIENCE_MS
from playwright.async_api import Page, Route, async_playwright, expect
from test_playground_page import CHROMIUM, QUIET, SETTINGS

MAYA, PRIYA, RUBY = "U0MAYA", "U0PRIYA", "U0RUBY"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}"),
]


@asynccontextmanager
async def a_tab() -> AsyncIterator[Page]:
    """A tab of a browser; nothing that it complains about is overlooked."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = await (await browser.new_context(**SETTINGS)).new_page()
        page.set_default_timeout(PATIENCE_MS)
        troubles: list[str] = []
        page.on("pageerror", lambda error: troubles.append(str(error)))
        yield page
        await browser.close()
        assert troubles == []


@pytest.fixture
async def page() -> AsyncIterator[Page]:
    async with a_tab() as tab:
        yield tab


async def play(page: Page, world: World, person: str) -> None:
    """Become somebody, in their messages with the app."""
    await page.goto("about:blank")
    await page.goto(f"{world.slack.page_url}#/{person}/{world.slack.slack.workspace.dm(person).id}")
    await expect(page.locator("body.ready")).to_be_attached(timeout=PATIENCE_MS)


async def sees(page: Page, text: str) -> None:
    """Wait for a message with these words."""
    found = page.get_by_test_id("message").filter(has_text=text).last
    await expect(found).to_be_visible(timeout=PATIENCE_MS)


async def press(page: Page, button: str) -> None:
    await page.get_by_role("button", name=button, exact=True).last.click()


async def write(page: Page, text: str) -> None:
    await page.get_by_test_id("composer").fill(text)
    await page.get_by_test_id("composer").press("Enter")


async def submit(page: Page) -> None:
    await page.get_by_test_id("modal-submit").click()
    await expect(page.get_by_test_id("modal")).to_be_hidden(timeout=PATIENCE_MS)


async def slowly(route: Route) -> None:
    """Let the page send its form while a file is still on its way."""
    await asyncio.sleep(0.3)
    await route.continue_()


async def tomorrow(page: Page) -> None:
    before = await page.get_by_test_id("clock-time").text_content()
    await page.get_by_test_id("clock-skip-tomorrow").click()
    await expect(page.get_by_test_id("clock-time")).not_to_have_text(before or "", timeout=PATIENCE_MS)


async def test_ask_accept_wrap_up_feed_back_and_be_asked_later(socket_world: World, page: Page):
    world = socket_world
    await world.enrol(PRIYA, topics={"python": 3})
    await play(page, world, MAYA)
    await write(page, "/ask-mentor How do I profile asyncio? #python")
    await sees(page, "Looking for someone who can help")

    await play(page, world, PRIYA)
    await sees(page, "How do I profile asyncio?")
    await press(page, "I can help")
    await sees(page, "Your talk with")

    await play(page, world, MAYA)
    await sees(page, "Your talk with")
    await press(page, "Wrap up")
    await submit(page)
    await tomorrow(page)
    await sees(page, "Did it help?")
    await press(page, "Yes")
    await sees(page, "You said it helped")

    for _ in range(2):
        await tomorrow(page)
    await press(page, "Yes, I used it")
    await play(page, world, PRIYA)
    await sees(page, "Your advice was used")


async def test_danger_is_answered_on_the_page_with_whom_to_turn_to(
    tmp_path: Path, redis_url: str, page: Page
):
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        await play(page, world, MAYA)
        cards = page.get_by_test_id("message").filter(has_text=HELP_LINE)
        await write(page, "/ask-mentor I don't want to live anymore")
        await expect(cards).to_have_count(1, timeout=PATIENCE_MS)
        await write(page, "I don't want to live anymore")
        await expect(cards).to_have_count(2, timeout=PATIENCE_MS)
        await expect(cards.last).to_contain_text("Nobody has been told")

        await write(page, "/ask-mentor")
        await page.get_by_test_id("modal").get_by_role("textbox").first.fill("I don't want to live anymore")
        await page.get_by_test_id("modal-submit").click()
        await expect(page.get_by_test_id("modal")).to_contain_text(HELP_LINE, timeout=PATIENCE_MS)


async def test_a_list_that_is_chosen_on_the_page_comes_into_a_programme_and_is_waited_for(
    socket_world: World, page: Page, tmp_path: Path
):
    mentees, odd = tmp_path / "mentees.csv", tmp_path / "odd.csv"
    mentees.write_text("slack_id,wishes\nU0MAYA,U0PRIYA\nU0RAJ,\n")
    odd.write_text("slack_id\nU0NOBODY\n")
    await play(page, socket_world, RUBY)
    await write(page, "/ask-mentor programme")
    await press(page, "Start a programme")
    modal = page.get_by_test_id("modal")
    await modal.get_by_role("textbox").fill("Mentoring 2027")
    await page.get_by_test_id("modal-submit").click()

    for file, told in ((odd, "nobody in this workspace is U0NOBODY"), (mentees, "Saved: mentees: 2 new.")):
        await press(page, "Import a list")
        await expect(modal).to_contain_text("The list, as CSV", timeout=PATIENCE_MS)
        await page.route("**/ui/hand-in", slowly)
        await modal.locator("input[type=file]").set_input_files(file)
        await page.get_by_test_id("modal-submit").click()
        await expect(modal).to_contain_text(told, timeout=PATIENCE_MS)
