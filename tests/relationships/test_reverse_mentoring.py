"""Reverse mentoring on the real store: who is asked, what a senior can see, voices, and groups of juniors."""

import asyncio
from collections import Counter
from collections.abc import Sequence

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ADA, ASKER, BEN, CAREER, CY, DAY, DEE, HOUR, NOW, PYTHON
from make_mentorship import W1, now_is, run
from office import Office

from handlers.conversations import ALL
from handlers.mentor_search import reverse_wish_card
from kernel.errors import Ended, Invalid, NotYours, Refusal
from kernel.topics import Catalogue, Topic
from kernel.values import PersonId
from matching.values import Lane
from mentoring.model.person import Person
from mentoring.own_data import erase, export
from relationships.mentor_search import wishes
from relationships.mentor_search.wish import MentorWish
from relationships.mentorships import mentorships
from relationships.mentorships.mentorship import Mentorship
from relationships.reverse_mentoring import juniors_group, juniors_voice
from relationships.reverse_mentoring.juniors_group import GroupWish, JuniorsGroup
from relationships.reverse_mentoring.juniors_voice import TOGETHER, JuniorsVoice, together

SENIOR = ASKER
WANTS = "Use AI tools the way my team does"


def junior(id: PersonId = ADA, **changed: object) -> Person:
    """Somebody who joined last, and knows Python in depth."""
    return make.helper(id, **{"level": 1, "lanes": frozenset({Lane.REVERSE}), **changed})


async def wished(office: Office, *people: Person, senior: Person | None = None) -> MentorWish:
    """Look for somebody to learn Python from, with these people there."""
    await office.put(senior or make.person(level=6), *people)
    return await wishes.wish(office.desk, SENIOR, NOW, id=W1, wants=WANTS, topics=(PYTHON,), is_reverse=True)


async def going(office: Office, *people: Person) -> Mentorship:
    """What begins with the yes of the first who is asked."""
    asked = (await wished(office, *(people or (junior(),)))).asked_id
    assert asked is not None
    return await wishes.accept(office.desk, W1, asked, NOW)


async def held(office: Office) -> Mentorship:
    """Have the two talk once."""
    it = await going(office)
    await mentorships.book(office.desk, W1, ADA, NOW, number=1, at=NOW + DAY)
    await run(office, NOW + DAY + 2 * HOUR)
    return await mentorships.met(office.desk, it.id, ADA, NOW + DAY + 2 * HOUR, number=1)


async def test_one_junior_after_the_other_is_asked_and_the_senior_sees_the_same_all_the_time(office: Office):
    wish = await wished(office, junior(ADA), junior(BEN))
    first = wish.asked_id
    seen = [reverse_wish_card.card(wish)]
    assert await office.times_shown(f"mentor-asked:{W1}", first or "") == 1

    assert first is not None
    wish = await wishes.decline(office.desk, W1, first, NOW)
    assert {first, wish.asked_id} == {ADA, BEN}
    seen.append(reverse_wish_card.card(wish))
    await run(office, NOW + 15 * DAY)  # the second lets it pass
    wish = await office.get(MentorWish, W1)
    seen.append(reverse_wish_card.card(wish))

    assert (wish.state, wish.refused_id) == ("waiting", None)
    assert seen[0] == seen[1] == seen[2]
    for who in (ADA, BEN):
        assert who not in str(seen)
        assert who not in str((await export(office.desk, ALL.features, SENIOR, NOW))["data"])

    await office.put(junior(CY))
    await run(office, NOW + 18 * DAY)
    assert (await office.get(MentorWish, W1)).asked_id == CY
    await run(office, NOW + 80 * DAY)
    assert (await office.get(MentorWish, W1)).state == "ended"


async def test_the_whole_line_is_left_out_both_ways_and_so_is_who_can_not_be_asked(office: Office):
    above, between, deep = (PersonId(f"U0{name}") for name in ("ABOVE", "BETWEEN", "DEEP"))
    wish = await wished(
        office,
        junior(deep, managers=(between,)),
        make.person(between, managers=(BEN,)),
        junior(BEN, managers=(SENIOR,)),
        junior(above),
        junior(CY, lanes=frozenset({Lane.PEER})),
        junior(DEE, level=6),
        junior(PersonId("U0FULL"), minutes_per_week=5),
        senior=make.person(level=6, managers=(above,)),
    )

    assert (wish.state, wish.suggested) == ("waiting", ())


async def test_who_can_be_asked_no_more_is_passed_over(office: Office):
    wish = await wished(office, junior(ADA), junior(BEN), junior(CY))
    first = wish.asked_id
    assert first is not None
    [second, third] = [it.mentor_id for it in wish.left]
    await office.put(junior(second, paused_until=NOW + 90 * DAY))

    after = await wishes.decline(office.desk, W1, first, NOW)

    assert after.asked_id == third
    assert await office.times_shown(f"mentor-asked:{W1}", second) == 0


async def test_a_topic_that_nobody_is_asked_upwards_about_is_refused_with_others_to_choose(office: Office):
    upwards = Topic(id=PYTHON, label="Python")
    down = Topic(id=CAREER, label="Career", lanes=(Lane.SENIOR, Lane.PEER))
    await office.put(make.person(level=6))
    for topics, problem in (((upwards, down), "not_upwards"), ((down,), "none_upwards")):
        office.topics = Catalogue(topics)
        with pytest.raises(Invalid) as refused:
            await wishes.wish(office.desk, SENIOR, NOW, id=W1, wants=WANTS, topics=(CAREER,), is_reverse=True)
        assert (refused.value.field, refused.value.problem) == ("topics", problem)
    assert await office.find(MentorWish, W1) is None


async def test_the_juniors_yes_is_enough_for_six_talks_in_six_months(office: Office):
    it = await going(office)

    assert (it.state, it.mentor_id, it.mentee_id, it.is_reverse) == ("going", ADA, SENIOR, True)
    assert (it.agreement.months, it.agreement.talks) == (6, 6)
    assert (await now_is(office)).talk is not None


async def test_of_two_who_ask_to_learn_from_each_other_the_first_yes_counts(office: Office):
    await wished(office, junior())
    await wishes.wish(office.desk, ADA, NOW, id="W2", wants="Lead", topics=(PYTHON,), named=SENIOR)
    await wishes.accept(office.desk, "W2", SENIOR, NOW)

    with pytest.raises(Invalid) as refused:
        await wishes.accept(office.desk, W1, ADA, NOW)

    assert (refused.value.field, refused.value.problem) == ("mentor", "already")


@pytest.mark.parametrize("how", ["closes", "is no fit", "is kept apart", "is erased"])
async def test_however_the_junior_leaves_it_reads_as_finished_and_only_they_can_open_it_again(
    office: Office, how: str
):
    it = await held(office)
    now = NOW + 2 * DAY
    if how == "closes":
        await mentorships.close(office.desk, W1, ADA, now)
    elif how == "is no fit":
        await mentorships.answer(office.desk, W1, ADA, now, key="fit:1", said="not_good")
    elif how == "is kept apart":
        await office.put(junior(do_not_match=frozenset({SENIOR})))
        await run(office, now + 2 * DAY)
    else:
        await erase(office.desk, ALL.features, ADA, now)

    over = await now_is(office)
    assert (over.state, over.end) == ("ended", "finished")
    assert over.can_reopen(ADA, now + DAY)
    assert not over.can_reopen(SENIOR, now + DAY)
    with pytest.raises(Ended):
        await mentorships.reopen(office.desk, it.id, SENIOR, now + DAY)


async def test_who_comes_to_lead_the_other_ends_it(office: Office):
    await going(office)
    await office.put(junior(managers=(BEN,)), make.person(BEN, managers=(SENIOR,)))

    await run(office, NOW + 2 * DAY)

    assert (await now_is(office)).end == "line"


async def test_a_junior_who_leaves_the_company_on_the_day_of_a_talk_is_gone_from_it(office: Office):
    await going(office)
    await mentorships.book(office.desk, W1, ADA, NOW, number=1, at=NOW + DAY)
    await office.put(junior(standing="left"))

    await run(office, NOW + 2 * DAY)

    over = await now_is(office)
    assert (over.end, over.held) == ("left", ())


async def test_who_talks_every_four_weeks_is_not_silent_after_three(office: Office):
    await held(office)
    await run(office, NOW + 30 * DAY)
    before = await now_is(office)
    await run(office, NOW + 38 * DAY)

    assert "silence" not in before.questions
    assert "silence" in (await now_is(office)).questions


async def test_a_junior_hands_over_to_nobody(office: Office):
    await going(office)

    with pytest.raises(NotYours):
        await mentorships.offer_hand_over(office.desk, W1, ADA, NOW, suggested=BEN, word="")


VOICES = st.lists(
    st.tuples(st.integers(0, 12), st.sampled_from(("tries", "listens", "talks")), st.integers(0, 99)),
    max_size=30,
)


@given(VOICES)
def test_voices_are_told_in_fives_each_junior_once_and_never_of_fewer(said: list[tuple[int, str, int]]):
    voices = [
        JuniorsVoice(
            id=f"M{number}",
            senior_id=SENIOR,
            junior_id=PersonId(f"U{who}"),
            said=what,  # type: ignore[arg-type]
            said_at=NOW + at * HOUR,
        )
        for number, (who, what, at) in enumerate(said)
    ]
    juniors = len({it.junior_id for it in voices})

    counts = together(voices)

    assert sum(counts.values()) == juniors // TOGETHER * TOGETHER
    assert together(reversed(voices)) == counts
    assert counts <= Counter(it.said for it in voices)


async def test_a_voice_is_the_juniors_own_and_goes_with_either(office: Office):
    await held(office)
    with pytest.raises(NotYours):
        await juniors_voice.say(office.desk, W1, SENIOR, "talks", NOW + 2 * DAY)
    for said in ("talks", "tries"):
        voice = await juniors_voice.say(office.desk, W1, ADA, said, NOW + 2 * DAY)  # type: ignore[arg-type]
    assert (voice.said, voice.said_at) == ("tries", NOW + 2 * DAY)

    mine, theirs = [
        (await export(office.desk, ALL.features, who, NOW))["data"]["juniors-voice"] for who in (ADA, SENIOR)
    ]
    assert (len(mine), theirs) == (1, [])

    await erase(office.desk, ALL.features, SENIOR, NOW + 3 * DAY)
    assert await office.find(JuniorsVoice, W1) is None


async def mentors_upwards(office: Office, *juniors: Person) -> None:
    """Have each mentor a senior of their own."""
    for number, each in enumerate(juniors):
        senior = PersonId(f"U0SENIOR{number}")
        await office.put(each, make.person(senior, level=6))
        id = f"G{number}"
        await wishes.wish(office.desk, senior, NOW, id=id, wants=WANTS, topics=(PYTHON,), is_reverse=True)
        asked = (await office.get(MentorWish, id)).asked_id
        assert asked == each.id
        await wishes.accept(office.desk, id, each.id, NOW)
        await office.put(each.model_copy(update={"paused_until": NOW + 900 * DAY}))


async def members(office: Office, ids: Sequence[str]) -> list[set[PersonId]]:
    found = [await office.find(JuniorsGroup, id) for id in ids]
    return [set(it.members) for it in found if it]


async def test_three_who_want_it_get_a_group_at_once_too_and_nobody_with_their_own_line(office: Office):
    await mentors_upwards(office, junior(ADA), junior(BEN, managers=(ADA,)), junior(CY), junior(DEE))
    with pytest.raises(Refusal):
        await juniors_group.join(office.desk, PersonId("U0SENIOR0"), NOW, group_id="g")

    states = [await juniors_group.join(office.desk, who, NOW, group_id=f"g{who}") for who in (ADA, BEN, CY)]
    assert states == ["waiting"] * 3
    last = await juniors_group.join(office.desk, DEE, NOW, group_id="g4")

    assert last == "placed"
    assert await members(office, ["g4"]) == [{DEE, ADA, CY}]
    assert (await office.get(GroupWish, BEN)).state == "waiting"
    assert await office.times_shown("juniors-group:g4", "group:g4") == 1
    await juniors_group.failed(office.desk, "g4")
    assert (await office.get(GroupWish, ADA)).state == "failed"


async def test_three_who_press_at_once_get_one_group(office: Office):
    await mentors_upwards(office, junior(ADA), junior(BEN), junior(CY))

    await asyncio.gather(
        *(juniors_group.join(office.desk, who, NOW, group_id=f"g{who}") for who in (ADA, BEN, CY))
    )

    assert await members(office, [f"g{who}" for who in (ADA, BEN, CY)]) == [{ADA, BEN, CY}]
    await run(office, NOW + 366 * DAY)
    assert await members(office, [f"g{who}" for who in (ADA, BEN, CY)]) == []
