"""A client that was let in as a browser's tab is: by the address with the key."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import aiohttp
from yarl import URL


@asynccontextmanager
async def page_session(page_url: str) -> AsyncIterator[aiohttp.ClientSession]:
    """Open a session whose paths are the playground's."""
    # Cookies of addresses in figures are kept only by a jar that is told so.
    jar = aiohttp.CookieJar(unsafe=True)
    async with aiohttp.ClientSession(URL(page_url).origin(), cookie_jar=jar) as session:
        async with session.get(page_url) as answer:
            assert answer.status == 200, await answer.text()
        yield session
