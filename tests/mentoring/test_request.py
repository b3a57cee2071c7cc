"""A request and its moves: what is legal, what repeats without effect, what is an end."""

from collections.abc import Callable

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CY, DAY, HOUR, NOW

from kernel.errors import AlreadyTaken, Ended, OwnRequest, Refusal
from kernel.values import PersonId, SessionId
from mentoring.model.request import ENDS, MOVES, Request

Move = Callable[[Request], Request]

HELPERS = st.sampled_from([ADA, BEN, CY])


def accepted(helper_id: PersonId) -> Move:
    return lambda it: it.accept(helper_id, SessionId(f"R1.{helper_id}"), (), NOW)


def moves() -> st.SearchStrategy[Move]:
    """Any move with any argument."""
    last = st.booleans()
    return st.one_of(
        st.builds(lambda id: lambda it: it.offer_to([make.approach(id, it.next_wave)]), HELPERS),
        st.builds(lambda id, is_last: lambda it: it.refused_by(id, is_last=is_last), HELPERS, last),
        st.builds(lambda id: lambda it: it.ask_again(id), HELPERS),
        st.builds(lambda is_last: lambda it: it.unheard(is_last=is_last), last),
        st.builds(lambda id: lambda it: it.hand_to(id, ADA, "a word"), HELPERS),
        st.builds(accepted, HELPERS),
        st.builds(lambda without: lambda it: it.look_again(NOW + DAY, without=without), HELPERS | st.none()),
        st.sampled_from(
            [
                lambda it: it.begin(),
                lambda it: it.resolve(NOW),
                lambda it: it.withdraw(NOW),
                lambda it: it.leave_unanswered("nobody"),
                lambda it: it.leave_unanswered("helper_left"),
                lambda it: it.expire(NOW),
                lambda it: it.forget_named() if it.is_looking else it,
                lambda it: it.reword(question="What?"),
                lambda it: it.reword(topics=(make.SQL,)),
            ]
        ),
    )


def tried(request: Request, move: Move) -> Request:
    """The request after a move, or as it was when the move is refused."""
    try:
        return move(request)
    except Refusal:
        return request


@given(st.lists(moves(), max_size=25))
def test_no_row_of_moves_leaves_the_table(row: list[Move]):
    request = make.request()
    for move in row:
        after = tried(request, move)

        assert after.state == request.state or after.state in MOVES[request.state]
        request = after


@given(st.lists(moves(), max_size=25))
def test_what_a_request_says_of_itself_always_agrees(row: list[Move]):
    request = make.request()
    for move in row:
        request = tried(request, move)

        assert (request.helper_id is not None) == (request.session_id is not None)
        assert (request.helper_id is not None) == (request.state in ("accepted", "in_session", "resolved"))
        assert (request.ended_at is not None) == request.is_ended == (request.state in ENDS)
        assert (request.gap is not None) == (request.state in ("unanswered", "expired"))
        assert f"open-requests-of:{ASKER}" in request.lists() or request.is_ended
        assert ("unanswered" in request.lists()) == (request.state == "unanswered")
        assert Request.model_validate_json(request.model_dump_json()) == request


@given(st.lists(moves(), max_size=15), moves())
def test_an_end_stays_an_end(row: list[Move], last: Move):
    request = make.request()
    for move in row:
        request = tried(request, move)
    if request.is_ended:
        assert tried(request, last) == request


@given(st.lists(moves(), max_size=15), st.booleans())
def test_a_withdrawal_is_the_one_end_that_can_be_undone(row: list[Move], is_asked: bool):
    request = make.request()
    for move in row:
        request = tried(request, move)
    again = tried(request, lambda it: it.reopen(NOW, is_asked=is_asked))

    assert (again != request) == (request.state == "withdrawn")
    assert again == request or (again.state in MOVES["withdrawn"] and again.ended_at is None)


def test_of_a_question_taken_up_again_the_admins_can_be_told_anew():
    request = make.request(told_admins_at=NOW).leave_unanswered("nobody").withdraw(NOW)

    assert request.reopen(NOW, is_asked=False).told_admins_at is None


def test_a_question_taken_up_again_is_not_said_to_be_without_its_message():
    gone = make.request().withdraw(NOW, is_unwritten=True)

    assert gone.is_unwritten
    assert not gone.reopen(NOW, is_asked=False).is_unwritten


@given(st.lists(moves(), max_size=15), HELPERS)
def test_doing_it_twice_changes_nothing(row: list[Move], helper_id: PersonId):
    request = make.request()
    for move in row:
        request = tried(request, move)
    for move in (accepted(helper_id), *REPEATED):
        once = tried(request, move)

        assert tried(once, move) == once


REPEATED: tuple[Move, ...] = (
    lambda it: it.begin(),
    lambda it: it.resolve(NOW),
    lambda it: it.withdraw(NOW),
    lambda it: it.expire(NOW),
    lambda it: it.leave_unanswered("nobody"),
)


def test_every_state_of_the_table_can_be_reached():
    reached, frontier = {"open"}, ["open"]
    while frontier:
        new = MOVES[frontier.pop()] - reached
        reached |= new
        frontier += sorted(new)

    assert reached == set(MOVES)


def test_the_second_helper_is_told_that_it_is_taken():
    request = accepted(ADA)(make.request(state="offered"))

    with pytest.raises(AlreadyTaken):
        accepted(BEN)(request)


def test_nobody_takes_their_own_request():
    with pytest.raises(OwnRequest):
        accepted(ASKER)(make.request())


@pytest.mark.parametrize("state", ["accepted", "in_session"])
def test_what_somebody_has_accepted_cannot_be_withdrawn(state: str):
    with pytest.raises(AlreadyTaken):
        make.request(state=state, helper_id=ADA).withdraw(NOW)


@pytest.mark.parametrize("state", sorted(ENDS - {"withdrawn"}))
def test_what_has_ended_cannot_be_withdrawn(state: str):
    with pytest.raises(Ended):
        make.request(state=state).withdraw(NOW)


def test_the_last_no_opens_it_again_and_an_earlier_one_does_not():
    request = make.request(state="offered", asked=(make.approach(ADA, 4), make.approach(BEN, 4)))

    after_ada = request.refused_by(ADA, is_last=False)
    after_both = after_ada.refused_by(BEN, is_last=True)

    assert (after_ada.state, after_both.state) == ("offered", "open")
    assert after_both.excluded == {ADA, BEN}


def test_a_new_search_counts_its_waves_from_one_and_may_ask_those_who_never_answered():
    request = make.request(state="unanswered", asked=(make.approach(ADA, 1), make.approach(BEN, 2)))

    anew = request.look_again(NOW + 2 * DAY, without=BEN)

    assert (anew.next_wave, anew.asked_now, anew.needed_by) == (1, (), NOW + 2 * DAY)
    assert anew.not_again == {ASKER, BEN}
    assert len(anew.asked) == 2


def test_looking_again_never_shortens_the_time():
    assert make.request(state="unanswered").look_again(NOW + HOUR).needed_by == NOW + DAY


def test_changed_topics_begin_the_search_anew_and_changed_words_do_not():
    request = make.request(state="offered", asked=(make.approach(ADA),))

    assert request.reword(topics=(make.SQL,)).asked_now == ()
    assert request.reword(question="What?").asked_now == request.asked


def test_the_word_of_the_one_who_handed_it_on_goes_with_the_offer_it_was_meant_for():
    request = make.request().hand_to(BEN, ADA, "Ben wrote it")

    assert request.offer_to([make.approach(CY)]).prefer == BEN
    assert request.offer_to([make.approach(BEN, 0)]).note == ""


def test_a_request_posted_in_a_channel_is_shown_there_too():
    assert [show.to for show in make.request(channel_post="C0PYTHON").shows()] == [ASKER, "C0PYTHON"]


def test_it_is_found_under_each_topic_whether_or_not_somebody_has_accepted():
    request = make.request(topics=(make.PYTHON, make.SQL))

    for each in (request, accepted(ADA)(request), request.withdraw(NOW)):
        assert {name for name in each.lists() if name.startswith("asked-in")} == {
            "asked-in:python",
            "asked-in:sql",
        }


def test_a_helper_who_came_by_themselves_is_remembered_once():
    request = make.request().joined_by(make.approach(ADA))

    assert request.joined_by(make.approach(ADA)).asked == (make.approach(ADA),)


def test_a_question_that_was_talked_through_stays_with_whoever_helped():
    helped = make.request(state="resolved", helper_id=ADA)

    with pytest.raises(AlreadyTaken):
        helped.accept(BEN, make.talk_with(BEN), (), NOW)
