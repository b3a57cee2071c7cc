"""Slack's Web API as the stand-in serves it, called with slack_sdk's own client."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from playground.driver import Playground
from playground.foundation.errors import TooManyCalls
from playground.line.faults import Faults

MONDAY_NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)


@pytest.fixture
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(now=MONDAY_NOON, people=2_500) as slack:
        yield slack


async def refusal(answer: Any) -> dict[str, Any]:
    with pytest.raises(SlackApiError) as caught:
        await answer
    body: dict[str, Any] = caught.value.response.data
    return body


async def test_the_token_says_who_the_app_is(slack: Playground, client: AsyncWebClient):
    answer = await client.auth_test()

    assert (answer["team_id"], answer["user_id"]) == (slack.team_id, slack.bot_user_id)


@pytest.mark.parametrize(("token", "error"), [("xoxb-wrong", "invalid_auth"), ("", "not_authed")])
async def test_a_wrong_token_is_refused(slack: Playground, token: str, error: str):
    answer = await refusal(AsyncWebClient(token, base_url=slack.api_url).auth_test())

    assert answer["error"] == error


async def test_an_app_token_opens_connections_and_nothing_else(slack: Playground, client: AsyncWebClient):
    assert (await refusal(client.apps_connections_open(app_token=slack.bot_token)))["error"] == (
        "not_allowed_token_type"
    )
    answer = await client.apps_connections_open(app_token=slack.app_token)
    assert answer["url"].startswith("ws://")


async def test_a_method_that_slack_does_not_have_is_unknown(client: AsyncWebClient):
    assert (await refusal(client.api_call("chat.sing")))["error"] == "unknown_method"


async def test_a_message_to_a_person_lands_in_their_dm_with_the_app(
    slack: Playground, client: AsyncWebClient
):
    answer = await client.chat_postMessage(channel="U0MAYA", text="Hello")

    assert answer["channel"].startswith("D")
    assert [message.text for message in slack.dm("U0MAYA")] == ["Hello"]
    assert slack.unread("U0MAYA") == 1


async def test_an_update_is_quiet_and_keeps_blocks_that_are_not_named(
    slack: Playground, client: AsyncWebClient
):
    divider = [{"type": "divider", "block_id": "line"}]
    posted = await client.chat_postMessage(channel="U0MAYA", text="1 of 5", blocks=divider)
    await slack.open_dm("U0MAYA")

    await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="2 of 5")

    [message] = slack.dm("U0MAYA")
    assert (message.text, message.blocks, message.edited) == ("2 of 5", divider, True)
    assert slack.unread("U0MAYA") == 0


async def test_a_form_body_with_json_texts_is_read_like_json(slack: Playground):
    form = {"token": slack.bot_token, "channel": "U0MAYA", "text": "x", "blocks": '[{"type": "divider"}]'}

    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{slack.api_url}chat.postMessage", data=form) as got,
    ):
        answer = await got.json()

    assert answer["ok"]
    assert slack.dm("U0MAYA")[0].blocks[0]["type"] == "divider"


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "x"}, "channel_not_found"),
        ({"channel": "U0BEA", "text": "x"}, "channel_not_found"),
        ({"channel": "U0PAT", "text": "x"}, "channel_not_found"),
        ({"channel": "U0BUILDBOT", "text": "x"}, "cannot_dm_bot"),
        ({"channel": "U0MAYA", "text": ""}, "no_text"),
        ({"channel": "U0MAYA", "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": "U0MAYA", "text": "x", "blocks": [{"type": "section"}]}, "invalid_blocks"),
        ({"channel": "U0MAYA", "text": "x", "thread_ts": "1.2"}, "thread_not_found"),
    ],
)
async def test_what_slack_would_not_post_is_refused(
    client: AsyncWebClient, arguments: dict[str, Any], error: str
):
    answer = await refusal(client.api_call("chat.postMessage", json=arguments))

    assert answer["error"] == error


async def test_bad_blocks_are_explained_with_a_pointer(client: AsyncWebClient):
    answer = await refusal(
        client.chat_postMessage(channel="U0MAYA", text="x", blocks=[{"type": "section", "txt": 1}])
    )

    assert (
        "[ERROR] invalid additional property: txt [json-pointer:/blocks/0]"
        in (answer["response_metadata"]["messages"])
    )


async def test_the_app_changes_and_deletes_only_its_own_messages(slack: Playground, client: AsyncWebClient):
    said = await slack.say("U0MAYA", "mine")

    where = {"channel": said.conversation, "ts": said.ts}
    assert (await refusal(client.chat_update(**where, text="yours")))["error"] == "cant_update_message"
    assert (await refusal(client.chat_delete(**where)))["error"] == "cant_delete_message"
    assert (await refusal(client.chat_update(channel=said.conversation, ts="1.2", text="x")))["error"] == (
        "message_not_found"
    )


async def test_a_deleted_message_is_gone(slack: Playground, client: AsyncWebClient):
    posted = await client.chat_postMessage(channel="U0MAYA", text="Oops")

    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])

    assert slack.dm("U0MAYA") == []


async def test_an_ephemeral_message_is_for_one_member_only(slack: Playground, client: AsyncWebClient):
    await client.chat_postEphemeral(channel="C0PYTHON", user="U0MAYA", text="Psst")

    assert [message.text for message in slack.messages("U0MAYA", "C0PYTHON")] == ["Psst"]
    assert slack.messages("U0RAJ", "C0PYTHON") == []
    answer = await refusal(client.chat_postEphemeral(channel="C0PYTHON", user="U0NOA", text="Psst"))
    assert answer["error"] == "user_not_in_channel"


async def test_a_channel_takes_posts_only_from_members_or_with_the_public_scope():
    async with Playground.start(scopes=["chat:write"]) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)

        answer = await refusal(client.chat_postMessage(channel="C0PYTHON", text="Anyone?"))

    assert answer["error"] == "not_in_channel"


async def test_a_group_message_needs_its_scope_and_says_which():
    async with Playground.start(scopes=["chat:write", "im:write"]) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)

        answer = await refusal(client.conversations_open(users=["U0MAYA", "U0RAJ"]))

    assert (answer["error"], answer["needed"]) == ("missing_scope", "mpim:write")
    assert answer["provided"] == "chat:write,im:write"


@pytest.mark.parametrize(
    ("method", "scope"),
    [("users.list", "users:read"), ("dnd.teamInfo", "dnd:read"), ("chat.postMessage", "chat:write")],
)
async def test_each_method_needs_its_scope(method: str, scope: str):
    async with Playground.start(scopes=[]) as slack:
        client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)

        answer = await refusal(client.api_call(method, params={"users": "U0MAYA"}))

    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


async def test_the_same_people_get_the_same_group_message(slack: Playground, client: AsyncWebClient):
    first = await client.conversations_open(users=["U0MAYA", "U0RAJ"])
    again = await client.conversations_open(users=["U0RAJ", "U0MAYA"])

    assert first["channel"]["id"] == again["channel"]["id"]
    assert first["channel"]["id"] in [place.id for place in slack.conversations("U0RAJ")]


@pytest.mark.parametrize(
    ("users", "error"),
    [
        ("U0MAYA,U0BEA", "user_disabled"),
        ("U0MAYA,U0NOBODY", "user_not_found"),
        ("U0MAYA,U0PAT", "user_not_visible"),
        ("U0MAYA,U0BUILDBOT", "cannot_dm_bot"),
        ("", "users_list_not_supplied"),
        (",".join(f"UP000000{number}" for number in range(9)), "too_many_users"),
    ],
)
async def test_a_group_needs_people_who_can_take_part(client: AsyncWebClient, users: str, error: str):
    assert (await refusal(client.conversations_open(users=users)))["error"] == error


async def test_everybody_is_listed_page_by_page(slack: Playground, client: AsyncWebClient):
    seen: list[str] = []
    async for page in await client.users_list(limit=1_000):
        seen += [member["id"] for member in page["members"]]

    assert len(seen) == len(set(seen))
    assert {"U0MAYA", "UP0000000", "UP0002499", slack.bot_user_id} <= set(seen)
    assert "U0PAT" not in seen


async def test_a_person_is_described_as_slack_does(client: AsyncWebClient):
    raj = (await client.users_info(user="U0RAJ"))["user"]
    bea = (await client.users_info(user="U0BEA"))["user"]
    pat = (await client.users_info(user="U0PAT"))["user"]

    assert (raj["tz"], raj["tz_offset"], raj["profile"]["email"]) == (
        "Asia/Kolkata",
        19_800,
        "raj@northwind.example",
    )
    assert bea["deleted"]
    assert pat["is_stranger"]
    assert pat["team_id"] != raj["team_id"]


async def test_an_address_finds_its_person_with_the_scope_for_it(client: AsyncWebClient):
    assert (await client.users_lookupByEmail(email="raj@northwind.example"))["user"]["id"] == "U0RAJ"
    assert (await refusal(client.users_lookupByEmail(email="who@northwind.example")))[
        "error"
    ] == "users_not_found"


async def test_do_not_disturb_is_the_night_where_the_person_is(client: AsyncWebClient):
    answer = await client.dnd_teamInfo(users=["U0MAYA", "U0AIKO"])

    berlin, tokyo = answer["users"]["U0MAYA"], answer["users"]["U0AIKO"]
    assert berlin["next_dnd_start_ts"] == MONDAY_NOON.replace(hour=21).timestamp()
    assert tokyo["next_dnd_start_ts"] == MONDAY_NOON.replace(hour=13).timestamp()
    assert tokyo["next_dnd_end_ts"] - tokyo["next_dnd_start_ts"] == 10 * 3_600


async def test_before_eight_the_night_that_began_yesterday_goes_on(slack: Playground, client: AsyncWebClient):
    await slack.skip_to(MONDAY_NOON + timedelta(hours=18))

    berlin = await client.dnd_info(user="U0MAYA")

    assert berlin["next_dnd_start_ts"] == MONDAY_NOON.replace(hour=21).timestamp()
    assert berlin["next_dnd_end_ts"] == (MONDAY_NOON + timedelta(hours=19)).timestamp()


async def test_a_snooze_is_over_when_its_time_is(slack: Playground, client: AsyncWebClient):
    await slack.set_dnd("U0MAYA", 30)

    before = await client.dnd_info(user="U0MAYA")
    await slack.skip(timedelta(minutes=31))
    after = await client.dnd_info(user="U0MAYA")

    assert (before["snooze_enabled"], after["snooze_enabled"]) == (True, False)


async def test_presence_follows_the_person(slack: Playground, client: AsyncWebClient):
    await slack.set_presence("U0MAYA", "away")

    assert (await client.users_getPresence(user="U0MAYA"))["presence"] == "away"
    assert (await client.users_getPresence(user="U0RAJ"))["presence"] == "active"


async def test_too_many_calls_are_told_when_to_come_again(slack: Playground, client: AsyncWebClient):
    slack.faults.rate_limit("chat.postMessage", times=1, retry_after=7)

    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="U0MAYA", text="Hello")
    await client.chat_postMessage(channel="U0MAYA", text="Hello again")

    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "7"
    assert [message.text for message in slack.dm("U0MAYA")] == ["Hello again"]


async def test_a_paced_slack_takes_one_post_a_second_and_channel(slack: Playground, client: AsyncWebClient):
    slack.faults.paced = True

    await client.chat_postMessage(channel="U0MAYA", text="first")
    await client.chat_postMessage(channel="U0RAJ", text="elsewhere")

    answer = await refusal(client.chat_postMessage(channel="U0MAYA", text="too soon"))
    assert answer["error"] == "ratelimited"


def test_after_a_second_a_channel_takes_the_next_post():
    faults = Faults(paced=True)
    faults.check_pace("C1", at=100.0)

    faults.check_pace("C1", at=101.0)
    with pytest.raises(TooManyCalls):
        faults.check_pace("C1", at=101.9)


async def test_a_broken_slack_answers_500(slack: Playground, client: AsyncWebClient):
    slack.faults.fail("*", times=1)

    with pytest.raises(SlackApiError) as caught:
        await client.auth_test()

    assert caught.value.response.status_code == 500
    assert (await client.auth_test())["ok"]


async def test_the_log_shows_calls_without_their_tokens(slack: Playground, client: AsyncWebClient):
    await client.chat_postMessage(channel="U0MAYA", text="Hello")

    [entry] = [each.payload() for each in slack.calls("chat.postMessage")]
    assert entry["request"]["text"] == "Hello"
    assert slack.bot_token not in str(entry)
    assert entry["headers"]["Authorization"] == "Bearer xoxb-play…"


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk still uses it
async def test_a_code_is_exchanged_once_for_a_token_that_works(slack: Playground):
    query = {"client_id": slack.client_id, "state": "abc", "redirect_uri": "http://app.example/back"}
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{slack.url}/oauth/v2/authorize", params=query, allow_redirects=False) as got,
    ):
        back = got.headers["Location"]
    code = back.partition("code=")[2].partition("&")[0]
    client = AsyncWebClient(base_url=slack.api_url)
    secrets = {"client_id": slack.client_id, "client_secret": slack.client_secret, "code": code}

    answer = await client.oauth_v2_access(**secrets)

    assert back.endswith("&state=abc")
    assert (await client.auth_test(token=answer["access_token"]))["ok"]
    assert (await refusal(client.oauth_v2_access(**secrets)))["error"] == "invalid_code"


async def test_a_revoked_token_is_worth_nothing(slack: Playground, client: AsyncWebClient):
    await client.auth_revoke()

    assert (await refusal(client.auth_test()))["error"] == "token_revoked"


@pytest.mark.parametrize("prompts", [[], [{"title": "A", "message": "a"}] * 5, [{"title": "A"}]])
async def test_suggested_prompts_are_one_to_four(client: AsyncWebClient, prompts: list[dict[str, str]]):
    call = client.api_call(
        "assistant.threads.setSuggestedPrompts", json={"channel_id": "U0MAYA", "prompts": prompts}
    )

    assert (await refusal(call))["error"] == "invalid_arguments"


async def labelled_messages(client: AsyncWebClient, count: int) -> list[str]:
    """Post so many messages to Maya, each with its number for programs, and return their timestamps."""
    return [
        str(
            (
                await client.chat_postMessage(
                    channel="U0MAYA",
                    text=f"Message {number}",
                    metadata={"event_type": "numbered", "event_payload": {"number": number}},
                )
            )["ts"]
        )
        for number in range(count)
    ]


def spoken(answer: Any) -> list[str]:
    return [message["text"][-1] for message in answer["messages"]]


async def test_a_history_comes_newest_first_page_by_page(slack: Playground, client: AsyncWebClient):
    await labelled_messages(client, 5)
    place = slack.dm("U0MAYA")[0].conversation

    first = await client.conversations_history(channel=place, limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_history(channel=place, limit=2, cursor=cursor)
    cursor = second["response_metadata"]["next_cursor"]
    last = await client.conversations_history(channel=place, limit=2, cursor=cursor)

    assert [spoken(it) for it in (first, second, last)] == [["4", "3"], ["2", "1"], ["0"]]
    assert [it["has_more"] for it in (first, second, last)] == [True, True, False]


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ({"oldest": 1}, "432"),
        ({"oldest": 1, "inclusive": True}, "4321"),
        ({"latest": 3}, "210"),
        ({"oldest": 1, "latest": 3}, "2"),
        ({"oldest": 1, "latest": 3, "inclusive": True}, "321"),
    ],
)
async def test_a_history_lies_between_two_times_which_count_only_where_it_is_said(
    slack: Playground, client: AsyncWebClient, asked: dict[str, Any], numbers: str
):
    stamps = await labelled_messages(client, 5)
    place = slack.dm("U0MAYA")[0].conversation
    times = {key: stamps[it] if key != "inclusive" else it for key, it in asked.items()}

    assert "".join(spoken(await client.conversations_history(channel=place, **times))) == numbers


async def test_what_a_message_carries_for_programs_is_shown_to_whom_asks_for_it(
    slack: Playground, client: AsyncWebClient
):
    (root,) = await labelled_messages(client, 1)
    place = slack.dm("U0MAYA")[0].conversation
    label = {"event_type": "answer", "event_payload": {"to": root}}
    await client.chat_postMessage(channel=place, thread_ts=root, text="Reply 1", metadata=label)

    bare = await client.conversations_history(channel=place)
    history = await client.conversations_history(channel=place, include_all_metadata=True)
    thread = await client.conversations_replies(channel=place, ts=root, include_all_metadata=True)

    assert [message.get("metadata") for message in bare["messages"]] == [None]
    assert [message["metadata"]["event_payload"] for message in history["messages"]] == [{"number": 0}]
    assert [message["metadata"]["event_type"] for message in thread["messages"]] == ["numbered", "answer"]


@pytest.mark.parametrize(
    ("asked", "error"),
    [
        ({"channel": "U0MAYA"}, "channel_not_found"),
        ({"channel": "C0GENERAL"}, "missing_scope"),
        ({"limit": 1000}, "invalid_limit"),
        ({"cursor": "there"}, "invalid_cursor"),
        ({"oldest": "yesterday"}, "invalid_ts_oldest"),
    ],
)
async def test_a_history_is_refused(
    slack: Playground, client: AsyncWebClient, asked: dict[str, Any], error: str
):
    await labelled_messages(client, 1)
    place = slack.dm("U0MAYA")[0].conversation

    assert (await refusal(client.conversations_history(**{"channel": place, **asked})))["error"] == error


async def test_what_is_carried_for_programs_has_a_name_and_facts(client: AsyncWebClient):
    answer = await refusal(
        client.chat_postMessage(channel="U0MAYA", text="Hi", metadata={"event_type": "nameless"})
    )

    assert answer["error"] == "invalid_metadata_format"


async def test_a_lost_answer_belongs_to_a_call_that_was_done(slack: Playground):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url, retry_handlers=[])
    slack.faults.lose("chat.postMessage")

    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(channel="U0MAYA", text="Hello")

    assert [message.text for message in slack.dm("U0MAYA")] == ["Hello"]
    assert (await client.chat_postMessage(channel="U0MAYA", text="Again"))["ok"]
