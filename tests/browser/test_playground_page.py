"""The playground's page in a real browser, against the real playground and a small Bolt app."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from page_app import MANIFEST, PageApp
from page_blocks import EVIL
from page_visit import Line, Visit, a_visit, until
from patience import PATIENCE_MS
from playwright.async_api import Browser, BrowserContext, Route, async_playwright, expect

from playground.acting.membership import undisturbed
from playground.driver import Playground
from playground.foundation.wall import StillWall

CHROMIUM = Path("/usr/bin/chromium")
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
)
MAYA, AIKO, RAJ = "U0MAYA", "U0AIKO", "U0RAJ"
SETTINGS: dict[str, Any] = {"viewport": {"width": 1280, "height": 800}, "reduced_motion": "reduce"}
expect.set_options(timeout=PATIENCE_MS)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.asyncio(loop_scope="session"),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed at /usr/bin/chromium"),
]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def slack() -> AsyncIterator[Playground]:
    async with Playground.start(wall=StillWall(), manifest=MANIFEST) as running:
        yield running


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def page_app(slack: Playground) -> AsyncIterator[PageApp]:
    app = PageApp(slack)
    await app.connect()
    await slack.connected()
    yield app
    await app.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield chromium
        await chromium.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def context(browser: Browser, slack: Playground) -> AsyncIterator[BrowserContext]:
    """A browser whose visitor has read the first steps."""
    read: Any = {"origin": slack.url, "localStorage": [{"name": "waymark.welcomed", "value": "yes"}]}
    yield await browser.new_context(**SETTINGS, storage_state={"origins": [read]})


@pytest_asyncio.fixture(loop_scope="session")
async def visit(context: BrowserContext, slack: Playground, page_app: PageApp) -> AsyncIterator[Visit]:
    """A visitor in a tab of their own."""
    async with a_visit(context, slack, page_app) as visit:
        yield visit


@pytest_asyncio.fixture(loop_scope="session")
async def first_visit(browser: Browser, slack: Playground, page_app: PageApp) -> AsyncIterator[Visit]:
    """A visitor whom the browser has never seen."""
    async with a_visit(await browser.new_context(**SETTINGS), slack, page_app) as visit:
        yield visit


# The frame


async def test_a_first_visitor_is_somebody_and_sees_three_steps(first_visit: Visit) -> None:
    await first_visit.page.goto(first_visit.slack.page_url)

    await expect(first_visit.by("person-switcher")).to_contain_text("You are playing")
    await expect(first_visit.by("person-switcher")).to_contain_text("Maya Lindqvist")
    await expect(first_visit.by("welcome").get_by_role("listitem")).to_have_count(3)
    await first_visit.by("welcome-try").click()
    await expect(first_visit.by("composer")).to_have_value(re.compile("^/show How do I .+\\?$"))


async def test_after_the_first_command_one_line_says_what_comes_next(first_visit: Visit) -> None:
    await first_visit.goto(f"{MAYA}/C0GENERAL")
    await first_visit.by("composer").fill("/show hello")
    await first_visit.page.keyboard.press("Enter")

    await expect(first_visit.by("welcome").get_by_role("listitem")).to_have_count(0)
    await expect(first_visit.by("welcome")).to_contain_text("Next: switch to whoever was asked")


async def test_the_newest_message_is_in_sight_though_the_steps_take_room(first_visit: Visit) -> None:
    for number in range(40):
        await first_visit.slack.say(MAYA, f"Line {number}", "C0GENERAL")

    await first_visit.goto(f"{MAYA}/C0GENERAL")

    await expect(first_visit.by("welcome")).to_be_visible()
    await expect(first_visit.message("Line 39")).to_be_in_viewport(ratio=1)


async def test_after_another_command_the_steps_make_room(first_visit: Visit) -> None:
    await first_visit.goto(f"{MAYA}/C0GENERAL")
    await expect(first_visit.by("welcome")).to_be_visible()
    await first_visit.by("composer").fill("/shelve")
    await first_visit.page.keyboard.press("Enter")

    await expect(first_visit.by("welcome")).to_be_hidden()


async def test_dismissed_steps_stay_away_until_they_are_asked_for(first_visit: Visit) -> None:
    await first_visit.goto(f"{MAYA}/C0GENERAL")
    await first_visit.by("welcome-dismiss").click()

    await first_visit.page.reload()

    await expect(first_visit.page.locator("body.ready")).to_be_attached()
    await expect(first_visit.by("welcome")).to_be_hidden()
    await first_visit.by("help").click()
    await expect(first_visit.by("welcome")).to_be_visible()


async def test_a_reload_comes_back_to_person_conversation_and_thread(visit: Visit) -> None:
    await visit.goto(f"{AIKO}/C0GENERAL")
    await visit.write("shall we talk about reloading?")
    await visit.message("about reloading").hover()
    await visit.message("about reloading").get_by_test_id("reply-in-thread").click()
    await expect(visit.by("thread-composer")).to_be_focused()

    await visit.page.reload()

    await expect(visit.by("person-switcher")).to_contain_text("Aiko Tanaka")
    await expect(visit.by("place-title")).to_have_text("general")
    await expect(visit.by("thread")).to_contain_text("about reloading")


async def test_an_unknown_person_in_the_address_gives_way_to_a_known_one(visit: Visit) -> None:
    await visit.goto("U0NOBODY/C0GENERAL")

    await expect(visit.by("person-switcher")).to_contain_text("Maya Lindqvist")
    visit.troubles.clear()  # the browser itself reports the 404


async def test_people_are_found_by_name_and_played(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.by("person-switcher").click()
    await expect(visit.page.locator(f"[data-testid=person-option][data-user={MAYA}]")).to_be_in_viewport(
        ratio=1
    )
    await visit.by("people-search").fill("principal arch")
    await expect(visit.by("person-option")).to_have_count(1)

    await visit.page.keyboard.press("Enter")

    await expect(visit.by("person-switcher")).to_contain_text("Oliver Bennett")
    await expect(visit.page).to_have_url(re.compile("#/U0OLIVER/"))


async def test_news_of_another_person_lead_to_where_they_arrived(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.write(f"/show tell {RAJ} an offer for Raj")
    await expect(visit.by("waiting-person")).to_contain_text("Raj has 1 new message")

    await visit.by("waiting-person").click()

    await expect(visit.by("person-switcher")).to_contain_text("Raj")
    await expect(visit.message("an offer for Raj")).to_be_visible()
    await expect(visit.by("waiting-person")).to_have_count(0)


async def test_a_message_elsewhere_is_announced_and_counted(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")

    await visit.slack.say(AIKO, "have you seen *this*?", "C0PYTHON")

    await expect(visit.by("toast")).to_contain_text("have you seen this?")
    await expect(visit.by("place-C0PYTHON").get_by_test_id("badge")).to_have_text("1")
    await visit.by("toast").get_by_role("button", name="Aiko").click()
    await expect(visit.by("place-title")).to_have_text("python")
    await expect(visit.by("place-C0PYTHON").get_by_test_id("badge")).to_have_count(0)


async def test_names_from_right_to_left_keep_their_direction(visit: Visit) -> None:
    await visit.goto("U0OMAR/C0GENERAL")

    name = visit.by("person-switcher").locator("strong")

    assert await name.evaluate("node => getComputedStyle(node).direction") == "rtl"


async def test_a_narrow_screen_keeps_the_conversations_in_a_drawer(visit: Visit) -> None:
    await visit.page.set_viewport_size({"width": 390, "height": 844})
    await visit.goto(f"{MAYA}/C0GENERAL")
    await expect(visit.by("sidebar")).to_be_hidden()

    await visit.page.get_by_role("button", name="Conversations").click()
    await visit.by("place-C0PYTHON").click()

    await expect(visit.by("place-title")).to_have_text("python")
    await expect(visit.by("sidebar")).to_be_hidden()
    assert await visit.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_every_button_has_a_name_and_every_id_is_used_once(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()

    nameless = await visit.page.evaluate(
        "[...document.querySelectorAll('button')]"
        ".filter(one => one.checkVisibility() && !(one.ariaLabel || one.innerText.trim()))"
        ".map(one => one.outerHTML)"
    )
    doubled = await visit.page.evaluate(
        "(ids => ids.filter((id, at) => ids.indexOf(id) !== at))"
        "([...document.querySelectorAll('[id]')].map(one => one.id))"
    )

    assert (nameless, doubled) == ([], [])


async def test_a_lost_connection_is_told_and_made_good(visit: Visit) -> None:
    line = Line()
    await visit.page.route_web_socket(re.compile("/ui/live"), line.carry)
    await visit.goto(f"{MAYA}/C0GENERAL")

    await line.cut()
    await expect(visit.by("offline")).to_be_visible()
    await visit.slack.say(AIKO, "said while nobody listened", "C0GENERAL")
    line.up = True

    await expect(visit.by("offline")).to_be_hidden()
    await expect(visit.message("said while nobody listened")).to_be_visible()


# Messages


async def test_every_block_and_element_is_drawn(visit: Visit) -> None:
    await visit.at_home_with(MAYA)

    await visit.write("/show everything")

    shown = visit.message("Header")
    for selector, text in {"strong": "bold", "em": "italic", "s": "struck", "blockquote": "quoted"}.items():
        await expect(shown.locator(f".block-section {selector}").first).to_have_text(text)
    await expect(shown.locator("pre")).to_have_text("fenced *code*")
    await expect(shown.get_by_role("link", name="a link")).to_have_attribute("href", "https://example.com/a")
    await expect(shown).to_contain_text("@Aiko Tanaka #general")
    await expect(shown).to_contain_text("R&D <b>")
    await expect(shown).to_contain_text("on 2025-11-23 🚀 snake_case_name 2*3*4")
    await expect(shown.get_by_role("combobox")).to_have_count(4)
    await expect(shown.get_by_role("radio")).to_have_count(2)
    await expect(shown.get_by_role("checkbox")).to_have_count(2)
    await expect(shown.get_by_role("img", name="a chart")).to_be_visible()
    await expect(shown.locator("li")).to_have_text(["first point", "second point"])


async def test_script_in_text_stays_text(visit: Visit) -> None:
    await visit.at_home_with(MAYA)

    await visit.write("/show everything")

    shown = visit.message("Header")
    await expect(shown.get_by_role("heading")).to_have_text(f"Header {EVIL}")
    await expect(shown.locator(".field").last).to_have_text(EVIL)
    await expect(shown.locator("script, a[href^=javascript]")).to_have_count(0)
    assert await visit.page.evaluate("window.hacked") is None


async def test_what_is_pressed_and_chosen_reaches_the_app(visit: Visit) -> None:
    await visit.at_home_with(MAYA)
    await visit.write("/show everything")
    shown = visit.message("Header")
    visit.app.actions.clear()

    await shown.get_by_role("button", name="Go", exact=True).click()
    await shown.get_by_role("combobox", name="Pick one").click()
    await visit.page.get_by_role("option", name="Two").click()
    await shown.get_by_role("checkbox", name="One").check()
    await shown.get_by_role("button", name="More actions").first.click()
    await visit.page.get_by_role("menuitem", name="Two").click()

    await shown.get_by_role("group", name="Rate this").get_by_role("button", name="Not helpful").click()

    await until(lambda: len(visit.app.actions) == 5)
    go, pick, tick, rest, rate = visit.app.actions
    assert go["value"] == "go"
    assert pick["selected_option"]["value"] == "two"
    assert [each["value"] for each in tick["selected_options"]] == ["one"]
    assert rest["selected_option"]["value"] == "two"
    assert (rate["type"], rate["value"]) == ("feedback_buttons", "Not helpful")


async def test_a_button_that_asks_first_can_be_left_alone(visit: Visit) -> None:
    await visit.at_home_with(MAYA)
    await visit.write("/show everything")
    stop = visit.message("Header").get_by_role("button", name="Stop")
    visit.app.actions.clear()

    await stop.click()
    await visit.page.get_by_role("button", name="Keep it").click()
    await stop.click()
    await visit.by("confirm-yes").click()

    await until(lambda: visit.app.actions)
    assert [action["action_id"] for action in visit.app.actions] == ["stop"]


async def test_a_button_that_nobody_answers_says_so(visit: Visit) -> None:
    await visit.at_home_with(MAYA)
    await visit.write("/show mute")

    await visit.message("Unanswered").get_by_role("button", name="Unanswered").click()
    await visit.gets_no_answer()

    await expect(visit.by("toast")).to_be_visible()


async def test_replies_stay_in_their_thread(visit: Visit) -> None:
    await visit.at_home_with(AIKO)
    await visit.write("a question of threads")
    await visit.message(re.compile("^((?!Heard).)*a question of threads")).hover()
    await visit.page.get_by_role("button", name="Reply in thread").first.click()

    await visit.by("thread-composer").fill("and an answer")
    await visit.by("thread-composer").press("Enter")

    await expect(visit.by("thread").get_by_text("Heard: and an answer")).to_be_visible()
    await expect(visit.by("thread-link").last).to_contain_text("2 replies")

    await visit.by("thread-close").click()
    await visit.by("thread-link").last.click()
    await expect(visit.by("thread-composer")).to_be_focused()


async def test_what_one_wrote_can_be_changed_and_deleted_by_its_menu(visit: Visit) -> None:
    await visit.at_home_with(MAYA)
    await visit.write("to @Aiko: one <two>")
    mine = visit.by("message").and_(visit.page.locator(f"[data-user={MAYA}]")).last
    await expect(mine).to_contain_text("one <two>")
    await visit.page.keyboard.press("Tab")
    await mine.focus()
    await mine.get_by_test_id("message-menu").press("Enter")
    await visit.by("message-edit").press("Enter")
    await expect(visit.by("edit-field")).to_have_value("to @Aiko: one <two>")
    await visit.by("edit-field").fill("to @Aiko: one & three")
    await visit.by("edit-field").press("Enter")

    await expect(mine).to_contain_text(re.compile(r"one & three\s*\(edited\)"))
    await until(lambda: _events(visit, "message_changed"))
    changed = _events(visit, "message_changed")[-1]
    assert changed["message"]["text"].endswith("one &amp; three")
    assert changed["previous_message"]["text"].endswith("one &lt;two&gt;")

    await mine.hover()
    await mine.get_by_test_id("message-menu").click()
    await visit.by("message-delete").click()
    await visit.by("confirm-yes").click()

    await expect(visit.message("one & three")).to_have_count(0)
    await until(lambda: _events(visit, "message_deleted"))
    assert _events(visit, "message_deleted")[-1]["deleted_ts"] == changed["message"]["ts"]


def _events(visit: Visit, subtype: str) -> list[dict[str, Any]]:
    events = [(it.request or {}).get("event", {}) for it in visit.slack.calls("message")]
    return [event for event in events if event.get("subtype") == subtype]


async def test_an_answer_to_a_command_is_for_oneself_only(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")

    await visit.write("/show <b>hello</b>")

    await expect(visit.message("You wrote <b>hello</b>").get_by_test_id("only-you")).to_be_visible()
    await visit.goto(f"{AIKO}/C0GENERAL")
    await expect(visit.message("You wrote")).to_have_count(0)


async def test_a_command_without_an_answer_gives_the_text_back(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")

    await visit.write("/show nothing")
    await visit.gets_no_answer()

    await expect(visit.page.get_by_role("alert").filter(has_text="/show")).to_be_visible()
    await expect(visit.by("composer")).to_have_value("/show nothing")


async def test_commands_and_people_are_suggested(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.by("composer").press_sequentially("/sho")
    await expect(visit.by("suggestions")).to_contain_text("Show something")

    await visit.page.keyboard.press("Tab")
    await visit.by("composer").press_sequentially("@aik")
    await expect(visit.by("suggestions")).to_contain_text("Aiko Tanaka")
    await visit.page.keyboard.press("Enter")
    await visit.page.keyboard.press("Enter")

    await expect(visit.message("You wrote @Aiko Tanaka")).to_be_visible()


async def test_a_link_to_a_conversation_opens_it_in_this_page(visit: Visit) -> None:
    await visit.at_home_with(MAYA)
    link = "<https://slack.com/app_redirect?channel=C0PYTHON|over there>"
    await visit.app.app.client.chat_postMessage(channel=MAYA, text=link)

    await visit.page.get_by_role("link", name="over there").last.click()

    await expect(visit.by("place-title")).to_have_text("python")


async def test_a_colleague_can_be_written_to(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.by("new-message").click()
    await visit.by("people-search").fill("aiko")
    await visit.page.keyboard.press("Enter")
    await expect(visit.by("place-title")).to_have_text("Aiko Tanaka")

    await visit.page.keyboard.type("hello Aiko")
    await visit.page.keyboard.press("Enter")

    await expect(visit.by("waiting-person")).to_contain_text("Aiko has 1 new message")


async def test_one_can_be_away(visit: Visit) -> None:
    people = visit.slack.slack.workspace.people
    # It is never night in New York and in Tokyo at once.
    awake = next(it for it in ("U0MARCUS", AIKO) if not undisturbed(people.get(it), visit.slack.now()))
    await visit.goto(f"{awake}/C0GENERAL")

    await visit.by("status").click()
    await visit.page.get_by_role("menuitem", name="Away").click()

    await expect(visit.by("status")).to_have_text("Away")
    assert people.get(awake).away


async def test_shortcuts_open_from_a_message_and_from_the_field(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.write("worth a note")
    await visit.message("worth a note").hover()
    await visit.message("worth a note").get_by_test_id("message-menu").click()
    await visit.by("shortcut-note_it").click()
    await until(lambda: visit.app.shortcuts)
    assert visit.app.shortcuts[-1]["message"]["text"] == "worth a note"

    await visit.by("composer-plus").click()
    await visit.by("shortcut-open_form").click()

    await expect(visit.by("modal")).to_be_visible()


# Modals and Home


async def test_a_modal_gives_the_app_what_was_filled_in(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    page, modal = visit.page, visit.by("modal")

    await page.get_by_label("Question").fill("How do I test a page?")
    await visit.choose_topic("pyt", "Python")
    await modal.get_by_label("Lane").click()
    await page.get_by_role("option", name="One").click()
    await modal.get_by_label("Person (optional)").fill("raj")
    await page.get_by_role("option", name=re.compile("^Raj")).click()
    await modal.get_by_role("group", name="Options").get_by_label("Two").check()
    await modal.get_by_label("Day").fill("2026-12-01")
    await modal.get_by_label("Minutes").fill("25")
    await visit.by("modal-submit").click()

    await expect(visit.by("modal")).to_have_count(0)
    await expect(visit.by("composer")).to_be_focused()
    sent = {block: values["v"] for block, values in visit.app.submitted[-1].items()}
    assert sent["question"]["value"] == "How do I test a page?"
    assert [each["value"] for each in sent["topics"]["selected_options"]] == ["python"]
    assert sent["urgency"]["selected_option"]["value"] == "two"
    assert sent["lane"]["selected_option"]["value"] == "one"
    assert sent["person"]["selected_user"] == RAJ
    assert [each["value"] for each in sent["options"]["selected_options"]] == ["two"]
    assert (sent["day"]["selected_date"], sent["minutes"]["value"]) == ("2026-12-01", "25")


async def test_errors_of_a_modal_stand_at_their_field_and_keep_what_was_typed(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    question = visit.page.get_by_label("Question")
    await question.fill("hm")
    await visit.by("modal-submit").click()
    await expect(
        visit.by("modal").get_by_role("alert").filter(has_text="at least 5 characters")
    ).to_be_visible()
    await expect(visit.by("modal").get_by_role("alert").filter(has_text="required")).to_be_visible()

    await question.fill("wrong question")
    await visit.choose_topic("sql", "SQL")
    await visit.by("modal-submit").click()

    problem = visit.by("modal").get_by_role("alert").filter(has_text="That is not a question.")
    await expect(problem).to_be_visible()
    await expect(question).to_be_focused()
    await expect(question).to_have_value("wrong question")
    await expect(question).to_have_attribute("aria-invalid", "true")
    assert str(await problem.get_attribute("id")) in str(await question.get_attribute("aria-describedby"))
    await expect(visit.by("modal")).to_contain_text("SQL")


async def test_a_modal_without_an_answer_stays_with_what_was_typed(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    await visit.page.get_by_label("Question").fill("silence, please")
    await visit.choose_topic("go", "Go")

    await visit.by("modal-submit").click()

    await expect(visit.by("modal")).to_have_attribute("aria-busy", "true")
    await visit.gets_no_answer()
    await expect(visit.by("modal-problem")).to_contain_text("What you typed is still here")
    await expect(visit.page.get_by_label("Question")).to_have_value("silence, please")


async def test_an_updated_modal_keeps_what_was_typed_and_the_focus(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    await visit.page.get_by_label("Question").fill("half a thought")
    await visit.choose_topic("ai", "AI")

    await visit.by("action-again").click()

    await expect(visit.by("modal")).to_contain_text("Another note")
    await expect(visit.page.get_by_label("Question")).to_have_value("half a thought")
    await expect(visit.page.get_by_role("button", name="Remove AI")).to_be_visible()
    await expect(visit.by("action-again")).to_be_focused()


async def test_modals_lie_on_each_other_and_esc_leads_back(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    await visit.page.get_by_label("Question").fill("tell me more")
    await visit.choose_topic("pub", "Public speaking")
    await visit.by("modal-submit").click()
    await expect(visit.page.get_by_role("dialog", name="Deeper")).to_be_visible()

    await visit.page.keyboard.press("Escape")

    await expect(visit.page.get_by_role("dialog", name="The form")).to_be_visible()
    await expect(visit.page.get_by_label("Question")).to_have_value("tell me more")
    await visit.by("modal-close").click()
    await expect(visit.by("modal")).to_have_count(0)
    await until(lambda: visit.app.closed[-2:] == ["Deeper", "The form"])


async def test_type_ahead_asks_the_app_and_takes_what_fits(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    topics = visit.page.get_by_role("combobox", name="Topics")

    await topics.click()
    await expect(visit.page.get_by_role("option")).to_have_count(5)
    await expect(visit.page.get_by_role("group", name="Topics").get_by_role("option")).to_have_count(5)
    await topics.press_sequentially("p")
    await expect(visit.page.get_by_role("option")).to_have_text(["Python", "Public speaking"])
    await topics.fill("nothing like it")
    await expect(visit.page.get_by_text("Nothing fits")).to_be_visible()

    for topic in ("Python", "SQL"):
        await topics.fill(topic.lower())
        await expect(visit.page.get_by_role("option")).to_have_text([topic])
        await topics.press("Enter")
    await topics.fill("ai")
    await visit.page.get_by_role("option", name="AI").click()
    await expect(visit.page.get_by_text("You can choose 2 at most")).to_be_visible()
    await topics.fill("")
    await topics.press("Backspace")
    await expect(visit.page.get_by_role("button", name=re.compile("^Remove"))).to_have_text([""])


async def test_a_form_is_asked_for_filled_in_and_sent_by_keyboard_alone(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    keyboard = visit.page.keyboard

    await visit.tab_to("composer")
    await keyboard.type("/sho")
    await keyboard.press("Tab")
    await keyboard.type("form")
    await keyboard.press("Enter")
    await expect(visit.by("modal")).to_be_visible()
    await visit.tab_to("Question")
    await keyboard.type("Can I do without a mouse?")
    await keyboard.press("Tab")
    await keyboard.type("pyt")
    await expect(visit.page.get_by_role("option", name="Python")).to_be_visible()
    await keyboard.press("Enter")
    await visit.tab_to("modal-submit")
    await keyboard.press("Enter")

    await expect(visit.by("modal")).to_have_count(0)
    assert visit.app.submitted[-1]["question"]["v"]["value"] == "Can I do without a mouse?"


async def test_focus_stays_inside_an_open_modal(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.open_form()
    await visit.by("modal-submit").focus()

    await visit.page.keyboard.press("Tab")
    assert await visit.focused() == "modal-close"
    await visit.page.keyboard.press("Shift+Tab")
    assert await visit.focused() == "modal-submit"


async def test_home_is_drawn_and_keeps_what_was_typed(visit: Visit) -> None:
    await visit.at_home_with(MAYA)
    await visit.by("home-tab").click()
    await expect(visit.by("home-view")).to_contain_text("Home, first picture")
    await visit.page.get_by_label("Draft").fill("a beginning")

    await visit.by("action-refresh").click()

    await expect(visit.by("home-view")).to_contain_text("Home, second picture")
    await expect(visit.page.get_by_label("Draft")).to_have_value("a beginning")
    await visit.by("messages-tab").click()
    await expect(visit.by("composer")).to_be_visible()


async def test_an_old_picture_of_home_never_covers_a_newer_one(visit: Visit) -> None:
    async def late(route: Route) -> None:
        answer = await route.fetch()
        await expect(visit.by("home-view")).to_be_visible()
        await route.fulfill(response=answer)

    await visit.page.route("**/ui/home*", late)
    await visit.at_home_with("U0ELIF")

    async with visit.page.expect_response("**/ui/home*") as answer:
        await visit.by("home-tab").click()
    assert await (await answer.value).json() == {"view": None}

    await expect(visit.by("home-view")).to_contain_text("Home, first picture")


# The clock and the inspector


async def test_the_log_can_be_read_and_filtered(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.by("inspector-toggle").click()
    await visit.open_form()
    await visit.page.keyboard.press("Escape")

    await visit.by("log-filter").fill("views.open")
    entry = visit.by("log-entry").filter(has_text="views.open").last
    await expect(entry).to_contain_text("app → Slack")
    await entry.locator("summary").click()

    await expect(entry.get_by_role("heading", name="Request")).to_be_visible()
    await expect(entry.locator("pre").filter(has_text="trigger_id")).to_be_visible()


async def test_faults_are_switched_on_and_off(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")
    await visit.by("inspector-toggle").click()
    await visit.by("faults-tab").click()

    await visit.by("fault-repeat").click()
    await expect(visit.by("fault-repeat")).to_have_attribute("aria-checked", "true")
    assert visit.slack.faults.repeat_events
    await visit.by("fault-repeat").click()

    await expect(visit.by("fault-repeat")).to_have_attribute("aria-checked", "false")
    assert not visit.slack.faults.repeat_events


async def test_the_clock_skips_to_tomorrow_morning_and_says_that_time_is_shifted(visit: Visit) -> None:
    await visit.goto(f"{MAYA}/C0GENERAL")

    await visit.by("clock-skip-tomorrow").click()

    await expect(visit.by("clock-time")).to_have_text(re.compile("09:0[01]$"))
    await expect(visit.by("clock-shift")).to_contain_text("ahead")
    await visit.write("good morning")
    await expect(visit.message("good morning").locator("header time")).to_have_text(re.compile("^09:0"))
