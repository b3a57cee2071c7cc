"""The asker's card: how far the search is, what it never says, and when it knocks."""

from datetime import timedelta
from typing import Any

import make
import pytest
from make import ADA, BEN, DAY, NOW

from handlers.block_kit.picture import Picture
from handlers.offers import card as offer_card
from handlers.offers import channel_post
from handlers.requests import card as request_card
from handlers.requests.card import SearchState
from handlers.sessions import card as session_card
from kernel.desk import Desk
from kernel.values import PersonId
from mentoring.learning.waits import WaitEstimate
from mentoring.model.request import Hold, Request

NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)


def paint(request: Request, search: SearchState | None = None) -> Picture:
    return request_card.card(request, DESK, search or SearchState())


def test_what_is_red_on_a_card_is_red_where_it_asks_back():
    rows = [it["elements"] for it in paint(make.request()).blocks if it["type"] == "actions"]
    [withdraw] = [it for row in rows for it in row if it["text"]["text"] == "Withdraw"]

    assert (withdraw["style"], withdraw["confirm"]["style"]) == ("danger", "danger")


def test_the_turn_and_the_deadline_are_said():
    two = make.request(state="offered", asked=(make.approach(ADA), make.approach(BEN, 2)))

    picture = paint(two, SearchState(deadline=NOW + timedelta(hours=2), pending=1))

    assert "asking 1 person now (2 asked so far)" in picture.text
    assert "They have until <!date^" in picture.text


def test_the_usual_wait_is_from_this_workspaces_own_asks():
    picture = paint(make.request(), SearchState(WaitEstimate(minutes=40, of=12)))

    assert (
        "For *Python*, people here usually say yes within 40 minutes (from 12 questions in 90 days)."
        in picture.text
    )


def test_the_usual_wait_of_a_wished_lane_says_so():
    picture = paint(make.request(lane="senior"), SearchState(WaitEstimate(minutes=90, of=10, lane="senior")))

    assert "For *Python* from someone more experienced, people here usually say yes" in picture.text


def test_the_pool_is_asked_at_once():
    asked = tuple(make.approach(wave=number) for number in range(1, 7))

    assert (
        "6 people at once" in paint(make.request(state="offered", asked=asked), SearchState(pending=6)).text
    )


@pytest.mark.parametrize(
    ("gap", "asked", "said"),
    [
        ("nobody", 0, "I don't know anyone I can ask about *Python* right now, so I haven't asked anyone."),
        ("nobody", 1, "Nobody could take it in time (1 person asked)."),
        ("nobody", 3, "Nobody could take it in time (3 people asked)."),
        ("too_late", 0, "You needed this by now, and I found nobody to ask."),
        ("too_late", 2, "nobody could take it so far (2 people asked)."),
        ("helper_left", 1, "The person who had said yes can't help any more."),
    ],
)
def test_a_search_that_ended_counts_whom_it_asked(gap: Any, asked: int, said: str):
    approaches = tuple(make.approach(PersonId(f"U0H{number}")) for number in range(asked))

    assert said in paint(make.request(state="unanswered", gap=gap, asked=approaches * 2)).text


def test_a_helper_who_left_is_told_of_in_a_new_message_and_the_search_goes_on():
    picture = paint(make.request(gap="helper_left", round_began=1, asked=(make.approach(),)))

    assert picture.knock
    assert "can't help any more. I'm looking for someone else." in picture.text


def test_a_search_that_waits_says_how_often_it_tries_and_until_when():
    picture = paint(make.request(is_waiting=True))

    assert "I'll try again every 4 hours, until <!date^" in picture.text


STARTS = Hold(until=NOW + timedelta(hours=9))
QUIET = Hold(until=NOW + timedelta(hours=1), why="quiet")


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"held": STARTS}, "Someone who knows this starts work <!date^"),
        ({"held": STARTS, "way": "peer_coaching"}, "Someone who fits starts work <!date^"),
        ({"held": STARTS, "prefer": ADA}, "The person you picked starts work <!date^"),
        ({"held": STARTS, "prefer": ADA, "handed_by": BEN}, "Someone who knows this starts work <!date^"),
        ({"held": QUIET}, "Someone who knows this has do-not-disturb on until <!date^"),
    ],
)
def test_a_search_that_waits_for_somebody_says_until_when_and_names_nobody(
    changed: dict[str, Any], said: str
):
    picture = paint(make.request(**changed))

    assert said in picture.text
    assert "your time. I'll ask then." in picture.text
    assert ADA not in str(picture.blocks)


def test_where_nobody_is_at_work_in_time_the_card_says_when_and_offers_to_wait():
    picture = paint(make.request(state="unanswered", gap="off_hours", held=STARTS))

    assert "It's needed within a day, and nobody I can ask will be at work by then." in picture.text
    assert "The first of them starts work <!date^" in picture.text
    assert "Wait until then" in str(picture.blocks)


@pytest.mark.parametrize(
    ("changed", "said"),
    [({}, "The channel is <#C0PYTHON>."), ({"channel_post": "C0X"}, "posting it in <#C0X>")],
)
def test_it_says_which_channel_is_meant(changed: dict[str, Any], said: str):
    assert said in paint(make.request(state="unanswered", gap="nobody", **changed)).text


@pytest.mark.parametrize(
    ("state", "said", "is_quoted"),
    [
        ("accepted", "Somebody has said yes to this question.", True),
        ("resolved", "Somebody has said yes to this question.", True),
        ("expired", "Nobody could take this question in time.", True),
        ("withdrawn", "This question was withdrawn.", False),
    ],
)
def test_a_post_says_what_became_of_its_question(state: Any, said: str, is_quoted: bool):
    post = channel_post.card(make.request(state=state, question="Why so slow?", channel_post="C0X"), DESK)

    assert said in post.text
    assert ("Why so slow?" in post.text) is is_quoted


def test_a_search_that_found_nobody_has_more_than_one_way_on():
    shown = str(paint(make.request(state="expired", gap="nobody")).blocks)

    ways = (
        request_card.SOMEONE_ELSE,
        request_card.REWORD,
        request_card.COACH,
        request_card.POST,
        request_card.TELL_ADMINS,
        request_card.KEEP_WAITING,
    )
    assert all(way in shown for way in ways)
    assert "Keep looking for a week" in shown


def test_a_post_leads_the_card_with_a_link_and_the_way_back():
    post = {"channel_post": "C0PYTHON", "is_posted": True, "post_link": "https://x.test/p1"}
    shown = paint(make.request(state="unanswered", gap="nobody", **post))

    assert "It's posted in <#C0PYTHON> (<https://x.test/p1|see the post>)." in shown.text
    assert "What now?" not in shown.text
    assert request_card.TAKE_POST_BACK in str(shown.blocks)
    assert request_card.POST not in str(shown.blocks)


def test_a_post_that_is_taken_back_goes():
    assert channel_post.card(make.request(state="unanswered", gap="nobody"), DESK).is_gone


@pytest.mark.parametrize("state", ["offered", "in_session"])
def test_nobody_is_promised_that_the_other_sees_nothing(state: Any):
    shown = paint(make.request(state=state, helper_id=ADA, asked=(make.approach(),)), SearchState(pending=1))

    assert "sees that it's over, but not why" in str(shown.blocks)


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"state": "withdrawn"}, "You don't need to answer this one any more."),
        ({"state": "passed_on"}, "I'll look for someone who fits better."),
        ({"state": "passed_on", "has_named": True}, "If whoever you picked can't be asked or can't help"),
        ({"state": "expired"}, "Your time to answer this one is up."),
    ],
)
def test_an_offer_says_how_it_ended(changed: dict[str, Any], said: str):
    assert said in offer_card.card(make.offer(**changed), make.request(), DESK).text


def test_an_offer_that_a_pause_took_away_says_until_when_while_that_lasts_and_then_that_it_is_over():
    paused = make.offer(state="withdrawn", paused_until=NOW + DAY)

    shown = offer_card.card(paused, make.request(), DESK, paused_until=NOW + DAY)
    back = offer_card.card(paused, make.request(), DESK)
    taken = offer_card.card(paused, make.request(state="resolved"), DESK)

    assert f"You're paused until <!date^{int((NOW + DAY).timestamp())}^" in shown.text
    assert "[Undo the pause]" in shown.text
    assert "You can be asked again." in back.text
    assert "I can help after all" in back.text
    assert "I can help after all" not in taken.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Wie finde ich heraus, warum unser Build so langsam ist?", "It's written in German."),
        ("من يعرف Terraform هنا؟", "It isn't written in English."),
        ("How do I find out why our build is slow?", ""),
    ],
)
def test_a_helper_is_told_of_another_language_than_english(question: str, said: str):
    shown = offer_card.card(make.offer(), make.request(question=question), DESK).text

    assert said in shown
    assert ("written in" in shown) == bool(said)


def test_nobody_who_was_asked_is_named_before_they_say_yes():
    picture = paint(make.request(state="offered", asked=(make.approach(ADA), make.approach(BEN, 2))))

    assert ADA not in str(picture.blocks)
    assert BEN not in str(picture.blocks)


def test_an_anonymous_asker_does_not_learn_who_helps():
    held = {"helper_id": ADA, "session_id": "S1"}

    assert ADA not in str(paint(make.request(state="accepted", anonymous=True, **held)).blocks)
    assert ADA in str(paint(make.request(state="accepted", **held)).blocks)


@pytest.mark.parametrize(
    ("state", "knocks"),
    [
        ("open", False),
        ("offered", False),
        ("accepted", False),
        ("in_session", False),
        ("unanswered", True),
        ("resolved", False),
        ("withdrawn", False),
        ("expired", True),
    ],
)
def test_a_card_knocks_where_the_asker_has_to_choose(state: Any, knocks: bool):
    assert paint(make.request(state=state, gap="nobody")).knock is knocks


def test_each_time_nobody_is_left_knocks_anew():
    first = make.request(state="unanswered", gap="nobody", asked=(make.approach(),))
    later = first.model_copy(update={"asked": (make.approach(), make.approach(BEN, 2))})

    assert paint(first).state != paint(later).state


def test_an_offer_knocks_once_and_its_end_is_quiet():
    pending = offer_card.card(make.offer(), make.request(), DESK)
    ends = [
        offer_card.card(make.offer(state=state), make.request(), DESK)
        for state in ("accepted", "declined", "passed_on", "expired", "taken", "withdrawn")
    ]

    assert pending.knock
    assert not any(end.knock for end in ends)


def test_a_talk_knocks_once_so_that_its_thread_stays_where_it_is():
    begun = session_card.card(make.session(), make.request(), ADA, NOW)
    later = session_card.card(make.session(reminded_at=NOW, room="relay"), make.request(), ADA, NOW)
    over = session_card.card(make.session(state="wrapped"), make.request(), ADA, NOW)

    assert begun.knock
    assert begun.state == later.state
    assert not over.knock


def test_nobody_is_called_the_0th():
    picture = paint(make.request(state="offered", asked=()))

    assert "0th" not in picture.text
    assert "choosing who to ask" in picture.text


def test_a_helper_is_named_once():
    held = {"helper_id": ADA, "session_id": "S1", "question": "Why so slow?"}
    picture = paint(make.request(state="accepted", **held))

    assert picture.text.count(ADA) == 1
    assert "Why so slow?" not in picture.text


def test_someone_who_was_named_by_another_is_not_told_that_their_profile_fits():
    handed = offer_card.card(make.offer(handed_by=BEN), make.request(), DESK)

    assert "thought of you" in handed.text
    assert "your profile" not in handed.text
