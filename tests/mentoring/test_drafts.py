"""Text is kept whole until it becomes a request, is discarded, or its time is over."""

import asyncio
from datetime import timedelta

import make
import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ASKER, BEN, DAY, HOUR, NOW, R1
from office import Office

from handlers.conversations import ALL
from handlers.interactions.sub_words import NO_WORDS
from handlers.requests import draft_card
from handlers.requests.drafts import rest_of, still_kept
from kernel.errors import Ended, Invalid, MadeWay, NotYours
from mentoring.requests.drafts import LONGEST, MOST, Draft, State, Unsent, discard, fitting, keep
from mentoring.requests.requests import file

TEXT = "Ω" * 10_000


async def kept(office: Office, text: str = TEXT) -> Draft:
    return await keep(office.desk, ASKER, NOW, text=text, source="command", draft_id="D1")


async def test_a_long_text_is_kept_whole(office: Office):
    await kept(office)

    assert (await office.get(Draft, "D1")).text == TEXT
    assert await office.desk.store.ids(f"drafts-of:{ASKER}") == ["D1"]
    assert await office.times_shown("draft:D1", ASKER) == 1


async def test_the_same_draft_again_changes_nothing(office: Office):
    first = await kept(office)

    assert await kept(office, "something else") == first


async def test_a_discarded_draft_keeps_no_text(office: Office):
    await kept(office)

    for _ in range(2):
        draft = await discard(office.desk, "D1", ASKER, NOW)

    assert (draft.state, draft.text) == ("discarded", "")
    assert await office.desk.store.ids(f"drafts-of:{ASKER}") == []


async def test_a_draft_is_taken_up_by_its_writer_alone_and_only_while_it_is_kept(office: Office):
    draft = await kept(office)

    assert await still_kept(office.desk, draft.id, ASKER) == draft
    with pytest.raises(NotYours):
        await still_kept(office.desk, draft.id, BEN)
    await discard(office.desk, draft.id, ASKER, NOW)
    with pytest.raises(Ended):
        await still_kept(office.desk, draft.id, ASKER)


async def test_a_draft_is_forgotten_after_a_month(office: Office):
    await kept(office)

    await office.run(NOW + 30 * DAY)

    assert await office.find(Draft, "D1") is None


@pytest.mark.parametrize(("text", "problem"), [(" \n", "empty"), ("x" * (LONGEST + 1), "too_long")])
async def test_a_text_that_cannot_be_kept_is_refused(office: Office, text: str, problem: str):
    with pytest.raises(Invalid) as refused:
        await kept(office, text)

    assert refused.value.problem == problem


async def test_a_draft_is_its_writers_alone(office: Office):
    await kept(office)

    with pytest.raises(NotYours):
        await discard(office.desk, "D1", BEN, NOW)
    with pytest.raises(NotYours):
        await keep(office.desk, BEN, NOW + HOUR, text="mine?", source="dm", draft_id="D1")


@given(st.lists(st.sampled_from(["used", "discarded"]), min_size=1, max_size=5))
def test_the_first_end_of_a_draft_is_its_end(row: list[State]):
    draft = Draft(id="D1", person_id=ASKER, text="x", source="dm", made_at=NOW)
    for state in row:
        try:
            draft = draft.end(state)
        except Ended:
            assert state != row[0]

    assert (draft.state, draft.text) == (row[0], "")


async def keep_all(office: Office, count: int, apart: timedelta) -> None:
    for number in range(count):
        at = NOW + number * apart
        await keep(office.desk, ASKER, at, text="x", source="dm", draft_id=f"D{number}")


async def test_of_more_than_ten_texts_the_oldest_makes_way_and_its_card_says_so(office: Office):
    await keep_all(office, MOST + 2, HOUR)

    waiting = await office.desk.store.ids(f"drafts-of:{ASKER}")
    assert set(waiting) == {f"D{number}" for number in range(2, MOST + 2)}
    gone = await office.get(Draft, "D0")
    assert (gone.state, gone.text) == ("displaced", "")
    assert await office.times_shown("draft:D0", ASKER) == 2
    assert "I keep your last 10 texts" in str(draft_card.card(gone, [], NO_WORDS))


async def test_a_text_that_made_way_is_forgotten_within_the_hour(office: Office):
    await keep_all(office, MOST + 1, HOUR)

    await office.run(NOW + MOST * HOUR + HOUR)

    assert await office.find(Draft, "D0") is None
    assert len((await office.get(Unsent, ASKER)).drafts) == MOST


async def test_of_a_flood_only_the_last_ten_are_left_without_a_trace_of_the_others(office: Office):
    await asyncio.gather(
        *(
            keep(office.desk, ASKER, NOW, text="x", source="dm", draft_id=f"D{number}", once=f"e{number}")
            for number in range(30)
        )
    )

    kept = (await office.get(Unsent, ASKER)).drafts
    assert len(kept) == MOST
    assert set(await office.desk.store.ids(f"drafts-of:{ASKER}")) == set(kept)
    there = [number for number in range(30) if await office.find(Draft, f"D{number}")]
    assert {f"D{number}" for number in there} == set(kept)
    due = await office.run(NOW + 31 * DAY)
    assert await office.find(Unsent, ASKER) is None, due


async def test_texts_that_were_used_or_discarded_make_room(office: Office):
    await keep_all(office, MOST, HOUR)
    await discard(office.desk, "D3", ASKER, NOW)
    new = make.new_request(draft_id="D4")
    await file(office.desk, ASKER, new, R1, NOW)

    assert "D3" not in (await office.get(Unsent, ASKER)).drafts
    assert "D4" not in (await office.get(Unsent, ASKER)).drafts
    await keep(office.desk, ASKER, NOW, text="x", source="coach", draft_id="D10")
    await keep(office.desk, ASKER, NOW, text="x", source="coach", draft_id="D11")

    assert (await office.get(Draft, "D0")).state == "kept"


async def test_a_form_whose_rest_made_way_is_refused_in_words(office: Office):
    await kept(office)
    for number in range(MOST):
        await keep(office.desk, ASKER, NOW + DAY, text="x", source="dm", draft_id=f"E{number}")

    with pytest.raises(MadeWay) as refused:
        await rest_of(office.desk, "D1", ASKER)

    assert "Please write it again" in ALL.sentences.of(refused.value)


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 15))))
def test_the_unsent_are_the_newest_few_of_those_that_were_added_and_not_taken_off(
    moves: list[tuple[bool, int]],
):
    unsent, told = Unsent(id=ASKER), list[str]()
    for adds, number in moves:
        id = f"D{number}"
        unsent = unsent.with_draft(id) if adds else unsent.without(id)
        told = [each for each in told if each != id]
        told = [*told, id][-MOST:] if adds else told

        assert list(unsent.drafts) == told


@given(st.text(max_size=50), st.integers(0, 50))
def test_a_text_too_long_to_be_kept_ends_in_words_that_say_so(text: str, more: int):
    long = text + "y" * (LONGEST - len(text) + more)

    assert len(fitting(long)) <= LONGEST
    assert fitting(long) == long or "Cut here" in fitting(long)
    assert fitting(text) == text
