"""Reading manifest.yml: everything that is wrong in one go, each with a place and what to write instead."""

from pathlib import Path

import pytest
from few_files import no_file_left
from hypothesis import given, settings
from hypothesis import strategies as st

from handlers.conversations import ALL
from kernel.policy import Policy
from matching.values import Lane
from slackapp.manifest.manifest import MAX_BYTES, Manifest, ManifestReading, read, read_file

SHIPPED = Path(__file__).parents[2] / "manifest.yml"

SMALL = """\
display_information:
  name: Waymark
oauth_config:
  scopes:
    bot: [commands]
features:
  slash_commands:
    - command: /ask-mentor
      description: Ask
settings:
  socket_mode_enabled: true
topics:
  - id: engineering
    label: Engineering
  - id: python
    label: Python
    aliases: [py]
    parent: engineering
    lanes: [peer]
policy:
  pool: 3
"""


def problems(text: str) -> list[str]:
    return [str(problem) for problem in read(text).problems]


def whole(reading: ManifestReading) -> Manifest:
    assert reading.manifest is not None, reading.problems
    return reading.manifest


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


def test_a_file_that_the_process_cannot_open_now_is_told_in_a_sentence():
    with no_file_left():
        reading = read_file(SHIPPED, ALL.features.policy)

    assert "cannot be read: too many open files" in str(reading.problems[0])


def test_the_shipped_manifest_is_right_and_writes_out_every_default() -> None:
    reading = read_file(SHIPPED, ALL.features.policy)

    assert reading.problems == ()
    assert whole(reading).policy == ALL.features.policy()
    assert len(whole(reading).topics) == 34


def test_the_shipped_manifest_names_every_rule() -> None:
    text = SHIPPED.read_text()

    for name, field in ALL.features.policy.model_fields.items():
        assert f"\n  {name}:" in text
        for inner in getattr(field.annotation, "model_fields", {}):
            assert f"\n    {inner}:" in text


def test_the_shipped_manifest_declares_what_the_app_answers() -> None:
    features = whole(read_file(SHIPPED, ALL.features.policy)).slack["features"]

    assert [each["command"] for each in features["slash_commands"]] == ["/ask-mentor", "/coach-me"]
    assert all(each["should_escape"] for each in features["slash_commands"])
    assert [each["callback_id"] for each in features["shortcuts"]] == ["ask_mentor", "ask_about_message"]


def test_topics_are_found_by_the_words_people_use() -> None:
    tagger = whole(read_file(SHIPPED, ALL.features.policy)).topics.tagger

    found = {
        question: tagger.suggest(question)[0].topic_id
        for question in (
            "How do I profile asyncio?",
            "my pytest run is flaky",
            "is this slow query the index?",
            "ChatGPT makes things up",
            "wir haben ein Problem mit k8s",
            "how do I ask for a pay rise",
            "I feel overwhelmed",
        )
    }

    assert list(found.values()) == [
        "python",
        "testing",
        "sql",
        "ai-tools",
        "devops",
        "negotiation",
        "well-being-at-work",
    ]


def test_the_parts_are_told_apart() -> None:
    manifest = whole(read(SMALL))

    assert "topics" not in manifest.slack
    assert manifest.slack["display_information"] == {"name": "Waymark"}
    assert manifest.topics.get("python").lanes == (Lane.PEER,)
    assert manifest.policy == Policy(pool=3)


def test_a_policy_left_out_or_empty_is_the_default() -> None:
    assert whole(read(changed("policy:\n  pool: 3\n", ""))).policy == Policy()
    assert whole(read(changed("  pool: 3\n", ""))).policy == Policy()


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (
            "    lanes: [peer]",
            "    lane: [peer]",
            "19:5: unknown key `lane` in topic `python`; did you mean `lanes`?",
        ),
        ("pool: 3", "pol: 3", "21:3: unknown key `pol` in `policy`; did you mean `pool`?"),
        (
            "policy:",
            "polices:",
            "20:1: unknown key `polices` in the manifest; did you mean `policy`?",
        ),
        (
            "      description: Ask",
            "      description: Ask\n      hint: x",
            "10:7: unknown key `hint` in `features.slash_commands[0]`; "
            "it knows command, description, usage_hint, should_escape, url",
        ),
        (
            "[peer]",
            "[peer, mentr, juniors]",
            "19:19: `mentr` is not known for an entry of `lanes`; it knows peer, senior, reverse",
        ),
        (
            "[peer]",
            "[seniors]",
            "19:13: `seniors` is not known for an entry of `lanes`; did you mean `senior`?",
        ),
        ("[peer]", "[peer, peer]", "19:12: each lane may stand here once"),
        (
            "parent: engineering",
            "parent: enginering",
            "18:13: there is no topic `enginering`; did you mean `engineering`?",
        ),
        (
            "parent: engineering",
            "parent: python",
            "18:13: these topics are parents of one another: python → python",
        ),
        (
            "id: python",
            "id: engineering",
            "15:9: the id `engineering` is taken by the topic in line 13",
        ),
        (
            "label: Python",
            "label: engineering",
            "16:12: `engineering` is also the label of topic `engineering` in line 13",
        ),
        (
            "[py]",
            "[py, Engineering]",
            "17:19: warning: `Engineering` is also a name of topic `engineering` in line 13: "
            "it will count half for each",
        ),
        ("[py]", "[py, PY]", "17:19: warning: `PY` is a name of this topic already"),
        (
            "id: python",
            "id: Python 3",
            "15:9: `Python 3` does not fit: `id` is lower-case words joined by `-`; did you mean `python-3`?",
        ),
        ("    label: Python\n", "", "15:5: topic `python` needs a `label`"),
        ("label: Python", "label:", "16:5: `label` is empty: give it a value, or leave it out"),
        (
            "[py]",
            "[py, 3.10]",
            "17:19: an entry of `aliases` should be text: put `3.10` in quotes",
        ),
        (
            "[py]",
            "[py, true]",
            "17:19: an entry of `aliases` should be text: put `true` in quotes",
        ),
        (
            "[py]",
            "[py, no]",
            "17:19: warning: some programs read `no` as true or false: put it in quotes",
        ),
        ("[py]", "py", "17:14: `aliases` should be a list, like `[one, two]`, not `py`"),
        (
            "    parent",
            f"    words: loops, {'x' * 80}\n    parent",
            "18:12: an entry of `words` may have at most 75 characters, this has 80",
        ),
        (
            "    parent",
            "    words: [loops, 3]\n    parent",
            "18:20: an entry of `words` should be text: put `3` in quotes",
        ),
        (
            "    parent",
            f"    examples: [How?, {'x' * 201}]\n    parent",
            "18:22: an entry of `examples` may have at most 200 characters, this has 201",
        ),
        (
            "    parent",
            "    channel: '#python'\n    parent",
            "18:14: `#python` does not fit: `channel` is a channel's id such as `C0123ABCD`: "
            "it stands at the end of the channel's details in Slack",
        ),
        (
            "pool: 3",
            "admins: [maya]",
            "21:12: `maya` does not fit: an entry of `admins` is a person's id such as "
            "`U0123ABCD`: in Slack, open the profile, ⋮, *Copy member ID*",
        ),
        ("pool: 3", "pool: 300", "21:9: `pool` must be at most 20, not 300"),
        ("pool: 3", "pool: -1", "21:9: `pool` must be at least 0, not -1"),
        ("pool: 3", "pool: many", "21:9: `pool` should be a whole number, not `many`"),
        ("pool: 3", "pool: 3.5", "21:9: `pool` should be a whole number, not `3.5`"),
        ("pool: 3", "pool: [3]", "21:9: `pool` should be a whole number, not a list"),
        (
            "pool: 3",
            "pool: {a: 3}",
            "21:9: `pool` should be a whole number, not a group of keys",
        ),
        (
            "pool: 3",
            "offer_timeout: {now: 1d}",
            "21:24: `1d` could mean two things: write `1wd` for working days or `24h`",
        ),
        (
            "pool: 3",
            "offer_timeout: {now: soon}",
            "21:24: `soon` is not a length of time: write it like `15m`, `2h` or `1wd` (a working day)",
        ),
        (
            "pool: 3",
            "offer_timeout: {today: 11wd}",
            "21:26: `11wd` is no time to answer: between 2m and 10wd works",
        ),
        (
            "pool: 3",
            "offer_timeout: {tomorow: 1h}",
            "21:19: unknown key `tomorow` in `policy.offer_timeout`; it knows now, today, this_week",
        ),
        (
            "pool: 3",
            "ways_out: [coach-me]",
            "21:14: `coach-me` is not known for an entry of `ways_out`; did you mean `coach_me`?",
        ),
        (
            "pool: 3",
            "support: [{name: Ombuds office, phone: '1'}]",
            "21:35: unknown key `phone` in `policy.support[0]`; it knows name, how",
        ),
        ("pool: 3", "nudges: 5", "21:11: `nudges` should be a group of keys, not `5`"),
        ("pool: 3", "pool: 3\n  pool: 4", "22:3: `pool` stands here twice: also in line 21"),
        ("pool: 3", "checks: [7, 2]", "21:11: write the numbers in rising order, each once"),
        (
            "pool: 3",
            "session_minutes: []",
            "21:20: `session_minutes` needs at least 1 entry: without any, leave the key out",
        ),
        (
            "name: Waymark",
            f"name: {'W' * 36}",
            "2:9: `name` may have at most 35 characters, this has 36",
        ),
        (
            "name: Waymark",
            f"name: Waymark\n  description: {'d' * 141}",
            "3:16: `description` may have at most 140 characters, this has 141",
        ),
        (
            "name: Waymark",
            "name: Waymark\n  long_description: short",
            "3:21: `long_description` needs at least 175 characters, this has 5",
        ),
        (
            "  name: Waymark",
            "  background_color: '#fff'",
            "2:3: `display_information` needs a `name`",
        ),
        (
            "display_information:\n  name: Waymark\n",
            "",
            "1:1: the manifest needs a `display_information`",
        ),
        (
            "socket_mode_enabled: true",
            "socket_mode_enabled: yes",
            "11:24: `socket_mode_enabled` should be `true` or `false`, not `yes`: write `true`",
        ),
        (
            "command: /ask-mentor",
            "command: ask-mentor",
            "8:16: `ask-mentor` does not fit: `command` begins with `/`",
        ),
        (
            "[commands]",
            "[]",
            "8:5: slash commands need the scope `commands` in `oauth_config.scopes.bot`",
        ),
        (
            "[commands]",
            "[commands]\n    bot_optional: [mpim:write]",
            "6:20: the optional scope `mpim:write` must also stand in `bot`",
        ),
        (
            "socket_mode_enabled: true",
            "socket_mode_enabled: true\n  event_subscriptions: {bot_events: [message.im]}",
            "12:38: the event `message.im` needs the scope `im:history` in `oauth_config.scopes.bot`",
        ),
        (
            "      description: Ask",
            "      description: Ask\n    - {command: /ask-mentor, description: Again}",
            "10:17: `/ask-mentor` stands here twice",
        ),
        (
            "features:",
            "features:\n  agent_view: {}\n  assistant_view: {assistant_description: x}",
            "8:19: `agent_view` has taken the place of `assistant_view`: leave this one out",
        ),
        (
            "socket_mode_enabled: true",
            "interactivity: {is_enabled: true}",
            "11:18: buttons cannot arrive: set `socket_mode_enabled: true`, or give it a `request_url`",
        ),
    ],
)
def test_a_problem_says_where_it_is_and_what_to_write(old: str, new: str, problem: str) -> None:
    assert f"manifest.yml:{problem}" in problems(changed(old, new))


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "manifest.yml:1:1: the file is empty"),
        ("# nothing\n", "manifest.yml:1:1: the file is empty"),
        ("[1, 2]", "manifest.yml:1:1: a manifest is a group of keys: `display_information:`, `topics:` …"),
        ("topics:\n\t- id: x", "manifest.yml:2:1: a tab: indent with spaces"),
        (
            SMALL[: SMALL.index("topics:")],
            "manifest.yml:1:1: `topics` should be a list of topics, each beginning with `- id:`",
        ),
        (
            SMALL[: SMALL.index("topics:")] + "topics: python",
            "manifest.yml:12:1: `topics` should be a list of topics, each beginning with `- id:`",
        ),
        (
            SMALL[: SMALL.index("topics:")] + "topics: [python]",
            "manifest.yml:12:10: an entry of `topics` should be a group of keys, not `python`",
        ),
    ],
)
def test_a_file_that_is_no_manifest_says_so(text: str, problem: str) -> None:
    reading = read(text)

    assert reading.manifest is None
    assert problem in [str(it) for it in reading.problems]


def test_all_problems_are_told_at_once_in_the_order_of_lines() -> None:
    text = changed("lanes: [peer]", "lane: [peer]").replace("pool: 3", "pool: x").replace("[py]", "[7]")

    found = read(text).problems

    assert [problem.place.line for problem in found] == [17, 19, 21]


def test_a_topic_with_an_error_is_still_a_parent_and_is_compared_with_the_others() -> None:
    text = changed("    label: Engineering", "    label: Python\n    lane: []")

    assert [problem.place.line for problem in read(text).problems] == [15, 17]


def test_a_topic_that_cannot_be_read_at_all_is_still_a_parent() -> None:
    text = changed("    label: Engineering\n", "")

    assert problems(text) == ["manifest.yml:13:5: topic `engineering` needs a `label`"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("label: Python", "label:"),
        ("socket_mode_enabled: true", "socket_mode_enabled: yes"),
        ("[py]", "[7, 7]"),
    ],
)
def test_one_mistake_is_told_once(old: str, new: str) -> None:
    told = [problem.place for problem in read(changed(old, new)).problems]

    assert len(told) == len(set(told))
    assert len({place.line for place in told}) == 1


def test_a_warning_keeps_nothing_from_being_used() -> None:
    reading = read(changed("[py]", "[py, no]"))

    assert [problem.is_error for problem in reading.problems] == [False]
    assert whole(reading).topics.get("python").aliases == ("py", "no")


@pytest.mark.parametrize("words", ["[for loops, dict]", "for loops,\n      dict,", '"for loops, , dict"'])
def test_words_of_a_topic_are_a_list_or_one_text_with_commas(words: str) -> None:
    reading = read(changed("    parent", f"    words: {words}\n    examples: [How do I loop?]\n    parent"))

    assert reading.problems == ()
    python = whole(reading).topics.get("python")
    assert (python.words, python.examples) == (("for loops", "dict"), ("How do I loop?",))


def test_a_file_that_is_missing_a_folder_or_no_text_is_a_problem_like_any_other(tmp_path: Path) -> None:
    text = tmp_path / "latin.yml"
    text.write_bytes(b"a: 1\nlabel: Pr\xe4sentieren\n")

    assert "cannot be read: no such file or directory" in str(read_file(tmp_path / "none.yml").problems[0])
    assert "this is no file" in str(read_file(tmp_path).problems[0])
    assert str(read_file(text).problems[0]).endswith(
        "latin.yml:2:1: this is not UTF-8: save the file as UTF-8"
    )


def test_a_huge_file_is_refused_unread(tmp_path: Path) -> None:
    huge = tmp_path / "huge.yml"
    huge.write_bytes(b"#" * (MAX_BYTES + 1))

    assert "larger than 512 kB" in str(read_file(huge).problems[0])


def test_more_topics_than_a_menu_can_serve_are_refused() -> None:
    many = "".join(f"  - {{id: t{index}, label: T{index}}}\n" for index in range(2_001))
    text = SMALL[: SMALL.index("topics:")] + "topics:\n" + many

    assert "manifest.yml:13:3: there may be at most 2000 topics" in problems(text)


lines = SMALL.splitlines()


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, len(lines) - 1), st.sampled_from(["", "- x", "  - {}", "a: b", "topics: 7", "  pool: ~"])
)
def test_no_line_in_any_place_breaks_the_reader(at: int, line: str) -> None:
    reading = read("\n".join([*lines[:at], line, *lines[at + 1 :]]))

    assert reading.manifest is not None or any(problem.is_error for problem in reading.problems)
    assert all(problem.sentence and problem.place.line >= 1 for problem in reading.problems)


def test_a_text_is_read_once_whatever_its_file_is_called_and_each_problem_names_its_own() -> None:
    text = changed("[py]", "[py, no]")
    one, other = read(text, "one.yml"), read(text, "other.yml")

    assert one.manifest is other.manifest
    assert [{problem.file for problem in it.problems} for it in (one, other)] == [{"one.yml"}, {"other.yml"}]
