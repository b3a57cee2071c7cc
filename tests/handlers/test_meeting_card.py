"""When two talk, as each of them reads it: by their own clock, with what they can do about it."""

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import make
import pytest
from make import ADA, ASKER, DAY, HOUR, MINUTE, NOW
from test_session_card import DESK

from handlers.block_kit import blocks, paging, refusals
from handlers.block_kit.paging import ListPosition, Page
from handlers.block_kit.picture import Picture
from handlers.conversations import ALL
from handlers.sessions import calendar_links, meeting_card, meeting_form
from handlers.sessions.meeting_card import AppointmentReader
from kernel.errors import Invalid
from kernel.topics import Catalogue, Topic
from kernel.values import PersonId
from mentoring.model.appointment import Appointment
from mentoring.model.session import Session

TIMES = [NOW + HOUR, NOW + 4 * HOUR, NOW + DAY]
OPEN = Appointment()
PROPOSED = OPEN.propose(TIMES, ADA, NOW + 2 * HOUR, NOW)
AGREED = PROPOSED.choose(TIMES[1], ASKER, NOW)
ASKED = OPEN.ask(frozenset({ASKER, ADA}))


def reader(me: PersonId = ASKER, **changed: Any) -> AppointmentReader:
    said = {"me": me, "other": "Priya" if me == ASKER else "Maya", "zone": "UTC", "now": NOW, **changed}
    return AppointmentReader(**said)


def session(meeting: Appointment, **changed: Any) -> Session:
    return make.session(**{"room": "group", **changed}).meet(meeting)


def buttons(meeting: Appointment, me: PersonId, **changed: Any) -> list[str]:
    talk = session(meeting, **{key: changed.pop(key) for key in ("room", "way") if key in changed})
    return [it["text"]["text"] for it in meeting_card.buttons(talk, reader(me, **changed))]


def card(meeting: Appointment, me: PersonId, **changed: Any) -> Picture:
    return meeting_card.card(session(meeting), make.request(), reader(me, **changed), DESK)


def labels(picture: Picture) -> list[str]:
    rows = [it["elements"] for it in picture.blocks if it["type"] == "actions"]
    return [it["text"]["text"] for row in rows for it in row]


@pytest.mark.parametrize(
    ("can_now", "can_in_an_hour", "first"),
    [
        (True, True, ["Start now", "In an hour"]),
        (True, False, ["Start now"]),
        (False, True, ["In an hour"]),
        (False, False, []),
    ],
)
def test_a_helper_is_offered_now_and_in_an_hour_only_where_the_asker_can(
    can_now: bool, can_in_an_hour: bool, first: list[str]
):
    shown = buttons(OPEN, ADA, can_now=can_now, can_in_an_hour=can_in_an_hour)

    assert shown == [*first, "Propose a time", "Can't make it"]


def test_an_asker_can_start_or_propose_and_has_no_word_to_take_back():
    assert buttons(OPEN, ASKER) == ["Start", "Propose a time"]


def test_in_a_relay_and_in_peer_coaching_nobody_presses_start():
    assert buttons(OPEN, ADA, room="relay", can_now=True) == ["Propose a time", "Can't make it"]
    assert buttons(OPEN, ASKER, way="peer_coaching") == ["Propose a time"]
    assert "when you've both written" in meeting_card.line(make.session(room="relay"), reader())
    assert "Start" not in meeting_card.line(make.session(way="peer_coaching"), reader())


def test_who_is_there_waits_and_the_other_is_called():
    here = OPEN.arrive(ADA, ASKER, NOW)

    assert buttons(here, ADA, can_now=True, can_in_an_hour=True) == ["Propose a time", "Can't make it"]
    assert buttons(here, ASKER) == ["Start", "Propose a time"]
    assert "start when Maya does, too" in meeting_card.line(session(here), reader(ADA))
    assert meeting_card.line(session(here), reader()).endswith(
        "*Priya pressed Start.* Press it too when you're ready."
    )
    assert card(here, ASKER).knock
    assert not card(here, ADA).knock


def test_proposed_times_are_buttons_by_the_readers_own_clock():
    shown = card(PROPOSED, ASKER, zone="Asia/Kolkata")

    assert labels(shown) == [
        "Mon 23 Nov, 16:30",
        "Mon 23 Nov, 19:30",
        "Tue 24 Nov, 15:30",
        "Propose other times",
    ]
    assert shown.knock
    [row] = [it for it in shown.blocks if it["type"] == "actions"]
    assert [meeting_card.chosen(it["value"]) for it in row["elements"][:3]] == [
        ("R1.U0ADA", int(at.timestamp())) for at in TIMES
    ]


def test_who_proposed_has_no_times_to_choose_and_is_not_called():
    shown = card(PROPOSED, ADA)

    assert labels(shown) == ["Propose other times", "Can't make it"]
    assert not shown.knock
    assert "You proposed" in shown.text


def test_a_proposed_time_that_has_passed_is_no_button_any_more():
    assert labels(card(PROPOSED, ASKER, now=TIMES[0])) == [
        "Mon 23 Nov, 14:00",
        "Tue 24 Nov, 10:00",
        "Propose other times",
    ]


def test_other_times_call_the_reader_anew():
    other = OPEN.propose(TIMES, ADA, NOW + 3 * HOUR, NOW)

    assert card(PROPOSED, ASKER).state != card(other, ASKER).state


def test_an_agreed_time_calls_the_one_who_proposed_and_not_the_one_who_chose():
    assert card(AGREED, ADA).knock
    assert not card(AGREED, ASKER).knock
    assert labels(card(AGREED, ASKER)) == ["Another time", "Running late"]
    assert "Start" in labels(card(AGREED, ASKER, now=TIMES[1] - 10 * MINUTE))


def test_an_agreed_time_can_be_put_into_a_calendar_by_its_topic_alone():
    shown = card(AGREED, ASKER).text

    assert "Google Calendar" in shown
    assert "Talk+about+Python+%28Waymark%29" in str(card(AGREED, ASKER).blocks)
    assert "Calendar" not in card(PROPOSED, ASKER).text


def test_a_link_to_a_calendar_says_begin_and_end_in_utc():
    said = calendar_links.links("Talk <about> C|C++ & more", datetime(2026, 11, 23, 14, tzinfo=UTC), 25)

    google, outlook = (it.split("|")[0] for it in said.split("<")[1:])
    assert parse_qs(urlsplit(google).query)["dates"] == ["20261123T140000Z/20261123T142500Z"]
    assert parse_qs(urlsplit(outlook).query)["enddt"] == ["2026-11-23T14:25:00+00:00"]
    assert parse_qs(urlsplit(outlook).query)["subject"] == ["Talk <about> C|C++ & more"]


def test_both_are_called_when_the_talk_is_near():
    soon = AGREED.announce(TIMES[1] - 10 * MINUTE)

    for me in (ASKER, ADA):
        assert card(soon, me).knock
        assert card(soon, me).state != card(AGREED, ADA).state
    assert card(soon, ASKER).text.startswith("*Your talk with Priya starts soon.*")


def test_who_runs_late_is_not_called_and_the_other_is_told_how_late():
    late = AGREED.come_later(ASKER, NOW).come_later(ASKER, NOW)

    assert "Maya is running late, so it starts 20 minutes later than planned." in card(late, ADA).text
    assert "You're running late, so it starts 20 minutes later than planned." in card(late, ASKER).text
    assert card(late, ADA).state != card(AGREED, ADA).state
    assert not card(late, ASKER).knock


def test_whatever_is_said_of_a_talk_names_the_other():
    soon = AGREED.model_copy(update={"announced_at": NOW})

    for meeting in (PROPOSED, AGREED, soon, ASKED, OPEN.arrive(ADA, ASKER, NOW)):
        assert "Priya" in card(meeting, ASKER).text
        assert "Maya" in card(meeting, ADA).text
    assert "No time is set yet" not in card(OPEN.arrive(ADA, ASKER, NOW), ASKER).text


def test_both_are_asked_whether_they_talked():
    assert labels(card(ASKED, ASKER)) == [
        "Yes, we talked",
        "Not yet: propose a time",
        "No, find someone else",
    ]
    assert labels(card(ASKED, ADA)) == ["Yes, we talked", "Not yet: propose a time", "Can't make it"]
    assert card(ASKED, ASKER).knock
    assert "Did you and Maya talk?" in card(ASKED, ADA).text


@pytest.mark.parametrize(
    ("why", "said"),
    [("no_time", "No time was chosen"), ("by_helper", "You can't make it"), (None, "is over")],
)
def test_a_talk_that_is_over_says_why_in_one_line(why: Any, said: str):
    over = session(OPEN).give_up(OPEN.model_copy(update={"unmet": why}), NOW)

    shown = meeting_card.card(over, make.request(), reader(ADA), DESK)

    assert said in shown.text
    assert not shown.knock


def test_a_helper_is_called_where_a_talk_is_off_and_not_told_why():
    off = session(AGREED).close(NOW + MINUTE)

    shown = meeting_card.card(off, make.request(), reader(ADA), DESK)

    assert shown.knock
    assert shown.text.startswith("*Your talk with Maya is off.* It was planned for <!date^")
    assert not meeting_card.card(off, make.request(), reader(ASKER), DESK).knock
    late = session(AGREED).close(TIMES[1])
    assert not meeting_card.card(late, make.request(), reader(ADA), DESK).knock


def test_a_row_says_in_a_few_words_how_it_stands():
    rows = {
        it: meeting_card.row(session(meeting), ADA, NOW)
        for it, meeting in (
            ("open", OPEN),
            ("mine", PROPOSED),
            ("agreed", AGREED),
            ("begun", OPEN.begin(NOW)),
        )
    }

    assert rows["open"] == "no time set yet"
    assert rows["mine"] == "waits for a time"
    assert meeting_card.row(session(PROPOSED), ASKER, NOW) == "choose a time in your messages with me"
    assert rows["agreed"].startswith("<!date^")
    assert rows["begun"].startswith("until <!date^")


def test_the_list_of_talks_says_which_were_not_held():
    off, held = session(AGREED).close(NOW), make.begun().close(NOW + 10 * MINUTE)
    talks = [(off, make.request()), (held, make.request())]

    view = paging.sessions(Page(talks, None, ListPosition(list=paging.SESSIONS), 2), ADA)

    lines = [it["elements"][0]["text"] for it in view["blocks"] if it["type"] == "context"]
    assert [it.split(" · ")[-1] for it in lines if "<@" in it] == ["you didn't talk", "10 minutes"]


def test_a_talk_that_has_begun_needs_no_word_on_when():
    shown = card(AGREED.begin(NOW), ADA)

    assert (shown.text, shown.knock) == ("Your talk has begun.", False)


def test_their_room_names_who_is_there_and_who_is_to_choose():
    assert f"<@{ADA}> proposes" in meeting_card.room_line(session(PROPOSED))
    assert f"<@{ASKER}> can choose" in meeting_card.room_line(session(PROPOSED))
    assert f"<@{ADA}> pressed *Start*. The 25 minutes" in meeting_card.room_line(
        session(OPEN.arrive(ADA, ASKER, NOW))
    )
    assert "*You'll talk <!date^" in meeting_card.room_line(session(AGREED))


def fields(view: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {it["block_id"]: it for it in view["blocks"] if it["type"] == "input"}


def test_the_form_ticks_times_by_the_readers_clock_and_takes_another():
    form = fields(meeting_form.form("R1.U0ADA", TIMES[:2], "Asia/Kolkata"))

    ticked = [it["text"]["text"] for it in form["times"]["element"]["initial_options"]]
    assert ticked == ["Mon 23 Nov, 16:30", "Mon 23 Nov, 19:30"]
    assert form["other"]["optional"]


def test_where_nothing_suits_both_the_form_says_so_and_asks_for_a_time():
    view = meeting_form.form("R1.U0ADA", [], "UTC")

    assert {name: it["optional"] for name, it in fields(view).items()} == {"other": False, "another": True}
    assert "I couldn't find a time" in blocks.spoken(view["blocks"])


@pytest.fixture(autouse=True)
def spoken() -> None:
    refusals.speak(ALL.sentences)


def submitted(suggested: list[datetime], **state: Any) -> Any:
    view = meeting_form.form("R1.U0ADA", suggested, "UTC")
    return meeting_form.proposed(
        {**view, "state": {"values": {name: {name: it} for name, it in state.items()}}}
    )


def test_what_is_wrong_with_a_time_stands_under_its_own_field():
    past = int((NOW - HOUR).timestamp())
    options = [{"value": str(int(at.timestamp()))} for at in TIMES[:2]]
    said = submitted(TIMES, times={"selected_options": options}, other={"selected_date_time": past})

    with pytest.raises(Invalid) as refused:
        OPEN.propose(said.times, ADA, NOW + HOUR, NOW)

    assert said.times == (*TIMES[:2], NOW - HOUR)
    assert said.problems(refused.value) == {
        "other": "This moment has passed already. Choose one that is still to come."
    }


@pytest.mark.parametrize(("suggested", "field"), [(TIMES, "times"), ([], "other")])
def test_a_form_without_a_time_asks_for_one(suggested: list[datetime], field: str):
    said = submitted(suggested)

    with pytest.raises(Invalid) as refused:
        OPEN.propose(said.times, ADA, NOW + HOUR, NOW)

    assert said.problems(refused.value) == {field: "Choose at least one time."}


def test_a_file_for_a_calendar_is_one_entry_that_a_later_one_replaces():
    topics = Catalogue((Topic(id=make.PYTHON, label="Python, C; Zähneputzen und vieles mehr am Nachmittag"),))

    def entry(agreed_at: datetime) -> dict[str, str]:
        agreed = make.session().meet(Appointment(at=NOW + HOUR, agreed_at=agreed_at))
        written = calendar_links.file(agreed, make.request(), topics, NOW)
        assert all(len(line.encode()) <= 75 for line in written.split("\r\n"))
        whole = written.replace("\r\n ", "")
        return dict(line.split(":", 1) for line in whole.split("\r\n") if line)

    first, second = entry(NOW), entry(NOW + MINUTE)
    assert (first["DTSTART"], first["DTEND"]) == ("20261123T110000Z", "20261123T112500Z")
    assert first["SUMMARY"].startswith("Talk about Python\\, C\\; Zähneputzen")
    assert first["UID"] == second["UID"] == "R1.U0ADA@waymark"
    assert int(second["SEQUENCE"]) - int(first["SEQUENCE"]) == 60
