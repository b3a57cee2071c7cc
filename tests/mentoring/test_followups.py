"""Did you use it? Asked at some days and at the asker's own cue, until there is a final answer."""

import asyncio

import make
import pytest
from make import ADA, ASKER, BEN, DAY, HOUR, NOW, offer_to, talk_with
from office import Office

from kernel.errors import Ended, NotFound, NotYours
from kernel.nudges import Unasked
from kernel.presence import Available
from mentoring.model.check import Check, Thanks, Used, check_id
from mentoring.model.session import NextStep, Session, WrapUp
from mentoring.routing.offers import accept
from mentoring.sessions.follow_ups import answer_check, ask
from mentoring.sessions.relay import propose_reveal
from mentoring.sessions.sessions import wrap_up

TALK = talk_with(ADA)
D2, D7, D30, CUE = (check_id(TALK, label) for label in ("d2", "d7", "d30", "cue"))
STEP = NextStep(cue="after stand-up", action="I will profile it", at=NOW + DAY)


async def talked(office: Office, *, anonymous: bool = False, step: NextStep | None = None) -> None:
    await office.asked(make.helper(ADA), anonymous=anonymous)
    await accept(office.desk, offer_to(ADA), ADA, NOW)
    await wrap_up(office.desk, TALK, ASKER, WrapUp(minutes=10, next_step=step), NOW)


async def planned_checks(office: Office) -> set[str]:
    return {thing for kind, thing in await office.planned() if kind == "check"}


async def test_the_asker_is_asked_at_each_day_until_they_have_used_it(office: Office):
    await talked(office)

    asked = []
    for days in (2, 7, 30):
        await office.run(NOW + days * DAY)
        asked.append(await office.desk.store.ids(f"checks-asked-of:{ASKER}"))

    assert asked == [[D2], [D7], [D30]]
    assert (await office.get(Check, D2)).state == "lapsed"
    assert await office.times_shown(f"check:{D7}", ASKER) == 2


async def test_a_check_waits_for_the_end_of_do_not_disturb_and_a_cue_does_not(office: Office):
    await talked(office, step=STEP)
    office.presence.seen = {ASKER: Available(state="dnd", until=NOW + 2 * DAY + 3 * HOUR)}

    await office.run(NOW + 2 * DAY)

    assert await office.desk.store.ids(f"checks-asked-of:{ASKER}") == [CUE]
    assert (await office.planned())["check", D2] == NOW + 2 * DAY + 3 * HOUR
    office.presence.seen = {}
    await office.run(NOW + 2 * DAY + 3 * HOUR)
    assert await office.desk.store.ids(f"checks-asked-of:{ASKER}") == [D2]


async def test_in_a_full_week_a_check_waits_for_room_or_gives_way_to_the_next_and_a_cue_comes(office: Office):
    await talked(office, step=STEP)
    await office.put(Unasked(id=ASKER, at=[NOW - 4 * DAY] * 5))

    await office.run(NOW + 2 * DAY)

    assert await office.desk.store.ids(f"checks-asked-of:{ASKER}") == [CUE]
    assert (await office.planned())["check", D2] == NOW + 3 * DAY
    await office.run(NOW + 3 * DAY)
    assert await office.desk.store.ids(f"checks-asked-of:{ASKER}") == [D2]
    assert (await office.get(Unasked, ASKER)).at == (NOW + 3 * DAY,) * 2  # with "how did it go?"
    await office.put(Unasked(id=ASKER, at=[NOW + 6 * DAY] * 5))
    await office.run(NOW + 7 * DAY)
    assert (await office.planned())["check", D7] == NOW + 13 * DAY
    await office.put(Unasked(id=ASKER, at=[NOW + 24 * DAY] * 5))
    await office.run(NOW + 24 * DAY)
    assert await planned_checks(office) == {D30}
    assert await office.desk.store.ids(f"checks-asked-of:{ASKER}") == [D2]


async def test_the_reminder_comes_at_the_askers_own_cue(office: Office):
    await talked(office, step=STEP)

    await office.run(NOW + DAY)

    check = await office.get(Check, CUE)
    assert (check.label, check.asked_at, check.state) == ("cue", NOW + DAY, "asked")


@pytest.mark.parametrize("final", ["used", "no_use"])
async def test_a_final_answer_ends_the_asking(office: Office, final: Used):
    await talked(office, step=STEP)
    await office.run(NOW + DAY)

    await answer_check(office.desk, CUE, ASKER, final, NOW + DAY)

    assert await planned_checks(office) == set()


async def test_not_yet_is_asked_again_and_may_become_used(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)

    await answer_check(office.desk, D2, ASKER, "not_yet", NOW + 2 * DAY)
    assert await planned_checks(office) == {D7, D30}
    await answer_check(office.desk, D2, ASKER, "used", NOW + 3 * DAY)

    assert await planned_checks(office) == set()
    assert (await office.get(Check, D2)).answer == "used"


async def test_advice_that_was_used_comes_back_as_thanks_once(office: Office):
    await talked(office)
    await office.run(NOW + 7 * DAY)

    pressed = [answer_check(office.desk, D7, ASKER, "used", NOW + 7 * DAY) for _ in range(3)]
    await asyncio.gather(*pressed)

    thanks = await office.get(Thanks, TALK)
    assert (thanks.helper_id, thanks.asker_id, thanks.topics, thanks.anonymous) == (
        ADA,
        ASKER,
        (make.PYTHON,),
        False,
    )
    assert await office.times_shown(f"thanks:{TALK}", ADA) == 1
    assert await office.desk.store.ids(f"thanks-to:{ADA}") == [TALK]


@pytest.mark.parametrize("answer", ["not_yet", "no_use"])
async def test_other_answers_thank_nobody(office: Office, answer: Used):
    await talked(office)
    await office.run(NOW + 2 * DAY)

    await answer_check(office.desk, D2, ASKER, answer, NOW + 2 * DAY)

    assert await office.find(Thanks, TALK) is None


async def test_thanks_name_nobody_who_stayed_anonymous(office: Office):
    await talked(office, anonymous=True)
    await office.run(NOW + 2 * DAY)

    await answer_check(office.desk, D2, ASKER, "used", NOW + 2 * DAY)

    assert (await office.get(Thanks, TALK)).anonymous


async def test_thanks_name_who_was_revealed(office: Office):
    await talked(office, anonymous=True)
    for me in (ASKER, ADA):
        await propose_reveal(office.desk, TALK, me, NOW)
    await office.run(NOW + 2 * DAY)

    await answer_check(office.desk, D2, ASKER, "used", NOW + 2 * DAY)

    assert not (await office.get(Thanks, TALK)).anonymous


async def test_a_check_that_gave_way_is_closed(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    await office.run(NOW + 7 * DAY)

    with pytest.raises(Ended):
        await answer_check(office.desk, D2, ASKER, "used", NOW + 7 * DAY)


async def test_asking_twice_changes_nothing(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    await answer_check(office.desk, D2, ASKER, "not_yet", NOW + 2 * DAY)

    await ask(office.desk, D2, NOW + 2 * DAY + HOUR)

    assert (await office.get(Check, D2)).answer == "not_yet"


async def test_a_check_that_is_due_after_the_final_answer_asks_nothing(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    await answer_check(office.desk, D2, ASKER, "used", NOW + 2 * DAY)

    await ask(office.desk, D7, NOW + 7 * DAY)

    assert await office.find(Check, D7) is None


async def test_only_the_asker_answers_and_only_what_was_asked(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)

    for me in (ADA, BEN):
        with pytest.raises(NotYours):
            await answer_check(office.desk, D2, me, "used", NOW + 2 * DAY)
    with pytest.raises(NotFound):
        await answer_check(office.desk, D7, ASKER, "used", NOW + 2 * DAY)


async def test_who_has_left_is_neither_asked_nor_thanked(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    await office.put(make.helper(ADA, standing="left"))
    await answer_check(office.desk, D2, ASKER, "used", NOW + 2 * DAY)
    assert await office.times_shown(f"thanks:{TALK}", ADA) == 0

    await office.put(make.person(standing="left"))
    await ask(office.desk, CUE, NOW + 3 * DAY)

    assert await office.find(Check, CUE) is None


@pytest.mark.parametrize(("first", "second"), [("used", "no_use"), ("no_use", "used")])
async def test_a_final_answer_closes_every_card_of_the_talk(office: Office, first: Used, second: Used):
    await talked(office, step=STEP)
    await office.run(NOW + DAY)
    await answer_check(office.desk, CUE, ASKER, "not_yet", NOW + DAY)
    await office.run(NOW + 2 * DAY)

    await answer_check(office.desk, D2, ASKER, first, NOW + 2 * DAY)

    assert (await office.get(Check, CUE)).state == "lapsed"
    assert await office.times_shown(f"check:{CUE}", ASKER) == 3
    with pytest.raises(Ended):
        await answer_check(office.desk, CUE, ASKER, second, NOW + 3 * DAY)
    assert (await office.find(Thanks, TALK) is not None) == (first == "used")


async def test_a_card_of_an_earlier_release_is_closed_by_a_final_answer_beside_it(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    answered = (await office.get(Check, D2)).reply("no_use", ASKER, NOW + 2 * DAY)
    left_open = answered.model_copy(update={"id": D7, "label": "d7", "answer": "not_yet"})
    await office.put(answered, left_open)

    with pytest.raises(Ended):
        await answer_check(office.desk, D7, ASKER, "used", NOW + 3 * DAY)

    assert await office.find(Thanks, TALK) is None


async def test_about_a_talk_whose_helper_has_left_only_the_askers_own_step_is_asked(office: Office):
    await talked(office, step=STEP)
    await office.put(make.helper(ADA, standing="left"))

    for id, at in ((CUE, NOW + DAY), (D2, NOW + 2 * DAY)):
        await ask(office.desk, id, at)

    assert await office.find(Check, CUE) is not None
    assert await office.find(Check, D2) is None


async def test_thanks_say_whether_they_could_be_told(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    await office.put(make.helper(ADA, standing="left"))

    await answer_check(office.desk, D2, ASKER, "used", NOW + 2 * DAY)

    assert not (await office.get(Thanks, TALK)).told


async def test_a_talk_that_is_gone_is_not_asked_about(office: Office):
    await ask(office.desk, D2, NOW)

    assert await office.find(Check, D2) is None


async def test_a_final_answer_stays(office: Office):
    await talked(office)
    await office.run(NOW + 2 * DAY)
    await answer_check(office.desk, D2, ASKER, "used", NOW + 2 * DAY)

    with pytest.raises(Ended):
        await answer_check(office.desk, D2, ASKER, "no_use", NOW + 3 * DAY)

    assert (await office.get(Check, D2)).answer == "used"


async def test_a_talk_that_was_reported_is_not_asked_about(office: Office):
    await talked(office)
    await office.put((await office.get(Session, TALK)).report(ADA))

    await ask(office.desk, D2, NOW + 2 * DAY)

    assert await office.find(Check, D2) is None
