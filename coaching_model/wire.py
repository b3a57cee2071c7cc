"""The one connection to a provider: to its host alone, watched, and cut off where an answer is too long."""

import ssl
from collections.abc import AsyncIterator
from contextvars import ContextVar

import httpx2

MOST_BYTES = 64 * 1024
SENT: ContextVar[list[str]] = ContextVar("SENT")


class TooLong(httpx2.TransportError):
    """The provider's answer is longer than any that could be used."""


class _Cut(httpx2.AsyncByteStream):
    """A body that ends with an error where it grows too long."""

    def __init__(self, body: httpx2.AsyncByteStream) -> None:
        self._body = body

    async def __aiter__(self) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in self._body:
            size += len(chunk)
            if size > MOST_BYTES:
                raise TooLong("the answer is too long")
            yield chunk

    async def aclose(self) -> None:
        await self._body.aclose()


class Watched(httpx2.AsyncBaseTransport):
    """Writes down what leaves, as it leaves, and cuts off what comes back too long."""

    def __init__(self) -> None:
        self._inner = httpx2.AsyncHTTPTransport(verify=ssl.create_default_context(), retries=0)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Send a request once."""
        SENT.get([]).append((await request.aread()).decode("utf-8", "replace"))
        response = await self._inner.handle_async_request(request)
        assert isinstance(response.stream, httpx2.AsyncByteStream)
        response.stream = _Cut(response.stream)
        return response

    async def aclose(self) -> None:
        """Close all connections."""
        await self._inner.aclose()


def client(seconds: float) -> httpx2.AsyncClient:
    """A client that waits so long, follows no redirect and uses no proxy: either would be another host."""
    return httpx2.AsyncClient(transport=Watched(), timeout=seconds, follow_redirects=False, trust_env=False)
