"""`python -m playground`: the stand-in as a program of its own."""

import asyncio
import json
import signal
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import click

from playground.app_manifest import read_manifest
from playground.driver import Playground
from playground.provider import Provider

FILE = click.Path(path_type=Path)
SECRET = "playground-signing-secret"


async def serve(manifest: Path | None, model_port: int | None, **settings: Any) -> None:
    """Run until the process is told to stop."""
    declared = _declared(manifest) if manifest else None
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    provider = Provider.start(model_port) if model_port else nullcontext()
    async with Playground.start(manifest=declared, **settings) as slack, provider:
        click.echo(f"The playground is at {slack.url}")
        click.echo(f"SLACK_API_URL={slack.api_url} SLACK_BOT_TOKEN={slack.bot_token}")
        await stop.wait()


def _declared(manifest: Path) -> dict[str, Any]:
    """Return the app's manifest, or stop with a sentence."""
    try:
        declared: dict[str, Any] = json.loads(manifest.read_text("utf-8"))
        read_manifest(declared)
    except (OSError, ValueError, AttributeError) as error:
        raise click.ClickException(f"{manifest} is no app manifest in JSON: {error}") from error
    return declared


@click.command(epilog="Example: python -m playground --port 8765 --data ./data/playground")
@click.option("--port", default=8765, show_default=True, help="Where it listens; 0 takes a free port.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--data", "data_dir", type=FILE, help="Keep messages and views in this folder.")
@click.option("--clock", "clock_file", type=FILE, help="Keep the clock's offset in this file.")
@click.option("--manifest", type=FILE, help="The app's manifest, as Slack's JSON.")
@click.option("--app-url", help="Deliver by signed HTTP to this address; without it, by Socket Mode.")
@click.option("--signing-secret", default=SECRET, show_default=True, help="Signs HTTP deliveries.")
@click.option("--model-port", type=int, help="Serve a stand-in for a model's provider there, too.")
@click.option("--people", default=0, help="Generate this many people besides the cast.")
def main(**settings: Any) -> None:
    """Serve a Slack workspace in the browser, for an app that runs beside it."""
    try:
        asyncio.run(serve(**settings))
    except OSError as error:
        raise click.ClickException(f"The playground cannot start: {error.strerror or error}.") from error


if __name__ == "__main__":
    main()
