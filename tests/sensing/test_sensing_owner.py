"""Whose burden a text speaks of, and in which languages danger is heard."""

import pytest

from sensing.safety.safety import Category, Tier, read


@pytest.mark.parametrize(
    ("own", "others"),
    [
        ("I cried after the demo", "she cried after the demo"),
        ("I'm burned out since spring", "the team is burned out since spring"),
        ("my father died, how do I tell them", "she told me her father died, how do I help her"),
        ("she shouts and I cry every day", "I shouted and she cried, how can I make up for it"),
        ("I'm scared of losing my job", "he's scared of losing headcount"),
    ],
)
def test_distress_is_answered_where_it_is_the_writers_own(own: str, others: str):
    assert (read(own).tier, read(others).tier) == (Tier.CARE, Tier.NONE)


def test_danger_is_heard_whoever_is_in_it():
    assert read("she said she wants to end her life").category is Category.SELF_HARM
    assert read("I think my report wants to kill himself").category is Category.SELF_HARM


def test_in_a_long_text_a_burden_counts_whoever_it_is_said_of():
    told = "We went through every page of the plan together that morning. " * 8

    assert read(f"{told} She cried after the demo.").tier is Tier.CARE


def test_being_afraid_of_somebody_is_violence_only_where_the_writer_is():
    assert read("I'm afraid of him").category is Category.VIOLENCE
    assert read("his reviews are brutal, people are afraid of him").tier is Tier.NONE


@pytest.mark.parametrize(
    "text",
    [
        "もう死にたいです。助けて",
        "今天很累，我不想活了。",
        "요즘 죽고 싶어요",
        "Я больше не хочу жить.",
        "ฉันอยากตาย",
    ],
)
def test_danger_is_heard_in_languages_that_put_no_spaces_or_use_another_script(text: str):
    assert read(text).category is Category.SELF_HARM


@pytest.mark.parametrize(
    "text",
    [
        "サーバーが死んだので再起動します",
        "进程死了，怎么重启",
        "배고파 죽겠다",
        "累死我了",
        "Процесс умер, как перезапустить",
    ],
)
def test_sayings_in_them_raise_no_alarm(text: str):
    assert read(text).tier is Tier.NONE
