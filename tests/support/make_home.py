"""A person's Home tab as a test wants it, from what stands in their lists."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from make import ASKER, NOW

from coaching.guide.talk import NEXT_STEPS, OPEN_GUIDED_TALKS
from coaching.plans.two_weeks import OPEN_PLANS
from coaching.sprints.sprint import ASKED_AS_PARTNER, OPEN_SPRINTS, PARTNERED_SPRINTS
from handlers import home_view
from handlers.conversations import ALL
from handlers.interactions.conversation import Overview
from kernel.desk import Desk
from kernel.kinds import ListName
from kernel.values import Document, PersonId
from mentoring.model.alert import ALERTS
from mentoring.model.check import CHECKS_ASKED, THANKS
from mentoring.model.offer import PENDING_OFFERS
from mentoring.model.person import Person
from mentoring.model.request import OPEN_REQUESTS, REQUESTS
from mentoring.model.session import OPEN_SESSIONS, SESSIONS
from mentoring.sessions.feedback import FEEDBACK_ASKED
from relationships.answer_cards.answer_card import CARDS_TO_AGREE
from relationships.board.board import BOARDS
from relationships.circles.circle import OPEN_CIRCLES
from relationships.cohorts.sign_up import SIGN_UPS
from relationships.growth_plan.goal import OPEN_GOALS
from relationships.growth_plan.growth_plan import GROWTH_PLAN
from relationships.growth_plan.shared_version import SHARED_WITH
from relationships.mentor_search.wish import ASKED_TO_MENTOR, OPEN_MENTOR_WISHES
from relationships.mentorships.record import MENTORING_UPWARDS, OPEN_MENTORSHIPS
from relationships.reverse_mentoring.juniors_group import GROUP_WISH_OF
from relationships.reverse_mentoring.juniors_voice import VOICES_ABOUT
from relationships.second_opinions.second_opinion import OPEN_SECOND_OPINIONS, VIEWS_ASKED
from relationships.sponsorships.sponsorship import OPEN_SPONSORSHIPS

LISTS: Mapping[str, ListName] = {
    "alerts": ALERTS,
    "offers": PENDING_OFFERS,
    "feedback": FEEDBACK_ASKED,
    "checks": CHECKS_ASKED,
    "requests": OPEN_REQUESTS,
    "talks": OPEN_SESSIONS,
    "guided": OPEN_GUIDED_TALKS,
    "steps": NEXT_STEPS,
    "sprints": OPEN_SPRINTS,
    "partnered": PARTNERED_SPRINTS,
    "invitations": ASKED_AS_PARTNER,
    "plans": OPEN_PLANS,
    "mentorships": OPEN_MENTORSHIPS,
    "wishes": OPEN_MENTOR_WISHES,
    "asked_to_mentor": ASKED_TO_MENTOR,
    "goals": OPEN_GOALS,
    "growth": GROWTH_PLAN,
    "shared goals": SHARED_WITH,
    "opinions": OPEN_SECOND_OPINIONS,
    "views_asked": VIEWS_ASKED,
    "sponsorships": OPEN_SPONSORSHIPS,
    "board": BOARDS,
    "answer cards": CARDS_TO_AGREE,
    "upwards": MENTORING_UPWARDS,
    "voices": VOICES_ABOUT,
    "group": GROUP_WISH_OF,
    "sign ups": SIGN_UPS,
    "circles": OPEN_CIRCLES,
}
TOTALS = {**LISTS, "requests": REQUESTS, "sessions": SESSIONS, "thanks": THANKS}


def home_tab(
    desk: Desk,
    now: datetime = NOW,
    *,
    me: PersonId = ASKER,
    person: Person | None = None,
    totals: Mapping[str, int] | None = None,
    **listed: Sequence[Any],
) -> dict[str, Any]:
    """The tab. What is listed with what belongs to it is a tuple: an offer with its request, …"""
    cut = {name: listed.get(name, ())[: ALL.home.most(LISTS[name])] for name in LISTS}
    documents = {LISTS[name]: [first(each) for each in all] for name, all in cut.items()}
    related = {
        "alerts": {alert.id: subject for alert, subject in cut["alerts"]},
        "programmes": listed.get("around"),
        "offers": {offer.request_id: request for offer, request in cut["offers"]},
        **{name: {pair[-2].id: pair[-2:] for pair in cut[name]} for name in ("feedback", "checks", "talks")},
    }
    counted = {TOTALS[name]: number for name, number in (totals or {}).items()}
    overview = Overview(
        me, person, desk, now, documents, counted, related, alerts=ALL.alerts, bonds=ALL.bonds
    )
    return home_view.home(overview, ALL.home.parts)


def first(listed: Document | tuple[Any, ...]) -> Document:
    return listed[0] if isinstance(listed, tuple) else listed
