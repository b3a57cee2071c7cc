"""docs/topics.md says what is so: rules with their defaults, keys of a topic, and real answers of `check`."""

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel

from handlers.conversations import ALL
from kernel.topics import MAX_TOPICS, Catalogue, Topic
from kernel.working_time import Span
from slackapp.manifest.manifest import read

HERE = Path(__file__).parents[1]
PAGE = (HERE.parent / "docs" / "topics.md").read_text()
SHIPPED = (HERE.parent / "manifest.yml").read_text()
ROW = re.compile(r"^\| `([\w.]+)` \| ([^|]*) \| [^|]+ \|$", re.MULTILINE)


def rules(policy: BaseModel, before: str = "") -> Iterator[tuple[str, str]]:
    for name in type(policy).model_fields:
        value = getattr(policy, name)
        if isinstance(value, BaseModel) and not isinstance(value, Span):
            yield from rules(value, f"{before}{name}.")
        else:
            yield before + name, _plain(value)


def _plain(value: object) -> str:
    if isinstance(value, tuple | frozenset):
        return ", ".join(map(str, value)) or "none"
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_the_page_lists_every_rule_with_its_default_in_the_order_of_the_file() -> None:
    listed = [(key, default.strip()) for key, default in ROW.findall(PAGE)]

    assert listed == list(rules(ALL.features.policy()))


def test_the_page_explains_every_key_of_a_topic() -> None:
    for key in Topic.model_fields:
        assert f"\n| `{key}` |" in PAGE


def test_the_page_names_the_most_topics() -> None:
    assert f"There may be {MAX_TOPICS:,} topics" in PAGE


def test_the_example_of_a_topic_is_right() -> None:
    example = PAGE.split("```yaml\n")[1].split("```")[0]

    found = read(f"display_information: {{name: x}}\n{example}  - {{id: engineering, label: Engineering}}\n")

    assert found.problems == ()
    assert found.manifest is not None
    assert isinstance(found.manifest.topics, Catalogue)


def test_check_really_says_what_the_page_shows() -> None:
    topic = SHIPPED.index("- id: python")
    shown = set(re.findall(r"^manifest\.yml:.*$", PAGE, re.MULTILINE))
    wrong = SHIPPED[:topic] + SHIPPED[topic:].replace("lanes:", "lane:", 1)
    shared = SHIPPED[:topic] + SHIPPED[topic:].replace("python3", "ml", 1)

    said = {
        str(problem)
        for text in (wrong, shared, SHIPPED.replace("this_week: 1wd", "this_week: 1d"))
        for problem in read(text).problems
    }

    assert shown <= said, said
