"""One way of helping leads to the next: questions before a talk, a sprint for a step, a mentorship."""

from pathlib import Path

from app_world import World, start_world, with_support
from test_conversation_peers import paired, peers
from test_conversation_sprints import FORM
from test_conversation_talking import MAYA, PRIYA, card_of, talk

from coaching.sprints.sprint import Sprint
from mentoring.model.person import Person
from slackapp.demo.mentorship import MENTEE, MENTOR, seed_mentorship

BEFORE = "Prepare with three questions"
WANTED, SECRET = "To know where the time goes", "I nearly gave up on it"


async def questions(world: World) -> None:
    await world.slack.press(MAYA, await card_of(world, MAYA), "Prepare with three questions")


def read_by(world: World, who: str) -> str:
    return "".join(str(it.blocks) for it in world.slack.dm(who))


async def test_what_was_ticked_is_looked_at_sent_and_read_and_nobody_learns_of_the_rest(world: World):
    await talk(world)
    name = (await world.get(Person, PRIYA)).called
    await questions(world)
    form = world.slack.modal(MAYA)
    assert form is not None
    assert "What would you like to have by the end of this talk?" in str(form.blocks)
    assert f"{name} may read this" in str(form.blocks)
    assert form.body["submit"]["text"] == "Save and preview"
    assert "initial_options" not in str(form.blocks)

    nothing = await world.slack.submit(MAYA, {})
    bare = await world.slack.submit(MAYA, {"wanted": WANTED, "show_matters": ["show"]})
    assert set(nothing.errors) == {"wanted"}
    assert set(bare.errors) == {"matters"}
    await world.slack.submit(MAYA, {"wanted": WANTED, "matters": SECRET, "show_matters": []})
    assert "Only you see this" in str(world.slack.modal(MAYA))
    await world.slack.close(MAYA)

    await questions(world)
    again = world.slack.modal(MAYA)
    assert SECRET in str(again)
    await world.slack.submit(MAYA, {"show_wanted": ["show"]})
    preview = world.slack.modal(MAYA)
    assert f"This is what {name} would read" in str(preview)
    assert WANTED in str(preview)
    assert SECRET not in str(preview)
    await world.settle()
    assert "Before you talk" not in read_by(world, PRIYA)
    assert (await world.slack.submit(MAYA, {})).closed
    await world.settle()

    told = await world.slack.message(PRIYA, containing="Before you talk")
    assert WANTED in told.words
    assert MAYA in told.words
    assert SECRET not in read_by(world, PRIYA)
    await questions(world)
    sent = str(world.slack.modal(MAYA))
    assert "Only you see this" in sent
    assert SECRET in sent
    assert "Prepare with three questions" not in str((await card_of(world, PRIYA)).blocks)


async def test_a_next_step_is_practised_in_a_sprint_that_only_its_owner_sees(tmp_path: Path, redis_url: str):
    async with start_world(tmp_path, redis_url, manifest=with_support(tmp_path)) as world:
        await world.enrol_cast()
        await seed_mentorship(await world.desk(), world.now)
        await world.settle()
        card = await world.slack.message(MENTEE, containing="Show it to the sales team")
        assert "Practise it" not in str(
            (await world.slack.message(MENTOR, containing="How we're doing")).blocks
        )

        await world.slack.press(MENTEE, card, "Practise it")
        await world.settle()
        asked = await world.slack.message(MENTEE, containing="All in one form")
        assert "Show it to the sales team" in str(asked.blocks)
        await world.slack.press(MENTEE, asked, "All in one form")
        assert world.slack.modal(MENTEE) is not None
        rest = {name: said for name, said in FORM.items() if name not in ("goal", "topics")}
        assert (await world.slack.submit(MENTEE, {**rest, "topics": ["Data analysis"]})).closed
        await world.settle()

        await world.slack.press(MENTEE, await world.slack.message(MENTEE, containing="Add notes"), BEFORE)
        await world.slack.submit(MENTEE, {"wanted": WANTED, "matters": SECRET, "show_wanted": ["show"]})
        assert (await world.slack.submit(MENTEE, {})).closed
        await world.settle()
        told = await world.slack.message(MENTOR, containing=f"Before you talk, <@{MENTEE}> writes:")
        assert WANTED in told.words
        assert SECRET not in read_by(world, MENTOR)
        assert BEFORE not in read_by(world, MENTOR)

        mine = str((await world.slack.message(MENTEE, containing="Add notes")).blocks)
        theirs = str((await world.slack.message(MENTOR, containing="Add notes")).blocks)
        assert "You're practising “Show it to the sales team” until" in mine
        assert "Practise it" not in mine
        assert "You're practising" not in theirs
        [id] = await (await world.desk()).store.ids(f"sprints-of:{MENTEE}")
        assert (await world.get(Sprint, id)).begun_from == "mentorship:demo-mentorship"

        sprint = await world.slack.message(MENTEE, containing="Your skill sprint")
        await world.slack.press(MENTEE, sprint, "Ask a colleague instead")
        asked = world.slack.modal(MENTEE)
        assert asked is not None
        assert "Data analysis" in str(asked.blocks)
        await world.slack.close(MENTEE)
        await world.slack.press(MENTEE, sprint, "End it")
        await world.settle()
        mine = str((await world.slack.message(MENTEE, containing="Add notes")).blocks)
        assert "You're practising" not in mine


async def test_two_who_coached_each_other_go_on_as_mentor_and_mentee(socket_world: World):
    world = socket_world
    await peers(world, PRIYA)
    await paired(world)
    await world.slack.press(MAYA, await card_of(world, MAYA), "Wrap up")
    await world.slack.submit(MAYA, {"minutes": "25"})
    await world.settle()

    for who in (MAYA, PRIYA):
        await world.slack.press(who, await card_of(world, who), "Yes")
        await world.settle()
        await world.slack.press(who, await card_of(world, who), "Keep going together")
    await world.settle()

    for who, role in ((MAYA, "mentee"), (PRIYA, "mentor")):
        terms = await world.slack.message(who, containing="are about to begin")
        assert f"You'd be the {role}" in terms.words
        assert "[Swap roles]" in terms.words
