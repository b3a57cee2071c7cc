"""Answer cards on the real store: who may write one, what is hidden of it, who finds it, and when it goes."""

from datetime import timedelta
from typing import Any

import make
import pytest
from make import ADA, ASKER, BEN, CY, DAY, HOUR, NOW, SQL
from make_answer_card import ANSWER, C1, QUESTION, SAID, ask, talked, written
from make_opinion import run
from office import Office

from handlers.conversations import ALL
from kernel.errors import Invalid, NotYours, Superseded
from kernel.nudges import Unasked
from kernel.policy import Nudges
from kernel.values import PersonId, RequestId
from matching.values import Urgency
from mentoring.admins import reports
from mentoring.admins.reports import NewReport
from mentoring.model.request import Request
from mentoring.own_data import erase, export
from mentoring.requests import requests
from mentoring.sessions.reports import BOND
from relationships.answer_cards import answer_cards, lookup
from relationships.answer_cards.answer_card import AnswerCard, AnswerCardRules, CardWords
from relationships.answer_cards.answer_cards import ForAdmins, NoCardOfThis
from relationships.answer_cards.found_answer import FoundAnswer
from sensing.safety.safety import read

R2 = RequestId("R2")
AGAIN = "How can I profile asyncio workers?"


async def found(office: Office, id: str = R2) -> FoundAnswer | None:
    return await office.find(FoundAnswer, id)


async def helpers(office: Office) -> None:
    await office.put(make.helper(BEN), make.person(CY))


@pytest.mark.parametrize(
    ("said", "hidden"),
    [
        ("Ask Ada Lovelace or <@U0ADA>", "Ask [name] or [name]"),
        ("Mail a.b@example.com, call +49 170 1234567", "Mail [address], call [number]"),
        ("See https://example.com/x?y=1 in #sales-acme", "See [link] in [channel]"),
        ("The key is AKIAIOSFODNN7EXAMPLE.", "The key is [secret]."),
        ("[name 1] and [link 2] typed", "[…] and […] typed"),
        ("<!channel> wake up *all*", "[name] wake up *all*"),
        ("Use `sorted(rows)` 3 times", "Use `sorted(rows)` 3 times"),
    ],
)
async def test_what_names_somebody_is_hidden_of_what_is_kept(office: Office, said: str, hidden: str):
    await talked(office)
    await office.put(make.helper(ADA, name="ada", real_name="Ada Lovelace"))

    kept = await answer_cards.write(office.desk, C1, ADA, CardWords(question=QUESTION, answer=said), NOW)

    assert kept.words.answer == hidden
    assert (await office.get(AnswerCard, C1)).words == kept.words


async def test_a_name_that_is_known_only_when_the_other_agrees_is_hidden_then(office: Office):
    await talked(office)
    await answer_cards.write(office.desk, C1, ADA, CardWords(question=QUESTION, answer="Ask Zebedee."), NOW)
    await office.put(make.person(ASKER, name="zebedee", real_name="Zebedee Quux"))

    agreed = await answer_cards.agree(office.desk, C1, ASKER, 1, NOW)

    assert (agreed.state, agreed.words.answer) == ("shared", "Ask [name].")


@pytest.mark.parametrize(
    ("words", "field", "problem"),
    [
        (CardWords(question=" ", answer=ANSWER), "question", "empty"),
        (CardWords(question=":eyes:", answer=ANSWER), "question", "no_words"),
        (CardWords(question="x" * 301, answer=ANSWER), "question", "too_long"),
        (CardWords(question=QUESTION, answer="\n"), "answer", "empty"),
        (CardWords(question=QUESTION, answer="y" * 1_001), "answer", "too_long"),
        (
            CardWords(question=QUESTION, answer="My boss touched me, he harasses me."),
            "answer",
            "confidential",
        ),
    ],
)
async def test_what_is_no_answer_for_everyone_is_refused_at_its_field(
    office: Office, words: CardWords, field: str, problem: str
):
    await talked(office)

    with pytest.raises(Invalid) as refused:
        await answer_cards.write(office.desk, C1, ADA, words, NOW, finding=read(words.answer))

    assert (refused.value.field, refused.value.problem) == (field, problem)


async def test_only_its_helper_writes_it_once_and_soon_after_a_talk_that_was_held(office: Office):
    desk = office.desk
    await talked(office)
    for me, at, refusal in ((ASKER, NOW, NotYours), (ADA, NOW + 15 * DAY, NoCardOfThis)):
        with pytest.raises(refusal):
            await answer_cards.write(desk, C1, me, SAID, at)
    first = await answer_cards.write(desk, C1, ADA, SAID, NOW)
    assert await answer_cards.write(desk, C1, ADA, SAID, NOW + HOUR) == first, "sent twice"
    with pytest.raises(NoCardOfThis):
        await answer_cards.write(desk, C1, ADA, CardWords(question="Another?", answer="x"), NOW)
    with pytest.raises(NotYours):
        await answer_cards.agree(desk, C1, BEN, 1, NOW)
    with pytest.raises(ForAdmins):
        await answer_cards.take_down(desk, C1, BEN, NOW)


@pytest.mark.parametrize("why", ["reported", "asker left", "switched off"])
async def test_of_a_reported_talk_without_its_asker_or_where_it_is_off_none_is_written(
    office: Office, why: str
):
    await talked(office)
    if why == "reported":
        await reports.report(office.desk, C1, ASKER, NewReport(text="Rude"), NOW, of=BOND)
    elif why == "asker left":
        await office.put(make.person(standing="left", left_at=NOW))
    else:
        office.policy = ALL.features.policy(answer_cards=AnswerCardRules(enabled=False))

    with pytest.raises(NoCardOfThis):
        await answer_cards.write(office.desk, C1, ADA, SAID, NOW)


async def test_nobody_agrees_to_words_that_changed_meanwhile(office: Office):
    await talked(office)
    await answer_cards.write(office.desk, C1, ADA, SAID, NOW)
    await answer_cards.reword(
        office.desk, C1, ADA, CardWords(question=QUESTION, answer="Use perf."), NOW + HOUR
    )
    with pytest.raises(Superseded):
        await answer_cards.agree(office.desk, C1, ASKER, 1, NOW + HOUR)
    agreed = await answer_cards.agree(office.desk, C1, ASKER, 2, NOW + HOUR)

    assert (agreed.state, agreed.words.answer) == ("shared", "Use perf.")


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ({}, 5),
        ({"urgency": Urgency.NOW}, 2),
        ({"topics": (SQL,)}, None),
        ({"prefer": BEN}, None),
    ],
)
async def test_the_search_waits_some_minutes_for_an_answer_that_fits(
    office: Office, said: dict[str, Any], minutes: int | None
):
    await written(office)
    await helpers(office)
    await office.put(make.helper(BEN, topics={make.PYTHON: 3, SQL: 3}))

    await ask(office, CY, AGAIN, R2, **said)

    shown = await found(office)
    request = await office.get(Request, R2)
    assert bool(request.asked) == (minutes is None)
    assert (shown and shown.until) == (NOW + timedelta(minutes=minutes) if minutes else None)
    assert (("forget_found_answer", R2) in await office.planned()) == bool(minutes)
    await office.run(NOW + 5 * make.MINUTE)
    assert (await office.get(Request, R2)).asked, "and then goes on by itself"


async def test_whoever_wants_a_person_when_people_are_asked_already_begins_no_second_search(office: Office):
    await written(office)
    await helpers(office)
    await ask(office, CY, AGAIN, R2)
    await office.run(NOW + 5 * make.MINUTE)
    planned = await office.planned()

    wanted = await lookup.want_person(office.desk, R2, CY, NOW + 6 * make.MINUTE)

    assert wanted.state == "wanted"
    assert await office.planned() == planned


async def test_a_card_that_goes_while_it_is_shown_takes_nothing_along(office: Office):
    await written(office)
    await helpers(office)
    await ask(office, CY, AGAIN, R2)
    await requests.edit(office.desk, CY, R2, make.new_request(question="How do I profile it now?"), NOW)
    await office.run(NOW)
    assert (await office.get(Request, R2)).asked == (), "it still waits"
    await answer_cards.withdraw(office.desk, C1, ASKER, NOW)

    await lookup.want_person(office.desk, R2, CY, NOW)
    await lookup.want_person(office.desk, R2, CY, NOW)
    await office.run(NOW)

    assert (await office.get(Request, R2)).asked
    with pytest.raises(NotYours):
        await lookup.solve(office.desk, R2, ASKER, NOW)
    await lookup.solve(office.desk, R2, CY, NOW)
    assert (await office.get(Request, R2)).state == "withdrawn"
    assert (await office.get(AnswerCard, C1)).solved == 0, "what has ended stays as it ended"
    assert [kind for kind, thing in await office.planned() if thing == C1 and "card" in kind] == [
        "forget_answer_card"
    ]


async def test_who_leaves_leaves_the_card_to_its_topic_until_its_date(office: Office):
    await written(office)
    await helpers(office)
    await office.put(make.helper(ADA, standing="left", left_at=NOW))

    await run(office, NOW + 84 * DAY)
    assert (await office.get(AnswerCard, C1)).asked_at is None
    await ask(office, CY, AGAIN, R2, now=NOW + 85 * DAY)
    assert await found(office), "it is found without them"
    await run(office, NOW + 91 * DAY)
    assert (await office.get(AnswerCard, C1)).state == "expired"
    await run(office, NOW + 121 * DAY)
    assert SAID.answer not in (await office.get(AnswerCard, C1)).model_dump_json()
    await run(office, NOW + 128 * DAY)
    assert await office.find(AnswerCard, C1) is None


async def test_whether_it_is_still_true_waits_for_room_in_the_week_and_is_counted(office: Office):
    office.policy = ALL.features.policy(nudges=Nudges(per_week=1))
    await written(office)
    planned = (await office.planned())["ask_still_true", C1]
    full = planned - 4 * DAY
    await office.put(Unasked(id=ADA, at=(full,)))

    await run(office, full + 7 * DAY - HOUR)
    assert (await office.get(AnswerCard, C1)).asked_at is None
    await run(office, full + 8 * DAY)

    asked_at = (await office.get(AnswerCard, C1)).asked_at
    assert asked_at
    assert asked_at >= full + 7 * DAY
    assert (await office.get(Unasked, ADA)).at == (asked_at,)


@pytest.mark.parametrize("me", [ASKER, ADA])
async def test_either_has_it_in_their_export_and_takes_it_along_when_erased(office: Office, me: PersonId):
    await written(office)
    await helpers(office)
    await ask(office, CY, AGAIN, R2)

    data = await export(office.desk, ALL.features, me, NOW)
    [part] = data["data"]["answer card"]
    assert part["words"] == SAID.model_dump()
    assert ({ASKER, ADA} - {me}).pop() not in str({**part, "id": ""})

    await erase(office.desk, ALL.features, me, NOW)
    assert await office.find(AnswerCard, C1) is None
    assert await office.desk.store.count("answers-with:asyncio") == 0
    assert (await found(office)) is not None, "what became of others' questions stays"
