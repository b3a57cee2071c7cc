"""Where the two ways in meet: what Slack sent, checked for its shape, becomes a request to Bolt."""

from collections.abc import Mapping, Sequence
from time import perf_counter

from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse

from slackapp.process.metrics import Metrics
from slackapp.transport.envelopes import Envelope
from slackapp.transport.response_urls import ResponseUrls

RETRY = ("x-slack-retry-num", "x-slack-retry-reason")


class Intake:
    """Has Bolt answer what is known to come from Slack, and counts that."""

    def __init__(self, bolt: AsyncApp, urls: ResponseUrls, metrics: Metrics) -> None:
        self._bolt, self._urls, self._metrics = bolt, urls, metrics

    async def answer(self, envelope: Envelope, headers: Mapping[str, str | Sequence[str]]) -> BoltResponse:
        """Bolt's answer. Of the *headers*, which nobody signs, only those of a retry are taken."""
        started = perf_counter()
        retry = {name: headers[name] for name in RETRY if name in headers}
        # The mode in which Bolt takes a payload as it is, instead of parsing a body once more in its own way.
        request = AsyncBoltRequest(
            mode="socket_mode",
            body=self._urls.without_others(envelope.payload),
            headers=dict(retry),
        )
        if request.context.response_url:
            request.context["respond"] = self._urls.respond(request.context.response_url)
        response = await self._bolt.async_dispatch(request)
        self._metrics.acks.labels(envelope.kind).observe(perf_counter() - started)
        return response
