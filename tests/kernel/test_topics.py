"""Topics and what can be wrong with a list of them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from kernel.errors import NotFound
from kernel.topics import Catalogue, Flaw, FlawKind, Topic, flaws
from kernel.values import TopicId
from matching.values import LANES, Lane


def topic(id: str, **changed: object) -> Topic:
    return Topic.model_validate({"id": id, "label": id.title(), **changed})


ENGINEERING = topic("engineering", channel="C0ENG")
PYTHON = topic("python", parent="engineering", aliases=("py", "pandas"), lanes=("senior", "peer"))
AI_TOOLS = topic("ai-tools", label="AI tools", lanes=("reverse",), channel="C0AI")
CATALOGUE = Catalogue((ENGINEERING, PYTHON, AI_TOOLS))


def test_a_topic_is_found_by_its_id() -> None:
    assert CATALOGUE.get("python") is PYTHON
    assert CATALOGUE.find("cobol") is None
    assert "python" in CATALOGUE
    assert "cobol" not in CATALOGUE
    assert len(CATALOGUE) == 3
    with pytest.raises(NotFound):
        CATALOGUE.get("cobol")


def test_a_topic_that_is_gone_still_has_a_readable_name() -> None:
    assert CATALOGUE.labels(["ai-tools", "punch-cards"]) == ["AI tools", "punch cards"]


def test_known_topics_keep_their_order_and_come_once() -> None:
    assert CATALOGUE.known(["python", "cobol", "ai-tools", "python"]) == ("python", "ai-tools")


def test_the_first_topic_decides_whom_to_ask_and_the_others_add_to_it() -> None:
    assert CATALOGUE.lanes(["python", "ai-tools"]) == (Lane.SENIOR, Lane.PEER, Lane.REVERSE)
    assert CATALOGUE.lanes(["ai-tools"]) == (Lane.REVERSE,)
    assert CATALOGUE.lanes(["cobol"]) == LANES


def test_an_unanswered_ask_goes_to_its_own_channel_before_that_of_a_parent() -> None:
    assert CATALOGUE.channel(["python", "ai-tools"]) == "C0AI"
    assert CATALOGUE.channel(["python"]) == "C0ENG"
    assert CATALOGUE.channel(["cobol"]) is None


def test_the_tagger_and_the_tree_know_the_topics() -> None:
    assert CATALOGUE.tagger.suggest("my pandas frame is slow")[0].topic_id == "python"
    assert CATALOGUE.tree.kin("engineering")["python"] > 0
    assert CATALOGUE.parents == {"engineering": None, "python": "engineering", "ai-tools": None}
    assert CATALOGUE.tagger is CATALOGUE.tagger


def test_a_catalogue_may_be_empty() -> None:
    empty = Catalogue(())

    assert empty.tagger.suggest("python?") == []
    assert empty.channel(["python"]) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"id": "Python"},
        {"id": "a b"},
        {"id": ""},
        {"id": "x" * 41},
        {"label": " "},
        {"label": "x" * 76},
        {"lanes": ()},
        {"lanes": ("peer", "peer")},
        {"lanes": ("mentor",)},
        {"channel": "#python"},
        {"channel": "U0MAYA"},
        {"aliases": ("",)},
        {"lane": ("peer",)},
    ],
)
def test_a_topic_refuses_what_slack_or_people_could_not_use(changed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Topic.model_validate({"id": "python", "label": "Python", **changed})


def test_nothing_is_wrong_with_topics_that_differ() -> None:
    assert flaws(CATALOGUE.all) == []


def test_an_id_is_given_once() -> None:
    found = flaws([PYTHON, ENGINEERING, topic("python", label="Snakes")])

    assert found == [Flaw(FlawKind.SAME_ID, 2, "id", "python", other=0)]


def test_two_topics_may_not_look_alike() -> None:
    found = flaws([topic("one", label="Data  Analysis"), topic("two", label="data analysis")])

    assert found == [Flaw(FlawKind.SAME_LABEL, 1, "label", "data analysis", other=0)]


def test_an_alias_leads_to_one_topic() -> None:
    found = flaws([topic("python", aliases=("ML", "ml")), topic("learning", aliases=("Ml", "Python"))])

    assert found == [
        Flaw(FlawKind.ALIAS_TWICE, 0, "aliases", "ml", 1),
        Flaw(FlawKind.SAME_ALIAS, 1, "aliases", "Ml", 0, 0),
        Flaw(FlawKind.SAME_ALIAS, 1, "aliases", "Python", 1, 0),
    ]


def test_a_label_as_its_own_alias_says_nothing_new() -> None:
    assert flaws([topic("python", aliases=("Python",))])[0].kind is FlawKind.ALIAS_TWICE


def test_a_parent_must_exist() -> None:
    orphan = topic("python", parent="enginering")

    assert flaws([orphan]) == [Flaw(FlawKind.NO_SUCH_PARENT, 0, "parent", "enginering")]
    assert flaws([orphan], known=["enginering"]) == []


def test_a_cycle_of_parents_is_told_once() -> None:
    ring = [topic("a", parent="b"), topic("b", parent="c"), topic("c", parent="a"), topic("d", parent="a")]

    assert flaws(ring) == [Flaw(FlawKind.CYCLE, 0, "parent", "a → b → c → a")]
    assert flaws([topic("a", parent="a")]) == [Flaw(FlawKind.CYCLE, 0, "parent", "a → a")]


ids = st.sampled_from([TopicId(id) for id in "abcdef"])


@settings(deadline=None)
@given(st.lists(st.tuples(ids, st.none() | ids, st.lists(ids, max_size=3)), max_size=8))
def test_topics_without_a_flaw_form_trees_with_words_of_their_own(
    drawn: list[tuple[TopicId, TopicId | None, list[TopicId]]],
) -> None:
    topics = [topic(id, parent=parent, aliases=tuple(aliases)) for id, parent, aliases in drawn]

    if flaws(topics):
        return
    words = [word.casefold() for each in topics for word in (each.label, *each.aliases)]
    assert len(words) == len(set(words))
    assert len({each.id for each in topics}) == len(topics)
    parents = {each.id: each.parent for each in topics}
    for each in topics:
        steps, at = 0, each.parent
        while at is not None:
            steps, at = steps + 1, parents[at]
            assert steps <= len(topics)
