"""Sentences with a number, a moment or a promise: each says what the code does, whatever the policy."""

from typing import Any

import make
import pytest
from make import ADA, ASKER, BEN, NOW
from make_home import home_tab
from make_mentorship import agreed
from make_opinion import seated
from make_sprint import sprint

from coaching.forms import FORMS
from coaching.insights.insights import Attainment, FollowThrough, Insights
from handlers.circles import card as circle_card
from handlers.coach_me import CoachMe
from handlers.conversations import CONVERSATIONS
from handlers.insights import card as insights_card
from handlers.mentorships import small_forms
from handlers.offers import card as offer_card
from handlers.peer_coaching import card as peer_card
from handlers.profile import form as profile_form
from handlers.requests import reasons
from handlers.second_opinions import card as opinion_card
from handlers.second_opinions import view_card
from handlers.sessions import card as session_card
from handlers.sessions import feedback_card
from handlers.sprints import card as sprint_card
from kernel.desk import Desk
from kernel.policy import Policy
from kernel.values import PersonId
from matching.values import Reason, ReasonKind
from mentoring.model.request import NAMED
from mentoring.sessions.feedback import Feedback
from relationships.circles.circle import Circle, terms

NOWHERE: Any = None


def desk(**policy: Any) -> Desk:
    return Desk(NOWHERE, make.TOPICS, Policy(**policy), NOWHERE, NOWHERE)


@pytest.mark.parametrize(
    ("own", "policy", "chosen", "said"),
    [
        (None, 1, "One question at a time", "a week, one question at a time, "),
        (None, 3, "Up to three", "a week, up to three questions at a time, "),
        (2, 1, "Up to two", "a week, up to two questions at a time, "),
        (1, 5, "One question at a time", "a week, one question at a time, "),
        (None, 5, "Up to 5", "a week, up to 5 questions at a time, "),
    ],
)
def test_the_profile_says_how_many_questions_wait_at_a_time(
    own: int | None, policy: int, chosen: str, said: str
):
    person, rules = make.helper(questions_at_once=own), desk(open_offers=policy)

    blocks = profile_form.form(person, rules, ADA)["blocks"]
    [field] = [block for block in blocks if block.get("block_id") == "questions_at_once"]
    assert field["element"]["initial_option"]["text"]["text"] == chosen
    assert said in profile_form.summary(person, rules)


def test_nobody_is_offered_or_said_to_give_more_minutes_than_the_workspace_allows():
    rules = desk(weekly_minutes=45)

    assert "60 minutes" not in str(profile_form.form(make.helper(minutes_per_week=30), rules, ADA))
    assert "up to 45 minutes a week" in profile_form.summary(make.helper(minutes_per_week=120), rules)


@pytest.mark.parametrize(("days", "said"), [(7, "1 week"), (14, "2 weeks"), (10, "10 days"), (1, "1 day")])
def test_an_invitation_comes_back_when_its_button_says(days: int, said: str):
    button = profile_form.later_button(desk(ask_again_days=days))

    assert button["text"]["text"] == f"Ask me again in {said}"


def test_the_welcome_says_how_long_talks_are_here():
    shown = home_tab(desk(session_minutes=(10, 30, 45)))

    assert "You talk for 10, 30 or 45 minutes." in str(shown)


def test_the_help_says_how_long_turns_and_talks_are():
    words = [it for each in CONVERSATIONS for it in each.coach_words.items()]

    said = CoachMe(words).help(Policy(peer_turn_minutes=15))

    lengths = [form.minutes for form in FORMS.values()]
    assert "15 minutes each" in said
    assert f"{min(lengths)} to {max(lengths)} minutes" in said


@pytest.mark.parametrize(("weeks", "has_recap"), [(1, False), (2, True)])
def test_only_a_sprint_that_has_recaps_promises_them(weeks: int, has_recap: bool):
    going = sprint(weeks=weeks, partner_id=ADA)

    own = sprint_card.card(going, desk(), NOW).text
    asked = sprint_card.partner(going, ADA, desk(), NOW).text

    assert ("sum up every week" in own) is has_recap
    assert ("summary" in asked) is has_recap


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"wave": NAMED}, "Why you: they asked for you."),
        ({"wave": 1}, "Why you: your profile fits this question."),
    ],
)
def test_who_was_asked_for_by_name_is_told_so(changed: dict[str, Any], said: str):
    assert said in offer_card.card(make.offer(**changed), make.request(), desk()).text


def test_an_offer_promises_nobody_after_its_helper():
    shown = offer_card.card(make.offer(), make.request(anonymous=True), desk()).text

    assert "You have until <!date^" in shown
    assert "I'll ask someone else" not in shown


@pytest.mark.parametrize("kind", [ReasonKind.PRESENCE, ReasonKind.HOURS])
def test_what_was_so_when_somebody_was_asked_is_not_said_of_now(kind: ReasonKind):
    reason = Reason(kind, 1.0, {"seen": "active", "open_now": 1})

    said = reasons.for_asker([reason], str)

    assert "when I asked" in said
    assert "now" not in said


@pytest.mark.parametrize(
    ("score", "said"),
    [
        (50.2, "*You did as you expected in your one sprint.*"),
        (60.0, "*You did better than you expected in your one sprint.*"),
        (40.0, "*You did less well than you expected in your one sprint.*"),
    ],
)
def test_a_score_is_a_sentence(score: float, said: str):
    shown = insights_card.shown(Insights(attainment=Attainment(score=score, goals=1)))

    assert said in str(shown)


@pytest.mark.parametrize(("low", "high", "is_vague"), [(0.05, 0.7, True), (0.6, 0.8, False)])
def test_a_share_of_few_is_said_to_say_little(low: float, high: float, is_vague: bool):
    found = FollowThrough(kept=1, planned=4, low=low, high=high, missed=0)

    shown = str(insights_card.shown(Insights(follow_through=found)))

    assert "*You kept 1 of 4 planned check-ins.*" in shown
    assert ("too few to read much into" in shown) is is_vague


def test_words_of_feedback_are_promised_to_stay_unseen_only_for_some_days():
    asked = Feedback.begin(make.session(), ASKER, NOW)

    form = str(feedback_card.form(asked, make.session(), "Ada"))

    assert "until you've both answered, or a few days have passed" in form


@pytest.mark.parametrize(("is_here", "said"), [(True, "below"), (False, "where you two talk")])
def test_the_questions_of_a_turn_are_where_they_are_said_to_be(is_here: bool, said: str):
    session = make.session(room="group", way="peer_coaching", turn=1)

    assert f"The questions are {said}." in str(peer_card.going(session, is_here=is_here))


def test_a_relayed_talk_promises_what_the_app_can_hold():
    shown = session_card.card(make.session(room="relay"), make.request(), ADA, NOW).text

    assert f"I'll pass it on to <@{ASKER}> and nobody else." in shown
    assert BEN not in shown


@pytest.mark.parametrize(
    ("gone", "anonymous", "said"),
    [
        ((), False, "I've thanked everyone who answered.*"),
        ((ADA,), False, "I've thanked everyone who answered and still works here.*"),
        ((), True, "I've thanked everyone who answered and still works here.*"),
        ((ADA,), True, "I've thanked everyone who answered and still works here.*"),
        ((ADA, BEN), False, "*Read.* Nobody who answered works here any more."),
    ],
)
def test_nobody_who_has_left_is_said_to_be_thanked_and_without_names_none_is_known_to_have(
    gone: tuple[PersonId, ...], anonymous: bool, said: str
):
    two = seated(anonymous=anonymous).answer(ADA, "Mend it.", NOW).answer(BEN, "Rewrite it.", NOW)

    shown = opinion_card.card(two.settle(NOW), {ADA: "Ada", BEN: "Ben"}, desk(), frozenset(gone)).text

    assert said in shown
    assert ("any more" in shown) == (bool(gone) and not anonymous)


@pytest.mark.parametrize(
    ("anonymous", "said"),
    [
        (False, "I've thanked whoever answered.*"),
        (True, "I've thanked whoever answered and still works here.*"),
    ],
)
def test_that_the_only_one_who_answered_is_thanked_is_a_whole_sentence(anonymous: bool, said: str):
    one = seated(anonymous=anonymous).answer(ADA, "Mend it.", NOW).close("time", NOW)

    assert said in opinion_card.card(one.settle(NOW), {ADA: "Ada"}, desk()).text


def test_whoever_answered_an_unnamed_question_does_not_learn_that_its_asker_has_left():
    waiting = seated(anonymous=True).answer(ADA, "Mend it.", NOW)

    withdrawn, left = (
        [view_card.card(waiting.end(NOW), me, desk(), has_asker_left=has_left) for me in (ADA, BEN)]
        for has_left in (False, True)
    )

    assert withdrawn == left
    assert withdrawn[0] is not None
    assert "*This question is closed.*" in withdrawn[0].text


def test_a_circle_counts_and_names_only_who_may_still_be_in_it():
    four = (BEN, ASKER, PersonId("U0CY"), PersonId("U0DEE"))
    made = Circle(id="C1", mentor_id=ADA, mentee_ids=four, agreement=terms("Circles"), made_at=NOW)

    asked = circle_card.card(made.answer(BEN, NOW, yes=False), ADA)

    assert asked is not None
    assert "Would you mentor a circle of 3 mentees?" in asked.text
    assert BEN not in asked.text


@pytest.mark.parametrize(
    ("is_out", "said"), [(False, "Ada reads it."), (True, "Ada reads it, if they still work here.")]
)
def test_what_one_gained_is_promised_to_a_reader_only_as_long_as_there_is_one(is_out: bool, said: str):
    over = agreed().close("left", NOW)

    assert said in str(small_forms.gained(over, "Ada", "", is_other_out=is_out))
