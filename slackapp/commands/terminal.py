"""What the commands share: a refusal as one sentence, a progress bar, a file, and which workspace."""

import asyncio
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import TextIOWrapper
from pathlib import Path
from typing import Any, NoReturn, TypeVar

import click

from kernel.errors import LockedOut, NotInstalled, Unreadable
from slackapp.people_import.file import MAX_BYTES
from slackapp.process import redis_words
from slackapp.process.errors import BadFile, RateLimited, SlackAway, SlackSays, Stop, TokenRefused
from slackapp.process.key_rotation import locked_out
from slackapp.process.printable import printable
from slackapp.process.system_refusals import unreadable, unusable
from storage import StorageAway, StorageError, StorageForeign
from storage.connection.keys import WORKSPACE

MOST_TOLD = 100
LONGEST_ARGUMENT = 1_000
F = TypeVar("F", bound=Callable[..., object])


class Program(click.Group):
    """The commands; what stops one of them ends in a sentence and an exit code, whichever it is."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read what was typed; nothing that is longer than any path is looked at, or shown again."""
        longest = max(map(len, args), default=0)
        if longest > LONGEST_ARGUMENT:
            _end(f"An argument has {longest:,} characters: shorten it to {LONGEST_ARGUMENT:,} at most.")
        return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command that was named."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, TextIOWrapper):  # whose encoding may know few characters
                stream.reconfigure(errors="backslashreplace")
        with sentences():
            return super().invoke(ctx)


@contextmanager
def sentences() -> Iterator[None]:
    """Turn what stops the program into one sentence and an exit code."""
    try:
        yield
    except StorageError as error:
        _end(_of_storage(error))
    except Stop as stop:
        _end(str(stop), stop.code)
    except NotInstalled as no:
        _end(f"Waymark is not installed in {no} (any more), so nothing was changed there.")
    except LockedOut as no:
        _end(locked_out([str(no)]))
    except Unreadable as no:
        _end(f"A newer release of Waymark has written {no.kind} {no.id}: run this with that release.")
    except SlackSays as error:
        _end(_of_slack(error))
    except BrokenPipeError:  # whoever read the output has gone: click ends that without a word
        raise
    except OSError as error:
        _end(unusable(error))
    except asyncio.CancelledError:
        _end("Stopped before it was ready.", 1)


def workspace_option(help: str) -> Callable[[F], F]:
    """The option that names a workspace: an id as Slack gives it, so that no other text looks for one."""
    return click.option("--workspace", callback=_workspace, help=help)


def _workspace(_context: click.Context, _option: click.Parameter, given: str | None) -> str | None:
    if given is None or WORKSPACE.fullmatch(given):
        return given
    raise click.BadParameter("that is no workspace's id: it begins with T or E, as T012AB3CD.")


def _of_storage(error: StorageError) -> str:
    match error:
        case StorageAway():
            return redis_words.sentence(error)
        case StorageForeign():
            return redis_words.FOREIGN_KEY
    return str(error)


def _of_slack(error: SlackSays) -> str:
    match error:
        case RateLimited():
            return f"Slack asks for fewer calls: try again in {error.after:.0f} s."
        case SlackAway():
            return f"Slack cannot be reached ({error.code}): try again when it is back."
        case TokenRefused():
            return f"Slack does not accept the bot token ({error.code}): install the app again."
    return f"Slack says no ({error.code}): `waymark doctor` says whether a scope is missing."


def _end(sentence: str, code: int = 2) -> NoReturn:
    say(sentence, err=True)
    sys.exit(code)


def content(file: str | Path) -> bytes:
    """What a file holds, or standard input for `-`: one byte more than is read at most."""
    try:
        with click.open_file(file, "rb") as stream:
            found: bytes = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise BadFile(f"{file} {unreadable(error)}.") from error
    return found


def say(line: str, *, err: bool = False) -> None:
    """Write one line. Whatever files and Slack put into it, it stays one and steers no terminal."""
    show(line.replace("\n", "\\n"), err=err)


def show(text: str, *, err: bool = False) -> None:
    """Write a text of several lines, such as JSON or YAML, without what steers a terminal."""
    try:
        click.echo(printable(text), err=err)
    except BrokenPipeError:
        raise
    except OSError as error:
        # Otherwise Python would try to write the rest when it ends, and complain in its own way.
        with suppress(OSError):
            (sys.stderr if err else sys.stdout).close()
        raise Stop(f"The output cannot be written ({(error.strerror or '').lower()}): make room.") from error


def bar(label: str, length: int, hidden: bool) -> Any:
    """A progress bar on the error stream."""
    return click.progressbar(length=length, label=label, file=sys.stderr, hidden=hidden)
