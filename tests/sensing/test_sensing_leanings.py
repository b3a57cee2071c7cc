"""What single words lean towards: the table, how words are counted, and how it is learned."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

from sensing.text.wording import words
from sensing.triage.features import Choice
from sensing.triage.priors import CLUE_SHARE, LEAST, QUESTION, beginnings, leanings, shares

ROOT = Path(__file__).parents[2]
HEAD, *ROWS = [
    line.split("\t")
    for line in files("sensing").joinpath("words", "leanings.tsv").read_text("utf-8").splitlines()
]


def test_the_table_says_of_each_token_once_how_it_leans_and_is_fair_to_all_kinds():
    assert list(Choice) == HEAD[1:]
    assert len({token for token, *_ in ROWS}) == len(ROWS)
    assert all(abs(sum(map(float, weights))) < 0.1 for _, *weights in ROWS)


def test_words_are_known_by_their_beginnings_and_a_question_by_its_mark():
    assert beginnings("Promotions, really?", words("Promotions, really?")) == {"promot", "really", QUESTION}


def test_a_word_counts_less_among_many_and_a_clue_always_alike():
    counted = shares({"a", "b", "c", "d", "strange"}, ["young"], {"a", "b", "c", "d", "@young"})

    assert counted == {"a": 0.5, "b": 0.5, "c": 0.5, "d": 0.5, "@young": CLUE_SHARE}


def test_a_text_of_strange_or_few_words_leans_nowhere():
    known = [token for token, *_ in ROWS if token.isalpha()][:LEAST]
    strange = ["zy" + token for token in known]

    assert leanings(known, [])
    assert not leanings(known[1:], [])
    assert not leanings([*known, *strange], [])


def test_the_table_is_learned_from_cases(tmp_path: Path):
    cases = tmp_path / "cases.jsonl"
    texts = {"sponsor": "They never nominate anybody from my depot", "ask": "Where is the depot printer?"}
    rows = [
        {"id": f"{kind}{number}", "text": text, "level": 3, "expected": kind}
        for kind, text in texts.items()
        for number in range(3)
    ]
    cases.write_text("\n".join(map(json.dumps, rows)), "utf-8")

    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "triage_words.py"), str(cases)],
        capture_output=True,
        text=True,
        check=True,
        env={"PYTHONPATH": str(ROOT)},
    )

    head, *lines = [line.split("\t") for line in done.stdout.splitlines()]
    table = {token: dict(zip(head[1:], map(float, weights), strict=True)) for token, *weights in lines}
    assert table["nomina"]["sponsor"] > 0 > table["nomina"]["ask"]
    assert table["printe"]["ask"] > 0 > table["printe"]["sponsor"]
    assert abs(table["depot"]["ask"]) < table["printe"]["ask"]
