"""Secret keys: the first encrypts, all decrypt, and one that is wrong is said in words before it is lost."""

import asyncio
import json
from urllib.parse import urlsplit

import aiohttp
import pytest
from app_installable import KEY, MAYA, TEAM, browser, installable, installed
from click.testing import CliRunner
from cryptography.fernet import Fernet
from gated import Crew, Worker
from make_storage import NOW, ROSTER, SECRET
from redis_servers import configured
from slack_posts import command, post

from kernel.errors import LockedOut
from kernel.store import Changes, Later, Show
from kernel.values import WorkspaceId
from slackapp.commands.cli import main
from slackapp.doctor.doctor import examine
from slackapp.process.clock import Clock
from slackapp.process.settings import read
from storage import Installation, Installations, Seal, Stores, WrongSecret
from storage.connection.keys import keys_of

OLD, NEW, OTHER = SECRET, Fernet.generate_key().decode(), Fernet.generate_key().decode()
QUESTION = "Why does my service stall? #python"
ONE, TWO, LOST = WorkspaceId("T1"), WorkspaceId("T2"), WorkspaceId("T3LOST")


def installation(workspace: WorkspaceId, token: str = "xoxb-secret") -> Installation:
    return Installation(workspace=workspace, bot_token=token, bot_id="B1", bot_user_id="U0", installed_at=NOW)


@pytest.mark.parametrize("between", [",", " ", ", ", " ,\n"])
async def test_the_first_key_encrypts_and_all_decrypt(any_stores, workspace, between):
    await Installations(any_stores.wire, OLD).save(installation(workspace))
    both = Installations(any_stores.wire, f"{NEW}{between}{OLD}")

    assert await both.find(workspace) == installation(workspace)
    assert await both.reseal(workspace) is Seal.OLDER
    assert await both.reseal(workspace) is Seal.FIRST
    assert await Installations(any_stores.wire, NEW).find(workspace) == installation(workspace)
    with pytest.raises(WrongSecret):
        await Installations(any_stores.wire, OLD).find(workspace)


async def test_every_stored_installation_is_found_with_the_key_that_opens_it(any_stores):
    for secret, workspace in ((OLD, ONE), (NEW, TWO), (OTHER, LOST)):
        await Installations(any_stores.wire, secret).save(installation(workspace))
    await any_stores.wire.call("SET", keys_of(ONE).document("task", "T9:installation"), "1 {}")

    found = [it async for it in Installations(any_stores.wire, f"{NEW},{OLD}").stored()]

    assert [(it.workspace, it.seal, it.installation is None) for it in found] == [
        (ONE, Seal.OLDER, False),
        (TWO, Seal.FIRST, False),
        (LOST, Seal.NONE, True),
    ]


@pytest.mark.parametrize("trips", [1, 2])
@pytest.mark.parametrize("meanwhile", ["installed again", "removed"])
def test_what_happens_beside_a_rotation_stands(redis_url: str, trips: int, meanwhile: str):
    crew = Crew(redis_url)
    rotating = crew.workers[0]
    rotating.stores.installations = Installations(rotating.stores.wire, f"{NEW},{OLD}")
    try:
        crew.do(crew.observer.installations.save(installation(ONE)))

        async def rotate(worker: Worker) -> None:
            await worker.stores.installations.reseal(ONE)

        crew.do(rotating.begin(rotate(rotating)))
        for _ in range(trips):
            crew.do(rotating.move())
        newer = installation(ONE, "xoxb-newer")
        if meanwhile == "removed":
            crew.do(crew.observer.erase(ONE))
        else:
            crew.do(crew.observer.installations.save(newer))
        crew.finish(rotating)

        found = crew.do(Installations(crew.observer.wire, f"{NEW},{OLD}").find(ONE))
        assert found == (None if meanwhile == "removed" else newer)
    finally:
        crew.close()


def store(redis_url: str, **workspaces: str) -> None:
    """Store an installation for each of these workspaces, under its own key."""

    async def save() -> None:
        for workspace, secret in workspaces.items():
            stores = await Stores.open(redis_url, ROSTER, secret=secret)
            await stores.installations.save(installation(WorkspaceId(workspace)))
            await stores.close()

    asyncio.run(save())


def rotated(redis_url: str, secret: str, *words: str):
    given = {"REDIS_URL": redis_url, "WAYMARK_SECRET_KEY": secret}
    return CliRunner(env=given).invoke(main, ["secret", "--rotate", *words])


def test_rotating_says_how_many_and_may_be_done_again(redis_url):
    store(redis_url, T1=OLD, T2=OLD, T4=NEW)

    first, again = (rotated(redis_url, f"{NEW},{OLD}") for _ in range(2))

    assert first.output.splitlines()[-1].startswith("Encrypted anew under the first key: 2. Were under it")
    assert again.output.splitlines()[-1].startswith("Encrypted anew under the first key: 0. Were under it")
    assert (first.exit_code, again.exit_code) == (0, 0)
    assert json.loads(rotated(redis_url, NEW, "--json").output) == {
        "resealed": 0,
        "current": 3,
        "locked": [],
    }


def test_tokens_that_no_key_opens_are_named_and_no_key_is(redis_url):
    store(redis_url, T1=OLD, T3LOST=OTHER)

    done = rotated(redis_url, f"{NEW},{OLD}")

    assert done.exit_code == 1
    assert "No key in WAYMARK_SECRET_KEY opens the tokens of T3LOST:" in done.output
    assert not any(key in done.output for key in (OLD, NEW, OTHER))


def test_rotating_needs_a_key():
    done = CliRunner(env={"WAYMARK_SECRET_KEY": ""}).invoke(main, ["secret", "--rotate"])

    assert (done.exit_code, "WAYMARK_SECRET_KEY is missing" in done.output) == (2, True)


async def asked(here, app):
    url = f"{here.base_of(app)}/events"
    status, said = await post(url, here.slack.signing_secret, command(MAYA, QUESTION))
    return status, json.loads(said)["text"]


async def readiness(here, app):
    address = f"http://{urlsplit(here.base_of(app)).netloc}/readyz"
    async with aiohttp.ClientSession() as session, session.get(address) as answer:
        return answer.status, (await answer.json())["missing"]


async def test_a_key_that_opens_nothing_is_said_everywhere_and_nothing_is_given_up(redis_url, lines):
    async with installable(redis_url) as here, browser() as session:
        await installed(session, here.base)
        await here.app.quiet()
        wrong = await here.also(PORT="0", WAYMARK_SECRET_KEY=OTHER)

        for _ in range(3):
            status, said = await asked(here, wrong)
            assert (status, "I can't open my key to this workspace" in said) == (200, True)
        assert await readiness(here, wrong) == (
            503,
            "No key in WAYMARK_SECRET_KEY opens the tokens that are stored.",
        )
        assert (await readiness(here, here.app))[0] == 200
        with pytest.raises(LockedOut):
            await wrong.worker.workspaces.at(TEAM)

        named = [line for line in lines() if line["level"] == "error"]
        assert [(line["event"], line["workspaces"]) for line in named] == [
            ("no key in WAYMARK_SECRET_KEY opens these tokens", [TEAM])
        ]


async def test_what_was_due_under_a_wrong_key_is_done_under_the_right_one(redis_url, lines):
    async with installable(redis_url, WAYMARK_SECRET_KEY=OTHER) as here:
        await Installations(here.stores.wire, KEY).save(
            installation(TEAM, here.slack.slack.grant()).model_copy(update={"workspace": TEAM})
        )
        due = Changes(
            later=[Later("meet", MAYA, here.clock.now())],
            show=[Show("home", MAYA)],
        )
        await here.stores.of(TEAM).commit(lambda _: (None, due))
        for _ in range(3):
            await here.app.duties.quiet()
            await here.app.delivery.quiet()

        assert await here.stores.agenda.dead() == []
        assert len([line for line in lines() if line["level"] in ("warning", "error")]) == 1
        assert len(await here.stores.agenda.upcoming(TEAM)) == 1

        right = await here.also(PORT="0", WAYMARK_SECRET_KEY=KEY)
        assert (await asked(here, right))[0] == 200
        await here.slack.until(lambda: here.slack.home(MAYA))


async def findings(here, **changed):
    settings = read(here.given | {"PORT": "0"} | changed)
    return {found.what: found async for found in examine(settings, Clock())}


async def test_the_doctor_says_which_key_is_missing_and_which_may_go(redis_url):
    async with installable(redis_url) as here, browser() as session:
        await installed(session, here.base)
        await here.app.quiet()

        with configured(redis_url, appendonly="yes"):
            well, both, wrong = [
                await findings(here, WAYMARK_SECRET_KEY=keys) for keys in (KEY, f"{NEW},{KEY}", OTHER)
            ]

    assert {found.verdict for found in well.values()} == {"ok"}
    assert well["keys"].sentence == "The first key in WAYMARK_SECRET_KEY opens all tokens (1)."
    assert (both["keys"].verdict, "secret --rotate" in both["keys"].sentence) == ("note", True)
    assert (wrong["keys"].verdict, TEAM in wrong["keys"].sentence) == ("bad", True)
    assert not any(KEY in found.sentence or OTHER in found.sentence for found in wrong.values())


async def test_the_doctor_says_of_each_workspace_which_scopes_are_missing(redis_url):
    scopes = ["commands", "chat:write", "im:history", "users:read", "assistant:write"]
    async with installable(redis_url, scopes=scopes) as here, browser() as session:
        await installed(session, here.base)

        found = await findings(here)
        nowhere = await findings(here, WAYMARK_URL="")

    said = found[f"scopes of {TEAM}"]
    assert (said.verdict, "dnd:read (people are asked during do-not-disturb, too)" in said.sentence) == (
        "bad",
        True,
    )
    assert "mpim:write" not in said.sentence
    assert found["address"].verdict == "ok"
    assert (nowhere["address"].verdict, "WAYMARK_URL" in nowhere["address"].sentence) == ("bad", True)
