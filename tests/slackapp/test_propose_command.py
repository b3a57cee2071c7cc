"""`waymark propose`: the pairs of a list reach the people, who say yes in Slack; nothing is sent unasked."""

import json

from app_world import start_world
from test_cli import waymark

from kernel.values import PersonId
from relationships.mentorships.record import OPEN_MENTORSHIPS

RAJ, MAYA, JONAS = PersonId("U0RAJ"), PersonId("U0MAYA"), PersonId("U0JONAS")
HEADING = "mentee,mentee_name,mentor,mentor_name,decision,for,against,why_not,why\n"
STRANGE = "U0MAYA asked for U0JONAS"  # of two who are not the row's
WHY = "u0maya asked for U0JONAS; U0JONAS knows python:3"
PROGRAMME = ("--programme", "Mentoring 2027")


async def open_ones(world) -> int:
    return len(await (await world.desk()).store.ids(OPEN_MENTORSHIPS.of(MAYA)))


async def test_pairs_are_looked_at_then_proposed_agreed_to_or_taken_back(tmp_path, redis_url):
    pairs = tmp_path / "pairs.csv"
    pairs.write_text(
        f"{HEADING}U0MAYA,Maya,U0JONAS,Jonas,pin,,,,{WHY}\nU0RAJ,Raj,,,,,,nobody\nU0RAJ,,U0MAYA,,ban,,,\n"
    )
    async with start_world(tmp_path, redis_url) as world:
        run = ("propose", str(pairs), *PROGRAMME)
        dry = await waymark(world, *run)
        before = await open_ones(world)
        sent = await waymark(world, *run, "--send")
        await world.settle()
        again = await waymark(world, *run, "--send", "--json")
        reads = list[str]()
        for who in (MAYA, JONAS):
            card = await world.slack.message(who, containing="Mentoring 2027")
            reads.append(card.words)
        looked = await waymark(world, *run, "--undo")
        while_looking = await open_ones(world)
        undone = await waymark(world, *run, "--undo", "--send")
        after = await open_ones(world)
        await world.settle()
        await waymark(world, "propose", str(pairs), "--programme", "Mentoring 2028", "--send")
        await world.settle()
        for who in (MAYA, JONAS):
            card = await world.slack.message(who, containing="Mentoring 2028")
            await world.slack.press(who, card, "Agree")
            await world.settle()
        await world.slack.message(MAYA, containing="so you two can begin")

    assert "Why you two:* you asked for <@U0JONAS>; <@U0JONAS> knows Python in depth" in reads[0]
    assert "Why you two:* <@U0MAYA> asked for you; you know Python in depth" in reads[1]
    assert dry[:2] == (0, "1 pair would be proposed. Nothing was sent: that takes --send.\n")
    assert sent[:2] == (0, "1 pair is proposed.\n")
    assert json.loads(again[1]) == {"proposed": 0, "left": 1, "dry_run": False}
    assert looked[1].startswith("1 pair would be taken back.")
    assert undone[:2] == (0, "1 pair is taken back.\n")
    assert (before, while_looking, after) == (0, 1, 0)


async def test_all_that_can_not_be_is_said_before_anything_is_sent(tmp_path, redis_url):
    pairs = tmp_path / "pairs.csv"
    rows = ["U0MAYA,,U0MAYA", "U0MAYA,,U0JONAS", "U0RAJ,,U0NOBODY", f"Raj,,U0JONAS,,,,,,{STRANGE}"]
    async with start_world(tmp_path, redis_url) as world:
        run = ("propose", str(pairs), *PROGRAMME, "--send")
        told = []
        while rows:
            pairs.write_text(HEADING + "\n".join(rows) + "\n")
            told.append(await waymark(world, *run))
            rows = rows[:-1] if len(rows) > 2 else []
        sent = await open_ones(world)

    assert [code for code, _, _ in told] == [1, 1, 1]
    assert (
        "line 5, mentee: “Raj” is neither a Slack id nor an e-mail address: write one of them." in told[0][2]
    )
    assert f"line 5, why: “{STRANGE}” says nothing of these two: pair again, or empty the cell." in told[0][2]
    assert "2 mistakes, so nothing was sent." in told[0][2]
    assert "line 4, slack_id: nobody in this workspace is U0NOBODY." in told[1][2]
    assert "line 2, mentor: U0MAYA would be their own mentor: name somebody else." in told[2][2]
    assert sent == 0
