"""What people helping people brings: what is stored, what is done later, and what is one person's alone."""

from collections.abc import Sequence
from typing import Any

from kernel.desk import Desk
from kernel.errors import (
    AlreadyTaken,
    AskedAlready,
    CannotHelp,
    HasHelper,
    HelperFull,
    MadeWay,
    NotTheSame,
    OfferOver,
    OwnRequest,
    TooManyOpen,
)
from kernel.features import (
    Exported,
    Feature,
    in_lists,
    in_lists_of_each,
    of_workspace,
    timeless,
    under_own_id,
)
from kernel.kinds import HOME
from kernel.nudges import Unasked
from kernel.store import EVERY
from kernel.values import PersonId
from mentoring import erasure, offboarding, own_data, retention
from mentoring.admins import alerts
from mentoring.admins.admins import Admins
from mentoring.admins.member_list import READ_MEMBERS, MemberList, MemberPage
from mentoring.admins.topics_in_use import KnownTopics
from mentoring.model.alert import ALERTS, FORGET_ALERT, REACH_ADMINS, Alert, Report
from mentoring.model.appointment import (
    ASK_TALKED,
    MEET_SOON,
    MEETING,
    MEETING_FILE,
    TELL_OF_MEETING,
    TIMES_LAPSE,
)
from mentoring.model.check import ASK_CHECK, CHECKS_OF_SESSION, THANKS, Check, Thanks
from mentoring.model.learned import RELEARN, Learning, Piece
from mentoring.model.load import FREE_UP, Load
from mentoring.model.offer import OFFER_EXPIRES, Offer, parts_of
from mentoring.model.offer import OFFERS as OFFERS_TO
from mentoring.model.person import (
    ASK_AGAIN,
    ENROLLED,
    FORGET_BELONGINGS,
    FORGET_PERSON,
    HAND_OVER,
    MEET,
    PROFILE_INVITE,
    TELL_ENROLLED,
    Person,
)
from mentoring.model.remark import FORGET_REMARK, REMARKS, Remark
from mentoring.model.request import FORGET_REQUEST, GIVE_UP, OVERDUE, POST, ROUTE, Request
from mentoring.model.request import REQUESTS as REQUESTS_OF
from mentoring.model.said import FORGET_SAID, SAID_IN_SESSION, Said
from mentoring.model.session import (
    ASK_FEEDBACK,
    AUTO_CLOSE,
    AWAY,
    PEER_TURN,
    REMIND_END,
    TURN_OVER,
    UNCHANGED,
    Session,
)
from mentoring.model.session import SESSIONS as SESSIONS_OF
from mentoring.model.undo import UNDO_OVER
from mentoring.people import care_notes, people, remarks, roster
from mentoring.people.care_notes import FORGET_CARE, Care
from mentoring.people.preferences import Habits
from mentoring.requests import drafts, undo
from mentoring.requests.drafts import DRAFTS as DRAFTS_OF
from mentoring.requests.drafts import FORGET_DRAFT, Draft, Unsent
from mentoring.routing import offers, peer_turns, routing
from mentoring.routing.lane_statistics import LaneRecord
from mentoring.sessions import appointments, feedback, follow_ups, relay, sessions
from mentoring.sessions.feedback import ASK_FEEDBACK_OF, FEEDBACK_CLOSES, Feedback
from mentoring.sessions.feedback import FEEDBACK as FEEDBACK_OF
from mentoring.sessions.relay import Outbox


async def _every_report(desk: Desk, me: PersonId) -> Sequence[str]:
    return await desk.store.ids("reports", limit=EVERY)


def _of_session(session: Session, me: PersonId) -> dict[str, Any]:
    """The person's side of a session: whom they know that they talked with, and their own next step."""
    is_asker = session.asker_id == me
    own = session.step_of(me)
    return {
        "role": "asker" if is_asker else "helper",
        "with": None if session.is_hidden else session.other(me),
        "next_step": own.model_dump(mode="json") if own else None,
        "thought": "" if is_asker else session.helper_thought,
    }


def _request_of(about: Feedback | Check | Said, _me: PersonId) -> dict[str, Any]:
    """Which question it goes back to; the id of its session names the helper, who may be hidden."""
    return {"request_id": parts_of(about.session_id)[0]}


PEOPLE = Feature(
    name="people",
    documents=(Person, Load, Habits, Unasked),
    cards=(HOME, PROFILE_INVITE, ENROLLED),
    agenda={
        HAND_OVER: offboarding.hand_over,
        FREE_UP: retention.free_up,
        ASK_AGAIN: people.invite_again,
        TELL_ENROLLED: roster.tell_enrolled,
        FORGET_BELONGINGS: erasure.forget,
        FORGET_PERSON: timeless(retention.forget_person),
    },
    by_program=(MEET,),
    personal=(Habits, Unasked),
    exports=(
        Exported(name="person", document=Person, found=under_own_id),
        Exported(
            name="load",
            document=Load,
            found=under_own_id,
            only=("open_requests", "bookings", "last_helped_at", "replies", "asked_at"),
            also=lambda load, _me: {"people_helped": len(load.helped)},
        ),
    ),
)
AVAILABILITY = Feature(
    name="availability",
    documents=(Remark,),
    agenda={FORGET_REMARK: remarks.forget},
    belongings={REMARKS: Remark},
)
CARE = Feature(
    name="care",
    documents=(Care,),
    agenda={FORGET_CARE: timeless(care_notes.forget)},
    left_out={Care: "that somebody was told whom to turn to: it holds no word and no name"},
)
ADMINS = Feature(
    name="admins",
    documents=(Admins, Alert, KnownTopics, MemberList, MemberPage, Report),
    agenda={REACH_ADMINS: of_workspace(alerts.reach), FORGET_ALERT: alerts.forget},
    by_program=(READ_MEMBERS,),
    exports=(
        Exported(
            name="report",
            document=Report,
            found=_every_report,
            is_own=lambda report, me: report.reporter_id == me,
            only=("text", "made_at", "told", "apart"),
        ),
        Exported(
            name="alert", document=Alert, found=in_lists(ALERTS), only=("about", "raised_at", "taken_at")
        ),
    ),
    left_out={
        Admins: "the ids of the workspace's owners and admins: whether the person is one stands in `person`",
        KnownTopics: "which topics the manifest had: it names nobody",
        MemberList: "how far the names of all members are read",
        MemberPage: "the names of all members, and nothing else of them",
    },
)
REQUESTS = Feature(
    name="requests",
    documents=(Request, LaneRecord),
    errors=(AskedAlready, HasHelper, NotTheSame, OwnRequest, TooManyOpen),
    agenda={
        ROUTE: routing.route,
        OVERDUE: routing.run_out,
        GIVE_UP: retention.give_up,
        FORGET_REQUEST: retention.forget_request,
        UNDO_OVER: undo.over,
    },
    exports=(
        Exported(
            name="request",
            document=Request,
            found=in_lists(REQUESTS_OF),
            only=(
                *("id", "question", "continued", "tried", "topics", "urgency", "lane", "minutes"),
                *("anonymous", "way", "asked_at", "needed_by", "state", "accepted_at", "ended_at"),
            ),
            # Whose view without a name was liked, is asked by a name that the asker does not know.
            also=lambda request, _me: {"prefer": None if request.anonymous else request.prefer},
        ),
    ),
    partings=(own_data.step_out,),
    left_out={LaneRecord: "how many talks helped, by topic and lane: it names nobody"},
)
DRAFTS = Feature(
    name="drafts",
    documents=(Draft, Unsent),
    errors=(MadeWay,),
    agenda={FORGET_DRAFT: drafts.forget},
    exports=(
        Exported(name="draft", document=Draft, found=in_lists(DRAFTS_OF)),
        Exported(name="unsent", document=Unsent, found=under_own_id),
    ),
)
OFFERS = Feature(
    name="offers",
    documents=(Offer,),
    cards=(POST,),
    errors=(AlreadyTaken, CannotHelp, HelperFull, OfferOver),
    agenda={OFFER_EXPIRES: offers.expire},
    exports=(
        Exported(
            name="offer",
            document=Offer,
            found=in_lists(OFFERS_TO),
            only=("request_id", "lane", "state", "offered_at", "deadline", "answered_at"),
        ),
    ),
)
SESSIONS = Feature(
    name="sessions",
    documents=(Session, Feedback, Check, Thanks, Said, Outbox),
    cards=(UNCHANGED, AWAY, MEETING),
    agenda={
        REMIND_END: sessions.remind,
        AUTO_CLOSE: sessions.close,
        MEET_SOON: appointments.announce,
        TELL_OF_MEETING: appointments.tell_later,
        TIMES_LAPSE: appointments.lapse,
        ASK_TALKED: appointments.ask_talked,
        ASK_FEEDBACK: feedback.ask,
        ASK_FEEDBACK_OF: feedback.ask_later,
        FEEDBACK_CLOSES: feedback.close,
        ASK_CHECK: follow_ups.ask,
        FORGET_SAID: relay.forget,
    },
    by_program=(MEETING_FILE,),
    exports=(
        Exported(
            name="session",
            document=Session,
            found=in_lists(SESSIONS_OF),
            only=(
                *("request_id", "lane", "way", "minutes", "spent_minutes", "room", "anonymous"),
                *("state", "began_at", "ends_at", "ended_at"),
            ),
            also=_of_session,
        ),
        Exported(
            name="feedback",
            document=Feedback,
            found=in_lists(FEEDBACK_OF),
            only=(
                *("role", "asked_at", "state", "answered_at", "helped", "minutes"),
                *("thanks", "private_note", "heard"),
            ),
            also=_request_of,
        ),
        Exported(
            name="check",
            document=Check,
            found=in_lists_of_each(SESSIONS_OF, CHECKS_OF_SESSION),
            is_own=lambda check, me: check.asker_id == me,
            only=("label", "asked_at", "state", "answer", "answered_at"),
            also=_request_of,
        ),
        Exported(
            name="thanks",
            document=Thanks,
            found=in_lists(THANKS),
            is_own=lambda thanks, _me: thanks.told,
            only=("topics", "made_at"),
        ),
        Exported(
            name="said",
            document=Said,
            found=in_lists_of_each(SESSIONS_OF, SAID_IN_SESSION),
            is_own=lambda said, me: said.from_id == me,
            only=("text", "said_at", "state"),
            also=_request_of,
        ),
    ),
    left_out={Outbox: "which of `said` is still on its way"},
)
PEER_COACHING = Feature(
    name="peer coaching",
    cards=(PEER_TURN,),
    agenda={TURN_OVER: peer_turns.turn_over},
    partings=(peer_turns.take_back,),
)
LEARNING = Feature(
    name="learning",
    documents=(Learning, Piece),
    by_program=(RELEARN,),
    left_out={
        Learning: "when it was learned last from past requests, and what that was good for",
        Piece: "counts, learned anew each night from the requests and answers that are in here",
    },
)
MENTORING = (PEOPLE, AVAILABILITY, CARE, ADMINS, REQUESTS, DRAFTS, OFFERS, SESSIONS, PEER_COACHING, LEARNING)
