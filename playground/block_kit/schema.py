"""Block Kit as data: for each block, element and object its fields, what they hold, and how much of it.

The limits are those of Slack's reference pages; the engine that applies them is in validation.py.
"""

from collections.abc import Mapping

from playground.block_kit.rules import (
    Rule,
    Shape,
    choice,
    many,
    mrkdwn,
    need,
    number,
    one_of,
    pattern,
    plain,
    shape,
    string,
    text,
)

FLAG, ANYTHING, ID = Rule("flag"), Rule("anything"), string(255)
USER_IDS = many(string(), least=0)
DATE, TIME = pattern(r"\d{4}-\d{2}-\d{2}"), pattern(r"([01]\d|2[0-3]):[0-5]\d")
STYLE = choice("primary", "danger")

TEXTS: Mapping[str, frozenset[str]] = {
    "plain_text": frozenset({"type", "text", "emoji"}),
    "mrkdwn": frozenset({"type", "text", "verbatim"}),
}
CONFIRM = shape(
    {"title": plain(100), "text": need(text(300)), "confirm": plain(30), "deny": plain(30), "style": STYLE}
)
# 150 for an option's value is the reference page's figure; @slack/types still says 75.
OPTION = shape({"text": need(plain(75)), "value": string(150), "description": plain(75), "url": string(3000)})
RICH_OPTION = shape({"text": need(text(75)), "value": string(150), "description": text(75)})
GROUP = shape({"label": need(plain(75)), "options": need(many(OPTION, 100))})
OPTIONS, GROUPS = many(OPTION, 100), many(GROUP, 100)
DISPATCH = shape({"trigger_actions_on": many(choice("on_enter_pressed", "on_character_entered"), 2)})
FILTER = shape(
    {
        "include": many(choice("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": FLAG,
        "exclude_bot_users": FLAG,
    }
)
SLACK_FILE = shape({"id": string(), "url": string()})
PLACEHOLDER = plain(150)
CLICKED: Shape = {"action_id": ID, "confirm": CONFIRM}
PICKED: Shape = {**CLICKED, "placeholder": PLACEHOLDER, "focus_on_load": FLAG}
TYPED: Shape = {
    "action_id": ID,
    "placeholder": PLACEHOLDER,
    "focus_on_load": FLAG,
    "dispatch_action_config": DISPATCH,
    "initial_value": string(3000),
}
MOST: Shape = {"max_selected_items": number(1)}
IMAGE: Shape = {"alt_text": need(string(2000)), "image_url": string(3000), "slack_file": SLACK_FILE}
FEEDBACK = shape({"text": need(plain(75)), "value": need(string(2000)), "accessibility_label": string(75)})

ELEMENTS: Mapping[str, Shape] = {
    "button": {
        **CLICKED,
        "text": need(plain(75)),
        "value": string(2000),
        "url": string(3000),
        "style": STYLE,
        "accessibility_label": string(75),
    },
    "workflow_button": {
        **CLICKED,
        "text": need(plain(75)),
        "workflow": need(ANYTHING),
        "style": STYLE,
        "accessibility_label": string(75),
    },
    "icon_button": {
        **CLICKED,
        "icon": need(string()),
        "text": need(plain(75)),
        "value": string(2000),
        "visible_to_user_ids": USER_IDS,
        "accessibility_label": string(75),
    },
    "feedback_buttons": {
        "action_id": ID,
        "positive_button": need(FEEDBACK),
        "negative_button": need(FEEDBACK),
    },
    "overflow": {**CLICKED, "options": need(many(OPTION, 5))},
    "static_select": {**PICKED, "options": OPTIONS, "option_groups": GROUPS, "initial_option": OPTION},
    "multi_static_select": {
        **PICKED,
        **MOST,
        "options": OPTIONS,
        "option_groups": GROUPS,
        "initial_options": OPTIONS,
    },
    "external_select": {**PICKED, "initial_option": OPTION, "min_query_length": number(0)},
    "multi_external_select": {**PICKED, **MOST, "initial_options": OPTIONS, "min_query_length": number(0)},
    "users_select": {**PICKED, "initial_user": string()},
    "multi_users_select": {**PICKED, **MOST, "initial_users": USER_IDS},
    "conversations_select": {
        **PICKED,
        "initial_conversation": string(),
        "default_to_current_conversation": FLAG,
        "response_url_enabled": FLAG,
        "filter": FILTER,
    },
    "multi_conversations_select": {
        **PICKED,
        **MOST,
        "initial_conversations": USER_IDS,
        "default_to_current_conversation": FLAG,
        "filter": FILTER,
    },
    "channels_select": {**PICKED, "initial_channel": string(), "response_url_enabled": FLAG},
    "multi_channels_select": {**PICKED, **MOST, "initial_channels": USER_IDS},
    "radio_buttons": {
        **CLICKED,
        "options": need(many(RICH_OPTION, 10)),
        "initial_option": RICH_OPTION,
        "focus_on_load": FLAG,
    },
    "checkboxes": {
        **CLICKED,
        "options": need(many(RICH_OPTION, 10)),
        "initial_options": many(RICH_OPTION, 10),
        "focus_on_load": FLAG,
    },
    "datepicker": {**PICKED, "initial_date": DATE},
    "timepicker": {**PICKED, "initial_time": TIME, "timezone": string()},
    "datetimepicker": {**CLICKED, "focus_on_load": FLAG, "initial_date_time": number(10**9, 10**10 - 1)},
    "plain_text_input": {
        **TYPED,
        "multiline": FLAG,
        "min_length": number(0, 3000),
        "max_length": number(1, 3000),
    },
    "email_text_input": TYPED,
    "url_text_input": TYPED,
    "number_input": {
        **TYPED,
        "is_decimal_allowed": need(FLAG),
        "min_value": string(),
        "max_value": string(),
    },
    "rich_text_input": {
        **TYPED,
        "initial_value": one_of("rich_text"),
        "max_lines": number(1),
        "min_lines": number(1),
    },
    "file_input": {"action_id": ID, "filetypes": many(string()), "max_files": number(1, 10)},
    "image": IMAGE,
}

MENUS = tuple(
    f"{many}{of}_select"
    for many in ("", "multi_")
    for of in ("static", "external", "users", "conversations", "channels")
)
PICKERS = ("checkboxes", "radio_buttons", "datepicker", "timepicker")
CLICKABLE = ("button", "workflow_button", "overflow", *MENUS, *PICKERS)
FIELDS = (
    "plain_text_input",
    "email_text_input",
    "url_text_input",
    "number_input",
    "rich_text_input",
    "file_input",
)
CELL = Rule("typed", of=("raw_text", "raw_number", "rich_text"))
CARD: Shape = {
    "title": mrkdwn(150),
    "subtitle": mrkdwn(150),
    "body": mrkdwn(200),
    "icon": one_of("image"),
    "hero_image": one_of("image"),
    "actions": many(one_of("button")),
}
TASK: Shape = {
    "task_id": need(string()),
    "title": need(string()),
    "status": need(choice("pending", "in_progress", "complete", "error")),
    "details": one_of("rich_text"),
    "output": one_of("rich_text"),
    "sources": many(ANYTHING),
}

BLOCKS: Mapping[str, Shape] = {
    "section": {
        "text": text(3000),
        "fields": many(text(2000), 10),
        "accessory": one_of("image", *CLICKABLE),
        "expand": FLAG,
    },
    "actions": {"elements": need(many(one_of("datetimepicker", "rich_text_input", *CLICKABLE), 25))},
    "input": {
        "label": need(plain(2000)),
        "element": need(one_of("datetimepicker", *FIELDS, *MENUS, *PICKERS)),
        "hint": plain(2000),
        "optional": FLAG,
        "dispatch_action": FLAG,
    },
    "context": {"elements": need(many(one_of("image", "plain_text", "mrkdwn"), 10))},
    "header": {"text": need(plain(150))},
    "divider": {},
    "image": {**IMAGE, "title": plain(2000)},
    "markdown": {"text": need(string(12_000, 1))},
    "context_actions": {"elements": need(many(one_of("feedback_buttons", "icon_button"), 5))},
    "alert": {"text": need(text(200)), "level": choice("default", "info", "warning", "error", "success")},
    "rich_text": {"elements": need(many(ANYTHING, least=0))},
    "table": {"rows": need(many(many(CELL, 20), 100)), "column_settings": many(ANYTHING, 20)},
    "data_table": {
        "caption": need(string()),
        "rows": need(many(many(CELL, 20), 201)),
        "page_size": number(1, 100),
        "row_header_column_index": number(0),
    },
    "card": CARD,
    "carousel": {"elements": need(many(one_of("card"), 10))},
    "container": {
        "title": plain(150),
        "rich_text_title": one_of("rich_text"),
        "subtitle": text(150),
        "icon": one_of("image"),
        "child_blocks": need(
            many(
                one_of(
                    "actions",
                    "context",
                    "divider",
                    "header",
                    "image",
                    "input",
                    "rich_text",
                    "section",
                    "table",
                ),
                10,
            )
        ),
        "default_collapsed": FLAG,
        "has_header_divider": FLAG,
        "is_collapsible": FLAG,
        "width": choice("narrow", "standard", "wide", "full"),
    },
    "task_card": TASK,
    "plan": {"title": need(string()), "tasks": many(one_of("task_card"))},
    "video": {
        "alt_text": need(string()),
        "title": need(plain(200)),
        "video_url": need(string()),
        "thumbnail_url": need(string()),
        "author_name": string(50),
        "description": plain(200),
        "provider_icon_url": string(),
        "provider_name": string(),
        "title_url": string(),
    },
}

CELLS: Mapping[str, Shape] = {
    "raw_text": {"text": need(string())},
    "raw_number": {"text": need(string()), "value": need(ANYTHING)},
}

# Fields that need one another or exclude one another.
AT_LEAST_ONE = {"section": ("text", "fields")}
EXACTLY_ONE = {
    "static_select": ("options", "option_groups"),
    "multi_static_select": ("options", "option_groups"),
    "image": ("image_url", "slack_file"),
}
EVERYWHERE = ("message", "modal", "home")
# Blocks and fields that are not for every surface.
SURFACES: Mapping[str, tuple[str, ...]] = {
    "markdown": ("message",),
    "context_actions": ("message",),
    "container": ("message",),
    "task_card": ("message",),
    "plan": ("message",),
    "table": ("message", "home"),
    "data_table": ("message", "home"),
    "card": ("message", "home"),
    "carousel": ("message", "home"),
    "alert": ("modal",),
    "file_input": ("modal",),
}
MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}

VIEW: Shape = {
    "type": need(choice("modal", "home")),
    "blocks": need(many(ANYTHING, 100, least=0)),
    "private_metadata": string(3000),
    "callback_id": ID,
    "external_id": ID,
}
VIEWS: Mapping[str, Shape] = {
    "home": VIEW,
    "modal": {
        **VIEW,
        "title": need(plain(24)),
        "submit": plain(24),
        "close": plain(24),
        "clear_on_close": FLAG,
        "notify_on_close": FLAG,
    },
}
OPTIONS_ANSWER: Shape = {"options": many(OPTION, 100, least=0), "option_groups": many(GROUP, 100, least=0)}
