"""What was learned survives being written down: the same ranking and topics, and it can be told more."""

from datetime import timedelta

import make_matching as make
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matching.learning.evidence import evidence, likeness_of
from matching.learning.history import History, day_of
from matching.learning.history_arrays import from_arrays, to_arrays
from matching.learning.memory import Memory, UnreadableMemory, pack, unpack
from matching.learning.residual_rating import Standings
from matching.ranking.index import HelperIndex
from matching.ranking.ranking import rank
from matching.topics.model import Tagged
from matching.topics.model_training import learn_topics
from matching.topics.tagging import Tagger, TopicWords
from matching.values import Ask

NOW = make.MONDAY_NOON
WORDS = ("slow", "query", "plan", "asyncio", "stalls", "größe", "c++")
ASK = make.ask(id="R-new", text="slow query", topics=("sql", "python"))
Told = tuple[int, int, int, bool]


def things() -> st.SearchStrategy[list[Told]]:
    """Asks with their helper, the days ago, and whether it worked."""
    return st.lists(
        st.tuples(st.integers(0, 5), st.integers(0, 5), st.integers(1, 400), st.booleans()), max_size=12
    )


def tell(history: History, told: list[Told], begin: int = 0) -> History:
    for number, (asker, helper, days, worked) in enumerate(told, begin):
        topics = make.TOPICS[number % 4 : number % 4 + 2]
        ask = make.ask(
            id=f"R{number}", asker_id=f"A{asker}", topics=topics, text=" ".join(WORDS[: number % 7])
        )
        at = NOW - timedelta(days=days)
        history.asked(ask)
        history.gave(f"U{helper}", at)
        history.seen(f"U{helper}", at)
        history.answered(ask.id, f"U{helper}", at, worked)
    return history


def shown(history: History, ask: Ask = ASK) -> list[list[float]]:
    """All that a ranking reads of a history."""
    people = np.array([-1, *range(len(history.ids))], dtype=np.intp)
    rows = evidence(history, ask, likeness_of(history, ask), people, day_of(NOW))
    return np.column_stack([rows, history.given.faded(people, day_of(NOW))[0]]).tolist()


@make.calmly
@given(things(), things())
def test_a_history_read_back_says_the_same_and_can_be_told_more(first: list[Told], more: list[Told]):
    history = tell(History(), first)

    read = from_arrays(to_arrays(history))

    assert shown(read) == shown(history)
    assert vars(read).keys() == vars(history).keys()
    assert shown(tell(read, more, len(first))) == shown(tell(history, more, len(first)))


def test_a_history_read_back_is_told_the_same_ask_once():
    read = from_arrays(to_arrays(tell(History(), [(1, 2, 3, True)])))

    tell(read, [(1, 2, 3, True)])

    assert len(read.pasts) == len(read.texts) == 1


def test_a_memory_ranks_after_being_packed_as_it_did_before():
    people = HelperIndex([make.helper(f"U{n}") for n in range(4)])
    history = tell(History(), [(5, 2, day, True) for day in range(1, 5)])
    memory = Memory(history, np.linspace(0, 1, len(Memory().weights)), Standings({"U2": 0.3, "U1": -0.2}))

    read = unpack(pack(memory))

    before, after = (rank(ASK, people, NOW, model=it.model(load_price=0.4)) for it in (memory, read))
    assert before == after
    assert read.topics is None


def test_learned_topics_are_read_back():
    tagger = Tagger([TopicWords("sql", "SQL"), TopicWords("python", "Python")])
    past = [Tagged(f"slow query plan {n}", ("sql",)) for n in range(10)]
    model = learn_topics([*past, *(Tagged(f"asyncio stalls {n}", ("python",)) for n in range(10))], tagger)

    read = unpack(pack(Memory(topics=model))).topics

    assert model is not None
    assert read is not None
    for text in ("why is the query slow", "asyncio", ""):
        assert read.suggest(tagger, text) == model.suggest(tagger, text)
    assert model.suggest(tagger, "query")[0].topic_id == "sql"


@pytest.mark.parametrize("spoil", [lambda it: it[: len(it) // 2], lambda _: b"", lambda _: b"\x80\x04K\x01."])
def test_what_is_not_whole_is_refused(spoil):
    with pytest.raises(UnreadableMemory):
        unpack(spoil(pack(Memory())))


def test_what_another_release_wrote_is_refused(tmp_path):
    packed = tmp_path / "memory.npz"
    packed.write_bytes(pack(Memory()))
    with np.load(packed) as file:
        arrays = dict(file)
    arrays["shape"] = np.frombuffer(b"0 other", dtype=np.uint8)
    np.savez(packed, **arrays)

    with pytest.raises(UnreadableMemory):
        unpack(packed.read_bytes())
