"""Modals and Home tabs: triggers, stacks, hashes, state, and what a submission does."""

from typing import Any

import make_blocks as make
import pytest
from aiohttp import web
from playground_endpoint import Endpoint
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from playground.driver import Playground
from playground.foundation.errors import SlackError
from playground.foundation.wall import StillWall
from playground.workspace.tickets import Triggers


async def trigger(slack: Playground, app: Endpoint, user: str = "U0MAYA") -> str:
    """Do something as a person, and return the trigger id that the app got for it."""
    await slack.shortcut(user, "anything")
    request: Any = slack.log()[-1].request
    return str(request["trigger_id"])


async def error(answer: Any) -> str:
    with pytest.raises(SlackApiError) as caught:
        await answer
    return str(caught.value.response["error"])


async def test_a_trigger_opens_one_modal_and_is_spent(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    trigger_id = await trigger(slack, app)

    answer = await client.views_open(trigger_id=trigger_id, view=make.modal(callback_id="ask"))

    view = slack.modal("U0MAYA")
    assert view is not None
    assert (view.id, view.callback_id) == (answer["view"]["id"], "ask")
    assert await error(client.views_open(trigger_id=trigger_id, view=make.modal())) == "exchanged_trigger_id"
    assert await error(client.views_open(trigger_id="12.34.none", view=make.modal())) == "invalid_trigger_id"


def test_a_trigger_lives_three_seconds():
    wall = StillWall()
    triggers = Triggers(wall)
    early, late = triggers.issue("U0MAYA"), triggers.issue("U0MAYA")

    wall.let_pass(2.9)
    assert triggers.spend(early) == "U0MAYA"
    wall.let_pass(0.2)
    with pytest.raises(SlackError, match="expired_trigger_id"):
        triggers.spend(late)


async def test_a_view_that_slack_refuses_does_not_use_up_its_trigger(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    trigger_id = await trigger(slack, app)

    assert await error(client.views_open(trigger_id=trigger_id, view=make.home())) == "invalid_arguments"
    assert (
        await error(client.views_open(trigger_id=trigger_id, view=make.modal(submit=1)))
        == "invalid_arguments"
    )
    assert (await client.views_open(trigger_id=trigger_id, view=make.modal()))["ok"]


async def test_a_view_above_250_kilobytes_is_too_large(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    large = make.modal(*[make.section("x" * 3000, block_id=str(number)) for number in range(90)])

    assert (
        await error(client.views_open(trigger_id=await trigger(slack, app), view=large)) == "view_too_large"
    )


async def test_three_modals_may_lie_on_each_other(slack: Playground, app: Endpoint, client: AsyncWebClient):
    first = await client.views_open(trigger_id=await trigger(slack, app), view=make.modal())
    second = await client.views_push(trigger_id=await trigger(slack, app), view=make.modal())
    third = await client.views_push(trigger_id=await trigger(slack, app), view=make.modal())

    assert await error(client.views_push(trigger_id=await trigger(slack, app), view=make.modal())) == (
        "push_limit_reached"
    )
    assert third["view"]["root_view_id"] == first["view"]["id"]
    assert third["view"]["previous_view_id"] == second["view"]["id"]


async def test_a_stale_hash_is_a_conflict(slack: Playground, app: Endpoint, client: AsyncWebClient):
    opened = (await client.views_open(trigger_id=await trigger(slack, app), view=make.modal()))["view"]

    await client.views_update(view_id=opened["id"], hash=opened["hash"], view=make.modal())

    again = client.views_update(view_id=opened["id"], hash=opened["hash"], view=make.modal())
    assert await error(again) == "hash_conflict"


async def test_an_external_id_finds_its_view_and_is_unique(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    await client.views_open(trigger_id=await trigger(slack, app), view=make.modal(external_id="x1"))

    await client.views_update(external_id="x1", view=make.modal(title=make.plain("New"), external_id="x1"))

    view = slack.modal("U0MAYA")
    assert view is not None
    assert view.title == "New"
    other = client.views_open(
        trigger_id=await trigger(slack, app, "U0RAJ"), view=make.modal(external_id="x1")
    )
    assert await error(other) == "duplicate_external_id"


async def test_what_was_typed_stays_where_the_ids_stay(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    kept, moved = make.field("plain_text_input", "kept"), make.field("plain_text_input", "moved")
    opened = await client.views_open(trigger_id=await trigger(slack, app), view=make.modal(kept, moved))
    app.answer = lambda _: web.json_response({"response_action": "errors", "errors": {"kept": "No."}})
    await slack.submit("U0MAYA", {"kept": "one", "moved": "two"})

    elsewhere = make.field("plain_text_input", "elsewhere", initial_value="start")
    await client.views_update(view_id=opened["view"]["id"], view=make.modal(kept, elsewhere))

    view = slack.modal("U0MAYA")
    assert view is not None
    assert view.values["kept"]["it"]["value"] == "one"
    assert view.values["elsewhere"]["it"]["value"] == "start"


@pytest.mark.parametrize(
    ("block", "value", "state"),
    [
        (make.field("plain_text_input"), "x", {"value": "x"}),
        (make.field("plain_text_input", optional=True), None, {"value": None}),
        (make.field("number_input", is_decimal_allowed=False), 3, {"value": "3"}),
        (make.field("static_select", options=[make.option()]), "python", {"selected_option": make.option()}),
        (make.field("static_select", options=[make.option()]), "Python", {"selected_option": make.option()}),
        (
            make.field("multi_static_select", options=[make.option()]),
            ["python"],
            {"selected_options": [make.option()]},
        ),
        (make.field("radio_buttons", options=[make.option()]), "python", {"selected_option": make.option()}),
        (make.field("checkboxes", options=[make.option()], optional=True), [], {"selected_options": []}),
        (make.field("users_select"), "U0RAJ", {"selected_user": "U0RAJ"}),
        (make.field("multi_users_select"), ["U0RAJ"], {"selected_users": ["U0RAJ"]}),
        (make.field("conversations_select"), "C0DATA", {"selected_conversation": "C0DATA"}),
        (make.field("datepicker"), "2027-01-11", {"selected_date": "2027-01-11"}),
        (make.field("timepicker"), "09:30", {"selected_time": "09:30"}),
        (make.field("external_select"), make.option(), {"selected_option": make.option()}),
    ],
)
async def test_each_kind_of_field_submits_its_own_state(
    slack: Playground, app: Endpoint, block: dict[str, Any], value: Any, state: dict[str, Any]
):
    client = AsyncWebClient(slack.bot_token, base_url=slack.api_url)
    await client.views_open(trigger_id=await trigger(slack, app), view=make.modal(block))

    done = await slack.submit("U0MAYA", {"field": value})

    sent: Any = slack.calls("view_submission")[-1].request
    assert sent["view"]["state"]["values"]["field"]["it"] == {"type": block["element"]["type"], **state}
    assert done.closed


async def test_a_required_field_is_asked_for_before_anything_is_sent(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    short = make.field("plain_text_input", "short", min_length=5)
    view = make.modal(make.field("plain_text_input", "empty"), short)
    await client.views_open(trigger_id=await trigger(slack, app), view=view)

    done = await slack.submit("U0MAYA", {"short": "abc"})

    assert done.errors == {
        "empty": "Please complete this required field.",
        "short": "Must be at least 5 characters.",
    }
    assert slack.calls("view_submission") == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "No."}},
        {"response_action": "update", "view": make.home()},
        {"response_action": "explode"},
    ],
)
async def test_an_answer_that_slack_does_not_understand_leaves_the_modal_open(
    slack: Playground, app: Endpoint, client: AsyncWebClient, answer: dict[str, Any]
):
    await client.views_open(
        trigger_id=await trigger(slack, app), view=make.modal(make.field("plain_text_input"))
    )
    app.answer = lambda _: web.json_response(answer)

    done = await slack.submit("U0MAYA", {"field": "kept"})

    view = slack.modal("U0MAYA")
    assert view is not None
    assert done.error is not None
    assert view.values["field"]["it"]["value"] == "kept"


async def test_a_submission_may_update_push_or_clear(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    await client.views_open(trigger_id=await trigger(slack, app), view=make.modal())

    app.answer = lambda _: web.json_response(
        {"response_action": "update", "view": make.modal(callback_id="b")}
    )
    updated = (await slack.submit("U0MAYA")).view
    app.answer = lambda _: web.json_response({"response_action": "push", "view": make.modal(callback_id="c")})
    pushed = (await slack.submit("U0MAYA")).view
    app.answer = lambda _: web.json_response({"response_action": "clear"})
    done = await slack.submit("U0MAYA")

    assert updated is not None
    assert pushed is not None
    assert (updated.callback_id, pushed.callback_id) == ("b", "c")
    assert pushed.previous_view_id == updated.id
    assert done.closed
    assert slack.modal("U0MAYA") is None


async def test_an_app_that_crashes_leaves_the_modal_open(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    await client.views_open(trigger_id=await trigger(slack, app), view=make.modal())
    app.answer = lambda _: web.Response(status=500)

    done = await slack.submit("U0MAYA")

    assert done.error == "We had some trouble connecting. Try again?"
    assert slack.modal("U0MAYA") is not None


async def test_closing_is_told_only_if_asked_for_and_says_whether_all_went(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    await client.views_open(trigger_id=await trigger(slack, app), view=make.modal(notify_on_close=True))
    await client.views_push(trigger_id=await trigger(slack, app), view=make.modal(notify_on_close=True))
    await client.views_push(trigger_id=await trigger(slack, app), view=make.modal())

    await slack.close("U0MAYA")
    await slack.close("U0MAYA")
    await slack.close("U0MAYA")

    requests: list[Any] = [entry.request for entry in slack.calls("view_closed")]
    assert [request["is_cleared"] for request in requests] == [False, True]


async def test_a_button_in_a_view_carries_the_view_and_its_state(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    field = make.field("plain_text_input", initial_value="draft")
    view = make.modal(field, make.actions(make.button(value="7"), block_id="row"))
    await client.views_open(trigger_id=await trigger(slack, app), view=view)
    shown = slack.modal("U0MAYA")
    assert shown is not None

    await slack.press("U0MAYA", shown, "Press")

    sent: Any = slack.calls("block_actions")[-1].request
    assert sent["container"] == {"type": "view", "view_id": shown.id}
    assert sent["actions"][0]["value"] == "7"
    assert sent["view"]["state"]["values"]["field"]["it"]["value"] == "draft"
    assert "response_url" not in sent


async def test_the_home_tab_is_published_for_one_person(slack: Playground, client: AsyncWebClient):
    first = await client.views_publish(user_id="U0MAYA", view=make.home(make.section("Hello Maya")))
    await client.views_publish(
        user_id="U0MAYA", hash=first["view"]["hash"], view=make.home(make.section("Again"))
    )

    stale = client.views_publish(user_id="U0MAYA", hash=first["view"]["hash"], view=make.home())
    view = slack.home("U0MAYA")
    assert view is not None
    assert view.words == "Again"
    assert slack.home("U0RAJ") is None
    assert await error(stale) == "hash_conflict"


async def test_opening_the_home_tab_tells_the_app_what_is_on_it(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    await slack.open_home("U0MAYA")
    await client.views_publish(user_id="U0MAYA", view=make.home())
    await slack.open_home("U0MAYA")
    await slack.settled()

    events = [each.event() for each in app.deliveries]
    assert [(event["type"], event["tab"], "view" in event) for event in events] == [
        ("app_home_opened", "home", False),
        ("app_home_opened", "home", True),
    ]


async def test_a_menu_may_ask_for_a_response_url_to_the_chosen_conversation(
    slack: Playground, app: Endpoint, client: AsyncWebClient
):
    menu = make.field("conversations_select", response_url_enabled=True)
    await client.views_open(trigger_id=await trigger(slack, app), view=make.modal(menu))

    await slack.submit("U0MAYA", {"field": "C0DATA"})

    sent: Any = slack.calls("view_submission")[-1].request
    [url] = sent["response_urls"]
    assert (url["block_id"], url["action_id"], url["channel_id"]) == ("field", "it", "C0DATA")
    await AsyncWebhookClient(url["response_url"]).send(text="Shared", response_type="in_channel")
    assert [message.text for message in slack.messages("U0RAJ", "C0DATA")] == ["Shared"]


@pytest.mark.parametrize("gone", ["view_id", "external_id"])
async def test_a_view_that_is_closed_is_not_found(
    slack: Playground, app: Endpoint, client: AsyncWebClient, gone: str
):
    view = make.modal(external_id="mine")
    opened = (await client.views_open(trigger_id=await trigger(slack, app), view=view))["view"]
    await slack.close("U0MAYA")

    ids = {"view_id": opened["id"], "external_id": "mine"}

    assert await error(client.views_update(**{gone: ids[gone]}, view=view)) == "not_found"
