"""In a real browser: pages of other sites can do nothing to the playground, and its own tabs come back."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from playwright.async_api import Browser, BrowserContext, Page, async_playwright, expect
from test_playground_page import CHROMIUM, QUIET, SETTINGS
from yarl import URL

from playground.driver import Playground

# Both names lead to this machine, as an attacker's name server would have it.
RULES = "--host-resolver-rules=MAP evil.example 127.0.0.1"
# Whatever a page can send without being let: each is waited for, and what it came to is told.
ATTACK = """async ({ base, token }) => {
  const form = (fields) => new URLSearchParams({ token, channel: 'U0MAYA', text: 'I was here', ...fields });
  const quietly = (sent) => sent.then((answer) => answer.status, () => 'failed');
  const ended = (node) => new Promise((done) => {
    for (const name of ['load', 'error']) node.addEventListener(name, done);
  });
  const made = (kind, fields) => Object.assign(document.createElement(kind), fields);
  const framed = async (src, name = '') => {
    const frame = made('iframe', { src, name });
    const shown = ended(frame);
    document.documentElement.append(frame);
    await shown;
    return frame;
  };
  const said = JSON.stringify({ user: 'U0MAYA', conversation: 'C0GENERAL', text: 'I was here' });
  const told = {};
  for (const mode of ['no-cors', 'cors']) {
    told[mode] = await Promise.all([
      quietly(fetch(`${base}/api/chat.postMessage`, { method: 'POST', mode, body: form() })),
      quietly(fetch(`${base}/api/auth.revoke?${form()}`, { mode, credentials: 'include' })),
      quietly(fetch(`${base}/ui/message`, { method: 'POST', mode, credentials: 'include', body: said })),
      quietly(fetch(`${base}/ui/home?user=U0MAYA`, { mode, credentials: 'include' })),
    ]);
  }
  for (const path of [`/api/chat.postMessage?${form()}`, '/ui/home?user=U0MAYA']) {
    const picture = new Image();
    const shown = ended(picture);
    picture.src = base + path;
    await shown;
  }
  const sink = await framed('about:blank', 'sink');
  for (const [action, body] of [['/api/auth.revoke', { token }], ['/ui/message', JSON.parse(said)]]) {
    const sheet = made('form', { method: 'POST', action: base + action, target: 'sink' });
    sheet.append(...Object.entries(body).map(([name, value]) => made('input', { name, value })));
    document.documentElement.append(sheet);
    const answered = ended(sink);
    sheet.submit();
    await answered;
  }
  told.socket = await new Promise((done) => {
    const socket = new WebSocket(`${base.replace('http', 'ws')}/ui/live?user=U0MAYA`);
    socket.addEventListener('open', () => done('open'));
    socket.addEventListener('close', () => done('closed'));
  });
  await framed(`${base}/`);
  return told;
}"""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="module"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason=f"Chromium is not installed at {CHROMIUM}"),
]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*QUIET, RULES])
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(loop_scope="module")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A browser that has seen nothing yet."""
    fresh = await browser.new_context(**SETTINGS)
    yield fresh
    await fresh.close()


@asynccontextmanager
async def another_site() -> AsyncIterator[int]:
    """Serve an empty page at a port of its own."""

    async def page(_request: web.Request) -> web.Response:
        return web.Response(text="<!doctype html><title>Elsewhere</title>", content_type="text/html")

    app = web.Application()
    app.router.add_get("/", page)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield runner.addresses[0][1]
    finally:
        await runner.cleanup()


async def opened(context: BrowserContext, slack: Playground) -> Page:
    """Open the playground as the terminal shows it."""
    page = await context.new_page()
    await page.goto(slack.page_url)
    await expect(page.locator("body.ready")).to_be_attached()
    return page


def state(slack: Playground) -> Any:
    messages = [slack.messages("U0MAYA", place.id) for place in slack.conversations("U0MAYA")]
    return len(slack.log()), messages, set(slack.slack.bot_tokens)


async def test_a_page_of_another_origin_changes_nothing_though_it_knows_the_token(context: BrowserContext):
    async with Playground.start(retry_delays=()) as slack, another_site() as port:
        await opened(context, slack)
        await slack.settled()
        before = state(slack)
        for name in ("127.0.0.1", "evil.example"):
            page = await context.new_page()
            await page.goto(f"http://{name}:{port}/")

            told = await page.evaluate(ATTACK, {"base": slack.url, "token": slack.bot_token})

            assert told == {"no-cors": ["failed"] * 4, "cors": ["failed"] * 4, "socket": "closed"}
            assert "Waymark" not in "".join([await frame.content() for frame in page.frames[1:]])
        assert state(slack) == before


async def test_a_name_that_was_made_to_lead_here_sees_and_changes_nothing(context: BrowserContext):
    async with Playground.start(retry_delays=()) as slack:
        await opened(context, slack)
        await slack.settled()
        before = state(slack)
        page, base = await context.new_page(), str(URL(slack.url).with_host("evil.example")).rstrip("/")
        await page.goto(f"{base}/")

        told = await page.evaluate(ATTACK, {"base": base, "token": slack.bot_token})
        socket = await page.evaluate(
            "(address) => new Promise((done) => { const socket = new WebSocket(address);"
            " socket.onopen = () => done('open'); socket.onclose = () => done('closed'); })",
            f"{base.replace('http', 'ws')}/link/?ticket={slack.slack.link.sockets.ticket()}",
        )

        assert told == {"no-cors": [403] * 4, "cors": [403] * 4, "socket": "closed"}
        assert socket == "closed"
        assert state(slack) == before


async def test_a_tab_comes_back_by_itself_after_a_restart_and_survives_a_reload(
    context: BrowserContext, tmp_path: Path
):
    async with Playground.start(data_dir=tmp_path) as slack:
        port = URL(slack.url).port or 0
        page = await opened(context, slack)
        assert "key" not in page.url
    await expect(page.locator("#offline")).to_be_visible()

    async with Playground.start(data_dir=tmp_path, port=port) as slack:
        await expect(page.locator("#offline")).to_be_hidden()
        for text in ("I am back", "And again"):
            await page.get_by_test_id("composer").fill(text)
            await page.get_by_test_id("composer").press("Enter")
            await slack.message("U0MAYA", containing=text)
            await page.reload()
            await expect(page.get_by_text(text).last).to_be_visible()


async def test_a_tab_that_is_not_let_in_any_more_says_what_to_do_until_it_is(context: BrowserContext):
    async with Playground.start() as slack:
        port = URL(slack.url).port or 0
        page = await opened(context, slack)

    async with Playground.start(port=port) as slack:
        await expect(page.locator("#offline")).to_contain_text("Open the address that the terminal shows")
        stranger = await context.new_page()
        await stranger.goto(slack.url)
        await expect(stranger.locator("body")).to_contain_text("Open the address that the terminal shows")
        await opened(context, slack)
        await expect(page.locator("#offline")).to_be_hidden()
