"""A visitor of the playground's page: a browser tab, and the words to say what is done in it."""

import asyncio
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from page_app import PageApp
from patience import PATIENCE, PATIENCE_MS
from playwright.async_api import BrowserContext, ConsoleMessage, Locator, Page, WebSocketRoute, expect

from playground.driver import Playground
from playground.foundation.wall import StillWall
from playground.line.envelopes import ACK_SECONDS


@dataclass
class Visit:
    """One visitor's tab, with what went wrong in it."""

    page: Page
    slack: Playground
    app: PageApp
    troubles: list[str] = field(default_factory=list)

    async def goto(self, route: str) -> None:
        """Open the page at a place, such as `U0MAYA/C0GENERAL`."""
        if self.page.url != "about:blank":
            await self.page.goto("about:blank")
        await self.page.goto(f"{self.slack.page_url}#/{route}")
        await expect(self.page.locator("body.ready")).to_be_attached()

    async def at_home_with(self, user: str) -> None:
        """Open the DM of *user* with the app."""
        await self.goto(f"{user}/{self.slack.slack.workspace.dm(user).id}")

    def by(self, testid: str) -> Locator:
        return self.page.get_by_test_id(testid)

    def message(self, text: str | re.Pattern[str]) -> Locator:
        return self.by("message").filter(has_text=text).last

    async def write(self, text: str) -> None:
        await self.by("composer").fill(text)
        await self.by("composer").press("Enter")

    async def open_form(self) -> None:
        await self.write("/show form")
        await expect(self.by("modal")).to_be_visible()

    async def gets_no_answer(self) -> None:
        """Let Slack's patience with the app end once the app was reached and said nothing."""
        await self.app.silent.wait()
        self.app.silent.clear()
        wall = self.slack.slack.wall
        assert isinstance(wall, StillWall)
        wall.let_pass(ACK_SECONDS)

    async def choose_topic(self, typed: str, topic: str) -> None:
        await self.page.get_by_role("combobox", name="Topics").fill(typed)
        await self.page.get_by_role("option", name=topic, exact=True).click()

    async def focused(self) -> str:
        """The test id of what has the focus, else its label."""
        found = await self.page.evaluate(
            "(({ dataset, ariaLabel, labels, textContent }) =>"
            " dataset.testid || ariaLabel || labels?.[0]?.textContent || textContent)(document.activeElement)"
        )
        return str(found)

    async def tab_to(self, name: str) -> None:
        """Press Tab until *name* has the focus; everything must be within 60 steps."""
        for _ in range(60):
            if await self.focused() == name:
                return
            await self.page.keyboard.press("Tab")
        raise AssertionError(f"{name} is not within reach of the keyboard")


class Line:
    """The live socket's way to the server, which can be cut."""

    def __init__(self) -> None:
        self.up = True
        self._ends: list[WebSocketRoute] = []

    async def carry(self, end: WebSocketRoute) -> None:
        if not self.up:
            await end.close()
            return
        end.connect_to_server()
        self._ends.append(end)

    async def cut(self) -> None:
        self.up = False
        await self._ends[-1].close()


async def until(sought: Callable[[], Any], within: float = PATIENCE) -> Any:
    """What *sought* finds, looked for until the deadline."""
    async with asyncio.timeout(within):
        while not (found := sought()):
            await asyncio.sleep(0.02)
    return found


@asynccontextmanager
async def a_visit(context: BrowserContext, slack: Playground, page_app: PageApp) -> AsyncIterator[Visit]:
    """Whatever the browser complains about, Content-Security-Policy included, fails the test."""
    visit = Visit(await context.new_page(), slack, page_app)
    visit.page.set_default_timeout(PATIENCE_MS)

    def hear(said: ConsoleMessage) -> None:
        if said.type == "error" and "ERR_NAME_NOT_RESOLVED" not in said.text:
            visit.troubles.append(said.text)

    visit.page.on("pageerror", lambda error: visit.troubles.append(str(error)))
    visit.page.on("console", hear)
    yield visit
    await visit.page.close()
    assert visit.troubles == []
