"""Text is kept whole until it becomes a request, is discarded, or its time is over."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from make import ASKER, BEN, DAY, HOUR, NOW
from office import Office

from mentoring.drafts import LONGEST, Draft, State, discard, keep
from mentoring.errors import Ended, Invalid, NotYours

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
