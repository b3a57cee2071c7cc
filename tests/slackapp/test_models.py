"""An operator learns why a model does not lead: from the doctor, the log and the figures."""

import pytest
from structlog.testing import capture_logs

from coaching.guide.model import Given, ModelQuestion, R, S, Terms
from kernel.values import Value
from playground.provider import Provider
from slackapp.doctor.start_checks import model
from slackapp.process.metrics import Metrics
from slackapp.process.models import WatchedModel
from slackapp.process.settings import read_partly


@pytest.mark.parametrize(
    ("fault", "verdict", "said"),
    [
        (None, "ok", "openai:stand-in answers"),
        ("busy", "bad", "(status 429), so the script leads: the provider takes no more for now"),
        ("error", "bad", "(status 500)"),
        ("hang", "bad", "(late), so the script leads: raise WAYMARK_MODEL_SECONDS"),
        ("cut", "bad", "look at WAYMARK_MODEL_URL"),
        ("advice", "note", "(unfit)"),
        ("prose", "note", "(unfit)"),
    ],
)
async def test_the_doctor_asks_the_model_and_says_what_is_wrong(
    provider: Provider, fault: str | None, verdict: str, said: str
):
    provider.fault = fault
    named = {"WAYMARK_MODEL": "openai:stand-in", "WAYMARK_MODEL_URL": provider.url}
    patience = {"WAYMARK_MODEL_SECONDS": "0.5" if fault == "hang" else "15"}

    [found] = [it async for it in model(read_partly(named | patience))]

    assert (found.what, found.verdict) == ("model", verdict)
    assert said in found.sentence


async def test_without_a_model_the_doctor_says_nothing_of_it():
    assert not [it async for it in model(read_partly({}))]


class Failing:
    """A model that answers nothing, for a reason."""

    terms = Terms(provider="openai", host="models.example", model="one")

    def __init__(self, why: str) -> None:
        self.why = why

    async def ask(self, question: ModelQuestion[S, R]) -> Given[R]:
        return Given(None, why=self.why)


@pytest.mark.parametrize(
    ("why", "outcome", "cure"),
    [
        ("", "answered", None),
        ("status 401", "refused", "look at WAYMARK_MODEL_KEY"),
        ("status 503", "failed", "look at WAYMARK_MODEL_URL, and at the provider"),
        ("ConnectError", "failed", "look at WAYMARK_MODEL_URL, and at the provider"),
        ("busy", "busy", "more people talk at once than it is asked for"),
    ],
)
async def test_what_came_of_a_question_is_counted_and_a_failure_logged_with_its_cure(
    why: str, outcome: str, cure: str | None
):
    metrics = Metrics()
    question = ModelQuestion("", "", Value, lambda said: said)

    with capture_logs() as logged:
        await WatchedModel(Failing(why), metrics).ask(question)

    assert metrics.registry.get_sample_value("waymark_model_turns_total", {"outcome": outcome}) == 1
    assert [it["cure"] for it in logged] == ([cure] if cure else [])
