"""Who asks without their name can't be found out by naming colleagues: the asker looks like anyone."""

from typing import Any

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, DEE, HOUR, MINUTE, NOW, R1, offer_to
from office import Office

from handlers.block_kit import refusals
from handlers.conversations import ALL
from handlers.offers import card as offer_card
from kernel.errors import CannotHelp, Refusal
from kernel.values import Document, PersonId
from matching.values import Limits
from mentoring.model.load import Load
from mentoring.model.offer import Offer
from mentoring.model.person import Person, Profile
from mentoring.model.request import Request
from mentoring.people.people import bring_together, enrol, keep_apart
from mentoring.routing.offers import decline, pass_on, volunteer

FULL = Load(id=BEN, open_offers=tuple(offer_to(ADA) for _ in range(Limits().open_offers)))
UNFIT: dict[str, list[Document]] = {
    "paused": [make.helper(BEN, paused_until=NOW + DAY)],
    "busy": [make.helper(BEN), FULL],
    "keeps apart from the asker": [make.helper(BEN, do_not_match={ASKER})],
    "the asker's manager": [make.helper(BEN), make.person(ASKER, managers=(BEN,))],
    "guest": [make.person(BEN, standing="guest")],
    "left": [make.person(BEN, standing="left")],
    "app": [make.person(BEN, standing="bot")],
    "outside": [make.person(BEN, standing="outside")],
}


async def asked_without_a_name(office: Office) -> None:
    """Have Ada asked first and leave Cy to be asked next, whoever else there is."""
    await office.asked(
        make.helper(ADA), make.helper(CY, {make.PYTHON: 1}), anonymous=True, question="How do I profile?"
    )


async def seen_after(office: Office, named: PersonId) -> dict[str, Any]:
    """Everything that Ada, the asker and the next helper can see once Ada has named somebody."""
    try:
        answer: object = (await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=named, note="Hi")).state
    except Refusal as refusal:
        answer = offer_card.problems(refusal)
    at_once = set(await office.planned())
    await office.run(NOW)
    request, mine = await office.get(Request, R1), await office.get(Offer, offer_to(ADA))
    passed_to = await office.find(Offer, offer_to(CY))
    card = offer_card.card(mine, request, office.desk)
    again = (await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=named)).state
    return {
        "answer": answer,
        "on the agenda": at_once,
        "card": (card.text, card.state, card.knock),
        "card painted": await office.times_shown(f"offer:{offer_to(ADA)}", ADA),
        "asker's card painted": await office.times_shown(f"request:{R1}", ASKER),
        "request": (request.state, request.prefer, request.note, [it.helper_id for it in request.asked]),
        "next": (passed_to.state, passed_to.handed_by, passed_to.note) if passed_to else None,
        "a second try": again,
    }


@pytest.mark.parametrize("unfit", UNFIT.values(), ids=UNFIT)
async def test_naming_the_asker_is_like_naming_anyone_who_cannot_be_asked(
    office: Office, other_office: Office, unfit: list[Document]
):
    await asked_without_a_name(office)
    await asked_without_a_name(other_office)
    await other_office.put(*unfit)

    the_asker = await seen_after(office, ASKER)
    a_colleague = await seen_after(other_office, BEN)

    assert the_asker == a_colleague
    assert the_asker["next"] == ("pending", None, "")


async def test_naming_who_was_asked_before_is_like_naming_the_asker(office: Office, other_office: Office):
    for each in (office, other_office):
        await each.asked(
            make.helper(DEE),
            make.helper(ADA, {make.PYTHON: 2}),
            make.helper(CY, {make.PYTHON: 1}),
            anonymous=True,
        )
        await decline(each.desk, offer_to(DEE), DEE, NOW)
        await each.run(NOW)

    assert await seen_after(office, ASKER) == await seen_after(other_office, DEE)


@pytest.mark.parametrize(
    "named",
    [make.person(BEN), make.helper(BEN), None],
    ids=["can be asked", "helps", "never met"],
)
async def test_nobody_can_be_told_apart_by_the_answer(
    office: Office, other_office: Office, named: Person | None
):
    await asked_without_a_name(office)
    await asked_without_a_name(other_office)
    await other_office.put(*([named] if named else []))

    told = [
        await pass_on(each.desk, offer_to(ADA), ADA, NOW, to=to)
        for each, to in ((office, ASKER), (other_office, BEN))
    ]

    assert told[0] == told[1]


async def test_a_guest_who_asks_is_named_like_any_guest(office: Office, other_office: Office):
    for each in (office, other_office):
        await asked_without_a_name(each)
        await each.put(make.person(ASKER, standing="guest"), make.person(BEN, standing="guest"))

    assert await seen_after(office, ASKER) == await seen_after(other_office, BEN)


async def test_who_was_never_met_is_looked_up_and_then_asked(office: Office):
    await asked_without_a_name(office)

    await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=BEN, note="You wrote it")
    planned = await office.planned()
    await office.put(make.person(BEN))
    await office.run(NOW + MINUTE)

    assert planned["meet", BEN] == NOW
    assert planned["route", R1] == NOW + MINUTE
    assert (await office.get(Offer, offer_to(BEN))).note == "You wrote it"


async def test_a_question_with_its_name_is_put_to_everyone_but_its_asker(office: Office):
    await office.asked(make.helper(ADA))
    refusals.speak(ALL.sentences)

    with pytest.raises(CannotHelp) as refused:
        await pass_on(office.desk, offer_to(ADA), ADA, NOW, to=ASKER)

    assert offer_card.problems(refused.value) == {
        "to": "This person asked this question. Choose somebody else."
    }


async def taken_by(office: Office, me: PersonId) -> str:
    """What becomes of somebody's wish to take the question from the channel where it stands."""
    request = await office.get(Request, R1)
    await office.put(request.model_copy(update={"channel_post": "C0PYTHON"}))
    try:
        await volunteer(office.desk, R1, me, NOW + HOUR)
    except Refusal as refusal:
        return repr(refusal)
    return "taken"


@pytest.mark.parametrize("is_anonymous", [True, False])
async def test_keeping_apart_from_one_after_the_other_finds_nobody(
    office: Office, other_office: Office, is_anonymous: bool
):
    for each, apart_from in ((office, ASKER), (other_office, DEE)):
        await each.asked(make.helper(ADA), make.person(BEN), anonymous=is_anonymous)
        await keep_apart(each.desk, BEN, apart_from, NOW + MINUTE)

    told = await taken_by(office, BEN), await taken_by(other_office, BEN)

    assert (told[0] == told[1]) is is_anonymous


async def test_taking_back_that_one_stays_apart_finds_nobody_either(office: Office):
    await office.asked(make.helper(ADA), make.person(BEN), anonymous=True)
    await keep_apart(office.desk, BEN, DEE, NOW - DAY)
    await bring_together(office.desk, BEN, DEE, NOW + MINUTE)

    assert await taken_by(office, BEN) != "taken"


async def test_who_stays_apart_from_others_since_before_may_take_it(office: Office):
    await office.asked(make.helper(ADA), make.person(BEN), anonymous=True)
    await keep_apart(office.desk, BEN, DEE, NOW - DAY)
    await enrol(office.desk, BEN, Profile(topics={make.PYTHON: 2}), NOW + MINUTE)
    await keep_apart(office.desk, BEN, DEE, NOW + MINUTE)

    assert await taken_by(office, BEN) == "taken"
