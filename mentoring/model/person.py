"""A person as the app knows them, and the rules about who can be asked."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Annotated, ClassVar, Literal, Self

from pydantic import AwareDatetime, Field

from kernel.errors import CannotHelp, NotAMember
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.policy import Policy
from kernel.presence import UNKNOWN, Available
from kernel.store import Show, Snapshot
from kernel.values import Document, PersonId, TopicId, Value
from kernel.working_hours import OFFICE, Hours, known_zone, opens_next
from matching.values import ALL_LANES, ANYTHING, Helper, Lane, Limits
from mentoring.model.load import QUESTIONS, Load
from sensing.text.language import of_locale

REPORTS_TO = ListName("reports-to")
PEOPLE_BY_EMAIL = ListName("people-by-email")
TAKES_ANYTHING = ListName("takes-anything")
HAND_OVER = AgendaKind("hand_over", "mentoring.offboarding.hand_over")
ASK_AGAIN = AgendaKind("ask_again", "mentoring.people.people.invite_again")
TELL_ENROLLED = AgendaKind("tell_enrolled", "mentoring.people.roster.tell_enrolled")
FORGET_PERSON = AgendaKind("forget_person", "mentoring.retention.forget_person")
MEET = AgendaKind("meet", "slackapp.workspaces.people.Acquaintance.meet")
LEAVE_SPRINTS = AgendaKind("leave_sprints", "coaching.sprints.sprints.leave")
LEAVE_MENTORSHIPS = AgendaKind("leave_mentorships", "relationships.mentor_search.leaving.leave")
LINE_CHANGED = AgendaKind("line_changed", "relationships.mentor_search.leaving.part_lines")
FREE_SEATS = AgendaKind("free_seats", "relationships.second_opinions.leaving.leave")
FORGET_BELONGINGS = AgendaKind("forget_coaching", "mentoring.erasure.forget")
ENROLLED = CardKind("enrolled", "person")
PROFILE_INVITE = CardKind("profile-invite", "person")

Standing = Literal["active", "guest", "left", "outside", "bot", "unknown"]
GONE: frozenset[Standing] = frozenset({"left", "outside"})
NO_HELPERS: frozenset[Standing] = frozenset({"guest", "bot"})
OwnLevel = Annotated[int, Field(ge=1, le=3)]
CareerLevel = Annotated[int, Field(ge=1, le=7)]
USUAL_LEVEL = 3  # of whom nothing is known
MinutesPerWeek = Annotated[int, Field(ge=0, le=600)]
QuestionsPerWeek = Annotated[int, Field(ge=1, le=QUESTIONS)]
QuestionsAtOnce = Annotated[int, Field(ge=1, le=10)]


class Profile(Value):
    """What a person says about their own help, in one form. *anything*: they take any question.

    *languages* are those besides English, by the names of `sensing.text.language`. *questions_at_once* is how
    many may wait for their answer; None: as many as the policy says.
    """

    topics: Mapping[TopicId, OwnLevel]
    level: CareerLevel = USUAL_LEVEL
    anything: bool = False
    learns: tuple[TopicId, ...] = ()
    languages: tuple[str, ...] = ()
    lanes: frozenset[Lane] = ALL_LANES
    minutes_per_week: MinutesPerWeek = 60
    questions_per_week: QuestionsPerWeek | None = None
    questions_at_once: QuestionsAtOnce | None = None
    hours: Hours = OFFICE


class SlackFacts(Value):
    """What Slack says about a person; *zone* is a name that this machine knows.

    *vacation_until* is when the vacation ends that their status shows, if it says when.
    """

    id: PersonId
    name: str
    real_name: str = ""
    title: str = ""
    email: str | None = None
    zone: str = "UTC"
    locale: str | None = None
    standing: Standing = "active"
    is_admin: bool = False
    vacation_until: AwareDatetime | None = None


class Person(Document):
    """A Slack user: level, topics they help with and learn, hours, capacity, pause."""

    kind: ClassVar[str] = "person"
    id: PersonId
    name: str = ""
    real_name: str = ""
    title: str = ""
    email: str | None = None
    zone: str = "UTC"
    locale: str | None = None
    level: CareerLevel = USUAL_LEVEL
    is_level_said: bool = False
    topics: Mapping[TopicId, OwnLevel] = Field(default_factory=dict)
    anything: bool = False
    learns: tuple[TopicId, ...] = ()
    languages: tuple[str, ...] = ()
    lanes: frozenset[Lane] = ALL_LANES
    minutes_per_week: int = 60
    questions_per_week: int | None = None
    questions_at_once: int | None = None
    hours: Hours = OFFICE
    paused_until: AwareDatetime | None = None
    vacation_until: AwareDatetime | None = None
    back_early_from: AwareDatetime | None = None
    standing: Standing = "unknown"
    is_admin: bool = False
    do_not_match: frozenset[PersonId] = frozenset()
    parted_at: AwareDatetime | None = None
    managers: tuple[PersonId, ...] = ()
    team: str | None = None
    function: str | None = None
    site: str | None = None
    enrolled_at: AwareDatetime | None = None
    stopped_at: AwareDatetime | None = None
    ask_again_at: AwareDatetime | None = None
    erased_at: AwareDatetime | None = None
    seen_at: AwareDatetime

    def lists(self) -> Mapping[str, datetime]:
        """Everyone, those who help, those who steer, whose managers are known, and each one's reports."""
        names = {"people": self.seen_at, "helpers": self.enrolled_at if self.is_helper else None}
        names[PEOPLE_BY_EMAIL.of((self.email or "").casefold())] = self.seen_at if self.email else None
        names["admins"] = self.seen_at if self.is_admin and self.standing == "active" else None
        names[TAKES_ANYTHING] = self.seen_at if self.is_helper and self.anything else None
        names["managed"] = self.seen_at if self.managers else None
        names |= dict.fromkeys(map(reports_list, self.managers), self.seen_at)
        return {name: at for name, at in names.items() if at}

    @property
    def called(self) -> str:
        """What the person is called where no mention can stand."""
        return self.real_name or self.name

    @property
    def knows_level(self) -> bool:
        """Whether the level is one that was said, and not only the usual one."""
        return self.is_level_said or self.enrolled_at is not None or self.level != USUAL_LEVEL

    @property
    def is_helper(self) -> bool:
        """Whether the person has said what they help with, and still works here."""
        says_what = bool(self.topics) or self.anything
        return self.enrolled_at is not None and says_what and self.standing == "active"

    @property
    def is_gone(self) -> bool:
        """Whether nothing reaches this person any more."""
        return self.standing in GONE

    def speaks(self, language: str) -> bool:
        """Whether they speak a language: by their profile, or as that of their Slack."""
        return language in self.languages or language == of_locale(self.locale)

    def is_paused(self, now: datetime) -> bool:
        """Whether the person takes no asks for the time being."""
        return self.back_at is not None and now < self.back_at

    @property
    def back_at(self) -> datetime | None:
        """When the pause or the vacation ends, whichever is later."""
        return max(filter(None, (self.paused_until, self.vacation_until)), default=None)

    def limits(self, policy: Limits) -> Limits:
        """The policy's limits, with fewer minutes and questions a week where the profile says so.

        How many questions wait at once is the person's own choice, where they have made one.
        """
        return replace(
            policy,
            minutes_per_week=min(self.minutes_per_week, policy.minutes_per_week),
            questions_per_week=self.questions_per_week,
            open_offers=self.questions_at_once or policy.open_offers,
        )

    def as_helper(self, load: Load | None = None) -> Helper | None:
        """What a ranking needs to know of this person, or None for one who does not help."""
        if not self.is_helper:
            return None
        load = load or Load(id=self.id)
        anything = {ANYTHING: 1} if self.anything else {}
        return Helper(
            id=self.id,
            level=self.level,
            topics={str(topic): own for topic, own in self.topics.items()} | anything,
            lanes=self.lanes,
            minutes_per_week=self.minutes_per_week,
            minutes_booked=load.minutes_kept,
            open_sessions=len(load.open_sessions),
            open_offers=len(load.open_offers),
            hours=self.hours.in_zone(self.zone),
            paused_until=self.back_at,
            is_available=not load.has_all_questions(self.questions_per_week),
            helped={str(asker): times for asker, times in load.helped.items()},
            last_helped_at=load.last_helped_at,
            offers_ended=len(load.replies),
            offers_answered=load.answered,
            questions_at_once=self.questions_at_once,
        )

    def met(self, facts: SlackFacts, now: datetime) -> Self:
        """Take over what Slack says; what the person said stays."""
        zone, email = facts.zone if known_zone(facts.zone) else "UTC", facts.email or self.email
        # Who has resumed during a vacation is back, though the status still shows it.
        is_over = facts.vacation_until == self.back_early_from
        own = {"zone": zone, "email": email, "vacation_until": None if is_over else facts.vacation_until}
        return self.model_copy(update={**facts.model_dump(), **own, "seen_at": now})

    def enrol(self, profile: Profile, now: datetime) -> Self:
        """Take over a profile; the first one makes a helper of the person."""
        said = {name: getattr(profile, name) for name in Profile.model_fields}
        begun = {
            "is_level_said": True,
            "enrolled_at": self.enrolled_at or now,
            "stopped_at": None,
            "ask_again_at": None,
        }
        return self.model_copy(update=said | begun)

    def at_level(self, level: CareerLevel | None) -> Self:
        """Take over how experienced the person is; None leaves it open, and is not asked again."""
        return self.model_copy(update={"level": level or self.level, "is_level_said": True})

    def stop(self, now: datetime) -> Self:
        """Help no more; what was declared is kept for a return, and no list of people undoes it."""
        return self.model_copy(update={"enrolled_at": None, "stopped_at": now})

    def pause(self, until: datetime) -> Self:
        """Take no asks until then; the pause ends by itself."""
        return self.model_copy(update={"paused_until": until})

    def resume(self) -> Self:
        """Take asks again at once, also in the vacation that the status shows."""
        back = {"paused_until": None, "vacation_until": None}
        early = self.vacation_until or self.back_early_from
        return self.model_copy(update={**back, "back_early_from": early})

    def assumed_active(self) -> Self:
        """Someone who can be asked though never met: not paused, and at work unless known better."""
        standing = "active" if self.standing == "unknown" else self.standing
        return self.resume().model_copy(update={"standing": standing})

    def keep_from(self, others: frozenset[PersonId], now: datetime) -> Self:
        """Be kept from these people and from no others; *parted_at* is when that last changed."""
        if others == self.do_not_match:
            return self
        return self.model_copy(update={"do_not_match": others, "parted_at": now})

    def forgotten(self) -> Self:
        """Forget what somebody who left had said, but for whom they are kept from, should they come back."""
        stays = ("id", "name", "real_name", "standing", "do_not_match", "parted_at", "managers", "seen_at")
        kept = (*stays, "stopped_at")
        return type(self)(**{name: getattr(self, name) for name in kept})

    def without_profile(self) -> Self:
        """Forget what somebody who is still here has said; what Slack and the list of people say stays."""
        said = (*Profile.model_fields, "paused_until", "back_early_from", "enrolled_at", "ask_again_at")
        return self.model_copy(update={name: _DEFAULTS[name] for name in said})

    def erase(self, now: datetime) -> Self:
        """Note that they asked to be erased: what happened before puts them on nobody's board."""
        return self.model_copy(update={"erased_at": now})

    def is_kept_from(self, other: Self) -> bool:
        """Whether these two are never brought together: by wish, or as one reports to the other."""
        barred = self.do_not_match | set(self.managers)
        return other.id in barred or self.id in other.do_not_match | set(other.managers)


_DEFAULTS = {
    name: field.get_default(call_default_factory=True) for name, field in Person.model_fields.items()
}


def reports_list(manager_id: PersonId) -> str:
    """The name of the list of those who report to somebody directly."""
    return REPORTS_TO.of(manager_id)


def only_here(read: Snapshot, shows: Iterable[Show]) -> list[Show]:
    """What is shown to people who can still be reached."""
    people = {show: read.find(Person, show.to) for show in shows}
    return [show for show, person in people.items() if person is None or not person.is_gone]


def check_member(person: Person) -> Person:
    """Refuse whoever is known to be no member, or was not looked up in Slack yet."""
    if person.standing != "active":
        raise NotAMember(person.id, person.standing)
    return person


def check_can_help(asker: Person, helper: Person, now: datetime) -> None:
    """Refuse a helper who cannot be asked by this asker: themselves, no longer here, paused or kept apart."""
    if helper.id == asker.id:
        raise CannotHelp(helper.id, "self")
    if helper.standing != "active":
        raise CannotHelp(helper.id, helper.standing)
    if helper.is_paused(now):
        raise CannotHelp(helper.id, "paused")
    # "asked" tells nobody that someone wishes to be kept apart from them.
    if asker.is_kept_from(helper):
        raise CannotHelp(helper.id, "asked")


def working_hour(person: Person | None, at: datetime, policy: Policy, seen: Available = UNKNOWN) -> datetime:
    """The first moment from *at* on in a person's working hours, or *at* if they have none.

    Never in the do-not-disturb in which they are *seen*.
    """
    if seen.state == "dnd" and seen.until:
        at = max(at, seen.until)
    return (opens_next(person.hours, person.zone, at, policy.holidays) if person else None) or at


def stranger(person_id: PersonId, now: datetime) -> Person:
    """A person of whom only the id is known yet."""
    return Person(id=person_id, seen_at=now)
