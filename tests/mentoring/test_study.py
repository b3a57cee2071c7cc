"""What a workspace's own past teaches, and what it does not."""

from dataclasses import replace

import make
import make_matching
from make import ADA, ASKER, BEN, CY, DAY, HOUR, NOW, PYTHON, SQL
from make_past import past_talk
from office import Office

from matching.learning.memory import Memory
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.topics.tagging import sure
from matching.values import ReasonKind
from mentoring.learning.events import in_order
from mentoring.learning.request_history import trail
from mentoring.learning.training import ALWAYS, ToldPast, rested, study
from mentoring.learning.training_result import FEWEST_ASKS, FEWEST_OUTCOMES, Study

BEGAN = NOW - 300 * DAY
ASK = make_matching.ask(id="R-new", asker_id=ASKER, topics=(PYTHON,), text="my service stalls")


async def lived(office: Office, talks: int, helper=BEN) -> None:
    """Have one helper help so often, a day apart."""
    await office.put(make.person(), make.helper(ADA), make.helper(BEN), make.helper(CY))
    for number in range(talks):
        await office.put(*past_talk(f"R{number}", BEGAN + number * DAY, helper))


async def studied(office: Office) -> Study:
    return await study(office.desk, Memory(), NOW)


async def test_too_few_outcomes_teach_nothing(office: Office):
    await lived(office, FEWEST_OUTCOMES - 1)

    found = await studied(office)

    assert (found.outcomes, found.ranks, found.guesses) == (FEWEST_OUTCOMES - 1, False, False)
    assert found.memory.history.ids == []


async def test_who_helped_comes_first_afterwards_and_that_is_the_reason(office: Office):
    await lived(office, 30)

    found = await studied(office)

    first, *_ = rank(ASK, await office.desk.directory.index(), NOW, model=found.memory.model(0.0))
    assert found.ranks
    assert first.helper_id == BEN
    assert ReasonKind.ANSWERED in {reason.kind for reason in first.reasons if reason.value > 0}


async def test_nothing_is_kept_of_someone_who_helps_no_longer(office: Office):
    await lived(office, 30)
    await office.put(*past_talk("R-ada", NOW - DAY, ADA), make.helper(BEN, standing="left"))

    found = await studied(office)

    assert found.outcomes == 1
    assert BEN not in found.memory.history.ids


async def test_the_evidence_for_an_ask_is_that_of_its_time(office: Office):
    await lived(office, 3)
    past = ToldPast(office.desk, Memory(), rested(await office.desk.directory.index()))

    async for each in in_order(trail(office.desk)):
        past.happened(each)

    first, second, _ = past.notes.lessons
    assert not first.rows[:, 1:].any()
    assert second.rows[second.chosen, 1:].any()


async def test_of_a_long_past_only_the_latest_asks_give_lessons_and_all_of_it_is_remembered(office: Office):
    await lived(office, 5)
    past = ToldPast(office.desk, Memory(), rested(await office.desk.directory.index()), unnoted=3)

    async for each in in_order(trail(office.desk)):
        past.happened(each)

    assert (len(past.notes.lessons), past.outcomes, len(past.history.answers)) == (2, 5, 5)


async def test_topics_are_learned_from_what_requests_were_about(office: Office):
    await office.put(make.person())
    for number in range(60):
        topic, question = ((PYTHON, "my service stalls"), (SQL, "the report takes hours"))[number % 2]
        at = BEGAN + number * HOUR
        await office.put(*past_talk(f"R{number}", at, topic=topic, question=question))

    found = await studied(office)

    assert found.asks == 60 >= FEWEST_ASKS
    assert found.guesses
    assert not found.ranks, "nobody helps here any more"
    assert found.memory.topics is not None
    guess, *_ = found.memory.topics.suggest(make.TOPICS.tagger, "why does the report take so long?")
    assert guess.topic_id == SQL
    assert sure(make.TOPICS.tagger.suggest("why does the report take so long?")) == ()


async def test_questions_without_a_topic_teach_no_topic(office: Office):
    await office.put(make.person(), make.helper(ADA))
    for number in range(60):
        topic, question = ((None, "my service stalls"), (SQL, "the report takes hours"))[number % 2]
        await office.put(*past_talk(f"R{number}", BEGAN + number * HOUR, topic=topic, question=question))

    found = await studied(office)

    assert (found.asks, found.outcomes) == (60, 60)
    assert found.memory.topics is not None
    guesses = found.memory.topics.suggest(make.TOPICS.tagger, "my service stalls")
    assert not sure(guesses)


def test_everyone_is_at_work_and_free_when_the_past_is_told():
    free = make_matching.helper("U1", hours=ALWAYS)
    busy = make_matching.helper(
        "U1",
        paused_until=NOW + DAY,
        minutes_booked=60,
        open_sessions=2,
        open_offers=1,
        is_available=False,
    )
    tired = replace(busy, helped={"U0": 3}, last_helped_at=NOW, offers_ended=5, offers_answered=0.0)

    assert rested(HelperIndex([tired])).get("U1") == free


async def test_each_request_is_counted_while_it_is_gone_through(office: Office):
    await lived(office, 5)
    counted: list[int] = []

    await study(office.desk, Memory(), NOW, counted.append)

    assert sum(counted) == 5
