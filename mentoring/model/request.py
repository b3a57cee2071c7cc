"""A request: a question on its way to someone who can help, and every move it may make."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from pydantic import AwareDatetime

from kernel.errors import AlreadyTaken, Ended, HasHelper, OfferOver, OwnRequest
from kernel.kinds import AgendaKind, CardKind, ListName
from kernel.store import Show
from kernel.values import Document, Kept, PersonId, RequestId, SessionId, TopicId
from matching.values import Lane, Reason, Urgency
from mentoring.model.appointment import Unmet
from mentoring.model.undo import check_undo
from mentoring.model.waited import Waited

REQUESTS = ListName("requests-of")
ASKED_IN_TOPIC = ListName("asked-in")
OPEN_REQUESTS = ListName("open-requests-of")
ROUTE = AgendaKind("route", "mentoring.routing.routing.route")
OVERDUE = AgendaKind("overdue", "mentoring.routing.routing.run_out")
GIVE_UP = AgendaKind("give_up", "mentoring.retention.give_up")
FORGET_REQUEST = AgendaKind("forget_request", "mentoring.retention.forget_request")
LOOK_FOR_ANGLE = AgendaKind("look_for_angle", "relationships.another_angle.angles.look")
POST = CardKind("post", "request")

State = Literal["open", "offered", "accepted", "in_session", "resolved", "withdrawn", "expired", "unanswered"]
Wish = Literal["any", "peer", "senior", "reverse"]
Way = Literal["help", "peer_coaching"]
Gap = Literal["nobody", "too_late", "helper_left", "off_hours"]

LOOKING: frozenset[State] = frozenset({"open", "offered"})
HELD: frozenset[State] = frozenset({"accepted", "in_session"})
NAMED = 0
ALIKE = 0.8  # of all their words two questions share so many: they are one
ENDS: frozenset[State] = frozenset({"resolved", "withdrawn", "expired"})
# The one table of legal moves; the property tests hold every method to it.
MOVES: Mapping[State, frozenset[State]] = {
    "open": frozenset({"offered", "accepted", "unanswered", "withdrawn"}),
    "offered": frozenset({"open", "accepted", "unanswered", "withdrawn"}),
    "unanswered": frozenset({"open", "offered", "accepted", "withdrawn", "expired"}),
    "accepted": frozenset({"in_session", "open", "unanswered", "resolved"}),
    "in_session": frozenset({"open", "unanswered", "resolved"}),
    "resolved": frozenset(),
    "withdrawn": frozenset({"open", "offered"}),
    "expired": frozenset(),
}


class Approach(Kept):
    """That a helper was asked. Wave 0 is a person named, then one wave for each turn, the pool last."""

    helper_id: PersonId
    lane: Lane
    offered_at: AwareDatetime
    wave: int


class Hold(Kept):
    """Until when nobody is asked, since whoever could be is not at work, or in do-not-disturb.

    *is_busy*: or has another question before them, which they answer by then at the latest.
    """

    until: AwareDatetime
    why: Literal["hours", "quiet"] = "hours"
    is_busy: bool = False


class Request(Document):
    """One ask for help. `MOVES` is the table of its states; resolved, withdrawn and expired are ends.

    A helper's no, and a withdrawal, can be undone for a while.

    open        waits to be routed            → offered, accepted, unanswered, withdrawn
    offered     helpers have been asked       → open (all said no), accepted, unanswered, withdrawn
    unanswered  nobody left; ways out shown   → open (asker goes on), offered (a no was undone), accepted,
                                                withdrawn, expired
    accepted    a helper has said yes         → in_session, resolved, open (someone else, or they left)
    in_session  the room is there             → resolved, open (someone else, or they left)
    withdrawn   the asker took it back        → open, offered (undone, for a while)

    *gap* says why nobody helps: of an unanswered one, and of one that looks again since its helper left.
    *unmet* says why the session with who had said yes came to nothing, as long as another helper is sought.
    *mask*, random, hides its helpers in the ids of its offers and sessions where it is asked without a name.
    *after_views* says that it asks to talk through a view which its asker has read.
    *is_unwritten* says that its writer deleted the message that it came of: so it is withdrawn, or, where
    somebody had said yes before, the two go on talking without it.
    *held* says when somebody is at work again: while that is waited for, or where it is after *needed_by*.
    """

    kind: ClassVar[str] = "request"
    id: RequestId
    asker_id: PersonId
    question: str
    continued: str = ""
    tried: str = ""
    topics: tuple[TopicId, ...]
    urgency: Urgency = Urgency.TODAY
    lane: Wish = "any"
    minutes: int = 25
    anonymous: bool = False
    mask: str = ""
    way: Way = "help"
    after_views: bool = False
    asked_at: AwareDatetime
    needed_by: AwareDatetime
    state: State = "open"
    gap: Gap | None = None
    unmet: Unmet | None = None
    held: Hold | None = None
    asked: tuple[Approach, ...] = ()
    round_began: int = 0
    is_waiting: bool = False
    excluded: frozenset[PersonId] = frozenset()
    prefer: PersonId | None = None
    handed_by: PersonId | None = None
    note: str = ""
    helper_id: PersonId | None = None
    session_id: SessionId | None = None
    reasons: tuple[Reason, ...] = ()
    accepted_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    is_unwritten: bool = False
    channel_post: str | None = None
    is_posted: bool = False
    post_link: str = ""
    refused_by_channel: str | None = None
    told_admins_at: AwareDatetime | None = None

    def lists(self) -> Mapping[str, datetime]:
        """The asker's requests, those by topic, those not ended, and those that nobody took."""
        at = self.asked_at
        names = {"requests": at, REQUESTS.of(self.asker_id): at}
        names |= {ASKED_IN_TOPIC.of(topic): at for topic in self.topics}
        if not self.is_ended:
            names[OPEN_REQUESTS.of(self.asker_id)] = at
        if self.state == "unanswered":
            names["unanswered"] = at
        return names

    def gists(self) -> Mapping[str, str]:
        """How long it has waited, in the list of each topic."""
        return {ASKED_IN_TOPIC.of(topic): self.waited.gist for topic in self.topics}

    def shows(self) -> list[Show]:
        """Where it is shown: to the asker, and in the channel where it was posted."""
        channel = [Show(POST.of(self.id), to=self.channel_post)] if self.channel_post else []
        return [Show(self.thing, to=self.asker_id), *channel]

    @property
    def waited(self) -> Waited:
        """How long it has waited for somebody to say yes."""
        is_accepted, end = self.accepted_at is not None, self.accepted_at or self.ended_at
        return Waited.of(self.lane, self.asked_at, end, is_accepted=is_accepted)

    @property
    def is_looking(self) -> bool:
        """Whether helpers are being sought."""
        return self.state in LOOKING

    @property
    def is_ended(self) -> bool:
        """Whether it has come to its end."""
        return self.state in ENDS

    @property
    def asked_now(self) -> tuple[Approach, ...]:
        """Who was asked since the search last began anew."""
        return self.asked[self.round_began :]

    @property
    def people_asked(self) -> int:
        """How many people were asked in all its searches."""
        return len({approach.helper_id for approach in self.asked})

    @property
    def not_again(self) -> frozenset[PersonId]:
        """Everyone who is not asked (again): who said no, who is asked now, the asker."""
        return self.excluded | {a.helper_id for a in self.asked_now} | {self.asker_id}

    @property
    def next_wave(self) -> int:
        """The number of the next wave of offers, from 1."""
        return max((a.wave for a in self.asked_now), default=0) + 1

    def asks_the_same(self, other: Self) -> bool:
        """Whether another one puts nearly the same words to the same people."""
        same = ("lane", "way", "anonymous", "prefer")
        is_to_them = all(getattr(self, name) == getattr(other, name) for name in same)
        shares_topics = self.topics == other.topics or not set(self.topics).isdisjoint(other.topics)
        one, two = _words(self.question), _words(other.question)
        return is_to_them and shares_topics and len(one & two) >= ALIKE * len(one | two)

    def offer_to(self, approaches: Sequence[Approach]) -> Self:
        """Ask these helpers; a person named is asked only once by that name."""
        self._must(LOOKING)
        # The word that came with a name is for that person only: it goes no further.
        named = {"prefer": None, "handed_by": None, "note": ""}
        cleared = named if self.prefer in {a.helper_id for a in approaches} else {}
        return self._move("offered", asked=(*self.asked, *approaches), held=None, **cleared)

    def hold(self, held: Hold | None) -> Self:
        """Wait until somebody is at work, or, with None, for nobody in particular any more."""
        return self._move(self.state, held=held)

    def joined_by(self, approach: Approach) -> Self:
        """Remember a helper who came without being asked."""
        is_known = approach.helper_id in {asked.helper_id for asked in self.asked}
        return self if is_known else self.model_copy(update={"asked": (*self.asked, approach)})

    def refused_by(self, helper_id: PersonId, *, is_last: bool) -> Self:
        """Note that a helper will not; open again when nobody else is being asked. An end stays an end."""
        if self.is_ended:
            return self
        state: State = "open" if is_last and self.is_looking else self.state
        return self._move(state, excluded=self.excluded | {helper_id})

    def ask_again(self, helper_id: PersonId) -> Self:
        """Let a helper of this search have it again who said no, and forget whom they named instead."""
        if self.state in HELD:
            raise AlreadyTaken
        if self.is_ended or helper_id not in {approach.helper_id for approach in self.asked_now}:
            raise OfferOver
        named = {"prefer": None, "handed_by": None, "note": ""} if self.handed_by == helper_id else {}
        return self._move("offered", excluded=self.excluded - {helper_id}, gap=None, held=None, **named)

    def unheard(self, *, is_last: bool) -> Self:
        """Note that an offer ran out; it is open again when nobody else is being asked."""
        return self._move("open") if is_last and self.is_looking else self

    def hand_to(self, helper_id: PersonId, by: PersonId, note: str) -> Self:
        """Ask this person next, with a word from the one who named them."""
        self._must(LOOKING)
        return self._move(self.state, prefer=helper_id, handed_by=by, note=note)

    def forget_named(self) -> Self:
        """Give up on the person named."""
        return self._move(self.state, prefer=None, handed_by=None, note="")

    def accept(
        self, helper_id: PersonId, session_id: SessionId, reasons: tuple[Reason, ...], now: datetime
    ) -> Self:
        """Give the request to a helper; the admins need not look any more. Twice the same changes nothing."""
        if helper_id == self.asker_id:
            raise OwnRequest
        if self.helper_id == helper_id:
            return self
        if self.helper_id is not None:
            raise AlreadyTaken
        self._must(LOOKING | {"unanswered"})
        given = {"helper_id": helper_id, "session_id": session_id, "reasons": reasons, "accepted_at": now}
        over = {"held": None, "is_waiting": False, "told_admins_at": None, **_NO_REASON}
        return self._move("accepted", **over, **given)

    def begin(self) -> Self:
        """Note that the two have a room."""
        return self._move("in_session") if self.state == "accepted" else self

    def resolve(self, now: datetime) -> Self:
        """End with the session."""
        if self.state == "resolved":
            return self
        self._must(HELD)
        return self._move("resolved", ended_at=now)

    def withdraw(self, now: datetime, *, is_unwritten: bool = False) -> Self:
        """Take the question back, as long as nobody has accepted. Doing it twice changes nothing.

        *is_unwritten*: by deleting the message that it came of.
        """
        if self.state == "withdrawn":
            return self
        self._must(LOOKING | {"unanswered"})
        return self._move("withdrawn", ended_at=now, gap=None, held=None, is_unwritten=is_unwritten)

    def unwrite(self) -> Self:
        """Note that the message which it came of was deleted after somebody's yes: their talk goes on."""
        self._must(HELD)
        return self.model_copy(update={"is_unwritten": True})

    def reopen(self, now: datetime, *, is_asked: bool) -> Self:
        """Undo its withdrawal, for a while; *is_asked*: somebody has it again. Admins can be told anew."""
        if self.state != "withdrawn":
            raise Ended
        check_undo(self.ended_at, now)
        return self._move(
            "offered" if is_asked else "open", ended_at=None, told_admins_at=None, is_unwritten=False
        )

    def leave_unanswered(self, gap: Gap, held: Hold | None = None) -> Self:
        """Stop asking and show the ways out."""
        if self.state == "unanswered":
            return self
        self._must(LOOKING | HELD)
        return self._move("unanswered", gap=gap, held=held, is_waiting=False, **_NOBODY)

    def expire(self, now: datetime) -> Self:
        """End it, after the ways out were shown and none was taken."""
        if self.state == "expired":
            return self
        self._must({"unanswered"})
        return self._move("expired", ended_at=now)

    def look_again(
        self, needed_by: datetime, *, without: PersonId | None = None, waiting: bool = False
    ) -> Self:
        """Search anew from the first wave; not *without* them again; *waiting*: keep trying until then."""
        self._must(LOOKING | HELD | {"unanswered"})
        excluded = self.excluded | ({without} if without else frozenset())
        anew = {"round_began": len(self.asked), "is_waiting": waiting, "held": None, **_NO_REASON, **_NOBODY}
        return self._move("open", excluded=excluded, needed_by=max(self.needed_by, needed_by), **anew)

    def reword(self, **said: Any) -> Self:
        """Change what is asked, as long as nobody has accepted; changed topics begin the search anew."""
        self._must(LOOKING | {"unanswered"})
        anew: dict[str, Any] = {}
        if said.get("topics", self.topics) != self.topics:
            anew = {
                "round_began": len(self.asked),
                "gap": None if self.is_looking else self.gap,
                "held": None,
            }
        return self.model_copy(update={**said, **anew})

    def _must(self, states: frozenset[State] | set[State]) -> None:
        if self.state not in states:
            raise HasHelper if self.state in HELD else Ended

    def _move(self, state: State, **changed: Any) -> Self:
        return self.model_copy(update={"state": state, **changed})


def _words(text: str) -> frozenset[str]:
    return frozenset("".join(sign if sign.isalnum() else " " for sign in text.casefold()).split())


_NO_REASON: Mapping[str, Any] = {"gap": None, "unmet": None}
_NOBODY: Mapping[str, Any] = {"helper_id": None, "session_id": None, "reasons": (), "accepted_at": None}
