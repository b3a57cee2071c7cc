"""`waymark explain`: the ranking of a request in figures, what would have changed it, and never its words."""

import json
import re
from datetime import timedelta

import make
import pytest
from app_world import start_world
from make import ADA, BEN, CY, NOW
from office import Office
from test_cli import waymark

from kernel.errors import NotFound
from kernel.store import Changes, Later
from kernel.values import PersonId, RequestId, WorkspaceId
from mentoring.learning.explanation import PRIVATE, explain
from mentoring.model.learned import RELEARN
from mentoring.routing.offers import decline
from slackapp.commands import explain_report

MAYA, JONAS, LENA = PersonId("U0MAYA"), PersonId("U0JONAS"), PersonId("U0LENA")


async def asked(office: Office) -> None:
    """Have Ada, who is the best, say no, and Ben be asked."""
    people = [
        make.helper(ADA, name="Ada"),
        make.helper(BEN, {make.PYTHON: 2}),
        make.helper(CY, {make.SQL: 3}),
    ]
    await office.asked(*people)
    await decline(office.desk, make.offer_to(ADA), ADA, NOW)
    await office.run(NOW)


async def test_whoever_was_asked_is_ranked_with_the_rest(office: Office):
    await asked(office)

    found = await explain(office.desk, make.R1, NOW)

    assert [placed.helper_id for placed in found.ranked] == [ADA, BEN]
    assert [each.helper_id for each in found.approached] == [ADA, BEN]
    assert not found.is_learned


async def test_shares_and_what_is_private_add_up(office: Office):
    await asked(office)

    for placed in (await explain(office.desk, make.R1, NOW)).ranked:
        assert sum(it.value for it in placed.reasons) + placed.private == pytest.approx(placed.score)
        assert not PRIVATE & {it.kind for it in placed.reasons}


async def test_of_an_anonymous_request_nothing_tells_who_asks(office: Office):
    helped = make.load(ADA, helped={make.ASKER: 3})
    await office.put(helped)
    await office.asked(
        make.helper(ADA, name="Ada", level=5), make.helper(BEN, {make.PYTHON: 2}), anonymous=True
    )

    found = await explain(office.desk, make.R1, NOW)

    said = "\n".join(explain_report.lines(found, office.desk.topics))
    data = json.dumps(explain_report.facts(found))
    assert not re.search(
        r"lane|levels apart|this asker|senior|peer,|would have put", said.split("ranking", 1)[1]
    )
    assert not re.search(r'"lane": "|levels_apart|"repeat"', data)
    for placed in found.ranked:
        assert sum(it.value for it in placed.reasons) + placed.private == pytest.approx(placed.score)


async def test_lines_tell_figures_and_what_would_have_changed_them(office: Office):
    await office.asked(
        make.helper(ADA, {make.PYTHON: 2}, name="Ada"), make.helper(BEN, {make.PYTHON: 1}, name="Ben")
    )

    said = "\n".join(explain_report.lines(await explain(office.desk, make.R1, NOW), office.desk.topics))

    assert "R1: Python; today; 25 minutes" in said
    assert "1. asked 2026-11-23 10:00: Ada (U0ADA)\n" in said
    assert "+1.60  Python, own level 2" in said
    assert said.endswith("Any one of these would have put Ben first:\n     own level 3 in Python")


async def test_no_word_that_somebody_wrote_and_no_answer_is_in_it(office: Office):
    await asked(office)
    found = await explain(office.desk, make.R1, NOW)

    said = " ".join(explain_report.lines(found, office.desk.topics)) + json.dumps(explain_report.facts(found))

    for word in ("profile asyncio", "declin", "expired", "in_time", "usually"):
        assert word not in said


async def test_a_request_that_is_not_there_is_refused(office: Office):
    with pytest.raises(NotFound):
        await explain(office.desk, RequestId("none"), NOW)


async def test_the_command_lists_requests_and_explains_one(tmp_path, redis_url):
    async with start_world(tmp_path, redis_url) as world:
        await world.enrol(JONAS, topics={"python": 2})
        await world.enrol(LENA, topics={"python": 1})
        await world.slack.command(MAYA, "/ask-mentor", "How do I profile Python?")
        await world.settle()
        here = {"WAYMARK_DATA_DIR": str(tmp_path)}

        code, listed, _ = await waymark(world, "explain", "--workspace", world.workspace, **here)
        request_id = listed.split()[0]
        one = await waymark(world, "explain", "--workspace", world.workspace, request_id, **here)
        as_json = await waymark(
            world, "explain", "--workspace", world.workspace, "--json", request_id, **here
        )
        none = await waymark(world, "explain", "--workspace", world.workspace, "R0", **here)
        unnamed = await waymark(world, "explain", **here)
        elsewhere = world.app.worker.stores.of(WorkspaceId("T0OTHER"))
        later = Changes(later=[Later(RELEARN, "all", world.now + timedelta(days=1))])
        await elsewhere.commit(lambda read: (None, later))
        doubtful = await waymark(world, "explain", **here)

    assert (code, "Python" in listed, "profile" in listed) == (0, True, False)
    assert one[0] == 0
    assert "own level 3 in Python" in one[1]
    assert json.loads(as_json[1])["ranked"][0]["person"] == JONAS
    assert none[::2] == (2, "There is no request R0; `waymark explain` lists the latest.\n")
    assert unnamed[:2] == (0, listed)
    assert doubtful[0] == 2
    assert doubtful[2].endswith("Name one with --workspace: T0OTHER, T0PLAYGRND.\n")
