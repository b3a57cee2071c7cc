"""The asker's card: how far the search is, what it never says, and when it knocks."""

from datetime import timedelta
from typing import Any

import make
import pytest
from make import ADA, BEN, NOW

from handlers import offer_card, request_card, session_card
from handlers.picture import Picture
from handlers.request_card import Search
from mentoring.desk import Desk
from mentoring.request import Request
from mentoring.waits import Wait

NOWHERE: Any = None
DESK = Desk(NOWHERE, make.TOPICS, make.POLICY, NOWHERE, NOWHERE)


def paint(request: Request, search: Search | None = None) -> Picture:
    return request_card.card(request, DESK, search or Search())


def test_the_turn_and_the_deadline_are_said():
    two = make.request(state="offered", asked=(make.approach(ADA), make.approach(BEN, 2)))

    picture = paint(two, Search(deadline=NOW + timedelta(hours=2)))

    assert "asking the 2nd of up to 8 people" in picture.text
    assert "They have until <!date^" in picture.text


def test_the_usual_wait_is_from_this_workspaces_own_asks():
    picture = paint(make.request(), Search(Wait(minutes=40, of=12)))

    assert (
        "For *Python*, people here usually say yes within 40 minutes (of 12 asks in 90 days)." in picture.text
    )


def test_the_usual_wait_of_a_wished_lane_says_so():
    picture = paint(make.request(lane="senior"), Search(Wait(minutes=90, of=10, lane="senior")))

    assert "For *Python* from someone more experienced, people here usually say yes" in picture.text


def test_the_pool_is_asked_at_once():
    asked = tuple(make.approach(wave=number) for number in range(1, 7))

    assert "several people at once" in paint(make.request(state="offered", asked=asked)).text


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
    assert "choosing whom to ask" in picture.text


def test_a_helper_is_named_once():
    held = {"helper_id": ADA, "session_id": "S1", "question": "Why so slow?"}
    picture = paint(make.request(state="accepted", **held))

    assert picture.text.count(ADA) == 1
    assert "Why so slow?" not in picture.text


def test_someone_who_was_named_by_another_is_not_told_that_their_profile_fits():
    handed = offer_card.card(make.offer(handed_by=BEN), make.request(), DESK)

    assert "thought of you" in handed.text
    assert "your profile" not in handed.text
