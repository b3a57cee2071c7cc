"""An offer is pending and then, for ever, one of six ends."""

from collections.abc import Callable
from datetime import timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, BEN, HOUR, NOW

from kernel.errors import AlreadyTaken, OfferOver, Refusal
from matching.values import Lane, Match
from mentoring.model.offer import Offer

Move = Callable[[Offer], Offer]

ENDINGS: dict[str, Move] = {
    "accepted": lambda it: it.accept(NOW),
    "declined": lambda it: it.decline(NOW),
    "passed_on": lambda it: it.pass_on(NOW),
    "expired": lambda it: it.expire(NOW),
    "taken": lambda it: it.take(NOW),
    "withdrawn": lambda it: it.withdraw(NOW),
}


def tried(offer: Offer, end: str) -> Offer:
    try:
        return ENDINGS[end](offer)
    except Refusal:
        return offer


@given(st.lists(st.sampled_from(sorted(ENDINGS)), min_size=1, max_size=10))
def test_the_first_end_is_the_end(ends: list[str]):
    offer = make.offer()
    for end in ends:
        offer = tried(offer, end)

    assert offer.state == ends[0]
    assert (offer.answered_at, offer.is_pending) == (NOW, False)


@pytest.mark.parametrize("end", sorted(ENDINGS))
def test_the_same_end_twice_changes_nothing(end: str):
    once = ENDINGS[end](make.offer())

    assert ENDINGS[end](once) == once


@pytest.mark.parametrize("end", sorted(ENDINGS.keys() - {"taken"}))
def test_an_offer_that_is_over_says_so(end: str):
    offer = ENDINGS[end](make.offer())

    with pytest.raises(OfferOver):
        offer.take(NOW)


def test_an_offer_that_another_took_says_so():
    with pytest.raises(AlreadyTaken):
        make.offer(state="taken").accept(NOW)


def test_only_a_pending_offer_gets_more_time():
    assert make.offer().postpone(NOW + 9 * HOUR).deadline == NOW + 9 * HOUR
    assert make.offer(state="declined").postpone(NOW + 9 * HOUR).deadline == NOW + 2 * HOUR


def test_a_no_is_taken_back_until_the_time_to_answer_is_over():
    short = make.offer().postpone(NOW + timedelta(minutes=5))
    refused = short.decline(NOW)

    assert refused.undo(short.deadline - timedelta(seconds=1)).is_pending
    with pytest.raises(OfferOver):
        refused.undo(short.deadline)


def test_it_waits_for_its_helper_only_while_it_is_pending():
    assert set(make.offer().lists()) == {"offers-to:U0ADA", "pending-offers-to:U0ADA"}
    assert set(make.offer(state="expired").lists()) == {"offers-to:U0ADA"}


def test_a_word_handed_on_goes_to_the_person_it_names_and_to_nobody_else():
    request = make.request(prefer=BEN, handed_by=ADA, note="Ben wrote it")

    named = Offer.begin(request, Match(BEN, Lane.PEER, 0.0, ()), 0, NOW, NOW)
    other = Offer.begin(request, Match("U0CY", Lane.PEER, 0.0, ()), 0, NOW, NOW)

    assert (named.handed_by, named.note) == (ADA, "Ben wrote it")
    assert (other.handed_by, other.note) == (None, "")


def test_a_stored_offer_reads_back_with_its_reasons():
    offer = make.offer()

    assert Offer.model_validate_json(offer.model_dump_json()) == offer


def test_an_offer_that_waits_again_knows_of_no_pause():
    paused = make.offer().withdraw(NOW, NOW + HOUR)

    assert paused.renew() == make.offer()
