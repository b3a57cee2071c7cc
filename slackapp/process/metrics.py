"""The figures at /metrics, in Prometheus' format. One registry per running app: nothing global.

Every label comes from a fixed set, so that what others send never makes a new series.
"""

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    ProcessCollector,
    generate_latest,
)

REFUSALS = frozenset([400, 401, 404, 405, 413, 415, 417, 500])
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)


class Metrics:
    """Counts what Slack sent, what was delivered and what waits."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)  # memory, open files, time on the processors
        self.acks = Histogram(
            "waymark_ack_seconds",
            "Time to acknowledge what Slack sent",
            ["kind"],
            buckets=SECONDS,
            registry=self.registry,
        )
        self.refused = Counter(
            "waymark_refused_total", "Requests answered with an error", ["status"], registry=self.registry
        )
        self.cut = Counter(
            "waymark_connections_cut_total",
            "Connections ended before a signed request came",
            ["why"],
            registry=self.registry,
        )
        self.turned_down = Counter(
            "waymark_turned_down_total",
            "Interactions answered with a refusal",
            ["why"],
            registry=self.registry,
        )
        self.calls = Counter(
            "waymark_slack_calls_total", "Calls to Slack", ["method", "outcome"], registry=self.registry
        )
        self.delivery = Histogram(
            "waymark_delivery_seconds", "Time to deliver one notice", buckets=SECONDS, registry=self.registry
        )
        self.duties = Counter(
            "waymark_duties_total", "Entries of the agenda done", ["kind", "outcome"], registry=self.registry
        )
        self.model_turns = Counter(
            "waymark_model_turns_total",
            "Questions put to the coaching model",
            ["outcome"],
            registry=self.registry,
        )
        self.maybe_doubled = Counter(
            "waymark_maybe_doubled_total", "Messages whose answer was lost", registry=self.registry
        )
        self.dead = Gauge("waymark_dead_letters", "Notices and duties given up", registry=self.registry)
        self.skipped = Gauge(
            "waymark_skipped_documents",
            "Documents of a newer release that this process left out",
            registry=self.registry,
        )

    def refuse(self, status: int) -> None:
        """Count a request that was answered with an error."""
        if status in REFUSALS:
            self.refused.labels(status).inc()

    def text(self) -> bytes:
        """Every figure as Prometheus reads it."""
        return generate_latest(self.registry)
