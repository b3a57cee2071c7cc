"""Blocks, a modal with every input and a Home tab: what the app of the page's tests shows."""

from typing import Any

Part = dict[str, Any]

EVIL = "<img src=x onerror=window.hacked=1><script>window.hacked=1</script>"
MARKUP = (
    "*bold* _italic_ ~struck~ `code` <@U0AIKO> <#C0GENERAL|general> <https://example.com/a|a link> "
    "<javascript:alert(1)|bad link> R&amp;D &lt;b&gt;\n&gt; quoted\n```\nfenced *code*\n```"
    "<!date^1763900000^on {date_num}|some day> :rocket: snake_case_name 2*3*4"
)

SIDES = {"positive_button": "It helps", "negative_button": "Not helpful"}


def plain(text: str) -> Part:
    return {"type": "plain_text", "text": text, "emoji": True}


def marked(text: str) -> Part:
    return {"type": "mrkdwn", "text": text}


def option(text: str) -> Part:
    return {"text": plain(text), "value": text.lower().replace(" ", "-")}


def element(kind: str, action_id: str = "v", **more: Any) -> Part:
    return {"type": kind, "action_id": action_id, **more}


def choices(kind: str, action_id: str = "v", **more: Any) -> Part:
    return element(kind, action_id, options=[option("One"), option("Two")], **more)


def button(action_id: str, text: str, **more: Any) -> Part:
    return element("button", action_id, text=plain(text), value=action_id, **more)


def feedback(action_id: str) -> Part:
    """A pair of buttons that rate; each side's value is its label."""
    sides = {name: {"text": plain(label), "value": label} for name, label in SIDES.items()}
    return element("feedback_buttons", action_id, **sides)


def field(block_id: str, control: Part, **more: Any) -> Part:
    """An input block whose label is its id."""
    label = plain(block_id.capitalize())
    return {"type": "input", "block_id": block_id, "label": label, "element": control, **more}


def actions(block_id: str, *elements: Part) -> Part:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def every_block() -> list[Part]:
    """One of each block and element that a message may have."""
    return [
        {"type": "header", "text": plain(f"Header {EVIL}")},
        {"type": "section", "text": marked(MARKUP), "accessory": button("beside", "Beside")},
        {"type": "section", "fields": [marked("*Topic*\nPython"), plain(EVIL)]},
        {"type": "divider"},
        {"type": "context", "elements": [marked("a _small_ note")]},
        {"type": "context_actions", "block_id": "rating", "elements": [feedback("rate")]},
        actions(
            "buttons",
            button("go", "Go", style="primary"),
            button("stop", "Stop", style="danger", confirm=_sure()),
            button("read", "Read", url="https://example.com/read"),
            choices("overflow", "rest"),
        ),
        actions(
            "menus",
            choices("static_select", "pick", placeholder=plain("Pick one")),
            element("users_select", "who", placeholder=plain("Who")),
            element("conversations_select", "where", placeholder=plain("Where")),
            element("external_select", "topic", min_query_length=0, placeholder=plain("Topic")),
            element("datepicker", "day", initial_date="2026-11-24"),
            element("timepicker", "hour", initial_time="09:30"),
            choices("radio_buttons", "one_of"),
            choices("checkboxes", "some_of"),
        ),
        {"type": "image", "image_url": "https://pictures.invalid/x.png", "alt_text": "a chart"},
        {"type": "rich_text", "elements": _rich()},
    ]


def _sure() -> Part:
    words = {"confirm": plain("Do it"), "deny": plain("Keep it")}
    return {"title": plain("Are you sure?"), "text": marked("It *cannot* be undone."), **words}


def _rich() -> list[Part]:
    words = [{"type": "text", "text": "rich text", "style": {"bold": True}}]
    lines = [[{"type": "text", "text": f"{nth} point"}] for nth in ("first", "second")]
    items = [{"type": "rich_text_section", "elements": line} for line in lines]
    return [
        {"type": "rich_text_section", "elements": words},
        {"type": "rich_text_list", "style": "bullet", "elements": items},
    ]


def form(note: str = "A note", title: str = "The form") -> Part:
    """A modal with every input: two to fill in, one filled in, the rest as one likes."""
    question = element("plain_text_input", multiline=True, min_length=5, max_length=3000)
    topics = element("multi_external_select", min_query_length=0, max_selected_items=2)
    needed = [
        {"type": "section", "block_id": "note", "text": marked(note), "accessory": button("again", "Again")},
        field("question", question, hint=plain("One or two sentences")),
        field("topics", topics),
        field("urgency", choices("radio_buttons", initial_option=option("Two"))),
    ]
    wished = {
        "lane": choices("static_select"),
        "several": choices("multi_static_select"),
        "person": element("users_select"),
        "people": element("multi_users_select"),
        "place": element("conversations_select"),
        "topic": element("external_select", min_query_length=2),
        "options": choices("checkboxes"),
        "day": element("datepicker"),
        "time": element("timepicker"),
        "minutes": element("number_input", is_decimal_allowed=False, min_value="5"),
        "email": element("email_text_input"),
        "link": element("url_text_input"),
    }
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain(title),
        "submit": plain("Save"),
        "close": plain("Never mind"),
        "notify_on_close": True,
        "blocks": needed + [field(name, control, optional=True) for name, control in wished.items()],
    }


def home(note: str) -> Part:
    """A Home tab with an input whose words are to survive the next picture."""
    draft = field("draft", element("plain_text_input"), optional=True)
    header = {"type": "header", "text": plain(note)}
    return {"type": "home", "blocks": [header, draft, actions("a", button("refresh", "Refresh"))]}
