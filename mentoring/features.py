"""What people helping people brings: what is stored, what is done later, and what is one person's alone."""

from kernel.errors import (
    AlreadyTaken,
    AskedAlready,
    CannotHelp,
    HasHelper,
    HelperFull,
    MadeWay,
    OfferOver,
    OwnRequest,
    TooManyOpen,
)
from kernel.features import Feature, of_workspace, timeless
from kernel.kinds import HOME
from kernel.nudges import Unasked
from mentoring import erasure, offboarding, retention
from mentoring.admins import alerts
from mentoring.admins.admins import Admins
from mentoring.admins.alerts import FORGET_ALERT, REACH_ADMINS, Alert
from mentoring.admins.member_list import READ_MEMBERS, MemberList, MemberPage
from mentoring.admins.topics_in_use import KnownTopics
from mentoring.model.check import ASK_CHECK, Check, Thanks
from mentoring.model.learned import RELEARN, Learning, Piece
from mentoring.model.load import FREE_UP, Load
from mentoring.model.offer import OFFER_EXPIRES, Offer
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
from mentoring.model.report import Report
from mentoring.model.request import FORGET_REQUEST, GIVE_UP, OVERDUE, POST, ROUTE, Request
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
from mentoring.people import care_notes, people, roster
from mentoring.people.care_notes import FORGET_CARE, Care
from mentoring.people.preferences import Habits
from mentoring.requests import drafts
from mentoring.requests.drafts import FORGET_DRAFT, Draft, Unsent
from mentoring.routing import offers, peer_turns, routing
from mentoring.routing.lane_statistics import LaneRecord
from mentoring.sessions import feedback, follow_ups, relay, sessions
from mentoring.sessions.feedback import ASK_FEEDBACK_OF, FEEDBACK_CLOSES, Feedback
from mentoring.sessions.relay import FORGET_SAID, Outbox, Said

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
)
CARE = Feature(name="care", documents=(Care,), agenda={FORGET_CARE: timeless(care_notes.forget)})
ADMINS = Feature(
    name="admins",
    documents=(Admins, Alert, KnownTopics, MemberList, MemberPage, Report),
    agenda={REACH_ADMINS: of_workspace(alerts.reach), FORGET_ALERT: alerts.forget},
    by_program=(READ_MEMBERS,),
)
REQUESTS = Feature(
    name="requests",
    documents=(Request, LaneRecord),
    errors=(AskedAlready, HasHelper, OwnRequest, TooManyOpen),
    agenda={
        ROUTE: routing.route,
        OVERDUE: routing.run_out,
        GIVE_UP: retention.give_up,
        FORGET_REQUEST: retention.forget_request,
    },
)
DRAFTS = Feature(
    name="drafts",
    documents=(Draft, Unsent),
    errors=(MadeWay,),
    agenda={FORGET_DRAFT: drafts.forget},
)
OFFERS = Feature(
    name="offers",
    documents=(Offer,),
    cards=(POST,),
    errors=(AlreadyTaken, CannotHelp, HelperFull, OfferOver),
    agenda={OFFER_EXPIRES: offers.expire},
)
SESSIONS = Feature(
    name="sessions",
    documents=(Session, Feedback, Check, Thanks, Said, Outbox),
    cards=(UNCHANGED, AWAY),
    agenda={
        REMIND_END: sessions.remind,
        AUTO_CLOSE: sessions.close,
        ASK_FEEDBACK: feedback.ask,
        ASK_FEEDBACK_OF: feedback.ask_later,
        FEEDBACK_CLOSES: feedback.close,
        ASK_CHECK: follow_ups.ask,
        FORGET_SAID: relay.forget,
    },
)
PEER_COACHING = Feature(name="peer coaching", cards=(PEER_TURN,), agenda={TURN_OVER: peer_turns.turn_over})
LEARNING = Feature(name="learning", documents=(Learning, Piece), by_program=(RELEARN,))
MENTORING = (PEOPLE, CARE, ADMINS, REQUESTS, DRAFTS, OFFERS, SESSIONS, PEER_COACHING, LEARNING)
