"""How a workspace wants to be run: every number that admins may change, its default and the reason for it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, Field, StringConstraints, create_model

from kernel.values import PersonId, Value
from kernel.working_time import Span, Unit
from matching.values import EXPLORED, Limits, Urgency

__all__ = [
    "LearningRules",
    "NeededWithin",
    "Nudges",
    "OfferTimeout",
    "Policy",
    "Retention",
    "Section",
    "Span",
    "Unit",
    "WayOut",
    "with_sections",
]

R = TypeVar("R", bound=Value)

LOAD_PRICE = 0.6
SHORTEST, LONGEST = timedelta(minutes=2), timedelta(days=10)
Days = Annotated[int, Field(ge=1, le=3650)]
SlackId = Annotated[PersonId, StringConstraints(pattern=r"^[UW][A-Z0-9]{2,20}$")]


class WayOut(StrEnum):
    """What an asker is offered when nobody could help."""

    COACH_ME = "coach_me"
    POST_IN_CHANNEL = "post_in_channel"
    KEEP_WAITING = "keep_waiting"
    TELL_ADMINS = "tell_admins"


def _each_once(ways: tuple[WayOut, ...]) -> tuple[WayOut, ...]:
    if len(set(ways)) < len(ways):
        raise ValueError("each way out may stand here once")
    return ways


def _rising(numbers: tuple[int, ...]) -> tuple[int, ...]:
    if any(later <= earlier for earlier, later in pairwise(numbers)):
        raise ValueError("write the numbers in rising order, each once")
    return numbers


def _bearable(span: Span) -> Span:
    if not SHORTEST <= span.wall <= LONGEST:
        raise ValueError(f"`{span}` is no time to answer: between 2m and 10wd works")
    return span


Answering = Annotated[Span, AfterValidator(_bearable)]


class OfferTimeout(Value):
    """How long a helper has to answer, by the urgency of the request."""

    now: Answering = Field(
        default=Span.parse("15m"),
        description="by the wall, and only people in their hours are asked: now means now",
    )
    today: Answering = Field(
        default=Span.parse("2h"),
        description="of the helper's working hours: two people in turn and a pool fit into a day",
    )
    this_week: Answering = Field(
        default=Span.parse("1wd"),
        description="of the helper's working hours: most people look in once a working day",
    )

    def of(self, urgency: Urgency) -> Span:
        """How long a helper has to answer a request of this urgency."""
        return {Urgency.NOW: self.now, Urgency.TODAY: self.today, Urgency.THIS_WEEK: self.this_week}[urgency]


class NeededWithin(Value):
    """When a request is no longer of use, in hours after it was asked."""

    now: int = Field(
        default=2, ge=1, le=24, description="after two hours a question of now has solved itself or moved"
    )
    today: int = Field(
        default=24, ge=1, le=72, description="a full day, so that every time zone had its turn"
    )
    this_week: int = Field(default=168, ge=24, le=720, description="seven days")

    def of(self, urgency: Urgency) -> timedelta:
        """How long a request of this urgency is of use."""
        hours = {Urgency.NOW: self.now, Urgency.TODAY: self.today, Urgency.THIS_WEEK: self.this_week}
        return timedelta(hours=hours[urgency])


class Nudges(Value):
    """How many messages that nobody asked for one person may get."""

    per_week: int = Field(
        default=5, ge=0, le=20, description="generic nudges measure near zero, so few must do"
    )
    halve_after: int = Field(default=2, ge=1, le=20, description="ignored in a row: then half as many")
    stop_after: int = Field(
        default=4, ge=1, le=20, description="ignored in a row: then none, and the person is told so"
    )


class Retention(Value):
    """How many days private words are kept."""

    relayed_text_days: Days = Field(
        default=1, description="what two people said through the app: only until it arrived"
    )
    draft_days: Days = Field(
        default=30, description="text that never became a request: long enough to come back from leave"
    )
    request_days: Days = Field(
        default=365, description="question and answers after the end: a year serves the yearly review"
    )
    report_days: Days = Field(
        default=730, description="a report, after it was made or last closed: to act on it can take years"
    )
    relationship_days: Days = Field(
        default=365, description="a mentorship after its end: what was written in it serves for a year"
    )
    alert_days: Days = Field(
        default=90, description="what else admins were told of, after it was raised, closed or withdrawn"
    )


class LearningRules(Value):
    """How the app learns from what came of past requests whom to ask."""

    enabled: bool = Field(
        default=True,
        description="learn from outcomes; off: profiles alone decide, and nothing that was learned is used",
    )
    load_price: float = Field(
        default=LOAD_PRICE,
        ge=0,
        le=3,
        description="what it costs in the ranking to have been asked lately, so that help is shared",
    )
    explore: float = Field(
        default=EXPLORED,
        ge=0,
        le=0.5,
        description="share of requests that begin with a newcomer who fits: else nobody new is found",
    )


class Contact(Value):
    """Somebody to turn to in need, in confidence: a person, an office, a help line."""

    name: str = Field(min_length=1, max_length=80)
    how: str = Field(min_length=1, max_length=300, description="how they are reached")


@dataclass(frozen=True, slots=True)
class Section(Generic[R]):
    """A feature's own section of the policy, under the key *name*: its *rules*, and what they are *about*.

    Each field of the rules has a default, and as its description the reason for it.
    """

    name: str
    rules: type[R]
    about: str


class Policy(Value):
    """The rules of one workspace. `Policy()` holds every default; features add sections of their own."""

    offer_timeout: OfferTimeout = Field(
        default=OfferTimeout(),
        description="time to answer an offer: the loudest complaint is an ask that goes silent",
    )
    offers_outside_hours: bool = Field(
        default=False,
        description="whether a helper may be asked outside their working hours: nobody is, by default",
    )
    one_at_a_time: int = Field(
        default=2,
        ge=1,
        le=10,
        description="helpers asked in turn: a personal ask is answered more often than a broadcast, but of "
        "real askers half waited 50 hours with two in turn and 67 with three",
    )
    pool: int = Field(
        default=6, ge=0, le=20, description="helpers then asked at once; the first wins. 0: nobody"
    )
    ways_out: Annotated[tuple[WayOut, ...], AfterValidator(_each_once)] = Field(
        default=tuple(WayOut),
        min_length=1,
        description="what the asker may choose when nobody could help, in this order",
    )
    needed_within_hours: NeededWithin = Field(
        default=NeededWithin(),
        description="when a request runs out: nobody is asked for what is no longer needed",
    )
    keep_waiting_hours: int = Field(
        default=4,
        ge=1,
        le=168,
        description="how often a request that keeps waiting is tried anew: twice a working day",
    )
    session_minutes: Annotated[tuple[Annotated[int, Field(ge=5, le=120)], ...], AfterValidator(_rising)] = (
        Field(
            default=(15, 25),
            min_length=1,
            max_length=5,
            description="lengths to choose from: short talks get accepted",
        )
    )
    peer_turn_minutes: int = Field(
        default=10, ge=5, le=30, description="in peer coaching each is coached so long, then the two swap"
    )
    more_time_minutes: int = Field(default=10, ge=5, le=60, description="what one press on *More time* adds")
    remind_before_end_minutes: int = Field(
        default=5, ge=1, le=30, description="time left to agree on a next step"
    )
    close_after_hours: int = Field(
        default=24, ge=1, le=168, description="after its end a talk that nobody wrapped up closes itself"
    )
    open_requests: int = Field(
        default=5, ge=1, le=50, description="per asker: more at once are no longer questions"
    )
    open_sessions: int = Field(default=2, ge=1, le=10, description="per helper: who helps two people is busy")
    open_offers: int = Field(
        default=1,
        ge=1,
        le=10,
        description="per helper, unless they choose: who is asked one at a time answers; the next waits",
    )
    weekly_minutes: int = Field(
        default=60,
        ge=15,
        le=600,
        description="per helper in any 168 hours, less if they say so: 3 % of staff give a third of all help",
    )
    mentorships: int = Field(
        default=2, ge=0, le=20, description="per mentor, unless they say otherwise: each takes months"
    )
    feedback_after_minutes: int = Field(
        default=0, ge=0, le=1440, description="after the end both are asked on their card: memory fades"
    )
    feedback_open_days: int = Field(
        default=7, ge=1, le=30, description="then each sees the other's thanks, though one never answered"
    )
    checks: Annotated[tuple[Annotated[int, Field(ge=1, le=365)], ...], AfterValidator(_rising)] = Field(
        default=(2, 7, 30),
        max_length=5,
        description="days after which *did you use it?* is asked: delayed checks are wanted",
    )
    nudges: Nudges = Field(default=Nudges(), description="messages that nobody asked for")
    ask_again_days: int = Field(
        default=14, ge=1, le=90, description="when *ask me again* to join as a helper comes back"
    )
    report_group: int = Field(
        default=5, ge=3, le=100, description="smallest group that a report shows: nobody can be found"
    )
    holidays: Annotated[frozenset[date], Field(max_length=400)] = Field(
        default=frozenset(), description="days on which nobody works, like 2026-12-25: hours skip them"
    )
    admins: Annotated[frozenset[SlackId], Field(max_length=50)] = Field(
        default=frozenset(),
        description="Slack ids of people who steer, besides the workspace's owners and admins",
    )
    support: tuple[Contact, ...] = Field(
        default=(),
        max_length=5,
        description="who people can turn to in need; guided talks stay off until somebody is named",
    )
    learning: LearningRules = Field(
        default=LearningRules(), description="who helped with what says more than profiles do"
    )
    retention: Retention = Field(default=Retention(), description="how long private words are kept")

    def of(self, section: Section[R]) -> R:
        """The rules of a feature's own section, as admins have set them."""
        rules = getattr(self, section.name, None)
        return rules if isinstance(rules, section.rules) else section.rules()

    @property
    def limits(self) -> Limits:
        """What one helper may carry at a time."""
        return Limits(self.open_sessions, self.open_offers, self.weekly_minutes)


def with_sections(sections: Iterable[Section[Any]]) -> type[Policy]:
    """The policy that has these sections of features, too, each with its defaults."""
    added: dict[str, Any] = {
        section.name: (section.rules, Field(default=section.rules(), description=section.about))
        for section in sections
    }
    return create_model("Policy", __base__=Policy, **added) if added else Policy
