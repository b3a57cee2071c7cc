"""`python -m playground`: the stand-in as a program of its own."""

import asyncio
import json
import os
import signal
from collections.abc import Collection, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from playground.driver import Playground
from playground.foundation.errors import Damaged
from playground.line.app_manifest import read_manifest
from playground.line.slack import Credentials
from playground.provider import Provider

FILE = click.Path(path_type=Path)


async def serve(manifest: Path | None, model_port: int | None, **settings: Any) -> None:
    """Run until the process is told to stop."""
    declared = _declared(manifest) if manifest else None
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    provider = Provider.start(model_port) if model_port else nullcontext()
    given = Credentials.given(os.environ)
    async with Playground.start(manifest=declared, **settings, **given) as slack, provider:
        click.echo(f"The playground is at {slack.url if 'page_key' in given else slack.page_url}")
        click.echo(" ".join(f"{name}={value}" for name, value in _for_the_app(slack, given)))
        await stop.wait()


def _for_the_app(slack: Playground, given: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the app's settings; whoever gave a secret knows it, and it is not shown."""
    yield "SLACK_API_URL", slack.api_url
    for name in ("bot_token", "app_token", "signing_secret"):
        if name not in given:
            yield f"SLACK_{name.upper()}", getattr(slack, name)


def _declared(manifest: Path) -> dict[str, Any]:
    """The app's manifest, or stop with a sentence."""
    try:
        declared: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
        read_manifest(declared)
    except (OSError, ValueError, AttributeError) as error:
        raise click.ClickException(f"{manifest} is no app manifest in JSON: {error}") from error
    return declared


@click.command(epilog="Example: python -m playground --port 8765 --data ./data/playground")
@click.option("--port", default=8765, show_default=True, help="Where it listens; 0 takes a free port.")
@click.option("--data", "data_dir", type=FILE, help="Keep messages and views in this folder.")
@click.option("--clock", "clock_file", type=FILE, help="Keep the clock's offset in this file.")
@click.option("--manifest", type=FILE, help="The app's manifest, as Slack's JSON.")
@click.option("--app-url", help="Deliver by signed HTTP to this address; without it, by Socket Mode.")
@click.option("--model-port", type=int, help="Serve a stand-in for a model's provider there, too.")
@click.option("--people", default=0, help="Generate this many people besides the cast.")
def main(**settings: Any) -> None:
    """Serve a Slack workspace in the browser, for an app that runs beside it.

    Secrets are made anew at each start and printed, except those that the environment gives:
    PLAYGROUND_BOT_TOKEN, PLAYGROUND_APP_TOKEN, PLAYGROUND_SIGNING_SECRET, PLAYGROUND_PAGE_KEY.
    """
    try:
        asyncio.run(serve(**settings))
    except Damaged as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"The playground cannot start: {error.strerror or error}.") from error


if __name__ == "__main__":
    main()
