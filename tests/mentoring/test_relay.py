"""What two people say through the app: passed on once, to the other alone, and then forgotten."""

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, offer_to, talk_with
from office import Office

from kernel.errors import Ended, Invalid, NotYours
from mentoring.model.said import Said
from mentoring.model.session import WrapUp
from mentoring.routing.offers import accept
from mentoring.sessions.relay import LONGEST, TRACED, change, delete, delivered, propose_reveal, say
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)


async def talking(office: Office) -> None:
    await office.asked(make.helper(ADA), anonymous=True)
    await accept(office.desk, offer_to(ADA), ADA, NOW)


@pytest.mark.parametrize(("me", "other"), [(ASKER, ADA), (ADA, ASKER)])
async def test_what_one_says_goes_to_the_other_alone(office: Office, me: str, other: str):
    await talking(office)

    said = await say(office.desk, TALK, me, NOW, text="Hello", event_id="E1")

    assert (said.from_id, said.to_id, said.text, said.state) == (me, other, "Hello", "waiting")
    assert [await office.times_shown(said.thing, to) for to in (me, other, BEN)] == [0, 1, 0]


@given(st.sampled_from([ASKER, ADA]))
def test_nobody_talks_to_themselves(me: str):
    assert make.session().other(me) != me


async def test_the_same_event_is_passed_on_once(office: Office):
    await talking(office)
    first = await say(office.desk, TALK, ASKER, NOW, text="Hello", event_id="E1")

    again = await say(office.desk, TALK, ASKER, NOW, text="Hello", event_id="E1")

    assert again == first
    assert await office.desk.store.count(f"said-in:{TALK}") == 1
    assert await office.times_shown(first.thing, ADA) == 1


async def test_a_repeated_event_is_answered_even_when_the_talk_is_over(office: Office):
    await talking(office)
    first = await say(office.desk, TALK, ASKER, NOW, text="Hello", event_id="E1")
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=5), NOW)

    assert await say(office.desk, TALK, ASKER, NOW, text="Hello", event_id="E1") == first


async def test_what_has_arrived_is_forgotten(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="a secret", event_id="E1")

    for _ in range(2):
        await delivered(office.desk, said.id, NOW, "0")

    kept = await office.get(Said, said.id)
    assert (kept.state, kept.text) == ("delivered", "")


async def test_what_never_arrived_is_dropped_after_its_time(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="a secret", event_id="E1")

    await office.run(NOW + DAY)

    assert await office.find(Said, said.id) is None
    assert await office.desk.store.ids(f"said-in:{TALK}") == []
    await delivered(office.desk, said.id, NOW, "0")


@pytest.mark.parametrize(("text", "problem"), [("  ", "empty"), ("x" * (LONGEST + 1), "too_long")])
async def test_a_text_that_cannot_be_passed_on_is_refused(office: Office, text: str, problem: str):
    await talking(office)

    with pytest.raises(Invalid) as refused:
        await say(office.desk, TALK, ASKER, NOW, text=text, event_id="E1")

    assert refused.value.problem == problem


async def test_a_third_person_can_say_nothing(office: Office):
    await talking(office)

    with pytest.raises(NotYours):
        await say(office.desk, TALK, BEN, NOW, text="Hello", event_id="E1")


async def test_nothing_is_passed_on_once_it_is_over(office: Office):
    await talking(office)
    await wrap_up(office.desk, TALK, ADA, WrapUp(minutes=5), NOW)

    with pytest.raises(Ended):
        await say(office.desk, TALK, ASKER, NOW, text="one more thing", event_id="E2")


async def test_names_are_shown_once_both_have_offered_it(office: Office):
    await talking(office)

    one = await propose_reveal(office.desk, TALK, ASKER, NOW)
    both = await propose_reveal(office.desk, TALK, ADA, NOW)

    assert (one.is_hidden, both.is_hidden) == (True, False)
    assert await office.times_shown("offer:R1.U0ADA", ADA) == 4


async def test_offering_it_twice_shows_nothing_new(office: Office):
    await talking(office)
    for _ in range(2):
        await propose_reveal(office.desk, TALK, ASKER, NOW)

    assert await office.times_shown("offer:R1.U0ADA", ADA) == 3


async def test_a_stranger_reveals_nothing(office: Office):
    await talking(office)

    with pytest.raises(NotYours):
        await propose_reveal(office.desk, TALK, BEN, NOW)


async def test_the_second_is_shown_when_the_first_has_arrived_or_cannot(office: Office):
    await talking(office)
    first, second, third = [
        await say(office.desk, TALK, ASKER, NOW, text=id, event_id=id) for id in ("E1", "E2", "E3")
    ]
    assert [await office.times_shown(it.thing, ADA) for it in (first, second, third)] == [1, 0, 0]

    await delivered(office.desk, first.id, NOW, "0")
    assert [await office.times_shown(it.thing, ADA) for it in (first, second, third)] == [1, 1, 0]
    await delivered(office.desk, second.id, NOW, "")

    assert [await office.times_shown(it.thing, ADA) for it in (first, second, third)] == [1, 1, 1]
    assert (await office.get(Said, second.id)).text == "E2"


async def test_what_expires_in_line_makes_way(office: Office):
    await talking(office)
    await say(office.desk, TALK, ASKER, NOW, text="one", event_id="E1")
    second = await say(office.desk, TALK, ASKER, NOW + HOUR, text="two", event_id="E2")

    await office.run(NOW + DAY)

    assert await office.times_shown(second.thing, ADA) == 1


async def test_the_text_goes_with_its_last_part(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="long", event_id="E1", parts=3)
    things = [said.thing, f"{said.thing}/1", f"{said.thing}/2"]

    for part, thing in enumerate(things):
        assert [await office.times_shown(it, ADA) for it in things] == [1] * (part + 1) + [0] * (2 - part)
        assert (await office.get(Said, said.id)).text == "long"
        await delivered(office.desk, thing.removeprefix("said:"), NOW, "0")

    assert (await office.get(Said, said.id)).text == ""


async def test_a_change_that_meets_the_delivery_of_the_old_is_delivered_after_it(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="old", event_id="E1")
    later = await say(office.desk, TALK, ASKER, NOW, text="later", event_id="E2")
    assert await change(office.desk, "E1", ASKER, NOW, text="new", parts=1)

    await delivered(office.desk, said.id, NOW, "0")
    assert (await office.get(Said, said.id)).text == "new"
    assert [await office.times_shown(it.thing, ADA) for it in (said, later)] == [2, 0]
    await delivered(office.desk, said.id, NOW, "1")

    assert (await office.get(Said, said.id)).text == ""
    assert await office.times_shown(later.thing, ADA) == 1


async def test_only_its_writer_changes_or_deletes(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="mine", event_id="E1")

    assert not await change(office.desk, "E1", ADA, NOW, text="yours", parts=1)
    assert not await delete(office.desk, "E1", ADA)

    assert await office.get(Said, said.id) == said


async def test_what_was_deleted_stays_so(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="a secret", event_id="E1")
    assert await delete(office.desk, "E1", ASKER)

    await delivered(office.desk, said.id, NOW, "0")
    assert not await change(office.desk, "E1", ASKER, NOW, text="again", parts=1)

    kept = await office.get(Said, said.id)
    assert (kept.state, kept.text) == ("deleted", "")


async def test_how_a_message_was_passed_on_is_known_for_a_while(office: Office):
    await talking(office)
    said = await say(office.desk, TALK, ASKER, NOW, text="a secret", event_id="E1")
    await delivered(office.desk, said.id, NOW, "0")

    await office.run(NOW + DAY)
    assert (await office.get(Said, said.id)).text == ""
    await office.run(NOW + TRACED)

    assert await office.find(Said, said.id) is None
